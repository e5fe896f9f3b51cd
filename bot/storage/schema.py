"""Which shape the database has, and bringing it to the present one.

Alembic is loaded only when there is something to do.
"""

from sqlalchemy import Connection, inspect, text

from bot.errors import BotError
from bot.storage.database import Database

# In order; a database at any other revision was made by a newer program.
REVISIONS = ("0001", "0002")

# Any number, the same for all replicas: one of them migrates, the others wait.
ADVISORY_LOCK = 7_463_219_001


def upgrade(database: Database) -> None:
    """Bring the schema up to date; raises BotError when it is newer than this program."""
    with database.begin() as connection:
        if _is_behind(connection):
            _migrate(database, connection)


def demand_present(database: Database) -> None:
    """Raise BotError when the database is not in the present shape; nothing is changed."""
    with database.begin() as connection:
        if _is_behind(connection):
            raise BotError("The database is not up to date: run `inquiry-bot database upgrade` first.")


def _is_behind(connection: Connection) -> bool:
    revision = revision_of(connection)
    if revision is not None and revision not in REVISIONS:
        raise BotError(
            f"The database was made by a newer inquiry-bot (schema {revision}): run that one, "
            "or another database."
        )
    return revision != REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """Return the revision the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _migrate(database: Database, connection: Connection) -> None:
    if database.is_shared:
        # Building an index may take longer than a statement may otherwise.
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    if _is_behind(connection):
        from bot.storage.migrations import migrate

        migrate(connection)
