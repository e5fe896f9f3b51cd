"""An inquiry prepared for reading: plain signs, small letters, trade words, amounts; offsets hold."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.vocabulary import Mention, built_in
from knowledge.model import Fact
from knowledge.numbers import Number, numbers_in, western

READ_AT_MOST = 20_000  # characters; what stands further down is history, not the inquiry
CLAUSE_AT_MOST = 1_000  # characters
NUMBERS_AT_MOST = 400

_SPACES = str.maketrans("\t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", " " * 12)
HISTORY_FROM = 60  # characters; a marker before that introduces a forward and not what was answered
_HISTORY = re.compile(
    r"^(?:-{2,} ?(?:原始邮件|original message|ursprüngliche|mensaje original)|on [^\n]{6,80} wrote:\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^[ \t]?>[^\n]*", re.MULTILINE)
_LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the spaces around it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One text and everything found in it at once; its four spellings have the same offsets."""

    text: str
    own: str  # the text with the mail answered to made blank
    plain: str  # own, width and digits made plain
    folded: str  # plain, in small letters, every space a blank
    language: str
    numbers: tuple[Number, ...]
    mentions: Mapping[str, tuple[Mention, ...]]
    lines: tuple[Line, ...]

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """Return the mentions of `kinds` in the order of the text."""
        found = [mention for kind in kinds for mention in self.mentions.get(kind, ())]
        return tuple(sorted(found, key=lambda mention: mention.start)) if len(kinds) > 1 else tuple(found)

    def longest_at(self, position: int, *kinds: str) -> Mention | None:
        """Return the longest mention of `kinds` that begins at `position`."""
        found = []
        for mentions in (self.mentions.get(kind, ()) for kind in kinds):
            index = bisect_left(mentions, position, key=lambda mention: mention.start)
            found += [mention for mention in mentions[index : index + 1] if mention.start == position]
        return max(found, key=lambda mention: mention.end, default=None)

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
    text = beginning(text)
    own = without_history(text)
    plain = western(own)
    folded = _folded(plain)
    numbers = numbers_in(plain, language)[:NUMBERS_AT_MOST]
    return Page(text, own, plain, folded, language, numbers, _mentions(plain, folded), tuple(_lines(own)))


def beginning(text: str) -> str:
    """Return what is read of `text`, up to the end of a clause: half a word looks like a name."""
    if len(text) <= READ_AT_MOST:
        return text
    end = max(text.rfind(mark, READ_AT_MOST - CLAUSE_AT_MOST, READ_AT_MOST) for mark in "\n.,;!?。，；！？")
    return text[: end + 1 or READ_AT_MOST]


def without_history(text: str) -> str:
    """Return `text` of the same length with quoted lines and the mail answered to made blank."""
    start = _HISTORY.search(text, HISTORY_FROM)
    own = text[: start.start()] + _blank(text[start.start() :]) if start else text
    return _QUOTED_LINE.sub(lambda match: _blank(match[0]), own) if ">" in own else own


def _blank(words: str) -> str:
    return re.sub(r"[^\n]", " ", words)


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
def _unit_words() -> tuple[Mapping[str, tuple[lexicon.Entry, ...]], int]:
    words: dict[str, tuple[lexicon.Entry, ...]] = {}
    for entry in lexicon.read().entries("units").values():
        for word in entry.words:
            words[word] = (*words.get(word, ()), entry)
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
        entries = words.get(page.folded[start : start + length], ())
        if entries and _ends_word(page.folded, start + length):
            spoken = (entry for entry in entries if _is_spoken(entry, page.language))
            if entry := next(spoken, None):
                return entry, start, start + length
    return None


def _is_spoken(entry: lexicon.Entry, language: str) -> bool:
    return language in entry.details.get("languages", [language])


def _ends_word(folded: str, end: int) -> bool:
    last, after = folded[end - 1], folded[end : end + 1]
    if folded[end - 1 : end + 1] in lexicon.word_set("exclusions", "not_units"):
        return False
    return not after or ord(last) >= 0x2E80 or not after.isalnum() or ord(after) >= 0x2E80
