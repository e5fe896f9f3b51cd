"""What claims ask the database, and how they read its answers."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select
from sqlalchemy import Row as Result

from bot.outbox.answers import Posted
from bot.outbox.model import Kind, Row
from bot.storage.tables import deliveries, outbox


def earliest(wanted: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the row among `wanted` that is due longest and that nobody else is taking."""
    query = select(outbox).where(wanted).order_by(outbox.c.next_at).limit(1)
    return query.with_for_update(skip_locked=True)


def standing_of(connection: Connection, row: Row) -> Posted | None:
    """Return where a row is recorded to stand."""
    wanted = select(deliveries.c.channel, deliveries.c.ts).where(
        deliveries.c.outbox_id == row.id, deliveries.c.seq == row.seq
    )
    found = connection.execute(wanted).one_or_none()
    return Posted(*found) if found else None


def row_of(due: Result[Any], token: str) -> Row:
    """Return a row of the table as the worker with this token holds it."""
    return Row(
        id=due.id,
        kind=Kind(due.kind),
        inquiry_id=due.inquiry_id,
        team=due.team,
        channel=due.channel,
        thread_ts=due.thread_ts,
        owner=due.owner,
        payload=json.loads(due.payload),
        due_at=due.due_at,
        seq=due.seq,
        claim=token,
        doubt=due.doubt,
        first_try_at=due.first_try_at,
        attempts=due.attempts,
        form=due.form,
        plan_id=due.plan_id,
        step=due.step,
    )
