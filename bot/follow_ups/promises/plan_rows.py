"""What plans read and write inside a transaction that holds the inquiry's row."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select, update

from bot.follow_ups.calendar.calendars import Calendar
from bot.follow_ups.calendar.steps import Step
from bot.follow_ups.promises import endings, rows
from bot.follow_ups.promises.rows import IS_OPEN, IS_REMINDER, IS_WAITING
from bot.follow_ups.promises.states import we_owe
from bot.outbox.model import Kind, Row
from bot.outbox.store import Outbox
from bot.storage.model import InquiryRecord
from bot.storage.tables import deliveries, outbox, plans
from knowledge.content import Plan

SENT: dict[Plan, str] = {"quote": "quoted", "sample": "sample_sent"}
FURTHER = {"quoted": ("sample_sent", "won"), "sample_sent": ("won",)}


def insert_plan(
    connection: Connection, inquiry: InquiryRecord, plan: Plan, owner: str, by: str, now: int
) -> int:
    """Write a plan and return its id."""
    insert = plans.insert().values(
        team=inquiry.team, inquiry_id=inquiry.id, plan=plan, owner=owner, started_at=now, started_by=by
    )
    return int(connection.execute(insert.returning(plans.c.id)).scalar_one())


def write_steps(
    connection: Connection,
    outbox_of: Outbox,
    inquiry: InquiryRecord,
    plan_id: int,
    steps: Iterable[Step],
    *,
    owner: str,
    by: str,
) -> None:
    """Write a reminder for each step."""
    for step in steps:
        outbox_of.schedule(
            Kind.REMINDER,
            team=inquiry.team,
            channel=inquiry.advice_channel or inquiry.channel,
            thread_ts=inquiry.thread_ts,
            inquiry_id=inquiry.id,
            owner=owner,
            payload={},
            due_at=step.due_at,
            created_by=by,
            plan_id=plan_id,
            step=step.number,
            connection=connection,
        )


def note_sent(connection: Connection, inquiry: InquiryRecord, plan: Plan, now: int) -> None:
    """Move the inquiry on to what was sent, never back from what came of it."""
    sent = SENT[plan]
    state = inquiry.state if inquiry.state in FURTHER[sent] else sent
    if state != inquiry.state or we_owe(inquiry):
        endings.set_state(connection, inquiry, state, now)


def move_reminders(connection: Connection, inquiry: InquiryRecord, user: str) -> None:
    """Let what reminded the former owner remind `user`; without one, what the poster set for themselves."""
    former = inquiry.owner or inquiry.posted_by
    by_former = () if inquiry.owner else (outbox.c.created_by == former,)
    of_former = (IS_REMINDER, IS_OPEN, rows.of_inquiry(inquiry.id), outbox.c.owner == former, *by_former)
    connection.execute(update(outbox).where(*of_former, outbox.c.plan_id.is_(None)).values(owner=user))


def promised_days(connection: Connection, inquiry_id: int, calendar: Calendar) -> set[date]:
    """Return the days on which reminders come that people asked for."""
    asked = outbox.c.plan_id.is_(None)
    waiting = rows.found(connection, rows.of_inquiry(inquiry_id), IS_WAITING, asked)
    return {calendar.day_of(one.due_at) for one in waiting}


def days_of_others(
    connection: Connection,
    inquiry_id: int,
    calendar: Calendar,
    *,
    row_id: int | None = None,
    plan_id: int | None = None,
) -> set[date]:
    """Return the days on which reminders about the inquiry came, but for a row's own and a plan's own."""
    is_other = func.coalesce(outbox.c.plan_id, 0) != (plan_id or -1)
    came = (
        select(deliveries.c.sent_at)
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(rows.of_inquiry(inquiry_id), IS_REMINDER, outbox.c.id != (row_id or -1), is_other)
    )
    return {calendar.day_of(sent_at) for sent_at in connection.execute(came).scalars()}


def former_step_at(connection: Connection, row: Row) -> int | None:
    """Return when a former step of the plan came last, epoch ms."""
    came = (
        select(func.max(deliveries.c.sent_at))
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(outbox.c.plan_id == row.plan_id, outbox.c.step < row.step)
    )
    return connection.execute(came).scalar_one_or_none()
