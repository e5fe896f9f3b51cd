"""The little language of phrase lists: one phrase a line.

`free sample`         these words, in any case, accent, script variant and plural
`sampl* free`         a word that begins so
`free|gratis sample`  one of several words
`our? own sample`     a word that may be missing
`free ... sample`     up to four words between (eight Chinese characters)
`send @sample`        any phrase of the word list "sample" in lexicon/notions.toml
`over # shop`         a number
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from knowledge.normalize import fold, normalize
from knowledge.words import base, is_unspaced, words_of

GAP_WORDS = 4
GAP_CHARACTERS = 8
UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th"})
MAX_VARIANTS = 200  # of one line; more is a slip of the pen
NUMBER = "#"


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand side by side, or a notion by name; `is_stem` lets the last word go on."""

    words: tuple[str, ...] = ()
    is_stem: bool = False
    notion: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts in order, each with the number of words that may stand before it."""

    parts: tuple[Part, ...]
    gaps: tuple[int, ...]


class BadPhrase(ValueError):
    """A line that cannot be a phrase; its text says why."""


def lines_of(block: str) -> Iterator[str]:
    """Yield the phrases of a block."""
    for line in block.splitlines():
        if phrase := line.strip():
            yield phrase


def phrases_of(line: str, language: str) -> tuple[Phrase, ...]:
    """Read one line; raises BadPhrase. Alternatives and missing words make several phrases of it."""
    if line.isascii() and not any(sign in line for sign in "|?*@#.'-/,&+"):
        words = tuple(map(base, line.lower().split()))
        return (Phrase((Part(words),), (0,)),)
    choices = [_choices(element) for element in line.split()]
    if not all(choices):
        raise BadPhrase("has no words")
    if _number_of_variants(choices) > MAX_VARIANTS:
        raise BadPhrase(f"stands for more than {MAX_VARIANTS} phrases; write it in several lines")
    gap = GAP_CHARACTERS if language in UNSPACED_LANGUAGES else GAP_WORDS
    return tuple(_phrase(elements, gap) for elements in product(*choices))


def _choices(element: str) -> list[str]:
    if element in {"...", "…"}:
        return ["..."]
    is_optional = element.endswith("?") and len(element) > 1
    options = [option for option in element.removesuffix("?").split("|") if option]
    return [*options, ""] if is_optional else options


def _number_of_variants(choices: list[list[str]]) -> int:
    count = 1
    for options in choices:
        count *= len(options)
    return count


def _phrase(elements: tuple[str, ...], gap: int) -> Phrase:
    parts: list[Part] = []
    gaps: list[int] = []
    is_open = False  # may the next word still join the last part?
    next_gap = 0
    for element in filter(None, elements):
        if element == "...":
            next_gap, is_open = gap, False
            continue
        part = _part(element)
        if is_open and part.notion is None and part.words != (NUMBER,):
            parts[-1] = Part(parts[-1].words + part.words, part.is_stem)
        else:
            parts.append(part)
            gaps.append(next_gap if parts[1:] else 0)
        is_open = part.notion is None and not part.is_stem and part.words != (NUMBER,)
        next_gap = 0
    if not parts or next_gap:
        raise BadPhrase("has no words" if not parts else "may not end with a gap")
    return Phrase(tuple(parts), tuple(gaps))


def _part(element: str) -> Part:
    if element.startswith("@") and len(element) > 1:
        return Part(notion=element[1:])
    if element == NUMBER:
        return Part((NUMBER,))
    is_stem = element.endswith("*")
    words = _stem_words(element[:-1]) if is_stem else words_of(normalize(element)).words
    if not words:
        raise BadPhrase(f"holds no word in {element!r}")
    return Part(words, is_stem)


def _stem_words(stem: str) -> tuple[str, ...]:
    folded = fold(stem)
    if folded and is_unspaced(folded[0]):
        return tuple(folded)
    return (folded,) if folded.isalnum() else ()
