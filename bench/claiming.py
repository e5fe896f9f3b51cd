"""How long the outbox takes to see that nothing is due, with many reminders waiting and with none.

`python -m bench.claiming --rows 1000000` does it with a million, and finds those due among them.
"""

import argparse
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text, update

from bench import results as kept
from bench.timing import Result, against
from bot.clock import SystemClock
from bot.outbox.claims import Claims
from bot.outbox.terms import Terms
from bot.storage import Database, open_database
from bot.storage.tables import outbox
from tests.postgres import NoServer, PostgresServer, server

WAITING = 100_000
BATCH = 5_000
LATER_MS = 30 * 86_400_000
DUE = 1_000
TURNS = 200
CLAIMS_FOR_MEMORY = 2_000
TERMS = Terms(lease_s=3600.0)  # nothing comes back while it is measured


def results() -> Iterator[Result]:
    """Compare an outbox with many waiting rows and an empty one, on each kind of database there is."""
    with _files() as (full, empty):
        yield _idle(full, empty, WAITING, "SQLite")
    try:
        with server() as running, _databases(running) as (full, empty):
            yield _idle(full, empty, WAITING, "PostgreSQL")
    except NoServer as error:
        print(f"Without PostgreSQL: {error}", file=sys.stderr)


def _idle(full: Database, empty: Database, rows: int, kind: str) -> Result:
    _fill(full, rows)
    busy, idle = Claims(full, SystemClock(), TERMS), Claims(empty, SystemClock(), TERMS)
    what = f"idle round, {rows:,} rows waiting, {kind}"
    return against(what, partial(_round, busy), partial(_round, idle), "an empty outbox", turns=TURNS)


def _round(claims: Claims) -> None:
    """Do what the worker does each second when there is nothing to say."""
    claims.claim()
    claims.next_in_s()


# a million


def main() -> None:
    """Measure idle claims, claims of rows that are due, and what the process holds in memory."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    rows: int = asked.parse_args().rows
    with _files() as (full, empty):
        measured = [_figures(full, empty, rows, "SQLite")]
    try:
        with server() as running, _databases(running) as (full, empty):
            measured.append(_figures(full, empty, rows, "PostgreSQL"))
    except NoServer as error:
        print(f"Without PostgreSQL: {error}", file=sys.stderr)
    for one in measured:
        print("  ".join(f"{name.replace('_', ' ')}: {value}" for name, value in one.items()))
    kept.write(measured)


def _figures(full: Database, empty: Database, rows: int, kind: str) -> dict[str, Any]:
    idle = _idle(full, empty, rows, kind)
    claims = Claims(full, SystemClock(), TERMS)
    before_mb = _memory_mb()
    for _ in range(CLAIMS_FOR_MEMORY):
        claims.claim()
    after_mb = _memory_mb()
    _make_due(full)
    due = against("due", claims.claim, Claims(empty, SystemClock(), TERMS).claim, "", turns=DUE)
    return {
        **idle.as_dict(),
        "claim_of_a_due_row_ms": round(due.ours_ms, 3),
        "memory_mb": round(after_mb),
        "grown_by_mb": round(after_mb - before_mb, 1),
        "claims": CLAIMS_FOR_MEMORY,
    }


def _make_due(database: Database) -> None:
    """Let rows spread over the whole table become due."""
    now = SystemClock().now_ms()
    with database.begin() as connection:
        highest = int(connection.execute(text("SELECT max(id) FROM outbox")).scalar_one())
        numbers = range(1, highest + 1, max(highest // DUE, 1))
        connection.execute(update(outbox).where(outbox.c.id.in_(numbers)).values(next_at=now - 1))


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# databases


@contextmanager
def _files() -> Iterator[Sequence[Database]]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _opened(f"sqlite:///{Path(folder) / name}.db" for name in ("full", "empty"))


@contextmanager
def _databases(running: PostgresServer) -> Iterator[Sequence[Database]]:
    yield from _opened(running.url_of(running.create()) for _ in range(2))


def _opened(urls: Iterator[str]) -> Iterator[Sequence[Database]]:
    databases = tuple(map(open_database, urls))
    for database in databases:
        database.upgrade()
    yield databases
    for database in databases:
        database.close()


def _fill(database: Database, rows: int) -> None:
    now = SystemClock().now_ms()
    for first in range(0, rows, BATCH):
        numbers = range(first, min(first + BATCH, rows))
        with database.begin() as connection:
            connection.execute(insert(outbox), [_row(number, now) for number in numbers])
    if database.is_shared:
        with database.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("ANALYZE outbox"))


def _row(number: int, now: int) -> dict[str, object]:
    due = now + LATER_MS + number
    return {
        "kind": "reminder",
        "team": "T1",
        "channel": f"C{number % 100}",
        "due_at": due,
        "next_at": due,
        "created_at": now,
    }


if __name__ == "__main__":
    main()
