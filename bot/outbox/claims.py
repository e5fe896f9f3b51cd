"""The outbox as its workers see it: who may say which row now, and what became of it.

A claimed row is in doubt from the commit of the claim on. Whatever a worker writes about a row it writes
under its claim: when the lease was lost meanwhile, nothing is changed. Only a delivery is always recorded,
because a fact outranks a lease.
"""

import json
import math
from collections.abc import Callable, Mapping
from time import sleep
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, func, select, update
from sqlalchemy import Row as Result

from bot.clock import Clock
from bot.outbox.answers import Posted
from bot.outbox.model import Kind, Row, State
from bot.outbox.queries import earliest, row_of, standing_of
from bot.outbox.store import PENDING, RENEWED, STANDARD_TERMS, Outbox
from bot.outbox.terms import Terms
from bot.outbox.turns import AT_ONCE, Turns
from bot.storage.database import Database
from bot.storage.tables import deliveries, outbox

ROWS_AT_ONCE = 50  # looked through in one transaction: enough to pay, few enough for others to wait
LET_IN_S = 0.002  # or whoever waits for SQLite's one connection never wakes in time to get it
SOON_S = 1.0  # a row that is postponed to the past must not come round and round
INSTEAD_OF = "instead_of"  # in the payload of a direct message: where it could not be said


def new_token() -> str:
    """Return a token no other worker has."""
    return uuid4().hex


