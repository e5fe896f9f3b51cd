"""`inquiry-bot classify`: the advice on inquiries from files or standard input."""

import json
import sys
from collections.abc import Iterable

import click

from bot.advice import Advice, advise, as_json, plain_text
from bot.command_line.environment import knowledge_of, settings_here
from bot.command_line.inquiries import STANDARD_INPUT, Entry, entries_of
from bot.texts import LANGUAGES, Language


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
    knowledge = knowledge_of(settings.knowledge_dir)
    sources = paths or (STANDARD_INPUT,)
    is_many = len(sources) > 1 or sources[0].lower().endswith(".jsonl")
    if is_many and (is_json or all(source.lower().endswith(".jsonl") for source in sources)):
        is_jsonl = True
    show = _line if is_jsonl else _object if is_json else _text
    entries = (entry for path in sources for entry in entries_of(path))
    failed = 0
    for entry in _with_progress(entries) if is_many else entries:
        advice = advise(knowledge, entry.reading, spoken) if entry.reading else None
        if shown := show(entry, advice, is_many):
            click.echo(shown)
        if advice is None:
            failed += 1
            click.echo(f"inquiry-bot: {entry.error}", err=True)
    sys.exit(1 if failed else 0)


def _line(entry: Entry, advice: Advice | None, is_many: bool) -> str:
    shown = as_json(advice, entry.id) if advice else {"id": entry.id, "error": entry.error}
    return json.dumps(shown, ensure_ascii=False)


def _object(entry: Entry, advice: Advice | None, is_many: bool) -> str:
    return json.dumps(as_json(advice, entry.id), ensure_ascii=False, indent=2) if advice else ""


def _text(entry: Entry, advice: Advice | None, is_many: bool) -> str:
    title = f"── {entry.id or 'standard input'} ──\n" if is_many else ""
    return title + plain_text(advice) if advice else ""


def _with_progress(entries: Iterable[Entry]) -> Iterable[Entry]:
    # Lines on a terminal are their own progress; a bar belongs where standard output goes to a file.
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return entries
    from rich.console import Console
    from rich.progress import track

    return track(list(entries), "Reading inquiries", console=Console(stderr=True), transient=True)
