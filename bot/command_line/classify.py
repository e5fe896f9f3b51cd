"""`inquiry-bot classify`: the advice on inquiries from files or standard input."""

import json
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import click

from bot.advice import Advice, advise, as_json, plain_text
from bot.command_line.environment import knowledge_of, settings_here
from bot.command_line.inquiries import STANDARD_INPUT, Entry, entries_of
from bot.texts import LANGUAGES, Language
from knowledge import Knowledge

FEW = 200  # inquiries; for fewer, another process takes longer to start than it saves
BATCH = 32  # inquiries handed over at once
BATCHES_EACH = 4  # under way for each processor

Form = Literal["line", "object", "text"]
Told = tuple[str, str | None]  # what to print, and why an inquiry could not be read


@dataclass(frozen=True, slots=True)
class Manner:
    """How the advice is told; all a process needs to tell it."""

    knowledge_dir: Path | None
    language: Language
    form: Form
    is_many: bool


@click.command(short_help="Print the advice on inquiries from files or standard input.")
@click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option("--jsonl", "is_jsonl", is_flag=True, help="Print one JSON object a line, in input order.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the advice; INQUIRY_LANGUAGE, else en."
)
def command(paths: tuple[str, ...], is_json: bool, is_jsonl: bool, language: Language | None) -> None:
    """Say of each inquiry which type of buyer wrote it, why, what is missing and what to do next.

    PATH is an .eml, .msg, .txt, .html or .pdf file, or a .jsonl file with one object a line that has
    "text" and, if you like, "id", "subject" and "sender". Without PATH, or for "-", the inquiry is read
    from standard input.
    """
    settings = settings_here()
    spoken = language or ("zh" if settings.inquiry_language == "zh" else "en")
    _knowledge(settings.knowledge_dir)  # a faulty folder is told before anything is read
    sources = paths or (STANDARD_INPUT,)
    is_many = len(sources) > 1 or sources[0].lower().endswith(".jsonl")
    if is_many and (is_json or all(source.lower().endswith(".jsonl") for source in sources)):
        is_jsonl = True
    form: Form = "line" if is_jsonl else "object" if is_json else "text"
    manner = Manner(settings.knowledge_dir, spoken, form, is_many)
    told = _told_in_order(manner, (entry for path in sources for entry in entries_of(path)))
    failed = 0
    for shown, error in _with_progress(told, sources) if is_many else told:
        if shown:
            click.echo(shown)
        if error is not None:
            failed += 1
            click.echo(f"inquiry-bot: {error}", err=True)
    sys.exit(1 if failed else 0)


def _told_in_order(manner: Manner, entries: Iterator[Entry]) -> Iterator[Told]:
    """Tell the entries in their order: few of them here, many on all processors."""
    first = list(islice(entries, FEW))
    processors = os.cpu_count() or 1
    if len(first) < FEW or processors == 1:
        yield from (_told(manner, entry) for entry in chain(first, entries))
        return
    with ProcessPoolExecutor(processors, get_context("spawn"), _leave_interrupts_to_the_parent) as pool:
        try:
            yield from _told_by(pool, processors, manner, chain(first, entries))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _told_by(
    pool: ProcessPoolExecutor, processors: int, manner: Manner, entries: Iterator[Entry]
) -> Iterator[Told]:
    """Keep every processor busy while no more than a few batches wait in memory."""
    under_way: deque[Future[list[Told]]] = deque()
    while batch := list(islice(entries, BATCH)):
        under_way.append(pool.submit(_told_batch, manner, batch))
        if len(under_way) >= BATCHES_EACH * processors:
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _leave_interrupts_to_the_parent() -> None:
    # Ctrl-C reaches the whole group of processes; only the one that writes may say so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _told_batch(manner: Manner, entries: list[Entry]) -> list[Told]:
    return [_told(manner, entry) for entry in entries]


def _told(manner: Manner, entry: Entry) -> Told:
    advice = None
    if entry.reading:
        advice = advise(_knowledge(manner.knowledge_dir), entry.reading, manner.language)
    shown = _FORMS[manner.form](entry, advice, manner.is_many)
    return shown, None if advice else entry.error


@cache
def _knowledge(folder: Path | None) -> Knowledge:
    return knowledge_of(folder)


def _line(entry: Entry, advice: Advice | None, is_many: bool) -> str:
    shown = as_json(advice, entry.id) if advice else {"id": entry.id, "error": entry.error}
    return json.dumps(shown, ensure_ascii=False)


def _object(entry: Entry, advice: Advice | None, is_many: bool) -> str:
    return json.dumps(as_json(advice, entry.id), ensure_ascii=False, indent=2) if advice else ""


def _text(entry: Entry, advice: Advice | None, is_many: bool) -> str:
    title = f"── {entry.id or 'standard input'} ──\n" if is_many else ""
    return title + plain_text(advice) if advice else ""


_FORMS = {"line": _line, "object": _object, "text": _text}


def _with_progress(told: Iterator[Told], sources: tuple[str, ...]) -> Iterable[Told]:
    # Lines on a terminal are their own progress; a bar belongs where standard output goes to a file.
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return told
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(told, "Reading inquiries", sum(map(_size, sources)), console=console, transient=True)


def _size(source: str) -> int:
    """Return about how many inquiries a file holds."""
    if not source.lower().endswith(".jsonl"):
        return 1
    with Path(source).open("rb") as lines:
        return sum(1 for _ in lines)
