"""Whatever happens in whatever order: each delivery is said at most once, and once when it is wanted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.answers import Answer, LockedOut, NotSent, SlowDown, Unclear
from bot.outbox.model import Kind, NotYet, Row, State
from bot.storage import Database, open_database
from bot.storage.tables import metadata
from tests.bot.outbox.desk import Desk
from tests.bot.outbox.recording import Fault, FewWords, RecordingSlack, Take
from tests.bot.storage.stillness import StillClock


class Crash(BaseException):
    """The end of a process, which no handler catches."""


@dataclass
class Fate:
    """What happens in the next deliveries, at each of their moments."""

    on_compose: list[str] = field(default_factory=list)
    on_post: list[str] = field(default_factory=list)
    on_said: list[str] = field(default_factory=list)

    def next(self, moment: list[str]) -> str:
        return moment.pop(0) if moment else "well"


COMPOSE = ("well", "crash", "not yet", "at a loss", "cancel", "snooze", "freeze")
POST = (
    "well",
    "crash before",
    "crash after",
    "429",
    "not sent",
    "locked out",
    "503 before",
    "503 after",
    "cut before",
    "cut after",
    "time-out after",
    "cancel",
    "snooze",
    "freeze after",
)
SAID = ("well", "crash", "at a loss")
STEPS = st.one_of(
    st.tuples(st.just("schedule"), st.sampled_from([Kind.ADVICE, Kind.REMINDER]), st.integers(0, 90)),
    st.tuples(st.just("pass"), st.sampled_from([0.5, 2, 15, 60, 75])),
    st.tuples(st.just("work")),
    st.tuples(st.just("other works")),
    st.tuples(st.just("restart")),
    st.tuples(st.just("cancel"), st.integers(0, 3)),
    st.tuples(st.just("snooze"), st.integers(0, 3), st.integers(0, 90)),
)


class World:
    """Two workers, their Slack, and the fates."""

    def __init__(self, database: Database, fate: Fate) -> None:
        self.fate = fate
        self.clock = StillClock()
        self.slack = RecordingSlack()
        self.speaker = FewWords(before_compose=self.compose, before_said=self.said)
        self.slack.faults = _Always(self.post)  # type: ignore[assignment]
        self.desks = [Desk(database, self.clock, self.slack, self.speaker) for _ in range(2)]
        self.ids: list[int] = []
        self.is_nested = False
        self.current: Row | None = None

    @property
    def desk(self) -> Desk:
        return self.desks[0]

    def work(self, number: int = 0) -> None:
        try:
            self.desks[number].step()
        except Crash:
            self.desks[number].delivery = self.desks[number].new_delivery()

    def compose(self, row: Row) -> None:
        self.current = row
        if row.attempts + 1 >= self.desk.terms.speaker_tries:
            return
        match self.fate.next(self.fate.on_compose):
            case "crash":
                raise Crash
            case "not yet":
                raise NotYet(1)
            case "at a loss":
                raise ZeroDivisionError
            case "freeze":
                self.freeze()
            case change:
                self.change(change, row)

    def post(self, take: Take) -> Answer:
        fate = self.fate.next(self.fate.on_post)
        row = self.current
        assert row
        answers: dict[str, Answer] = {
            "429": SlowDown(5),
            "not sent": NotSent("ConnectionRefusedError"),
            "locked out": LockedOut("invalid_auth"),
            "503 before": Unclear("HTTP 503"),
            "cut before": Unclear("RemoteDisconnected"),
        }
        if fate in answers:
            return answers[fate]
        if fate == "crash before":
            raise Crash
        self.change(fate, row)
        place = take()
        return self.after(fate, place)

    def after(self, fate: str, place: Answer) -> Answer:
        if fate == "crash after":
            raise Crash
        if fate == "freeze after":
            self.freeze()
        lost = {
            "503 after": Unclear("HTTP 503"),
            "cut after": Unclear("RemoteDisconnected"),
            "time-out after": Unclear("TimeoutError", is_silent=True),
        }
        return lost.get(fate, place)

    def said(self, row: Row) -> None:
        match self.fate.next(self.fate.on_said):
            case "crash":
                raise Crash
            case "at a loss":
                raise ZeroDivisionError

    def change(self, what: str, row: Row) -> None:
        if what == "cancel":
            self.desk.outbox.cancel(row.id)
        elif what == "snooze":
            self.desk.outbox.snooze(row.id, self.clock.ms + 30_000)

    def freeze(self) -> None:
        """Stand still beyond the lease while the other worker goes on."""
        if self.is_nested:
            return
        self.is_nested, held = True, self.current
        self.clock.pass_by(60)
        self.work(1)
        self.clock.pass_by(15)
        self.work(1)
        self.is_nested, self.current = False, held


class _Always:
    """A queue of faults that never ends."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    def popleft(self) -> Fault:
        return self._fault


@contextmanager
def fresh_database() -> Iterator[Database]:
    database = open_database("sqlite:///:memory:")
    metadata.create_all(database.engine)
    yield database
    database.close()


def take(world: World, step: tuple[object, ...]) -> None:
    match step:
        case ("schedule", Kind() as kind, int(in_s)):
            world.ids.append(world.desk.schedule(kind, in_s=in_s, channel=f"C{len(world.ids) % 2}"))
        case ("pass", (int() | float()) as seconds):
            world.clock.pass_by(seconds)
        case ("work",):
            world.work()
        case ("other works",):
            world.work(1)
        case ("restart",):
            world.desk.delivery = world.desk.new_delivery()
        case ("cancel", int(number)) if number < len(world.ids):
            world.desk.outbox.cancel(world.ids[number])
        case ("snooze", int(number), int(in_s)) if number < len(world.ids):
            world.desk.outbox.snooze(world.ids[number], world.clock.ms + in_s * 1000)
        case _:
            pass


@settings(max_examples=100, deadline=None)
@given(
    st.lists(STEPS, max_size=25),
    st.lists(st.sampled_from(COMPOSE), max_size=8),
    st.lists(st.sampled_from(POST), max_size=12),
    st.lists(st.sampled_from(SAID), max_size=4),
)
def test_each_delivery_is_said_at_most_once_and_once_when_wanted(
    steps: list[tuple[object, ...]], on_compose: list[str], on_post: list[str], on_said: list[str]
) -> None:
    with fresh_database() as database:
        world = World(database, Fate(on_compose, on_post, on_said))
        world.ids.append(world.desk.schedule())
        for step in steps:
            take(world, step)
        world.fate = Fate()
        world.desk.run(900, tick_s=5)
        assert_kept(world)


def assert_kept(world: World) -> None:
    counts = Counter(world.slack.keys)
    assert all(count == 1 for count in counts.values())
    for row in world.desk.rows():
        assert row.state in (State.DONE, State.CANCELLED)
        assert row.next_at is None
        if row.state == State.DONE:
            assert counts[f"{row.id}:{row.seq}"] == 1
    recorded = {f"{delivery.outbox_id}:{delivery.seq}" for delivery in world.desk.deliveries()}
    done = {f"{row.id}:{row.seq}" for row in world.desk.rows() if row.state == State.DONE}
    assert done <= recorded <= set(counts)


@pytest.mark.parametrize("fate", POST)
def test_the_model_itself_meets_every_fate(fate: str) -> None:
    with fresh_database() as database:
        world = World(database, Fate(on_post=[fate]))
        world.ids.append(world.desk.schedule())
        world.work()
        world.fate = Fate()
        world.desk.run(900, tick_s=5)
        assert_kept(world)
