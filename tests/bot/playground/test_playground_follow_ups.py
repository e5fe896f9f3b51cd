"""Follow-ups in the playground: plans walked to their end by moving the clock."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from bot.local_slack.persons import Person
from bot.storage.model import InquiryRecord
from tests.bot.playground.house_of_tests import Living, Message

NEW_YORK = ZoneInfo("America/New_York")  # Emma's
BUYER = "ahmed@alnoor-trading.ae"
INQUIRY = (
    "Dear sales team, we are Al Noor Trading LLC in Dubai and buy LED panel lights every quarter. "
    "Please quote 5,000 pcs of 600x600 mm, 40 W, CIF Jebel Ali, with CE certificates. "
    f"Ahmed Hassan, Purchasing Manager, {BUYER}"
)
DAY_MS = 24 * 3600 * 1000


@pytest.fixture(autouse=True)
def fresh(living: Living) -> None:
    living.house.start_over()


def told(living: Living, person: Person, act: Callable[[], object]) -> Message:
    """Return what only this person is shown after an act, or what an act changes of it."""
    before = [json.dumps(shown) for shown in person.ephemerals]
    act()
    fresh: list[Message] = living.wait_for(
        lambda: [one for one in person.ephemerals if json.dumps(one) not in before]
    )
    return fresh[-1]


def planned(living: Living, button: str) -> Message:
    """Bring an inquiry, say what was sent, and start the plan that is offered."""
    emma = living.person("emma")
    inquiry = emma.types("#inquiries", INQUIRY)
    card = living.advice(inquiry)
    offer = told(living, emma, lambda: emma.clicks(card, button))
    told(living, emma, lambda: emma.clicks(offer, "follow_up_start_plan"))
    return inquiry


def reminders(living: Living, inquiry: Message) -> list[Message]:
    return living.said(inquiry, "follow_up_reminder")


def to_next(living: Living) -> None:
    """Move the clock as the page's button "to the next reminder" does."""
    due = living.wait_for(living.house.next_reminder_ms)
    living.house.move(max(0, due - living.house.office.clock.now_ms()))


def walk(living: Living, inquiry: Message, steps: int) -> list[datetime]:
    """Move to each step; returns when each came, by Emma's clock."""
    for number in range(len(reminders(living, inquiry)) + 1, steps + 1):
        walk_to(living, inquiry, number)
    return [
        datetime.fromtimestamp(float(one["ts"]), UTC).astimezone(NEW_YORK)
        for one in reminders(living, inquiry)
    ]


def walk_to(living: Living, inquiry: Message, number: int) -> None:
    """Move until so many have come: a step that may not come yet is put off when its time is there."""
    for _ in range(5):
        to_next(living)
        with suppress(TimeoutError):
            living.wait_for(lambda: len(reminders(living, inquiry)) == number, 4)
            return
    raise AssertionError(f"reminder {number} does not come")


@pytest.mark.parametrize(
    ("button", "steps"), [("inquiry_quotation_sent", 4), ("inquiry_samples_sent", 5)], ids=["quote", "sample"]
)
def test_a_plan_is_walked_to_its_end(living: Living, button: str, steps: int) -> None:
    inquiry = planned(living, button)
    came = walk(living, inquiry, steps)
    assert len({one.date() for one in came}) == steps, "at most one a day"
    assert all(one.weekday() < 5 for one in came), "on working days"
    assert all(one.hour == 9 for one in came[1:]), "at nine in the morning"
    living.wait_for(lambda: living.house.next_reminder_ms() is None)
    living.person("emma").clicks(reminders(living, inquiry)[-1], "follow_up_done")
    living.wait_for(lambda: record_of(living, inquiry).state == "silent")
    assert living.house.office.running.services.plans.active(record_of(living, inquiry).id) is None
    living.house.move(60 * DAY_MS)
    assert len(reminders(living, inquiry)) == steps


def record_of(living: Living, message: Message) -> InquiryRecord:
    services = living.house.office.running.services
    found = services.inquiries.find(living.house.office.slack.here.team, living.inquiries, message["ts"])
    assert found is not None
    return found


def letter(sender: str, to: str) -> bytes:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = sender, to, "Re: LED panel lights"
    written["Date"], written["Message-ID"] = "Wed, 25 Nov 2026 09:00:00 +0000", "<1@mail.example>"
    written.set_content("Thank you, we have it and will come back to you next week.")
    return bytes(written)


def test_our_own_follow_up_stops_nothing_and_the_buyers_answer_stops_the_plan(living: Living) -> None:
    inquiry = planned(living, "inquiry_quotation_sent")
    emma = living.person("emma")
    walk(living, inquiry, 1)
    emma.uploads("#inquiries", ("ours.eml", letter("emma@our-factory.cn", BUYER)), thread=inquiry)
    to_next(living)
    living.wait_for(lambda: len(reminders(living, inquiry)) == 2)
    emma.uploads("#inquiries", ("theirs.eml", letter(BUYER, "emma@our-factory.cn")), thread=inquiry)
    living.wait_for(lambda: living.house.next_reminder_ms() is None)
    living.house.move(60 * DAY_MS)
    assert len(reminders(living, inquiry)) == 2


def test_a_leap_over_a_whole_plan_says_each_step_on_a_day_of_its_own(living: Living) -> None:
    inquiry = planned(living, "inquiry_quotation_sent")
    living.house.move(60 * DAY_MS)
    living.wait_for(lambda: reminders(living, inquiry))
    came = walk(living, inquiry, 4)
    assert len({one.date() for one in came}) == 4
