"""The shared words of the trade: one TOML file a subject, read once, laid under a team's own files.

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
    """All subjects, each read from its file on first use; equal only to itself."""

    folders: tuple[Path, ...]
    subjects: dict[str, Mapping[str, Entry]] = field(default_factory=dict, repr=False)

    def entries(self, subject: str) -> Mapping[str, Entry]:
        """Return the entries of `subject` by id; a later folder's entry replaces an earlier one's."""
        if subject not in self.subjects:
            tables = [_tables_in(folder / f"{subject}.toml") for folder in self.folders]
            self.subjects[subject] = {
                key: _entry(key, table) for each in tables for key, table in each.items()
            }
        return self.subjects[subject]

    def words(self, subject: str, entry: str) -> tuple[str, ...]:
        """Return the wordings of one entry; KeyError when the subject has none of that id."""
        return self.entries(subject)[entry].words


@lru_cache(maxsize=8)
def read(overlay: Path | None = None) -> Lexicon:
    """Return the built-in words, with the files of `overlay` laid over them."""
    return Lexicon((HERE,) if overlay is None else (HERE, overlay))


def _tables_in(path: Path) -> Mapping[str, Mapping[str, Any]]:
    if not path.is_file():
        return {}
    tables: Mapping[str, Mapping[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("entries", {})
    return tables


def _entry(key: str, table: Mapping[str, Any]) -> Entry:
    details = {name: value for name, value in table.items() if name != "words"}
    return Entry(key, tuple(table.get("words", ())), details)
