"""An inquiry prepared for reading: plain signs, small letters, trade words, amounts; offsets hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.vocabulary import Mention, built_in
from knowledge.model import Fact
from knowledge.numbers import Number, numbers_in, western

READ_AT_MOST = 20_000  # characters; what stands further down is history, not the inquiry
NUMBERS_AT_MOST = 400

_SPACES = str.maketrans("\t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " " * 12)
_LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the spaces around it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One text and everything found in it at once; `text`, `plain` and `folded` have the same offsets."""

    text: str
    plain: str  # width and digits made plain
    folded: str  # plain, in small letters, every space a blank
    language: str
    numbers: tuple[Number, ...]
    mentions: Mapping[str, tuple[Mention, ...]]
    lines: tuple[Line, ...]

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """Return the mentions of `kinds` in the order of the text."""
        found = [mention for kind in kinds for mention in self.mentions.get(kind, ())]
        return tuple(sorted(found, key=lambda mention: mention.start)) if len(kinds) > 1 else tuple(found)

    def fact(self, start: int, end: int, value: str | None = None) -> Fact:
        """Return the fact at this place; its value is the quoted words when none is given."""
        quote = self.text[start:end]
        return Fact(" ".join((value or quote).split()), quote, start, end)

    def line_around(self, position: int, low: int, high: int) -> tuple[int, int]:
        """Return `low` and `high` drawn in to the line in which `position` stands."""
        first = self.text.rfind("\n", 0, position) + 1
        last = self.text.find("\n", position)
        return max(low, first), min(high, len(self.text) if last < 0 else last)

    def before(self, position: int, size: int) -> str:
        """Return up to `size` small letters that stand before `position`."""
        return self.folded[max(0, position - size) : position]


def page_of(text: str, language: str) -> Page:
    """Return `text` prepared for reading."""
    text = text[:READ_AT_MOST]
    plain = western(text)
    folded = _folded(plain)
    numbers = numbers_in(plain, language)[:NUMBERS_AT_MOST]
    return Page(text, plain, folded, language, numbers, _mentions(plain, folded), tuple(_lines(text)))


def _folded(plain: str) -> str:
    small = plain.lower()
    if len(small) != len(plain):
        small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in plain)
    return small.translate(_SPACES)


def _mentions(plain: str, folded: str) -> Mapping[str, tuple[Mention, ...]]:
    """Return the mentions by kind; of two that overlap the longer one, of equal ones the first."""
    by_kind: dict[str, list[Mention]] = {}
    for mention in built_in().mentions_in(plain, folded):
        by_kind.setdefault(mention.kind, []).append(mention)
    return {kind: tuple(_longest(found)) for kind, found in by_kind.items()}


def _longest(found: list[Mention]) -> Iterator[Mention]:
    reach = 0
    for mention in sorted(found, key=lambda each: (each.start, -each.end)):
        if mention.start >= reach:
            reach = mention.end
            yield mention


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if words := match[0].strip():
            yield Line(words, start, start + len(words))


@lru_cache(maxsize=1)
def _unit_words() -> tuple[Mapping[str, lexicon.Entry], int]:
    words = {
        word: entry for entry in lexicon.read().entries("units").values() for word in reversed(entry.words)
    }
    return words, max(map(len, words))


@lru_cache(maxsize=1)
def unit_starts() -> frozenset[str]:
    """Return the letters units begin with."""
    return frozenset(word[0] for word in _unit_words()[0])


def unit_at(page: Page, position: int) -> tuple[lexicon.Entry, int, int] | None:
    """Return the unit that begins at `position` or one blank later, with its start and end."""
    words, longest = _unit_words()
    start = position + (page.folded[position : position + 1] in (" ", "-", "'"))
    if page.folded[start : start + 1] not in unit_starts():
        return None
    for length in range(min(longest, len(page.folded) - start), 0, -1):
        entry = words.get(page.folded[start : start + length])
        if entry and _ends_word(page.folded, start + length) and _is_spoken(entry, page.language):
            return entry, start, start + length
    return None


def _is_spoken(entry: lexicon.Entry, language: str) -> bool:
    return language in entry.details.get("languages", [language])


def _ends_word(folded: str, end: int) -> bool:
    last, after = folded[end - 1], folded[end : end + 1]
    return not after or ord(last) >= 0x2E80 or not after.isalnum() or ord(after) >= 0x2E80
