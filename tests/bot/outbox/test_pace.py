"""Turns: how long a row waits for its channel."""

from dataclasses import replace

import pytest

from bot.outbox.model import Kind, Row
from bot.outbox.pace import Pace
from tests.bot.storage.stillness import StillClock


def row(number: int, kind: Kind = Kind.REMINDER, channel: str = "C1", team: str = "T1") -> Row:
    return Row(number, kind, None, team, channel, None, None, {}, 0, 0, "claim", False, None, 0, 0)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def pace(clock: StillClock) -> Pace:
    return Pace(clock, between_posts_s=1.0)


def test_each_reminder_is_given_the_next_second(pace: Pace) -> None:
    assert [pace.wait_s(row(number)) for number in range(4)] == [0, 1, 2, 3]


def test_a_reminder_keeps_its_turn(pace: Pace, clock: StillClock) -> None:
    assert [pace.wait_s(row(number)) for number in range(3)] == [0, 1, 2]
    clock.pass_by(1)
    assert pace.wait_s(row(3)) == 2  # behind those that came before
    assert [pace.wait_s(row(number)) for number in (1, 2)] == [0, 1]


def test_a_snoozed_reminder_queues_anew(pace: Pace) -> None:
    first = row(1)
    assert pace.wait_s(first) == 0
    assert pace.wait_s(replace(first, seq=1)) == 1


def test_channels_and_workspaces_do_not_wait_for_each_other(pace: Pace) -> None:
    assert pace.wait_s(row(1)) == 0
    assert pace.wait_s(row(2, channel="C2")) == 0
    assert pace.wait_s(row(3, team="T2")) == 0


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.ADVICE_UPDATE])
def test_advice_waits_for_no_turn(pace: Pace, kind: Kind) -> None:
    assert [pace.wait_s(row(number, kind)) for number in range(10)] == [0] * 10


def test_a_pause_holds_for_everything_in_the_channel(pace: Pace, clock: StillClock) -> None:
    pace.pause(row(1), 30)
    assert pace.wait_s(row(2, Kind.ADVICE)) == 30
    assert pace.wait_s(row(3, channel="C2")) == 0
    clock.pass_by(30)
    assert pace.wait_s(row(2, Kind.ADVICE)) == 0


def test_a_shorter_pause_does_not_end_a_longer_one(pace: Pace) -> None:
    pace.pause(row(1), 30)
    pace.pause(row(1), 5)
    assert pace.wait_s(row(2)) == 30


def test_turns_inside_a_pause_are_given_anew_after_it(pace: Pace, clock: StillClock) -> None:
    rows = [row(number) for number in range(5)]
    for one in rows:
        pace.wait_s(one)
    pace.pause(rows[0], 30)
    clock.pass_by(30)
    assert [pace.wait_s(one) for one in rows] == [0, 1, 2, 3, 4]
