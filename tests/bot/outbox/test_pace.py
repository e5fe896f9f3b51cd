"""Turns: how long a row waits for its channel."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from heapq import heappop, heappush
from itertools import count, pairwise
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.model import Kind, Row
from bot.outbox.pace import FORGET_AFTER_S, MOST_TURNS, Pace
from tests.bot.storage.stillness import StillClock


def row(number: int, kind: Kind = Kind.REMINDER, channel: str = "C1", team: str = "T1") -> Row:
    return Row(number, kind, None, team, channel, None, None, {}, 0, 0, "claim", False, None, 0, 0)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def pace(clock: StillClock) -> Pace:
    return Pace(clock, between_posts_s=1.0)


def said(pace: Pace, one: Row) -> None:
    """Let a row whose turn it is be said."""
    pace.speak(one)
    pace.leave(one)


def test_each_reminder_is_given_the_next_second(pace: Pace) -> None:
    assert [pace.wait_s(row(number)) for number in range(4)] == [0, 1, 2, 3]


def test_a_reminder_keeps_its_turn(pace: Pace, clock: StillClock) -> None:
    assert [pace.wait_s(row(number)) for number in range(3)] == [0, 1, 2]
    said(pace, row(0))
    clock.pass_by(1)
    assert pace.wait_s(row(3)) == 2  # behind those that came before
    assert [pace.wait_s(row(number)) for number in (1, 2)] == [0, 1]


def test_reminders_that_all_missed_their_turns_are_still_a_second_apart_and_in_order(
    pace: Pace, clock: StillClock
) -> None:
    rows = [row(number) for number in range(6)]
    for one in rows:
        pace.wait_s(one)
    said(pace, rows[0])
    clock.pass_by(30)
    assert [pace.wait_s(one) for one in rows[1:]] == [0, 1, 2, 3, 4]


def test_a_reminder_that_comes_long_after_its_turn_is_let_in(pace: Pace, clock: StillClock) -> None:
    rows = [row(number) for number in range(5)]
    for one in rows:
        pace.wait_s(one)
    said(pace, rows[0])
    clock.pass_by(2)  # row 1 was lost from sight
    for one in rows[2:4]:
        assert pace.wait_s(one) == 0
        said(pace, one)
        clock.pass_by(1)
    assert pace.wait_s(rows[1]) == 0
    said(pace, rows[1])
    assert pace.wait_s(rows[4]) == 1


def test_a_slow_channel_holds_up_one_thread(pace: Pace, clock: StillClock) -> None:
    slow, next_one, other = row(1), row(2), row(3, channel="C2")
    assert pace.wait_s(slow) == 0
    for _ in range(20):
        clock.pass_by(1)
        assert pace.wait_s(next_one) == 1
    assert pace.wait_s(other) == 0
    pace.speak(slow)
    pace.leave(slow)
    clock.pass_by(0.5)
    assert pace.wait_s(next_one) == 0.5


def test_a_row_that_says_nothing_after_all_leaves_the_channel(pace: Pace, clock: StillClock) -> None:
    assert pace.wait_s(row(1)) == 0
    pace.leave(row(1))
    clock.pass_by(1)
    assert pace.wait_s(row(2)) == 0


def test_channels_with_nothing_to_say_are_forgotten(pace: Pace, clock: StillClock) -> None:
    for number in range(500):
        only = row(number, channel=f"C{number}")
        pace.wait_s(only)
        said(pace, only)
    pace.wait_s(row(1000))
    pace.wait_s(row(1001))  # cancelled: its turn is never used
    pace.leave(row(1000))
    clock.pass_by(2 * FORGET_AFTER_S)
    pace.wait_s(row(1002, channel="C9999"))
    assert len(pace._channels) == 1


def test_turns_kept_for_one_channel_are_limited(pace: Pace) -> None:
    waits = [pace.wait_s(row(number)) for number in range(MOST_TURNS + 50)]
    assert waits[MOST_TURNS - 10 : MOST_TURNS] == list(range(MOST_TURNS - 10, MOST_TURNS))
    assert set(waits[-40:]) == {MOST_TURNS + 1}
    assert len(pace._channels["T1", "C1"].turns) == MOST_TURNS


@dataclass(frozen=True)
class Visit:
    """How one row behaves: late to come back, slow to speak, slow to end; or lost from sight."""

    arrives: float
    late: float
    before_speaking: float
    after_speaking: float
    is_lost: bool


VISITS = st.lists(
    st.builds(
        Visit,
        arrives=st.sampled_from([0.0, 0.0, 0.0, 0.4, 3.0, 20.0]),
        late=st.sampled_from([0.0, 0.0, 0.01, 0.3, 1.5, 30.0]),
        before_speaking=st.sampled_from([0.0, 0.1, 5.0]),
        after_speaking=st.sampled_from([0.0, 0.2, 10.0]),
        is_lost=st.sampled_from([False, False, False, True]),
    ),
    max_size=40,
)


@given(VISITS, st.lists(st.tuples(st.floats(0, 60), st.sampled_from([1.0, 30.0])), max_size=2))
@settings(max_examples=200, deadline=None)
def test_no_two_posts_in_a_channel_are_closer_than_they_may_be(
    visits: list[Visit], pauses: list[tuple[float, float]]
) -> None:
    clock = StillClock(s=0.0)
    days = Day(Pace(clock, between_posts_s=1.0), clock, visits)
    for at, seconds in pauses:
        days.at(at, partial(days.pace.pause, row(-1), seconds))
    days.go_by()
    assert sorted(days.spoken) == [number for number, visit in enumerate(visits) if not visit.is_lost]
    times = sorted(days.spoken.values())
    assert all(later - sooner >= 1.0 - 1e-6 for sooner, later in pairwise(times))
    # The next ones look in once a second while one is under way.
    seconds = sum(visit.before_speaking + visit.after_speaking + visit.late for visit in visits)
    assert days.trips <= 2 * (len(visits) + seconds) * log2(len(visits) + 2)


class Day:
    """Rows that come, wait and speak on a clock moved by hand."""

    def __init__(self, pace: Pace, clock: StillClock, visits: list[Visit]) -> None:
        self.pace, self.clock, self.visits = pace, clock, visits
        self.events: list[tuple[float, int, Callable[[], object]]] = []
        self.order = count()
        self.spoken: dict[int, float] = {}
        self.trips = 0
        for number, visit in enumerate(visits):
            self.at(visit.arrives, partial(self.come, number))

    def at(self, moment: float, action: Callable[[], object]) -> None:
        heappush(self.events, (moment, next(self.order), action))

    def go_by(self) -> None:
        while self.events:
            moment, _, action = heappop(self.events)
            self.clock.s = max(self.clock.s, moment)
            action()

    def come(self, number: int) -> None:
        self.trips += 1
        visit = self.visits[number]
        wait_s = self.pace.wait_s(row(number))
        if wait_s == 0:
            self.at(self.clock.s + visit.before_speaking, partial(self.speak, number))
        elif not visit.is_lost:
            self.at(self.clock.s + wait_s + visit.late, partial(self.come, number))

    def speak(self, number: int) -> None:
        visit = self.visits[number]
        if not visit.is_lost:
            self.pace.speak(row(number))
            self.spoken[number] = self.clock.s
        self.at(self.clock.s + visit.after_speaking, partial(self.pace.leave, row(number)))


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
    pace.leave(rows[0])
    clock.pass_by(30)
    assert [pace.wait_s(one) for one in rows] == [0, 1, 2, 3, 4]
