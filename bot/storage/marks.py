"""Which database this is, and how far it has come: what tells a restored one from one that only rested.

The database counts its minutes of life. The count is kept outside it as well: for SQLite in a small file
beside the database's, for PostgreSQL in the memory of each running process and, over a restart, by what a
dump takes with it to no other place: the numbers of the cluster, its timeline, the database and the table.
A database whose count is behind, or that lives elsewhere, was put back from a backup or a copy. Counts, not
times, are compared, so a clock that is set changes nothing. Who backs up the whole folder of a SQLite file
puts the small file back too: then it looks like a rest.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select, text, update

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.tables import marks

logger = logging.getLogger(__name__)

ALIVE = "alive"
UNKNOWN = "?"
DIGITS = 19  # the file beside the database is overwritten in place: always of one length


@dataclass(frozen=True, slots=True)
class Mark:
    """How often the database was seen alive, when it last was (epoch ms), and where it lived then."""

    count: int
    at: int
    home: str

    def __str__(self) -> str:
        return f"{self.count} {self.at} {self.home}"


class Marks:
    """The mark of life in one open database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._file = _file_beside(database)
        self._seen: int | None = None  # the count this process knows to be committed
        self._written = 0

    def renew(self, connection: Connection) -> Mark | None:
        """Note that the database is alive; returns the mark it was put back to if it was restored since.

        `keep` is called when the transaction is committed.
        """
        former = self._former(connection)
        known, home = self._known_outside(), self._home(connection)
        self._written = max(former.count, known or 0) + 1
        mark = Mark(self._written, self._clock.now_ms(), home)
        connection.execute(update(marks).where(marks.c.name == ALIVE).values(value=str(mark)))
        return former if self._is_behind(former, known, home) else None

    def keep(self) -> None:
        """Keep the count outside the database: after its commit, so that it is never ahead by itself."""
        self._seen = self._written
        if self._file is None:
            return
        try:
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, f"{self._seen:0{DIGITS}}\n".encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            logger.warning("%s cannot be written (%s).", self._file, error.strerror)

    def _former(self, connection: Connection) -> Mark:
        empty = self._database.insert(marks).values(name=ALIVE, value=str(Mark(0, 0, UNKNOWN)))
        connection.execute(empty.on_conflict_do_nothing())
        # Replicas that start at once come one after the other.
        written = select(marks.c.value).where(marks.c.name == ALIVE).with_for_update()
        count, at, home = connection.execute(written).scalar_one().split(" ")
        return Mark(int(count), int(at), home)

    def _known_outside(self) -> int | None:
        if self._seen is not None or self._file is None:
            return self._seen
        try:
            return int(self._file.read_bytes())
        except (OSError, ValueError):
            return None

    def _is_behind(self, former: Mark, known: int | None, home: str) -> bool:
        if known is not None:
            return former.count < known
        is_moved = self._file is not None or _differ(former.home, home)
        return former.count > 0 and is_moved

    def _home(self, connection: Connection) -> str:
        return "/".join(_numbers(connection)) if self._database.is_shared else UNKNOWN


def _file_beside(database: Database) -> Path | None:
    path = database.engine.url.database
    if database.is_shared or path in (None, "", ":memory:"):
        return None
    return Path(f"{path}.alive")


def _numbers(connection: Connection) -> Iterator[str]:
    yield _if_permitted(connection, "system_identifier", "pg_control_system()")
    yield _if_permitted(connection, "timeline_id", "pg_control_checkpoint()")
    for where in ("oid FROM pg_database WHERE datname = current_database()", "'outbox'::regclass::oid"):
        yield str(connection.execute(text(f"SELECT {where}")).scalar_one())


def _if_permitted(connection: Connection, column: str, function: str) -> str:
    may = connection.execute(select(func.has_function_privilege(function, "EXECUTE"))).scalar_one()
    if not may:
        return UNKNOWN
    return str(connection.execute(text(f"SELECT {column} FROM {function}")).scalar_one())


def _differ(former: str, present: str) -> bool:
    # What was not permitted then or is not now proves nothing.
    parts = zip(former.split("/"), present.split("/"), strict=False)
    return any(one != other and UNKNOWN not in (one, other) for one, other in parts)
