"""The outbox as the rest of the house writes it: a row for everything that is said later or again.

A row is written in the transaction of what caused it; the worker finds it by itself.
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import ColumnElement, Connection, update

from bot.clock import Clock
from bot.outbox.model import Kind, State
from bot.outbox.terms import Terms
from bot.storage.database import Database
from bot.storage.tables import outbox

PENDING = (State.SCHEDULED, State.SENDING)
STANDARD_TERMS = Terms()

RENEWED: Mapping[str, Any] = {  # a delivery that begins anew, under a seq of its own
    "state": State.SCHEDULED,
    "claim": None,
    "doubt": False,
    "first_try_at": None,
    "attempts": 0,
    "last_error": None,
}


class Outbox:
    """Schedules, cancels and snoozes rows."""

    def __init__(self, database: Database, clock: Clock, terms: Terms = STANDARD_TERMS) -> None:
        self._database = database
        self._clock = clock
        self._terms = terms

    def schedule(
        self,
        kind: Kind,
        *,
        team: str,
        channel: str,
        thread_ts: str | None,
        inquiry_id: int | None,
        owner: str | None,
        payload: Mapping[str, Any],
        due_at: int,
        created_by: str | None,
        plan_id: int | None = None,
        step: int | None = None,
        connection: Connection | None = None,
    ) -> int:
        """Write a row that is said at `due_at` (epoch ms) and return its id.

        With a connection it belongs to that transaction. A channel may be a user's id: a direct message.
        """
        row = {
            "kind": kind,
            "team": team,
            "channel": channel,
            "thread_ts": thread_ts,
            "inquiry_id": inquiry_id,
            "owner": owner,
            "payload": json.dumps(payload),
            "due_at": due_at,
            "next_at": self._look_at(due_at),
            "created_at": self._clock.now_ms(),
            "created_by": created_by,
            "plan_id": plan_id,
            "step": step,
        }
        with self._within(connection) as transaction:
            self._database.announce(transaction)
            inserted = transaction.execute(outbox.insert().values(row).returning(outbox.c.id))
            return int(inserted.scalar_one())

    def cancel(self, row_id: int, connection: Connection | None = None) -> bool:
        """Cancel a row; False when it was not pending any more. A post just in flight still lands."""
        return self._cancel(outbox.c.id == row_id, connection) == 1

    def cancel_for_inquiry(self, inquiry_id: int, *kinds: Kind, connection: Connection | None = None) -> int:
        """Cancel all pending rows of an inquiry (of these kinds, or of all) and return how many."""
        of_inquiry = outbox.c.inquiry_id == inquiry_id
        wanted = of_inquiry & outbox.c.kind.in_(kinds) if kinds else of_inquiry
        return self._cancel(wanted, connection)

    def snooze(self, row_id: int, due_at: int, connection: Connection | None = None) -> bool:
        """Let a row be said at `due_at` (epoch ms) instead; False when that makes no sense any more.

        A reminder that came, or could not be said, waits again; other rows must still be pending.
        """
        is_reminder = (outbox.c.kind == Kind.REMINDER) & outbox.c.state.in_([State.DONE, State.FAILED])
        # A new seq is a new delivery: what a former attempt may have posted is no longer this one.
        later = (
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.state.in_(PENDING) | is_reminder)
            .values(due_at=due_at, next_at=self._look_at(due_at), seq=outbox.c.seq + 1, **RENEWED)
            .values(closed_at=None, closed_by=None)
        )
        with self._within(connection) as transaction:
            self._database.announce(transaction)
            return transaction.execute(later).rowcount == 1

    def now(self) -> int | ColumnElement[int]:
        """Return the present in ms: by the database's clock where replicas share one, else by ours."""
        own = self._database.own_now_ms() if self._terms.trusts_database_clock else None
        return self._clock.now_ms() if own is None else own

    def _look_at(self, due_at: int) -> int | ColumnElement[int]:
        # Due already: at once, even where the database's clock is behind ours.
        return self.now() if due_at <= self._clock.now_ms() else due_at

    def _cancel(self, wanted: ColumnElement[bool], connection: Connection | None) -> int:
        cancelled = (
            update(outbox)
            .where(wanted, outbox.c.state.in_(PENDING))
            .values(state=State.CANCELLED, next_at=None)
        )
        with self._within(connection) as transaction:
            return transaction.execute(cancelled).rowcount

    def _within(self, connection: Connection | None) -> AbstractContextManager[Connection]:
        return nullcontext(connection) if connection else self._database.begin()
