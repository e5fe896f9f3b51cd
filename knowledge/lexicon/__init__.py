"""The shared words of the trade: one TOML file a subject, read on first use and kept.

A file holds tables `[entries.<id>]`; `words` are the wordings, everything else is the subject's own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the trade has words for."""

    id: str
    words: tuple[str, ...]
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All subjects of a folder, each read from its file on first use."""

    folder: Path
    subjects: dict[str, Mapping[str, Entry]] = field(default_factory=dict, repr=False)

    def entries(self, subject: str) -> Mapping[str, Entry]:
        """Return the entries of `subject` by id; FileNotFoundError when there is no such file."""
        if subject not in self.subjects:
            tables = tomllib.loads((self.folder / f"{subject}.toml").read_text("utf-8"))["entries"]
            self.subjects[subject] = {key: _entry(key, table) for key, table in tables.items()}
        return self.subjects[subject]

    def words(self, subject: str, entry: str) -> tuple[str, ...]:
        """Return the wordings of one entry; KeyError when the subject has none of that id."""
        return self.entries(subject)[entry].words


@lru_cache(maxsize=1)
def read() -> Lexicon:
    """Return the built-in words."""
    return Lexicon(HERE)


@lru_cache(maxsize=64)
def word_set(subject: str, entry: str) -> frozenset[str]:
    """Return the wordings of one entry for fast look-up."""
    return frozenset(read().words(subject, entry))


def _entry(key: str, table: Mapping[str, Any]) -> Entry:
    details = {name: value for name, value in table.items() if name != "words"}
    return Entry(key, tuple(table.get("words", ())), details)
