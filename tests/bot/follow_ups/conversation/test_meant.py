"""Which inquiry a person means in a channel, on both kinds of database."""

from dataclasses import replace

import pytest

from bot.follow_ups.conversation.meant import inquiry_at, latest_in, meant_in
from bot.intake.model import Via
from tests.bot.follow_ups.desk_of_follow_ups import MEI, TOM, FollowUpDesk
from tests.bot.storage.stillness import arrival

CHANNEL = "C1"


def came(
    desk: FollowUpDesk,
    number: int,
    channel: str = CHANNEL,
    posted_by: str | None = TOM,
    via: Via = Via.MESSAGE,
) -> int:
    """Let an inquiry come in, a second after the one before."""
    desk.clock.ms += 1000
    arrived = arrival(f"1700000000.00{number:04d}", channel=channel, posted_by=posted_by)
    return desk.inquiries.receive(replace(arrived, via=via)).inquiry_id


def meant(desk: FollowUpDesk) -> int | None:
    return meant_in(desk.database, "T1", CHANNEL, MEI)


def test_ones_own_latest_goes_before_newer_ones_of_others(desk: FollowUpDesk) -> None:
    came(desk, 1, posted_by=MEI)
    own = came(desk, 2, posted_by=MEI)
    came(desk, 3)
    came(desk, 4, posted_by=None, via=Via.EMAIL)
    assert meant(desk) == own


def test_one_that_a_colleague_took_is_no_longer_ones_own(desk: FollowUpDesk) -> None:
    brought = came(desk, 1, posted_by=MEI)
    desk.inquiries.set_owner(brought, TOM)
    taken = came(desk, 2)
    desk.inquiries.set_owner(taken, MEI)
    came(desk, 3)
    assert meant(desk) == taken


def test_an_email_nobody_took_goes_before_newer_ones_of_others(desk: FollowUpDesk) -> None:
    free = came(desk, 1, posted_by=None, via=Via.EMAIL)
    taken = came(desk, 2, posted_by=None, via=Via.EMAIL)
    desk.inquiries.set_owner(taken, TOM)
    came(desk, 3)
    assert meant(desk) == free


def test_else_the_latest_there(desk: FollowUpDesk) -> None:
    came(desk, 1)
    latest = came(desk, 2)
    came(desk, 3, channel="C2", posted_by=MEI)
    assert meant(desk) == latest


def test_what_is_no_inquiry_is_meant_only_where_there_is_nothing_else(desk: FollowUpDesk) -> None:
    spam = came(desk, 1, posted_by=MEI)
    desk.inquiries.correct(spam, "not_an_inquiry", MEI)
    assert meant(desk) == spam
    real = came(desk, 2)
    assert meant(desk) == real


def test_one_inside_the_thread_of_another_is_not_meant(desk: FollowUpDesk) -> None:
    root = came(desk, 1, posted_by=MEI)
    mail = replace(
        arrival("1700000009.000100", channel=CHANNEL, posted_by=MEI), thread_ts="1700000000.000001"
    )
    desk.clock.ms += 1000
    inside = desk.inquiries.receive(mail).inquiry_id
    assert meant(desk) == root
    desk.inquiries.delete("T1", CHANNEL, "1700000000.000001")
    assert meant(desk) == inside


def test_a_deleted_one_is_not_meant(desk: FollowUpDesk) -> None:
    came(desk, 1, posted_by=MEI)
    desk.inquiries.delete("T1", CHANNEL, "1700000000.000001")
    assert meant(desk) is None


def test_without_any_there_is_none(desk: FollowUpDesk) -> None:
    assert meant(desk) is None


def test_the_latest_of_a_channel_come_newest_first(desk: FollowUpDesk) -> None:
    numbers = [came(desk, number) for number in range(1, 13)]
    assert latest_in(desk.database, "T1", CHANNEL, 10) == tuple(reversed(numbers))[:10]


@pytest.mark.parametrize(
    ("ts", "thread_ts"),
    [
        ("1700000000.000001", None),
        ("1700000009.000100", "1700000000.000001"),
        ("1700000009.000200", None),
    ],
    ids=["the message", "a reply in its thread", "its advice"],
)
def test_a_message_leads_to_its_inquiry(desk: FollowUpDesk, ts: str, thread_ts: str | None) -> None:
    number = came(desk, 1)
    came(desk, 2)
    desk.inquiries.record_advice(number, CHANNEL, "1700000009.000200")
    assert inquiry_at(desk.database, "T1", CHANNEL, ts, thread_ts) == number


def test_another_message_leads_to_none(desk: FollowUpDesk) -> None:
    came(desk, 1)
    assert inquiry_at(desk.database, "T1", CHANNEL, "1700000009.000900") is None
    assert inquiry_at(desk.database, "T2", CHANNEL, "1700000000.000001") is None
