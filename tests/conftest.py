"""What tests of every room share: a database of each kind, empty and up to date."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage import Database, open_database
from bot.storage.tables import metadata
from tests.postgres import NoServer, PostgresServer, server


@pytest.fixture(scope="session")
def postgres_or_why_not() -> Iterator[PostgresServer | str]:
    """A PostgreSQL server for the whole run, or the reason why there is none."""
    try:
        with server() as running:
            yield running
    except NoServer as error:
        yield str(error)


@pytest.fixture
def postgres(postgres_or_why_not: PostgresServer | str) -> PostgresServer:
    """A PostgreSQL server; skips without one."""
    if isinstance(postgres_or_why_not, str):
        pytest.skip(postgres_or_why_not)
    return postgres_or_why_not


@pytest.fixture(scope="session")
def shared_postgres_url(postgres_or_why_not: PostgresServer | str) -> Iterator[str]:
    """The URL of one PostgreSQL database with all tables; making one for each test would take long."""
    if isinstance(postgres_or_why_not, str):
        pytest.skip(postgres_or_why_not)
    name = postgres_or_why_not.create()
    url = postgres_or_why_not.url_of(name)
    database = open_database(url)
    database.upgrade()
    database.close()
    yield url
    postgres_or_why_not.drop(name)


@pytest.fixture
def postgres_url(shared_postgres_url: str) -> str:
    """The URL of a PostgreSQL database with all tables, emptied; a test that alters a table mends it."""
    database = open_database(shared_postgres_url)
    with database.begin() as connection:
        names = ", ".join(f'"{table}"' for table in metadata.tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    database.close()
    return shared_postgres_url


@pytest.fixture(scope="session")
def up_to_date_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to copy."""
    path = tmp_path_factory.mktemp("up_to_date") / "inquiry-bot.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture
def sqlite_url(up_to_date_file: Path) -> Iterator[str]:
    """The URL of a SQLite file with all tables, for one test."""
    with tempfile.TemporaryDirectory(prefix="inquiry-bot-", dir=_quick_folder()) as folder:
        yield f"sqlite:///{shutil.copy(up_to_date_file, folder)}"


def _quick_folder() -> str | None:
    """Return a folder in memory where there is one: no test outlives the machine, no commit need wait."""
    memory = Path("/dev/shm")
    return str(memory) if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**25 else None


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with all tables; the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with all tables; the test runs once on each kind."""
    opened = open_database(database_url)
    yield opened
    opened.close()