class Claims:
    """Claims rows one at a time and writes down their outcome."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        terms: Terms = STANDARD_TERMS,
        token: Callable[[], str] = new_token,
    ) -> None:
        self._database = database
        self._clock = clock
        self._terms = terms
        self._token = token
        self._outbox = Outbox(database, clock, terms)

    # taking

    def claim(self, turns: Turns = AT_ONCE, *, only_advice: bool = False) -> Row | None:
        """Take the next row that is due and whose turn it is, advice before anything else; None for none.

        On the way rows are put aside whose turn is later, and those whose lease is over: nobody looks at
        them before they settle.
        """
        is_empty = False
        while not is_empty:
            row: Row | None = None
            try:
                with self._database.begin() as connection:
                    row, is_empty = self._first_ready(connection, turns, only_advice)
                    if row:
                        self._take(connection, row)
            except BaseException:
                if row:
                    turns.leave(row)
                raise
            if row:
                return row
            if not is_empty:
                sleep(LET_IN_S)
        return None

    def next_in_s(self) -> float | None:
        """Return in how many seconds the next row is due, below 0 for overdue; None when there is none."""
        first = select(func.min(outbox.c.next_at) - self._outbox.now()).where(outbox.c.next_at.is_not(None))
        with self._database.begin() as connection:
            in_ms = connection.execute(first).scalar_one()
        return None if in_ms is None else in_ms / 1000

    def take_over(self) -> None:
        """End the leases of a process that is no more, where there can be no other process but ours."""
        if not self._database.is_shared:
            with self._database.begin() as connection:
                self._let_settle(connection, outbox.c.state == State.SENDING)

    def renew(self, row: Row) -> bool:
        """Begin the lease anew; False when it was lost."""
        return self._write(row, next_at=self._after(self._terms.lease_s))

    # outcomes

    def put_back(self, row: Row, seconds: float, *, form: int | None = None) -> None:
        """Let the row come again in so many seconds: it certainly was not posted this time."""
        self._release(row, seconds, doubt=row.doubt, form=form)

    def postpone(self, row: Row, due_at: int) -> None:
        """Promise the row for `due_at` (epoch ms) instead: it certainly was not posted this time."""
        wait_s = max((due_at - self._clock.now_ms()) / 1000, SOON_S)
        self._release(row, wait_s, doubt=row.doubt, due_at=due_at)

    def retry(self, row: Row, error: str, *, doubt: bool, at_least_s: float = 0.0) -> None:
        """Let the row come again after its back-off; with `doubt`, looked up before it is said."""
        attempts = row.attempts + 1
        wait_s = max(self._terms.back_off(attempts), at_least_s)
        self._release(row, wait_s, doubt=doubt, attempts=attempts, last_error=error)

    def record(self, row: Row, place: Posted, *, found: bool) -> Posted:
        """Record that the row stands at `place`; returns where it already stood, if it did."""
        insert = self._database.insert(deliveries).values(
            outbox_id=row.id,
            seq=row.seq,
            channel=place.channel,
            ts=place.ts,
            sent_at=self._clock.now_ms(),
            found=found,
        )
        with self._database.begin() as connection:
            won = connection.execute(insert.on_conflict_do_nothing().returning(deliveries.c.seq))
            if won.scalar_one_or_none() is not None:
                return place
            return standing_of(connection, row) or place

    def standing(self, row: Row) -> Posted | None:
        """Return where the row is known to stand."""
        with self._database.begin() as connection:
            return standing_of(connection, row)

    def finish(self, row: Row) -> None:
        """Note that nothing is left to do for a delivered row."""
        done = update(outbox).where(
            outbox.c.id == row.id, outbox.c.seq == row.seq, outbox.c.state.in_(PENDING)
        )
        with self._database.begin() as connection:
            connection.execute(
                done.values(state=State.DONE, next_at=None, claim=None, doubt=False, last_error=None)
            )

    def drop(self, row: Row) -> None:
        """Cancel a row there is nothing to say of any more."""
        self._write(row, state=State.CANCELLED, next_at=None, claim=None)

    def fail(self, row: Row, error: str) -> None:
        """Note that the row can never be said."""
        self._write(row, **_failed(error))

    def redirect(self, row: Row, error: str, owner: str) -> None:
        """Note that the row can never be said where it should, and say it to `owner` in private.

        A reminder moves there, since people know it by its number; of others the failure stays on record.
        """
        lost = {"channel": row.channel, "error": error}
        if row.kind is Kind.REMINDER:
            self._move(row, owner, {**row.payload, INSTEAD_OF: lost})
            return
        with self._database.begin() as connection:
            if not self._write_in(connection, row, **_failed(error)):
                return
            self._outbox.schedule(
                row.kind,
                team=row.team,
                channel=owner,
                thread_ts=None,
                inquiry_id=row.inquiry_id,
                owner=owner,
                payload={**row.payload, INSTEAD_OF: lost},
                due_at=row.due_at,
                created_by=row.owner,
                connection=connection,
            )

    def is_crowded(self, row: Row) -> bool:
        """Tell whether another worker is saying a row of the same kind about the same inquiry."""
        others = select(func.count()).where(
            outbox.c.inquiry_id == row.inquiry_id,
            outbox.c.kind == row.kind,
            outbox.c.state == State.SENDING,
            outbox.c.id != row.id,
        )
        with self._database.begin() as connection:
            return connection.execute(others).scalar_one() > 0

    def _first_ready(
        self, connection: Connection, turns: Turns, only_advice: bool
    ) -> tuple[Row | None, bool]:
        """Return a row that has its turn; or None, and whether there is none or more to look through."""
        for _ in range(ROWS_AT_ONCE):
            due = self._next_due(connection, only_advice=only_advice)
            if due is None:
                return None, True
            if due.state == State.SENDING:
                self._let_settle(connection, outbox.c.id == due.id)
                continue
            row = row_of(due, self._token())
            if (wait_s := turns.wait_s(row)) <= 0:
                return row, False
            connection.execute(
                update(outbox).where(outbox.c.id == row.id).values(next_at=self._after(wait_s))
            )
        return None, False

    def _next_due(self, connection: Connection, *, only_advice: bool) -> Result[Any] | None:
        is_due = outbox.c.next_at <= self._outbox.now()
        advice_first = (is_due & (outbox.c.kind == Kind.ADVICE), is_due)
        for wanted in advice_first[:1] if only_advice else advice_first:
            if found := connection.execute(earliest(wanted)).one_or_none():
                return found
        return None

    def _take(self, connection: Connection, row: Row) -> None:
        connection.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(
                state=State.SENDING,
                claim=row.claim,
                doubt=True,
                first_try_at=func.coalesce(outbox.c.first_try_at, self._outbox.now()),
                next_at=self._after(self._terms.lease_s),
            )
        )

    def _let_settle(self, connection: Connection, wanted: ColumnElement[bool]) -> None:
        connection.execute(
            update(outbox)
            .where(wanted)
            .values(
                state=State.SCHEDULED,
                claim=None,
                doubt=True,
                next_at=self._after(self._terms.settle_s),
            )
        )

    def _move(self, row: Row, owner: str, payload: Mapping[str, Any]) -> None:
        # A new seq: a look-up in the direct message must not take the former place for it.
        self._write(
            row,
            channel=owner,
            thread_ts=None,
            payload=json.dumps(payload),
            seq=row.seq + 1,
            next_at=self._outbox.now(),
            **RENEWED,
        )

    def _release(
        self, row: Row, seconds: float, *, doubt: bool, form: int | None = None, **changes: Any
    ) -> None:
        # A row that certainly was not posted has no first try to look back to.
        first_try = {} if doubt else {"first_try_at": None}
        self._write(
            row,
            state=State.SCHEDULED,
            claim=None,
            doubt=doubt,
            next_at=self._after(seconds),
            form=row.form if form is None else form,
            **first_try,
            **changes,
        )

    def _write(self, row: Row, **values: Any) -> bool:
        with self._database.begin() as connection:
            return self._write_in(connection, row, **values)

    def _write_in(self, connection: Connection, row: Row, **values: Any) -> bool:
        held = update(outbox).where(
            outbox.c.id == row.id, outbox.c.claim == row.claim, outbox.c.state == State.SENDING
        )
        return connection.execute(held.values(values)).rowcount == 1

    def _after(self, seconds: float) -> int | ColumnElement[int]:
        return self._outbox.now() + math.ceil(seconds * 1000)


def _failed(error: str) -> dict[str, Any]:
    return {"state": State.FAILED, "next_at": None, "claim": None, "last_error": error}
