"""Inquiries from files and standard input, one at a time."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot import texts
from bot.errors import Unreadable, WrongUsage
from bot.reading import Reading, read_file, read_text
from bot.reading.people import person_of

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """One inquiry to judge, or the reason why it could not be read."""

    id: str | None
    reading: Reading | None
    error: str | None = None


def entries_of(path: str) -> Iterator[Entry]:
    """Read the inquiries at `path` ("-" is standard input): one of a mail or text, many of a .jsonl.

    What cannot be read becomes an entry with an error, so that the others are not lost.
    """
    raw = _bytes_of(path)
    if path.lower().endswith(".jsonl"):
        yield from _entries_of_lines(raw, path)
        return
    name = None if path == STANDARD_INPUT else Path(path).name
    try:
        yield Entry(name, read_file(name or "", raw))
    except Unreadable as error:
        yield Entry(name, None, sentence_of(error))


def rows_of(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the objects of a .jsonl file with their line numbers; raises WrongUsage at the first bad line."""
    for number, line in _lines(_bytes_of(path), path):
        try:
            yield number, _object(line)
        except ValueError as error:
            raise WrongUsage(f"{path}, line {number}: {error}") from error


def reading_of_row(row: dict[str, Any]) -> Reading:
    """Read the `text` of a .jsonl row; its own `subject` and `sender` outrank those found in the text."""
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError('needs a "text" that is a string')
    subject = row.get("subject") if isinstance(row.get("subject"), str) else None
    reading = read_text(text, subject)
    if subject:
        reading = replace(reading, subject=subject)
    if isinstance(sender := row.get("sender"), str):
        name, address = person_of(sender)
        reading = replace(reading, sender_name=name, sender_email=address)
    return reading


def _entries_of_lines(raw: bytes, path: str) -> Iterator[Entry]:
    for number, line in _lines(raw, path):
        yield _entry_of_line(line, f"{path}, line {number}")


def _entry_of_line(line: str, place: str) -> Entry:
    name = None
    try:
        row = _object(line)
        name = str(row["id"]) if row.get("id") is not None else None
        return Entry(name, reading_of_row(row))
    except Unreadable as error:
        return Entry(name, None, f"{place}: {sentence_of(error)}")
    except ValueError as error:
        return Entry(name, None, f"{place}: {error}")


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg})") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    return row


def _lines(raw: bytes, path: str) -> Iterator[tuple[int, str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(f"{path} is not UTF-8 text.") from error
    # Not splitlines(): a JSON string may hold a bare U+2028.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _bytes_of(path: str) -> bytes:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise WrongUsage(f"{path} cannot be opened: {error.strerror}.") from error


def sentence_of(error: Unreadable) -> str:
    """Return the sentence that says why something cannot be read."""
    return texts.load().say(f"unreadable.{error.reason}", "en", name=error.name or "the input")
