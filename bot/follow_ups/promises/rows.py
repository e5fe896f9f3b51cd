"""The rows of the outbox that are reminders: how they are found and changed inside a transaction."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Update, and_, func, or_, select, update
from sqlalchemy import Row as Result

from bot.follow_ups.promises.model import Reminder
from bot.outbox.awakening import IS_HELD
from bot.outbox.model import Kind, State
from bot.outbox.store import PENDING
from bot.storage.database import Database
from bot.storage.tables import deliveries, outbox

MOVED_BY = "moved_by"  # in the payload: who put it to another time, which then stands whatever a plan says
NOTE = "note"  # in the payload
ONCE = "once"  # in the payload: the command or click that set it
ENDED = "ended"  # in the payload: what a person did with it
CARD = "card"  # in the payload of a change: where the card stands, its ts
REMINDER = "reminder"  # in the payload of a change: whose card it is
SAID = "said"  # in the payload of a change: a sentence of ours on a card that goes on

IS_REMINDER = outbox.c.kind == Kind.REMINDER
IS_WAITING = outbox.c.state.in_(PENDING) & outbox.c.closed_at.is_(None)
HAS_COME = (outbox.c.state == State.DONE) & outbox.c.closed_at.is_(None)
IS_OPEN = outbox.c.state.in_((*PENDING, State.DONE, State.FAILED)) & outbox.c.closed_at.is_(None)

AT_ONCE = 0  # for `next_at`: due by whosever clock

_COLUMNS = (
    *(outbox.c[name] for name in ("id", "team", "inquiry_id", "owner", "created_by", "due_at", "state")),
    *(outbox.c[name] for name in ("payload", "plan_id", "step", "channel", "thread_ts", "last_error")),
    *(outbox.c[name] for name in ("closed_at", "closed_by", "seq", "attempts")),
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
    """Close those of `rows` that came or failed, cancel those that wait; return how many did wait.

    The cards that stand are changed.
    """
    waiting = update(outbox).where(IS_REMINDER, rows, IS_WAITING).returning(outbox.c.id)
    others = update(outbox).where(IS_REMINDER, rows, IS_OPEN).returning(outbox.c.id)
    closed: dict[str, Any] = {"closed_at": at, "closed_by": by}
    cancelled = connection.execute(waiting.values(state=State.CANCELLED, next_at=None, **closed)).scalars()
    left_out = cancelled.all()
    renew_cards(connection, (*left_out, *connection.execute(others.values(**closed)).scalars()), at)
    return len(left_out)


def renew_cards(connection: Connection, numbers: Collection[int], at: int) -> None:
    """Have the card of each of these reminders say how it stands, where one came; the latest speaks."""
    if not numbers:
        return
    latest = select(func.max(deliveries.c.seq)).where(deliveries.c.outbox_id == outbox.c.id).scalar_subquery()
    standing = (
        select(outbox.c.id, outbox.c.team, outbox.c.inquiry_id, deliveries.c.channel, deliveries.c.ts)
        .join(deliveries, deliveries.c.outbox_id == outbox.c.id)
        .where(outbox.c.id.in_(numbers), deliveries.c.seq == latest.correlate(outbox))
    )
    for card in connection.execute(standing).all():
        renewal = {
            "kind": Kind.REMINDER_UPDATE,
            "inquiry_id": card.inquiry_id,
            "team": card.team,
            "channel": card.channel,
            "payload": json.dumps({REMINDER: card.id, CARD: card.ts}),
            "due_at": at,
            "next_at": AT_ONCE,
            "created_at": at,
        }
        connection.execute(outbox.insert().values(renewal))
        Database.announce(connection)


def payload_with(connection: Connection, number: int, **changes: str) -> str:
    """Return a row's payload with these changes, as JSON; an empty value takes a key out."""
    written = connection.execute(select(outbox.c.payload).where(outbox.c.id == number)).scalar_one()
    known = {**json.loads(written), **changes}
    return json.dumps({key: value for key, value in known.items() if value != ""})


def of_inquiry(inquiry_id: int) -> ColumnElement[bool]:
    """Return the condition that a row speaks about an inquiry."""
    return outbox.c.inquiry_id == inquiry_id


def was_set_by(once: str) -> ColumnElement[bool]:
    """Return the condition that this command or click set a reminder."""
    written = json.dumps({ONCE: once})[1:-1]  # no note can hold it: its own quotes are escaped
    return outbox.c.payload.contains(written, autoescape=True)


def belongs_to(owners: tuple[str | None, ...], maker: str | None) -> ColumnElement[bool]:
    """Return the condition that a row reminds its former owner, or the maker who set it for themselves."""
    of_owner = outbox.c.owner.in_([owner for owner in owners if owner])
    return or_(of_owner, and_(outbox.c.owner == maker, outbox.c.created_by == maker))


def _reminder(row: Result[Any]) -> Reminder:
    known = dict(row._mapping)
    payload = json.loads(known.pop("payload"))
    known["owner"] = known["owner"] or ""
    known["state"] = State(known["state"])
    told = {"note": str(payload.get(NOTE, "")), "moved_by": payload.get(MOVED_BY)}
    return Reminder(**known, **told, ended=payload.get(ENDED))
