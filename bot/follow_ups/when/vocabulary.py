"""The words of `vocabulary.toml`, as patterns and as what they mean."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

WORD_ENDS = r"(?![a-z0-9])"
LETTERS_END = r"(?![a-z])"
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one kind: each with its meaning, and the pattern of them all."""

    meaning: Mapping[str, Any]
    pattern: str


@cache
def section(*path: str) -> Any:
    """Return a table or list of the vocabulary."""
    return _at(_whole(), path)


@cache
def indexed(*path: str) -> Words:
    """Return words whose meaning is their place: weekdays from 0, months from 0."""
    return _words({word: place for place, words in enumerate(section(*path)) for word in words})


@cache
def grouped(*path: str) -> Words:
    """Return words whose meaning is the name of their group."""
    return _words({word: name for name, words in section(*path).items() for word in words})


@cache
def numbered(*path: str) -> Words:
    """Return words whose meaning is a number."""
    return _words({word: Fraction(number) for word, number in section(*path).items()})


@cache
def listed(*path: str) -> str:
    """Return the pattern of a list of words."""
    return any_of(section(*path))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, the longest first; a space in a word stands for any run of them."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " +") for word in longest_first) + ")"


def _words(meaning: Mapping[str, Any]) -> Words:
    return Words(meaning, any_of(meaning))


def _at(table: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        table = table[name]
    return table


@cache
def _whole() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text("utf-8"))
