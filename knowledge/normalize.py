"""One way of writing for every way of typing, and the way back to the exact original span."""

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.files import table_of

_WORD_OF_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC_OR_GREEK = re.compile(r"[\u0370-\u052f]")
_LATIN = re.compile(r"[a-z]")
_KEPT_WHOLE = (
    (0x3040, 0x30FF),
    (0xAC00, 0xD7A3),
)  # kana, Hangul: taken apart they lose their sounds


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text in lower case, without accents, look-alikes and invisible marks.

    `starts` holds for every normalised character where it stands in `original`; None when every character
    stands at its own place.
    """

    text: str
    original: str
    starts: "array[int] | None" = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the normalised `text[start:end]` stands in the original; empty spans stay empty."""
        if self.starts is None:
            return start, end
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.original)
            return place, place
        return self.starts[start], self._end_of(end - 1)

    def _end_of(self, last: int) -> int:
        """Return the original position behind the normalised character `last`, invisible marks left out."""
        assert self.starts is not None
        return self.starts[last] + 1


def normalize(text: str) -> Normalized:
    """Fold `text` to the form in which phrases are compared. Linear in its length; takes any string."""
    if text.isascii():
        return Normalized(text.lower(), text)
    table = _folding()
    folded = text.translate(table)
    starts = None if _keeps_places(text, table) else _starts(text, table)
    return Normalized(_without_look_alikes(folded), text, starts)


def fold(text: str) -> str:
    """Return `text` normalised, without the way back."""
    return normalize(text).text


class _Folding(dict[int, str]):
    """What a character becomes; worked out on first meeting and remembered, one entry a code point."""

    def __init__(self, fixed: dict[int, str]) -> None:
        super().__init__(fixed)
        self.resizing: set[str] = {chr(code) for code, to in fixed.items() if len(to) != 1}

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code), self)
        self[code] = folded
        if len(folded) != 1:
            self.resizing.add(chr(code))
        return folded


@cache
def _folding() -> _Folding:
    letters = table_of("lexicon/letters.toml")
    pairs = [
        (letters["chinese"]["traditional"], letters["chinese"]["simplified"]),
        (letters["arabic"]["written"], letters["arabic"]["read_as"]),
    ]
    return _Folding(
        {ord(a): b for written, read_as in pairs for a, b in zip(written, read_as, strict=True) if a > " "}
    )


def _folded(char: str, table: _Folding) -> str:
    if unicodedata.category(char) in {"Cf", "Mn", "Me", "Cs"}:
        return ""
    compatible = unicodedata.normalize("NFKC", char).casefold()
    if any(low <= ord(part) <= high for part in compatible for low, high in _KEPT_WHOLE):
        return compatible
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", compatible) if not unicodedata.combining(part)
    )
    return "".join(_plain(part, table) for part in bare)


def _plain(char: str, table: _Folding) -> str:
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    known = table.get(ord(char))
    return char if known is None else known


def _keeps_places(text: str, table: _Folding) -> bool:
    return table.resizing.isdisjoint(text)


def _starts(text: str, table: _Folding) -> "array[int]":
    starts: array[Any] = array("l")
    done = 0
    for resized in re.finditer(f"[{re.escape(''.join(table.resizing))}]", text):
        place = resized.start()
        starts.extend(range(done, place))
        starts.extend([place] * len(table[ord(resized.group())]))
        done = place + 1
    starts.extend(range(done, len(text)))
    return starts


def _without_look_alikes(text: str) -> str:
    """Spell words that mix alphabets in the one most of their letters belong to."""
    if not (_CYRILLIC_OR_GREEK.search(text) and _LATIN.search(text)):
        return text
    return _WORD_OF_LETTERS.sub(lambda word: _one_alphabet(word.group()), text)


def _one_alphabet(word: str) -> str:
    latin = len(_LATIN.findall(word))
    foreign = len(_CYRILLIC_OR_GREEK.findall(word))
    if not latin or not foreign:
        return word
    to_latin, to_foreign = _look_alikes()
    return word.translate(to_latin if latin >= foreign else to_foreign)


@cache
def _look_alikes() -> tuple[dict[int, str], dict[int, str]]:
    letters = table_of("lexicon/letters.toml")["look_alikes"]
    pairs = list(zip(letters["foreign"], letters["latin"], strict=True))
    cyrillic = {ord(latin): foreign for foreign, latin in reversed(pairs) if foreign > "\u0400"}
    return {ord(foreign): latin for foreign, latin in pairs}, cyrillic
