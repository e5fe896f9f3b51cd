"""What becomes of rows that were due before the bot woke up.

Plain downtime, however long: each overdue row is in doubt, so it is looked up before it is said. What was
said without the database knowing (a crash, a failover to a standby that was behind) is found, the rest is
said now, late and sorry.

A database put back from a backup (`bot.storage.marks` tells) has forgotten what people did since: reminders
they moved, called off or dealt with wait there as they did then. Those whose time is past are held: state
scheduled, `next_at` null, shown in every list as held. Each owner is asked once, by a row of the outbox,
whether they are to be sent or are dealt with. Reminders still to come are said in their time.
"""

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, update

from bot.clock import Clock
from bot.outbox.model import Kind, State
from bot.outbox.store import PENDING, Outbox
from bot.storage.database import Database
from bot.storage.marks import Mark, Marks
from bot.storage.tables import outbox

logger = logging.getLogger(__name__)

DAY_MS = 86_400_000
RESTORED_TO = "restored_to"  # in the payload of a question: when the database was alive last, epoch ms

IS_HELD: ColumnElement[bool] = (
    (outbox.c.kind == Kind.REMINDER) & (outbox.c.state == State.SCHEDULED) & outbox.c.next_at.is_(None)
)
_DOUBTFUL: Mapping[str, Any] = {
    "doubt": True,
    # A look-up goes back to the first time it can have been said.
    "first_try_at": func.coalesce(outbox.c.first_try_at, outbox.c.due_at),
}


class Awakening:
    """Looks at overdue rows when the bot starts, and when the database was put back under its feet."""

    def __init__(self, database: Database, clock: Clock, outbox: Outbox) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._marks = Marks(database, clock)

    def wake(self) -> None:
        """Set overdue rows in doubt; to be called before the first is said."""
        self._look(is_start=True)

    def stay(self) -> None:
        """Note that the database is alive; called every minute."""
        self._look(is_start=False)

    def _look(self, *, is_start: bool) -> None:
        with self._database.begin() as connection:
            restored_to = self._marks.renew(connection)
            if is_start or restored_to:
                self._doubt(connection)
            asked = self._hold(connection, restored_to) if restored_to else 0
        self._marks.keep()
        if asked:
            logger.warning("The database was put back from a backup: %d people are asked about it.", asked)

    def _doubt(self, connection: Connection) -> None:
        connection.execute(
            update(outbox).where(self._is_overdue(), outbox.c.state == State.SCHEDULED).values(**_DOUBTFUL)
        )

    def _hold(self, connection: Connection, restored_to: Mark) -> int:
        held = connection.execute(
            update(outbox)
            .where(self._is_overdue(), outbox.c.kind == Kind.REMINDER, outbox.c.owner.is_not(None))
            .where(outbox.c.state.in_(PENDING))
            .values(state=State.SCHEDULED, claim=None, next_at=None, **_DOUBTFUL)
            .returning(outbox.c.team, outbox.c.owner)
        )
        owners = sorted({(row.team, row.owner) for row in held})
        for team, owner in owners:
            self._ask(connection, team, owner, restored_to)
        return len(owners)

    def _is_overdue(self) -> ColumnElement[bool]:
        now = self._clock.now_ms()
        # No row is put back for longer than a day; the rest of the index need not be read.
        return (outbox.c.due_at <= now) & (outbox.c.next_at <= now + DAY_MS)

    def _ask(self, connection: Connection, team: str, owner: str, restored_to: Mark) -> None:
        self._outbox.schedule(
            Kind.HELD,
            team=team,
            channel=owner,
            thread_ts=None,
            inquiry_id=None,
            owner=owner,
            payload={RESTORED_TO: restored_to.at},
            due_at=self._clock.now_ms(),
            created_by=None,
            connection=connection,
        )
