"""The bot without Slack: a session in the terminal that gives the same advice on pasted inquiries."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from bot import texts
from bot.advice import advise, plain_text
from bot.command_line.inquiries import Entry, entries_of, sentence_of
from bot.errors import BotError, Unreadable
from bot.reading import read_text
from bot.texts import Language
from knowledge import Knowledge

END_OF_INQUIRY = "."
LEAVE = frozenset({"exit", "quit", "q", "退出"})


class Session:
    """Takes pasted inquiries or file paths until told to stop, and prints the advice on each."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self._knowledge = knowledge
        self._language: Language = "zh" if language == "zh" else "en"

    def run(self) -> None:
        """Talk until standard input ends or the person leaves."""
        self._say("welcome")
        while (pasted := self._next()) is not None:
            if not pasted.strip():
                self._say("how_to")
                continue
            for entry in self._entries(pasted):
                self._answer(entry)
        self._say("goodbye")

    def _next(self) -> str | None:
        if sys.stdin.isatty():
            click.secho("\n> ", nl=False, bold=True)
        return next_inquiry(sys.stdin.readline)

    def _entries(self, pasted: str) -> list[Entry]:
        path = Path(pasted.strip().strip("'\"")).expanduser()
        try:
            if _is_file(path):
                return list(entries_of(str(path)))
            return [Entry(None, read_text(pasted))]
        except Unreadable as error:
            return [Entry(None, None, sentence_of(error))]
        except BotError as error:
            return [Entry(None, None, str(error))]

    def _answer(self, entry: Entry) -> None:
        if entry.reading is None:
            click.echo(entry.error)
            return
        click.echo()
        click.echo(plain_text(advise(self._knowledge, entry.reading, self._language)))

    def _say(self, key: str) -> None:
        click.echo(texts.load().say(f"terminal.{key}", self._language))


def next_inquiry(readline: Callable[[], str]) -> str | None:
    """Read lines up to the end of one inquiry; None when there is nothing more, or the person leaves.

    An inquiry ends with a line that holds a single full stop, or with two empty lines, or with the end
    of the input. The path of a file is an inquiry on its own, as is an empty first line.
    """
    lines: list[str] = []
    while line := readline():
        written = line.rstrip("\r\n")
        if not lines:
            if written.strip().lower() in LEAVE:
                return None
            if not written.strip() or _is_file(Path(written.strip().strip("'\"")).expanduser()):
                return written
        if written.strip() == END_OF_INQUIRY:
            return "\n".join(lines)
        lines.append(written)
        if lines[-2:] == ["", ""]:
            return "\n".join(lines)
    return "\n".join(lines) if lines else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a pasted text may be too long for a path, or hold a NUL
        return False
