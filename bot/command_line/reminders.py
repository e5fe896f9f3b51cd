"""`inquiry-bot reminders`: what people are promised, and calling one off."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import click

from bot.advice.escape import harmless
from bot.clock import Clock, SystemClock
from bot.command_line.environment import settings_here
from bot.command_line.running_bot import cancel_there
from bot.errors import BotError
from bot.follow_ups.moment import moment, span
from bot.follow_ups.naming import MIDDLE_DOT, buyer_of, product_of
from bot.follow_ups.promises.overview import Listed, Overview, overview, team_of
from bot.storage import Database, DatabaseInUse, open_database, open_to_read
from bot.storage.inquiries import Inquiries
from bot.storage.schema import demand_present

MOST = 200
NAME = 60
ERROR = 60
WIDE = 200  # columns, where there is no terminal to fit into
SORRY = {
    "unknown": "There is no reminder {number}; `inquiry-bot reminders` lists the open ones.",
    "in_flight": "Reminder {number} is being delivered at this very moment: try again in a few seconds.",
    "ended": "Reminder {number} is not open any more: there is nothing to cancel.",
    "silence": "The running bot has the database file to itself and does not answer: try again in a moment, "
    "or cancel it in Slack with `/followup cancel {number}`.",
}
COLUMNS = ("no.", "due", "owner", "inquiry", "state", "late by", "tries", "last error")

Name = Callable[[int | None], str]  # of an inquiry


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show the reminders people are promised, and cancel one.

    Without a subcommand this is `inquiry-bot reminders list`.
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--limit", default=MOST, show_default=True, help="Show so many; 0 shows all.")
def show(as_json: bool = False, limit: int = MOST) -> None:
    """List the open reminders, failed ones first.

    Then comes what is due longest. This only reads: it works beside a running bot.
    """
    clock = SystemClock()
    database = open_to_read(settings_here().database_url)
    try:
        demand_present(database)
        found = overview(database, limit if limit > 0 else None)
        name_of = _names(database, clock)
        print_it = _print_json if as_json else _print_table
        print_it(found, name_of, clock.now_ms())
    finally:
        database.close()


@command.command()
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
def cancel(number: int) -> None:
    """Cancel the reminder with the number ID. Nobody is told."""
    url = settings_here().database_url
    try:
        database = open_database(url)
    except DatabaseInUse:
        _tell(number, _cancel_there(url, number))
        return
    try:
        database.upgrade()
        _tell(number, _cancel(database, SystemClock(), number))
    finally:
        database.close()


def _cancel(database: Database, clock: Clock, number: int) -> str:
    from bot.follow_ups.promises.calling_off import call_off
    from bot.follow_ups.promises.reminders import Reminders
    from bot.outbox.store import Outbox
    from bot.storage.events import SeenEvents

    return call_off(Reminders(database, clock, Outbox(database, clock), SeenEvents(database, clock)), number)


def _cancel_there(url: str, number: int) -> str:
    """Let the running bot do it: two processes that write can corrupt a SQLite file."""
    database = open_to_read(url)
    try:
        if team_of(database, number) is None:
            return "unknown"
    finally:
        database.close()
    return cancel_there(url, number) or "silence"


def _tell(number: int, outcome: str) -> None:
    if outcome != "cancelled":
        raise BotError(SORRY.get(outcome, SORRY["silence"]).format(number=number))
    click.echo(f"Reminder {number} is cancelled.")


# printing


def _print_table(found: Overview, name_of: Name, now_ms: int) -> None:
    if not found.reminders:
        click.echo("No reminders are open.")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in COLUMNS:
        table.add_column(column, justify="right" if column in ("no.", "tries") else "left")
    for one in found.reminders:
        style = "red" if one.state == "failed" else ""
        table.add_row(*(Text(cell, style) for cell in _cells(one, name_of, now_ms)))
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    console.print(_title(found), table, sep="\n")
    if found.left_out:
        console.print(f"… and {found.left_out:,} more: --limit 0 shows all.", highlight=False)


def _title(found: Overview) -> str:
    counted = [f"{count:,} {state}" for state, count in found.counts.items() if count]
    return f"Open reminders: {', '.join(counted)}"


def _cells(one: Listed, name_of: Name, now_ms: int) -> Iterator[str]:
    late_ms = _late_ms(one, now_ms)
    yield str(one.id)
    yield moment(one.due_at, one.zone, "en")
    yield one.owner or ""
    yield name_of(one.inquiry_id)
    yield one.state
    yield span(late_ms, "en") if late_ms else ""
    yield str(one.attempts)
    yield harmless(one.last_error or "", ERROR)


def _print_json(found: Overview, name_of: Name, now_ms: int) -> None:
    listed = [_fields(one, name_of, now_ms) for one in found.reminders]
    click.echo(json.dumps({"counts": dict(found.counts), "reminders": listed}, ensure_ascii=False))


def _fields(one: Listed, name_of: Name, now_ms: int) -> dict[str, object]:
    return {
        "id": one.id,
        "due": datetime.fromtimestamp(one.due_at / 1000, UTC).astimezone(one.zone).isoformat(),
        "zone": one.zone.key,
        "team": one.team,
        "owner": one.owner,
        "inquiry_id": one.inquiry_id,
        "inquiry": name_of(one.inquiry_id),
        "state": one.state,
        "late_s": _late_ms(one, now_ms) // 1000,
        "tries": one.attempts,
        "last_error": one.last_error,
    }


def _late_ms(one: Listed, now_ms: int) -> int:
    return 0 if one.state == "came" else max(now_ms - one.due_at, 0)


def _names(database: Database, clock: Clock) -> Name:
    """Return how inquiries are named: by buyer and product, by number where neither is known any more."""
    inquiries = Inquiries(database, clock)
    known: dict[int, str] = {}

    def name_of(number: int | None) -> str:
        if number is None:
            return ""
        if number not in known:
            inquiry = inquiries.get(number)
            parts = (harmless(part(inquiry), NAME) for part in (buyer_of, product_of)) if inquiry else ()
            known[number] = MIDDLE_DOT.join(part for part in parts if part) or f"inquiry {number}"
        return known[number]

    return name_of
