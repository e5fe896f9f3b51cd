"""The steps to the present schema, on both kinds of database."""

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Index, inspect, text

from bot.errors import BotError
from bot.storage import Database, open_database
from bot.storage.migrations import migrate, steps
from bot.storage.schema import REVISIONS, revision_of
from bot.storage.tables import metadata
from tests.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('empty')}/bot.db"
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    name = postgres.create()
    yield postgres.url_of(name)
    postgres.drop(name)


def test_the_steps_lead_to_the_tables_as_declared(database: Database) -> None:
    with database.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_partial_indexes_stay_partial(database: Database) -> None:
    """Alembic does not compare conditions of indexes; without them finished rows slow down claims."""
    with database.begin() as connection:
        found = {index["name"]: index for index in inspect(connection).get_indexes("outbox")}
    declared = {
        str(index.name) for index in metadata.tables["outbox"].indexes if _condition(index) is not None
    }
    kind = database.engine.dialect.name
    conditions = {
        name: str(index["dialect_options"].get(f"{kind}_where"))
        for name, index in found.items()
        if name in declared
    }
    assert {name for name, where in conditions.items() if "IS NOT NULL" in where} == declared


def _condition(index: Index) -> object:
    return index.dialect_options["postgresql"]["where"]


def test_every_step_is_known_to_the_program() -> None:
    assert tuple(step.revision for step in reversed(list(steps().walk_revisions()))) == REVISIONS


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    database = open_database(empty_url)
    database.upgrade()
    database.upgrade()
    with database.begin() as connection:
        assert revision_of(connection) == REVISIONS[-1]
    database.close()


def test_rows_of_the_first_tables_are_kept(empty_url: str) -> None:
    database = open_database(empty_url)
    with database.begin() as connection:
        migrate(connection, "0001")
        connection.execute(text(FIRST_INQUIRY))
        connection.execute(text(FIRST_REMINDERS))
    database.upgrade()
    with database.begin() as connection:
        kept = connection.execute(text("SELECT id, due_at, plan_id, closed_at FROM outbox ORDER BY id")).all()
        state = connection.execute(text("SELECT state, buyer_hash, buyer_replied_at FROM inquiries")).one()
    database.close()
    assert [tuple(row) for row in kept] == [(1, 9, None, None), (2, 8, None, 8)]
    assert tuple(state) == ("quoted", None, None)


FIRST_INQUIRY = (
    "INSERT INTO inquiries (id, team, channel, ts, thread_ts, via, received_at, state, state_at) "
    "VALUES (1, 'T1', 'C1', '1.1', '1.1', 'message', 5, 'quoted', 6)"
)
FIRST_REMINDERS = (
    "INSERT INTO outbox (id, kind, inquiry_id, team, channel, owner, state, due_at, next_at, created_at) "
    "VALUES (1, 'reminder', 1, 'T1', 'C1', 'U1', 'scheduled', 9, 9, 7), "
    "(2, 'reminder', 1, 'T1', 'C1', 'U1', 'done', 8, NULL, 7)"
)


def test_a_newer_schema_is_refused(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BotError, match="newer inquiry-bot \\(schema 9999\\)"):
        database.upgrade()
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": REVISIONS[-1]})


def test_replicas_that_start_at_once_migrate_once(postgres: PostgresServer) -> None:
    name = postgres.create()
    replicas = [open_database(postgres.url_of(name)) for _ in range(4)]
    faults: list[BaseException] = []

    def upgrade(replica: Database) -> None:
        try:
            replica.upgrade()
        except BaseException as error:  # noqa: BLE001 - shown below
            faults.append(error)

    threads = [threading.Thread(target=upgrade, args=(replica,)) for replica in replicas]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for replica in replicas:
        replica.close()
    postgres.drop(name)
    assert faults == []


def test_alembic_is_loaded_only_when_there_is_something_to_do(sqlite_url: str) -> None:
    program = (
        "import sys; from bot.storage import open_database; "
        f"database = open_database({sqlite_url!r}); database.upgrade(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
