"""One database: SQLite in a file of this process alone, or PostgreSQL shared by many.

Every transaction goes through `begin()`. On SQLite there is exactly one connection, because versions
before 3.51.3 can corrupt a WAL file that two connections write to.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import BigInteger, ColumnElement, Connection, Engine, Table, cast, extract, func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from bot.errors import BotError, Misconfigured
from bot.storage.engines import postgresql_engine, sqlite_engine, sqlite_reader
from bot.storage.lock_file import DatabaseInUse, Door, LockFile, door_beside, lock_beside
from bot.storage.sentences import away, not_opened

__all__ = ["Database", "DatabaseAway", "DatabaseInUse", "Door", "door_of", "open_database", "open_to_read"]

logger = logging.getLogger(__name__)

NEWS = "inquiry-bot.news"


class DatabaseAway(BotError):
    """The database cannot do its work at present; nothing of the transaction was kept."""


class Database:
    """An open database. Safe for use by many threads."""

    def __init__(self, engine: Engine, lock: LockFile | None = None) -> None:
        self.engine = engine
        self.news = threading.Event()  # set after the commit of a row that may be due at once
        self._lock = lock

    @property
    def is_shared(self) -> bool:
        """Tell whether other processes may use it at the same time."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction: committed at the end of the block, rolled back by an exception.

        Transactions do not nest. Raises DatabaseAway when the database cannot be reached or written to.
        """
        try:
            with self.engine.begin() as connection:
                connection.info.pop(NEWS, None)  # of a transaction that was rolled back
                yield connection
                has_news = connection.info.pop(NEWS, False)
        except (OperationalError, InterfaceError, NoFreeConnection) as error:
            raise DatabaseAway(away(self.engine.url, error)) from error
        if has_news:
            self.news.set()

    @staticmethod
    def announce(connection: Connection) -> None:
        """Let the outbox look at once when this transaction is committed."""
        connection.info[NEWS] = True

    def insert(self, table: Table) -> "postgresql.Insert | sqlite.Insert":
        """Return an INSERT that knows ON CONFLICT."""
        # rowcount of ON CONFLICT DO NOTHING is -1 on psycopg: use RETURNING to see who won.
        return postgresql.insert(table) if self.is_shared else sqlite.insert(table)

    def own_now_ms(self) -> ColumnElement[int] | None:
        """Return the database's own clock as an expression; None where it has none apart from ours."""
        # A volatile clock_timestamp() could not use an index; now() is the transaction's begin.
        return cast(extract("epoch", func.now()) * 1000, BigInteger) if self.is_shared else None

    def wipe_log(self) -> None:
        """Leave nothing of what was erased in SQLite's log of changes; PostgreSQL tidies its own."""
        if self.is_shared:
            return
        try:
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlite3.Error, NoFreeConnection) as error:
            logger.warning("The log of changes could not be wiped: %s", type(error).__name__)

    def upgrade(self) -> None:
        """Bring the schema up to date; raises BotError when it is newer than this program."""
        from bot.storage.schema import upgrade

        upgrade(self)

    def show(self, door: Door | None) -> None:
        """Let whoever may read the lock beside a SQLite file know where this bot listens."""
        if self._lock:
            self._lock.show(door)

    def close(self) -> None:
        """Close all connections and let another process have the file."""
        self.engine.dispose()
        if self._lock:
            self._lock.release()


def open_database(url: str) -> Database:
    """Open the database at `url` and make sure it answers.

    Raises Misconfigured for a URL that cannot work, DatabaseInUse for a SQLite file another process has
    open, BotError when the database is out of reach. No message holds the password.
    """
    parsed = _parsed(url)
    lock = lock_beside(parsed) if parsed.get_backend_name() == "sqlite" else None
    return _answering(Database(_engine(parsed), lock), parsed)


def open_to_read(url: str) -> Database:
    """Open the database at `url` to look at it, beside a running bot; raises as `open_database` does.

    A SQLite file is neither made nor locked nor written to.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite":
        return open_database(url)
    if not Path(str(parsed.database)).is_file():
        raise BotError(f"There is no database file {parsed.database} yet: the bot makes it when it starts.")
    return _answering(Database(sqlite_reader(parsed)), parsed)


def door_of(url: str) -> Door | None:
    """Return where the bot that has the SQLite file at `url` listens; None when it does not say."""
    return door_beside(_parsed(url))


def _answering(database: Database, url: URL) -> Database:
    try:
        with database.engine.begin() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        database.close()
        raise not_opened(url, error) from error
    return database


def _engine(url: URL) -> Engine:
    return sqlite_engine(url) if url.get_backend_name() == "sqlite" else postgresql_engine(url)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError):
        # The error itself may quote the URL with its password.
        raise Misconfigured(
            "DATABASE_URL cannot be read: it must be sqlite:///path/to/file.db "
            "or postgresql://user:password@host/name."
        ) from None
    if problem := _problem(parsed):
        raise Misconfigured(problem)
    return parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")


def _problem(url: URL) -> str | None:
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        return f"DATABASE_URL must be SQLite or PostgreSQL, not {url.get_backend_name()}."
    if "@" in (url.host or ""):
        return "DATABASE_URL holds an @ in its password: write it as %40."
    if url.get_backend_name() == "sqlite" and (url.host or url.query):
        return "DATABASE_URL must be sqlite:///path/to/file.db with three slashes and no options."
    return None
