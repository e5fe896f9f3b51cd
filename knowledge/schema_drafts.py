"""Checks what stands inside reply drafts, and that the draft a follow-up names is there in every language."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.content import BLOCKS, LATE_ANSWER, NUDGE, PLACEHOLDERS
from knowledge.faults import Fault
from knowledge.shelf import Shelf, Table

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
FOLLOW_UPS = "follow_ups"
ASKS_BLOCK = "asks"


def faults_of_placeholders(table: Table, file: str) -> Iterator[Fault]:
    """Yield what stands in braces in a reply file and cannot be filled in there."""
    for key, text in _texts(table, ()):
        for name in PLACEHOLDER.findall(text):
            if name not in {*PLACEHOLDERS, *BLOCKS}:
                yield Fault(file, ".".join(key), f"{{{name}}} is not a placeholder")
            elif name == ASKS_BLOCK and key[0] == FOLLOW_UPS:
                yield Fault(
                    file, ".".join(key), f"{{{name}}} cannot stand in a follow-up: it asks its own question"
                )


def faults_of_drafts(shelf: Shelf) -> list[Fault]:
    """Return the drafts that follow-ups name and languages do not have; one without any uses the English."""
    languages = {
        id_: table[FOLLOW_UPS] for id_, table in shelf.of("replies").items() if table.get(FOLLOW_UPS)
    }
    known = {name for drafts in languages.values() for name in drafts}
    named = tuple(_named(shelf))
    unknown = [Fault(file, key, _unknown(name, known)) for file, key, name in named if name not in known]
    due = {LATE_ANSWER, NUDGE, *(name for _, _, name in named if name in known)}
    return unknown + [
        Fault(shelf.files["replies", id_], f"{FOLLOW_UPS}.{name}", "is missing")
        for id_, drafts in languages.items()
        for name in sorted(due - drafts.keys())
    ]


def _named(shelf: Shelf) -> Iterable[tuple[str, str, str]]:
    for id_, situation in shelf.of("situations").items():
        for number, touch in enumerate(situation["touches"], 1):
            file = shelf.files["situations", id_]
            yield file, f"touches.number {number}.draft", touch.get("draft", NUDGE)


def _unknown(name: str, known: Iterable[str]) -> str:
    return f"there is no draft {name!r}; the drafts are {', '.join(sorted(known))}"


def _texts(value: Any, key: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, (*key, name))
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield from _texts(each, (*key, f"number {number}"))
