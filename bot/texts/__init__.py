"""Every sentence a person sees, in English and Chinese: `en.toml` and `zh.toml` beside this file.

Keys are dotted paths ("card.next_step"); a test holds both files to the same keys and placeholders.
Advice about buyers is not here but in `knowledge/`, where salespeople edit it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Texts:
    """The sentences of both languages."""

    def __init__(self, by_language: Mapping[Language, Mapping[str, str]]) -> None:
        self._by_language = by_language

    def say(self, key: str, language: Language, **values: object) -> str:
        """Return the sentence under `key` with its placeholders filled; KeyError for an unknown key."""
        return self._by_language[language][key].format_map(values)

    def has(self, key: str) -> bool:
        """Tell whether a sentence stands under `key`."""
        return key in self._by_language["en"]

    def under(self, prefix: str, language: Language) -> dict[str, str]:
        """Return the sentences whose keys begin with `prefix`, without it; placeholders stay unfilled."""
        sentences = sorted(self._by_language[language].items())
        return {key.removeprefix(prefix): says for key, says in sentences if key.startswith(prefix)}

    def keys(self, language: Language) -> frozenset[str]:
        """Return all keys of one language."""
        return frozenset(self._by_language[language])


@cache
def load() -> Texts:
    """Read both files; the result is shared, it never changes."""
    here = Path(__file__).parent
    return Texts(
        {lang: dict(_flat(tomllib.loads((here / f"{lang}.toml").read_text("utf-8")))) for lang in LANGUAGES}
    )


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value.strip("\n")
