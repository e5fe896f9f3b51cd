"""How long the outbox takes to see that nothing is due, with many reminders waiting and with none."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import insert

from bench.timing import Result, against
from bot.clock import SystemClock
from bot.outbox.claims import Claims
from bot.storage import Database, open_database
from bot.storage.tables import outbox

WAITING = 100_000
BATCH = 5_000
LATER_MS = 30 * 86_400_000


def results() -> Iterator[Result]:
    """Compare an outbox with many waiting rows and an empty one, on SQLite."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        full, empty = (_database(Path(folder) / f"{name}.db") for name in ("full", "empty"))
        _fill(full, clock.now_ms() + LATER_MS, clock.now_ms())
        claims_full, claims_empty = Claims(full, clock), Claims(empty, clock)
        yield against(
            f"asking an outbox of {WAITING:,} waiting rows",
            claims_full.claim,
            claims_empty.claim,
            "an empty outbox",
            turns=200,
        )
        full.close()
        empty.close()


def _database(path: Path) -> Database:
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    return database


def _fill(database: Database, due_at: int, now: int) -> None:
    for first in range(0, WAITING, BATCH):
        rows = [_row(number, due_at, now) for number in range(first, first + BATCH)]
        with database.begin() as connection:
            connection.execute(insert(outbox), rows)


def _row(number: int, due_at: int, now: int) -> dict[str, object]:
    due = due_at + number
    return {
        "kind": "reminder",
        "team": "T1",
        "channel": f"C{number % 100}",
        "due_at": due,
        "next_at": due,
        "created_at": now,
    }
