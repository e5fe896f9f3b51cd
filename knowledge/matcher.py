"""Finds thousands of phrases at once: an automaton for words side by side, then phrases with gaps.

A misspelt word takes part as the word that was meant, with a similarity below 1. The time taken grows with
the text, not with the number of phrases; hits beyond a fixed number per phrase list are not kept.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import ahocorasick

from knowledge.normalize import Normalized
from knowledge.phrases import NUMBER, Part, Phrase
from knowledge.spelling import Spelling
from knowledge.words import Words, is_unspaced, words_of

MAX_OPEN = 4  # beginnings of one phrase waiting for the rest
MAX_HITS = 8  # of one phrase list in one text
_OPEN, _CLOSE = "\x02", "\x03"  # borders of a spaced word in the text the automaton reads
_ROOT = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its first and last word."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found in one text, by the name of the phrase list."""

    words: Words
    similarities: Mapping[int, float]  # of misspelt words, by index
    hits: Mapping[str, list[Hit]]

    def span(self, hit: Hit) -> tuple[int, int]:
        """Return where `hit` stands in the original text."""
        return self.words.original_span(hit.first, hit.last)

    def similarity(self, hit: Hit) -> float:
        """Return how near the spelling of `hit` is to its phrase, 1.0 when exact."""
        if not self.similarities:
            return 1.0
        words = self.words.words[hit.first : hit.last + 1]
        letters = sum(map(len, words))
        near = sum(len(word) * self.similarities.get(hit.first + at, 1.0) for at, word in enumerate(words))
        return near / letters if letters else 1.0


@dataclass(slots=True)
class _Search:
    """The state of one pass over one text."""

    words: Words
    open: dict[int, list[Hit]] = field(default_factory=dict)
    hits: dict[str, list[Hit]] = field(default_factory=dict)


