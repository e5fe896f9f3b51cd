"""Cards of reminders as they are said again: what became of them, whoever did it and wherever."""

import json
from typing import Any

import pytest

from bot.follow_ups.delivery.redrawing import CardSpeaker
from bot.follow_ups.delivery.speaker import ReminderSpeaker
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.promises.plans import Started
from bot.local_slack.block_kit.blocks import message_problems
from bot.outbox.model import Kind, Utterance
from bot.services import Services
from bot.storage.model import InquiryRecord
from tests.bot.follow_ups.desk_of_follow_ups import MEI, TOM, FollowUpDesk

DAY_MS = 86_400_000


@pytest.fixture
def inquiry(desk: FollowUpDesk) -> InquiryRecord:
    return desk.inquiry()


def came(desk: FollowUpDesk, inquiry: InquiryRecord, **more: Any) -> Reminder:
    """Return a reminder that came just now."""
    reminder = desk.remind(inquiry, 0, **more)
    desk.deliver()
    return desk.reminder(reminder)


def first_step(desk: FollowUpDesk, inquiry: InquiryRecord) -> Reminder:
    """Return the first step of a plan, which came."""
    begun = desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    step = desk.plans.next_step(begun.plan_id)
    assert step is not None
    desk.clock.ms = step.due_at
    desk.deliver()
    return desk.reminder(step)


def changed(desk: FollowUpDesk, services: Services) -> Utterance:
    """Return what the next change makes of a card."""
    row = desk.claims.claim()
    assert row is not None
    assert row.kind is Kind.REMINDER_UPDATE
    told = CardSpeaker(services).compose(row)
    assert told is not None
    for form in told.forms:
        assert message_problems([dict(block) for block in form.blocks]) == []
    return told


def says(told: Utterance) -> str:
    return json.dumps(told.forms[0].blocks, ensure_ascii=False)


def test_done_stands_in_the_place_of_the_buttons(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = came(desk, inquiry, note="ask about <logo>")
    desk.reminders.close(reminder, MEI)
    told = changed(desk, services)
    assert told.update_ts == reminder.delivered_ts
    assert told.forms[0].text.startswith(f"✅ Done: <@{MEI}>, Wednesday, 25 November 2026")
    assert "counts as answered" in says(told)
    assert f"#{reminder.id}" in says(told)
    assert "ask about &lt;logo&gt;" in says(told)
    assert "actions" not in says(told)


def test_a_changed_card_keeps_the_key_it_is_found_by(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = came(desk, inquiry)
    desk.reminders.snooze(reminder, desk.clock.ms + DAY_MS, MEI)
    assert changed(desk, services).event_payload["key"] == f"{reminder.id}:0"


@pytest.mark.parametrize("by", [TOM, "operator"])
def test_called_off_is_called_so(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord, by: str
) -> None:
    desk.reminders.cancel(came(desk, inquiry), by)
    user = f"<@{TOM}>" if by == TOM else "whoever runs the bot"
    assert f"Called off: {user}, " in says(changed(desk, services))


def test_snoozed_twice_it_says_when_it_comes_now(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = came(desk, inquiry)
    for days in (1, 2):
        desk.reminders.snooze(desk.reminder(reminder), desk.clock.ms + days * DAY_MS, MEI)
    for _ in range(2):
        assert f"Snoozed: <@{MEI}>. Comes again on Friday, 27 November" in says(changed(desk, services))


def test_what_came_again_meanwhile_has_its_buttons_on_the_latest_card(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = came(desk, inquiry)
    desk.reminders.snooze(reminder, desk.clock.ms, MEI)
    change = desk.claims.claim()
    assert change is not None
    desk.deliver()
    told = CardSpeaker(services).compose(change)
    assert told is not None
    assert "came again" in says(told)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda desk, inquiry: desk.states.buyer_replied(inquiry, TOM), f"The buyer replied: <@{TOM}>"),
        (lambda desk, inquiry: desk.states.set_state(inquiry, "won", TOM), f"with the inquiry: <@{TOM}>"),
        (lambda desk, inquiry: desk.plans.stop(inquiry.id, because="stopped", by=TOM), "Plan stopped"),
        (
            lambda desk, inquiry: desk.plans.start(inquiry, "sample", owner=MEI, by=TOM, replace=True),
            "Another plan took its place",
        ),
    ],
    ids=["replied", "won", "stopped", "replaced"],
)
def test_a_step_that_came_is_settled_by_whatever_ends_its_plan(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord, end: Any, words: str
) -> None:
    first_step(desk, inquiry)
    end(desk, desk.again(inquiry))
    told = says(changed(desk, services))
    assert words in told
    assert "Steps left out: 3." in told
    assert "Step 1 of 4 after the quotation" in told


def test_a_step_that_lands_after_its_plan_ended_is_settled(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    begun = desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    step = desk.plans.next_step(begun.plan_id)
    assert step is not None
    desk.clock.ms = step.due_at
    row = desk.claim()
    desk.plans.stop(inquiry.id, because="stopped", by=MEI)
    assert desk.changes() == []
    desk.land(row, "1800000000.000200")
    ReminderSpeaker(services).said(row, row.channel, "1800000000.000200")
    told = changed(desk, services)
    assert told.update_ts == "1800000000.000200"
    assert "Plan stopped" in says(told)


def test_a_card_that_goes_on_keeps_its_buttons_and_says_what_is_new(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = came(desk, inquiry)
    desk.reminders.redraw(reminder, "C1", str(reminder.delivered_ts), "📦 Arrived.")
    told = says(changed(desk, services))
    assert "📦 Arrived." in told
    assert "follow_up_done" in told


def test_nothing_is_said_on_a_card_nobody_knows_of_while_the_reminder_waits(
    desk: FollowUpDesk, services: Services, inquiry: InquiryRecord
) -> None:
    reminder = desk.remind(inquiry)
    desk.reminders.redraw(reminder, "C1", "1800000000.000900")
    row = desk.claims.claim()
    assert row is not None
    assert CardSpeaker(services).compose(row) is None
