"""The steps from one shape of the database to the next, run by Alembic without its env.py.

A step is a file in `versions/`. A step only adds or only removes, so that replicas of the release before
still work on the result; its revision goes to the end of `bot.storage.schema.REVISIONS`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage.tables import metadata


def steps() -> ScriptDirectory:
    """Return all steps."""
    return ScriptDirectory(str(Path(__file__).parent))


def migrate(connection: Connection, to: str = "head") -> None:
    """Take the steps up to revision `to` inside the transaction of `connection`."""
    script = steps()

    def wanted(revision: Any, _context: object) -> Sequence[Any]:
        return script._upgrade_revs(to, revision)

    with EnvironmentContext(Config(), script, fn=wanted, destination_rev=to) as environment:
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()
