"""Finds the lexicon's words in a text in one pass, whole words only, each with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from knowledge import lexicon

_SUBJECTS = {
    "incoterms": "incoterm",
    "payment": "payment",
    "certificates": "certificate",
    "packaging": "packaging",
    "currencies": "currency",
}
_FAMILIES = ("places", "titles", "legal_forms", "labels")  # each entry of these is a kind of its own
_KINDS = {
    "titles": "title", "loading": "loading", "destination": "destination", "countries": "country",
    "after": "legal_after", "before": "legal_before", "joined": "legal_joined", "trade": "trade",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z\u00df-\u024f\u0370-\u052f\u0600-\u06ff\u1e00-\u1eff]+")
_ARABIC_PREFIXES = "وبلفك"  # "and", "with", "for", "so", "as" are written onto the next word
_DIGITS_MAY_PRECEDE = {"currency", "packaging", "certificate"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of the lexicon, seen at a place."""

    kind: str
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Wording:
    phrase: str
    kind: str
    id: str
    spellings: frozenset[str]  # not empty: counts only when written exactly so


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Wordings by their first word, and an automaton for scripts that do not part words by spaces."""

    by_token: Mapping[str, tuple[_Wording, ...]]
    unspaced: ahocorasick.Automaton

    def mentions_in(self, plain: str, folded: str) -> Iterator[Mention]:
        """Yield every word of the lexicon in the text; `folded` is `plain` in small letters, same length."""
        for token in _TOKEN.finditer(folded):
            word = token[0]
            if word in self.by_token:
                yield from self._beginning_at(token.start(), word, plain, folded)
            if word[0] in _ARABIC_PREFIXES and word[1:] in self.by_token:
                yield from self._beginning_at(token.start() + 1, word[1:], plain, folded)
        for end, wordings in self.unspaced.iter(folded):
            for wording in wordings:
                yield from _checked(wording, plain, end + 1 - len(wording.phrase))

    def _beginning_at(self, start: int, token: str, plain: str, folded: str) -> Iterator[Mention]:
        for wording in self.by_token[token]:
            if folded.startswith(wording.phrase, start):
                yield from _checked(wording, plain, start)


@lru_cache(maxsize=1)
def built_in() -> Vocabulary:
    """Return the vocabulary of the built-in lexicon."""
    by_token: dict[str, list[_Wording]] = {}
    odd: dict[str, list[_Wording]] = {}
    for wording in _wordings():
        token = _TOKEN.match(wording.phrase)
        (by_token.setdefault(token[0], []) if token else odd.setdefault(wording.phrase, [])).append(wording)
    return Vocabulary({key: tuple(found) for key, found in by_token.items()}, _automaton(odd))


def _automaton(odd: Mapping[str, list[_Wording]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for phrase, wordings in odd.items():
        automaton.add_word(phrase, tuple(wordings))
    automaton.make_automaton()
    return automaton


def _wordings() -> Iterator[_Wording]:
    words = lexicon.read()
    for subject, kind in _SUBJECTS.items():
        for entry in words.entries(subject).values():
            entry_kind = "neighbour" if entry.id == "neighbours" else kind
            yield from _of_entry(entry, entry_kind)
    for subject in _FAMILIES:
        for entry in words.entries(subject).values():
            kind = "title" if subject == "titles" else _KINDS.get(entry.id, entry.id)
            yield from _of_entry(entry, kind)


def _of_entry(entry: lexicon.Entry, kind: str) -> Iterator[_Wording]:
    for word in entry.words:
        yield _Wording(word.lower(), kind, entry.id, frozenset())
    for spelling in entry.details.get("capitals", ()):
        yield _Wording(spelling.lower(), kind, entry.id, frozenset([spelling]))


def _checked(wording: _Wording, plain: str, start: int) -> Iterator[Mention]:
    end = start + len(wording.phrase)
    is_spelled = not wording.spellings or plain[start:end] in wording.spellings
    if is_spelled and _is_parted(wording, plain, start, end):
        yield Mention(wording.kind, wording.id, start, end)


def _is_parted(wording: _Wording, plain: str, start: int, end: int) -> bool:
    before, after = plain[start - 1 : start], plain[end : end + 1]
    has_prefix = before in _ARABIC_PREFIXES and not _joins("ا", plain[start - 2 : start - 1])
    if (_joins(wording.phrase[0], before) and not has_prefix) or _joins(wording.phrase[-1], after):
        return False
    is_latin = wording.phrase[0].isascii() and wording.phrase[0].isalpha()
    digits_wrong = is_latin and before.isdigit() and wording.kind not in _DIGITS_MAY_PRECEDE
    return not digits_wrong and before != "@"


def _joins(edge: str, neighbour: str) -> bool:
    """Whether a letter beside the word's edge makes it part of a longer word."""
    return bool(neighbour) and _is_spaced_letter(edge) and _is_spaced_letter(neighbour)


def _is_spaced_letter(sign: str) -> bool:
    return sign.isalpha() and ord(sign) < 0x2E80
