"""Tells the language of a buyer's words by script, everyday words and letters; says "und" when it cannot."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from knowledge import lexicon

UNDETERMINED = "und"
READ_AT_MOST = 8_000  # characters: the language of a longer text shows in its head
LEAST_SHARE = 0.07  # of the words; fewer known words than this and the language is another one
MANY_WORDS = 12
LETTER_WEIGHT, LETTERS_AT_MOST = 0.5, 6

_WORDS_OF = {
    "latin": re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+(?:'[a-z]+)?"),
    "cyrillic": re.compile(r"[\u0400-\u052f]+"),
    "arabic": re.compile(r"[\u0600-\u065f\u066e-\u06ef\u0750-\u077f]+"),
}
# One character of these scripts is this much of a word.
_CHARACTERS_OF = {
    "han": (re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"), 0.6),
    "kana": (re.compile(r"[\u3041-\u30ff\uff66-\uff9d]"), 0.4),
    "hangul": (re.compile(r"[\uac00-\ud7a3\u3131-\u318e]"), 0.4),
    "th": (re.compile(r"[\u0e00-\u0e7f]"), 0.2),
    "he": (re.compile(r"[\u0590-\u05ff]"), 0.2),
    "el": (re.compile(r"[\u0370-\u03ff]"), 0.2),
    "hi": (re.compile(r"[\u0900-\u097f]"), 0.2),
    "bn": (re.compile(r"[\u0980-\u09ff]"), 0.2),
}
_LETTERS_OF = {
    "es": "ñ¿¡", "pt": "ãõ", "de": "ßäöü", "tr": "ışğ", "pl": "łąęśżź", "cs": "řůě", "ro": "țșă",
    "fr": "œèêàù",
    "vi": "ơưăđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "sv": "å",
    "ru": "ыэё", "uk": "іїєґ", "kk": "әғқңөұүһ",
}  # fmt: skip
_BARE_WORD = re.compile(r"[A-Z]+")


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the main language of `text`, "und" when it cannot be told."""
    words = [word for word in text[:READ_AT_MOST].split() if not _is_address(word)]
    clean = " ".join(words)
    folded = clean.replace("İ", "i").replace("’", "'").lower()
    if folded.isascii():
        return _by_words(_WORDS_OF["latin"].findall(folded), folded)
    return _by_script(clean, folded)


def _is_address(word: str) -> bool:
    return word.isascii() and ("@" in word or "//" in word or word.startswith("www."))


def _by_script(clean: str, folded: str) -> str:
    words = {script: pattern.findall(folded) for script, pattern in _WORDS_OF.items()}
    sizes: dict[str, float] = {script: len(found) for script, found in words.items()}
    signs = {script: len(pattern.findall(folded)) for script, (pattern, _) in _CHARACTERS_OF.items()}
    sizes |= {script: count * _CHARACTERS_OF[script][1] for script, count in signs.items()}
    east_asian = sizes["han"] + sizes["kana"] + sizes["hangul"]
    if east_asian or sizes["cyrillic"] or sizes["arabic"]:
        sizes["latin"] -= len(_BARE_WORD.findall(clean))  # FOB, LED and MOQ are everybody's words
    if east_asian and east_asian >= max(sizes[script] for script in words):
        return _east_asian(signs)
    script = max(sizes, key=lambda key: sizes[key])
    if script not in words:
        return script if sizes[script] else UNDETERMINED
    return _arabic(words[script]) if script == "arabic" else _by_words(words[script], folded)


def _east_asian(signs: Mapping[str, int]) -> str:
    if signs["hangul"] > signs["han"]:
        return "ko"
    return "ja" if signs["kana"] * 10 > signs["han"] + signs["kana"] else "zh"


def _arabic(words: Iterable[str]) -> str:
    letters = "".join(words)
    if any(letter in letters for letter in "ٹڈڑے"):
        return "ur"
    return "fa" if letters.count("ی") + letters.count("ک") > len(letters) * 0.02 else "ar"


@lru_cache(maxsize=1)
def _languages_of_words() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Return for each known word its languages; one that several languages share weighs less."""
    owners: dict[str, list[str]] = {}
    for language, entry in lexicon.read().entries("languages").items():
        for word in dict.fromkeys(entry.words):
            owners.setdefault(word, []).append(language)
    return {
        word: tuple((language, (0.4 if len(word) == 1 else 1.0) / len(who) ** 0.5) for language in who)
        for word, who in owners.items()
    }


def _languages() -> Iterable[str]:
    return lexicon.read().entries("languages").keys()


def _by_words(words: list[str], folded: str) -> str:
    known = _languages_of_words()
    votes: dict[str, float] = dict.fromkeys(_languages(), 0.0)
    for word, count in Counter(words).items():
        for language, weight in known.get(word, ()):
            votes[language] += weight * count
    if not folded.isascii():
        _add_letters(votes, folded)
    best = max(votes, key=lambda language: votes[language])
    is_enough = votes[best] >= 0.4 and (len(words) < MANY_WORDS or votes[best] >= LEAST_SHARE * len(words))
    return best if is_enough else UNDETERMINED


def _add_letters(votes: dict[str, float], folded: str) -> None:
    for language, letters in _LETTERS_OF.items():
        seen = sum(folded.count(letter) for letter in letters)
        votes[language] = votes.get(language, 0.0) + min(seen, LETTERS_AT_MOST) * LETTER_WEIGHT
