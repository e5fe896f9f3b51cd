"""How plans end and inquiries move on, inside a transaction that holds the inquiry's row."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy import Row as Result

from bot.follow_ups.promises import rows
from bot.follow_ups.promises.model import Because, PlanRecord, Reminder
from bot.follow_ups.promises.rows import HAS_COME, IS_WAITING
from bot.outbox.model import State
from bot.storage.model import InquiryRecord
from bot.storage.tables import inquiries, outbox, plans

CLOSED = ("won", "lost", "dropped")
ENDED = "ended"


def active_plan(connection: Connection, inquiry_id: int) -> PlanRecord | None:
    """Return the plan an inquiry is under."""
    row = connection.execute(
        select(plans).where(plans.c.inquiry_id == inquiry_id, plans.c.ended_at.is_(None))
    ).one_or_none()
    return plan_record(row) if row else None


def plan_of(connection: Connection, plan_id: int) -> PlanRecord | None:
    """Return a plan, ended or not."""
    row = connection.execute(select(plans).where(plans.c.id == plan_id)).one_or_none()
    return plan_record(row) if row else None


def plan_with_left_out(connection: Connection, plan_id: int) -> PlanRecord | None:
    """Return a plan with the number of steps that its end left out."""
    plan = plan_of(connection, plan_id)
    if plan is None or plan.ended_at is None:
        return plan
    of_plan = (outbox.c.plan_id == plan_id) & (outbox.c.state == State.CANCELLED)
    return replace(plan, left_out=_count(connection, of_plan & (outbox.c.closed_at == plan.ended_at)))


def plan_record(row: Result[Any], left_out: int = 0) -> PlanRecord:
    """Return a row of the table of plans as a record."""
    return PlanRecord(**row._mapping, left_out=left_out)


def end_plan(
    connection: Connection, inquiry_id: int, *, because: Because, by: str | None, at: int
) -> PlanRecord | None:
    """End the active plan and let go of all its steps; None when there is none."""
    ended = (
        update(plans)
        .where(plans.c.inquiry_id == inquiry_id, plans.c.ended_at.is_(None))
        .values(state=ENDED, ended_at=at, ended_by=by, ended_because=because)
        .returning(plans)
    )
    row = connection.execute(ended).one_or_none()
    if row is None:
        return None
    return plan_record(row, rows.let_go(connection, outbox.c.plan_id == row.id, at=at, by=by))


def finish_if_last(
    connection: Connection, inquiry: InquiryRecord, step: Reminder, *, at: int, by: str
) -> None:
    """End the plan when `step` was its last; the buyer is silent then, unless an answer came."""
    of_plan = outbox.c.plan_id == step.plan_id
    later = of_plan & (outbox.c.step > step.step) & (IS_WAITING | HAS_COME)
    if _count(connection, later):
        rows.let_go(connection, of_plan & (outbox.c.step < step.step) & HAS_COME, at=at, by=by)
        return
    if end_plan(connection, inquiry.id, because="finished", by=by, at=at) is None:
        return
    has_replied = (inquiry.buyer_replied_at or 0) > inquiry.state_at
    if inquiry.state not in CLOSED and not has_replied:
        set_state(connection, inquiry, "silent", at)


def stop_if_empty(connection: Connection, plan_id: int, *, at: int, by: str) -> None:
    """End a plan of which no step is left."""
    plan = plan_of(connection, plan_id)
    if plan and not _count(connection, (outbox.c.plan_id == plan_id) & (IS_WAITING | HAS_COME)):
        end_plan(connection, plan.inquiry_id, because="stopped", by=by, at=at)


def buyer_replied(
    connection: Connection, inquiry: InquiryRecord, *, by: str | None, at: int
) -> PlanRecord | None:
    """Note that the buyer wrote back and end the plan; who was silent is not any more."""
    replied = {"buyer_replied_at": max(at, inquiry.state_at + 1)}
    # `state_at` stays: what was sent last was sent before the answer.
    moved = {"state": "answered"} if inquiry.state == "silent" else {}
    connection.execute(update(inquiries).where(inquiries.c.id == inquiry.id).values(**replied, **moved))
    return end_plan(connection, inquiry.id, because="buyer_replied", by=by, at=at)


def set_state(connection: Connection, inquiry: InquiryRecord, state: str, at: int) -> None:
    """Move an inquiry on; what the buyer wrote up to now is dealt with by that."""
    state_at = max(at, inquiry.buyer_replied_at or at)
    moved = update(inquiries).where(inquiries.c.id == inquiry.id)
    connection.execute(moved.values(state=state, state_at=state_at))


def _count(connection: Connection, wanted: Any) -> int:
    return connection.execute(select(func.count()).select_from(outbox).where(wanted)).scalar_one()
