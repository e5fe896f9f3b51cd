"""Promises to remind: one pending reminder per person and inquiry, however often the button is pressed."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.follow_ups.moment import days_later
from bot.outbox.model import Kind, State
from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.storage.tables import inquiries, outbox

REMINDED_AFTER_DAYS = 3
NEW, ANSWERED = "new", "answered"


@dataclass(frozen=True, slots=True)
class Promise:
    """A reminder that will come at `due_at`, epoch ms; not new when it stood already."""

    due_at: int
    is_new: bool


def promise(services: Services, inquiry: InquiryRecord, owner: str, zone: ZoneInfo, *, days: int) -> Promise:
    """Promise `owner` a reminder at this time of day, `days` later, in the inquiry's thread."""
    due_at = days_later(services.clock.now_ms(), days, zone)
    with services.database.begin() as connection:
        # Two clicks at once must not both find nothing: the inquiry's row is the gate.
        connection.execute(select(inquiries.c.id).where(inquiries.c.id == inquiry.id).with_for_update())
        standing = connection.execute(
            select(outbox.c.due_at)
            .where(outbox.c.inquiry_id == inquiry.id, outbox.c.owner == owner)
            .where(outbox.c.kind == Kind.REMINDER, outbox.c.state.in_([State.SCHEDULED, State.SENDING]))
            .order_by(outbox.c.due_at)
        ).scalar()
        if standing is not None:
            return Promise(standing, is_new=False)
        services.outbox.schedule(
            Kind.REMINDER,
            team=inquiry.team,
            channel=inquiry.advice_channel or inquiry.channel,
            thread_ts=inquiry.thread_ts,
            inquiry_id=inquiry.id,
            owner=owner,
            payload={},
            due_at=due_at,
            created_by=owner,
            connection=connection,
        )
    return Promise(due_at, is_new=True)


def finish(services: Services, team: str, reminder: str) -> int | None:
    """Note that what a reminder asked for is done; return the inquiry's id, None for no reminder of ours."""
    if not (reminder.isascii() and reminder.isdigit()):
        return None
    with services.database.begin() as connection:
        inquiry_id = connection.execute(
            select(outbox.c.inquiry_id).where(
                outbox.c.id == int(reminder), outbox.c.team == team, outbox.c.kind == Kind.REMINDER
            )
        ).scalar()
    inquiry = services.inquiries.get(inquiry_id) if inquiry_id is not None else None
    if inquiry is None:
        return None
    if inquiry.state == NEW:
        services.inquiries.set_state(inquiry.id, ANSWERED)
    return inquiry.id
