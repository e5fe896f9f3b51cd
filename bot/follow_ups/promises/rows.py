"""The rows of the outbox that are reminders: how they are found and changed inside a transaction."""

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Update, and_, or_, select, update
from sqlalchemy import Row as Result

from bot.follow_ups.promises.model import Reminder
from bot.outbox.awakening import IS_HELD
from bot.outbox.model import Kind, State
from bot.outbox.store import PENDING
from bot.storage.tables import deliveries, outbox

MOVED_BY = "moved_by"  # in the payload: who put it to another time, which then stands whatever a plan says
NOTE = "note"  # in the payload

IS_REMINDER = outbox.c.kind == Kind.REMINDER
IS_WAITING = outbox.c.state.in_(PENDING) & outbox.c.closed_at.is_(None)
HAS_COME = (outbox.c.state == State.DONE) & outbox.c.closed_at.is_(None)
IS_OPEN = outbox.c.state.in_((*PENDING, State.DONE, State.FAILED)) & outbox.c.closed_at.is_(None)

_COLUMNS = (
    *(outbox.c[name] for name in ("id", "team", "inquiry_id", "owner", "created_by", "due_at", "state")),
    *(outbox.c[name] for name in ("payload", "plan_id", "step", "channel", "thread_ts", "last_error")),
    outbox.c.closed_at,
    IS_HELD.label("is_held"),
    deliveries.c.channel.label("delivered_channel"),
    deliveries.c.ts.label("delivered_ts"),
)


def wanted(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the query for reminders, what is due longest first."""
    stands = and_(deliveries.c.outbox_id == outbox.c.id, deliveries.c.seq == outbox.c.seq)
    query = select(*_COLUMNS).select_from(outbox.outerjoin(deliveries, stands))
    return query.where(IS_REMINDER, *conditions).order_by(outbox.c.due_at, outbox.c.id)


def found(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Reminder, ...]:
    """Return the reminders that fulfil all conditions."""
    return tuple(map(_reminder, connection.execute(wanted(*conditions))))


def locked(connection: Connection, number: int) -> Reminder | None:
    """Return a reminder whose row nobody else changes until the end of the transaction."""
    connection.execute(select(outbox.c.id).where(outbox.c.id == number, IS_REMINDER).with_for_update())
    return next(iter(found(connection, outbox.c.id == number)), None)


def change(number: int) -> Update:
    """Return the change of one row, its values still to be given."""
    return update(outbox).where(outbox.c.id == number, IS_REMINDER)


def let_go(connection: Connection, rows: ColumnElement[bool], *, at: int, by: str | None) -> int:
    """Close those of `rows` that came or failed, cancel those that wait; return how many did wait."""
    waiting = update(outbox).where(IS_REMINDER, rows, IS_WAITING)
    others = update(outbox).where(IS_REMINDER, rows, IS_OPEN)
    closed: dict[str, Any] = {"closed_at": at, "closed_by": by}
    count = connection.execute(waiting.values(state=State.CANCELLED, next_at=None, **closed)).rowcount
    connection.execute(others.values(**closed))
    return count


def payload_with(connection: Connection, number: int, **changes: str) -> str:
    """Return a row's payload with these changes, as JSON; an empty value takes a key out."""
    written = connection.execute(select(outbox.c.payload).where(outbox.c.id == number)).scalar_one()
    known = {**json.loads(written), **changes}
    return json.dumps({key: value for key, value in known.items() if value != ""})


def of_inquiry(inquiry_id: int) -> ColumnElement[bool]:
    """Return the condition that a row speaks about an inquiry."""
    return outbox.c.inquiry_id == inquiry_id


def belongs_to(owners: tuple[str | None, ...], maker: str | None) -> ColumnElement[bool]:
    """Return the condition that a row reminds its former owner, or the maker who set it for themselves."""
    of_owner = outbox.c.owner.in_([owner for owner in owners if owner])
    return or_(of_owner, and_(outbox.c.owner == maker, outbox.c.created_by == maker))


def _reminder(row: Result[Any]) -> Reminder:
    known = dict(row._mapping)
    payload = json.loads(known.pop("payload"))
    known["owner"] = known["owner"] or ""
    known["state"] = State(known["state"])
    return Reminder(**known, note=str(payload.get(NOTE, "")), moved_by=payload.get(MOVED_BY))