class Matcher:
    """All phrases of the knowledge, compiled."""

    def __init__(
        self,
        notions: Mapping[str, Iterable[Part]],
        lists: Mapping[str, Iterable[Phrase]],
        *,
        guessed: Iterable[str] = (),
        never_misspelt: Iterable[str] = (),
        everyday_slips: Mapping[str, str] | None = None,
    ) -> None:
        """`notions` are named sets of side-by-side words, `lists` the phrases to report, by name."""
        self._symbols: dict[Part, int] = {}
        self._keys: dict[str, list[int]] = {}
        self._key_words: dict[str, int] = {}
        self._steps: dict[int, list[tuple[int, int, int]]] = {}  # symbol -> (node before, gap, node after)
        self._nodes: dict[tuple[int, int, int], int] = {}
        self._ends: dict[int, list[str]] = {}  # node -> names of lists
        self._notions: dict[int, str] = {}
        for name, parts in notions.items():
            self._add_notion(name, parts)
        for name, phrases in lists.items():
            for phrase in phrases:
                self._add_phrase(name, phrase)
        self._number = self._symbols.get(Part((NUMBER,)))
        self._stems = {
            key[1:] for key in self._keys if key[0] == _OPEN and key[-1] != _CLOSE and key.count(_OPEN) == 1
        }
        self._automaton = self._compiled()
        self._spelling = Spelling(
            self._vocabulary(), guessed, never_misspelt, everyday_slips or {}, self._stems
        )

    def find(self, text: Normalized) -> Matches:
        """Find every phrase in `text`."""
        words = words_of(text)
        meant, similarities = self._spelt_right(words)
        search = _Search(words)
        for last, count, symbols in self._side_by_side(words, meant):
            hit = Hit(last - count + 1, last)
            for symbol in symbols:
                self._step(search, symbol, hit)
        return Matches(words, similarities, search.hits)

    def _add_notion(self, name: str, parts: Iterable[Part]) -> None:
        symbol = self._symbol(Part(notion=name))
        self._notions[symbol] = name
        for part in parts:
            self._add_key(part, symbol)

    def _add_phrase(self, name: str, phrase: Phrase) -> None:
        node = _ROOT
        for part, gap in zip(phrase.parts, phrase.gaps, strict=True):
            symbol = self._symbol(part)
            step = (node, symbol, gap)
            if (after := self._nodes.get(step)) is None:
                after = self._nodes[step] = len(self._nodes) + 1
                self._steps.setdefault(symbol, []).append((node, gap, after))
            node = after
        ends = self._ends.setdefault(node, [])
        if name not in ends:
            ends.append(name)

    def _symbol(self, part: Part) -> int:
        if (symbol := self._symbols.get(part)) is None:
            symbol = self._symbols[part] = len(self._symbols)
            if part.notion is None and part.words != (NUMBER,):
                self._add_key(part, symbol)
        return symbol

    def _add_key(self, part: Part, symbol: int) -> None:
        key = "".join(map(_bordered, part.words))
        if part.is_stem and key[-1] == _CLOSE:
            key = key[:-1]
        symbols = self._keys.setdefault(key, [])
        if symbol not in symbols:
            symbols.append(symbol)
            self._key_words[key] = len(part.words)

    def _compiled(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for key, symbols in self._keys.items():
            automaton.add_word(key, (self._key_words[key], tuple(symbols)))
        automaton.make_automaton()
        return automaton

    def _vocabulary(self) -> set[str]:
        return {word for key in self._keys for word in key.replace(_CLOSE, "").split(_OPEN) if len(word) > 1}

    def _spelt_right(self, words: Words) -> tuple[list[str], dict[int, float]]:
        meant_by = self._spelling.meant_by
        meant: list[str] = []
        similarities: dict[int, float] = {}
        for index, word in enumerate(words.words):
            right, similarity = meant_by(word)
            meant.append(right)
            if similarity < 1:
                similarities[index] = similarity
        return meant, similarities

    def _side_by_side(self, words: Words, meant: list[str]) -> Iterable[tuple[int, int, tuple[int, ...]]]:
        """Yield (last word, number of words, symbols) in the order of the text."""
        if not meant or not self._keys:
            return
        pieces = [mark + _bordered(word) for mark, word in zip(words.breaks, meant, strict=True)]
        places: list[int] = []
        length = 0
        for piece in pieces:
            places.append(length)
            length += len(piece)
        numbers = self._numbers(words)
        for end, (count, symbols) in self._automaton.iter("".join(pieces)):
            last = bisect_right(places, end) - 1
            while numbers and numbers[-1] <= last - count:
                yield numbers.pop(), 1, (self._number,)  # type: ignore[misc]
            yield last, count, symbols
        while numbers:
            yield numbers.pop(), 1, (self._number,)  # type: ignore[misc]

    def _numbers(self, words: Words) -> list[int]:
        if self._number is None:
            return []
        return [at for at in range(len(words.words) - 1, -1, -1) if words.words[at][0].isdigit()]

    def _step(self, search: _Search, symbol: int, hit: Hit) -> None:
        if (notion := self._notions.get(symbol)) is not None:
            _keep(search.hits, "@" + notion, hit)
        for before, gap, after in self._steps.get(symbol, ()):
            if before == _ROOT:
                self._reach(search, after, hit)
            elif (waiting := search.open.get(before)) is not None:
                begun = _begun(search.words, waiting, gap, hit)
                if begun is not None:
                    self._reach(search, after, Hit(begun.first, hit.last))

    def _reach(self, search: _Search, node: int, hit: Hit) -> None:
        for name in self._ends.get(node, ()):
            _keep(search.hits, name, hit)
        waiting = search.open.setdefault(node, [])
        waiting.append(hit)
        if len(waiting) > MAX_OPEN:
            del waiting[0]


def _bordered(word: str) -> str:
    return word if is_unspaced(word) else f"{_OPEN}{word}{_CLOSE}"


def _keep(hits: dict[str, list[Hit]], name: str, hit: Hit) -> None:
    kept = hits.setdefault(name, [])
    if len(kept) < MAX_HITS:
        kept.append(hit)


def _begun(words: Words, waiting: list[Hit], gap: int, hit: Hit) -> Hit | None:
    """Return the latest beginning that `hit` continues: near enough and in the same sentence."""
    sentence = words.sentences[hit.first]
    for begun in reversed(waiting):
        between = hit.first - begun.last - 1
        is_near = 0 <= between <= gap and words.sentences[begun.last] == sentence
        if is_near and (gap or not words.breaks[hit.first]):
            return begun
    return None
