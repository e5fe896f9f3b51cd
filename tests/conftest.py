"""What tests of every room share: a database of each kind, empty and up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import Database, open_database
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
def up_to_date_template(postgres_or_why_not: PostgresServer | str) -> Iterator[str]:
    """A PostgreSQL database with all tables, to copy."""
    if isinstance(postgres_or_why_not, str):
        pytest.skip(postgres_or_why_not)
    name = postgres_or_why_not.create()
    database = open_database(postgres_or_why_not.url_of(name))
    database.upgrade()
    database.close()
    yield name
    postgres_or_why_not.drop(name)


@pytest.fixture
def postgres_url(postgres: PostgresServer, up_to_date_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with all tables, for one test."""
    name = postgres.create(up_to_date_template)
    yield postgres.url_of(name)
    postgres.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file with all tables, for one test."""
    url = f"sqlite:///{tmp_path}/inquiry-bot.db"
    database = open_database(url)
    database.upgrade()
    database.close()
    return url


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
