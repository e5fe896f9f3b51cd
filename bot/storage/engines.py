"""How the two databases are connected to."""

import sqlite3
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

WAIT_FOR_CONNECTION_S = 10
SQLITE_BUSY_MS = 5_000  # a backup or a person's sqlite3 shell may hold the file for a moment

CONNECT_WITHIN_S = 5
STATEMENT_WITHIN_MS = 5_000
IDLE_IN_TRANSACTION_MS = 60_000  # a replica that froze inside a transaction must not hold its rows for good
CONNECTIONS = 8  # kept open: the listeners' and the outbox' threads
MORE_CONNECTIONS = 16  # for a rush


def sqlite_engine(url: URL) -> Engine:
    """Return an engine with one connection, shared by all threads in turn."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT_FOR_CONNECTION_S,
        # None: the driver begins no transactions by itself, we do.
        connect_args={"check_same_thread": False, "isolation_level": None},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def sqlite_reader(url: URL) -> Engine:
    """Return an engine that only reads a file, also one that a running bot writes to."""
    address = f"file:{quote(str(url.database))}?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def postgresql_engine(url: URL) -> Engine:
    """Return an engine that notices dead connections and never waits for long."""
    return create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_timeout=WAIT_FOR_CONNECTION_S,
        pool_pre_ping=True,
        connect_args=_POSTGRESQL_ARGUMENTS | ({"options": _OPTIONS} if "options" not in url.query else {}),
        hide_parameters=True,
    )


_OPTIONS = (
    f"-c statement_timeout={STATEMENT_WITHIN_MS} "
    f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
)

_POSTGRESQL_ARGUMENTS: dict[str, Any] = {
    "connect_timeout": CONNECT_WITHIN_S,
    "application_name": "inquiry-bot",
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    # PgBouncer hands each transaction another server connection, which knows no prepared statement.
    "prepare_threshold": None,
}


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # NORMAL could lose the last commits at a power cut: rows that were acknowledged to Slack.
    cursor.execute("PRAGMA synchronous = FULL")
    # What is erased is overwritten, not only given up.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
