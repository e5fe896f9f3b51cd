"""The threads of the outbox: quick, tireless, and finished when told to stop."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from bot.clock import SystemClock
from bot.outbox.answers import Answer, SlowDown, Unclear
from bot.outbox.model import Kind, State
from bot.outbox.store import Outbox
from bot.outbox.terms import Terms
from bot.outbox.worker import Worker
from bot.storage import Database
from tests.bot.outbox.desk import CHANNEL, THREAD, Desk
from tests.bot.outbox.recording import FewWords, RecordingSlack, Take, taken_then, untaken

NEVER_POLLS = Terms(poll_s=3_600)
BRIEF = Terms(lease_s=0.7, margin_s=0.1, settle_s=0.2, back_off_s=0.05, poll_s=0.05)
PATIENCE_S = 20


@contextmanager
def working(
    database: Database, slack: RecordingSlack, speaker: FewWords, terms: Terms, threads: int = 4
) -> Iterator[Worker]:
    worker = Worker(database, dict.fromkeys(Kind, speaker), slack, SystemClock(), threads, terms=terms)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


class Scene:
    """A worker's surroundings; `wait_for_deliveries` waits until so many rows are delivered."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.slack = RecordingSlack()
        self.speaker = FewWords()
        self.outbox = Outbox(database, SystemClock())
        self._told = threading.Condition()
        self.speaker.delivered = _Bell(self._told)

    def schedule(self, kind: Kind = Kind.ADVICE, in_s: float = 0, channel: str = CHANNEL) -> int:
        return self.outbox.schedule(
            kind,
            team="T1",
            channel=channel,
            thread_ts=THREAD,
            inquiry_id=None,
            owner=None,
            payload={},
            due_at=SystemClock().now_ms() + round(in_s * 1000),
            created_by=None,
        )

    def wait_for_deliveries(self, count: int) -> None:
        with self._told:
            assert self._told.wait_for(lambda: len(self.speaker.delivered) >= count, PATIENCE_S)


class _Bell(list[tuple[int, str, str]]):
    def __init__(self, told: threading.Condition) -> None:
        super().__init__()
        self._told = told

    def append(self, delivery: tuple[int, str, str]) -> None:
        with self._told:
            super().append(delivery)
            self._told.notify_all()


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


def test_a_new_row_is_said_without_waiting_for_the_next_poll(scene: Scene) -> None:
    with working(scene.database, scene.slack, scene.speaker, NEVER_POLLS):
        for count in (1, 2, 3):
            scene.schedule()
            scene.wait_for_deliveries(count)


def test_a_row_that_falls_due_is_found_by_polling(scene: Scene) -> None:
    with working(scene.database, scene.slack, scene.speaker, BRIEF):
        scene.schedule(Kind.REMINDER, in_s=0.2)
        scene.wait_for_deliveries(1)


def test_a_row_is_said_when_it_is_due_and_not_at_the_next_poll(scene: Scene) -> None:
    scene.schedule(Kind.REMINDER, in_s=0.2)
    with working(scene.database, scene.slack, scene.speaker, NEVER_POLLS):
        scene.wait_for_deliveries(1)


def test_two_hundred_rows_at_once_are_each_said_once(scene: Scene) -> None:
    expected = sorted(f"{scene.schedule()}:0" for _ in range(200))
    with working(scene.database, scene.slack, scene.speaker, NEVER_POLLS, threads=8):
        scene.wait_for_deliveries(200)
    assert sorted(scene.slack.keys) == expected


def test_every_thread_works_when_there_is_work(scene: Scene) -> None:
    """Four posts that wait for each other pass only when they are in flight together."""
    together = threading.Barrier(4)

    def meet(take: Take) -> Answer:
        together.wait(PATIENCE_S)
        return take()

    scene.slack.faults.extend([meet] * 4)
    for _ in range(4):
        scene.schedule()
    with working(scene.database, scene.slack, scene.speaker, NEVER_POLLS, threads=4):
        scene.wait_for_deliveries(4)


def test_advice_does_not_wait_behind_reminders_slack_is_slow_to_take(scene: Scene) -> None:
    advised, under_way = threading.Event(), threading.Semaphore(0)

    def slowly(take: Take) -> Answer:
        under_way.release()
        advised.wait(PATIENCE_S)
        return take()

    scene.slack.faults.extend([slowly] * 3)
    reminders = [scene.schedule(Kind.REMINDER, channel=f"C{number}") for number in range(8)]
    with working(scene.database, scene.slack, scene.speaker, NEVER_POLLS, threads=4):
        for _ in range(3):
            assert under_way.acquire(timeout=PATIENCE_S)
        advice = scene.schedule()
        scene.wait_for_deliveries(1)
        assert scene.slack.keys == [f"{advice}:0"]
        advised.set()
        scene.wait_for_deliveries(9)
    assert sorted(scene.slack.keys) == sorted(f"{row_id}:0" for row_id in (advice, *reminders))


def test_what_is_in_flight_is_finished_before_the_end(scene: Scene) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(take: Take) -> Answer:
        begun.set()
        may_end.wait(PATIENCE_S)
        return take()

    scene.slack.faults.append(slowly)
    first = scene.schedule()
    with working(scene.database, scene.slack, scene.speaker, NEVER_POLLS, threads=1):
        assert begun.wait(PATIENCE_S)
        scene.schedule()
        threading.Timer(0.05, may_end.set).start()
    assert scene.slack.keys == [f"{first}:0"]
    assert Desk(scene.database).row(first).state == State.DONE


def test_a_thread_survives_whatever_happens_to_a_row(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    def burst(take: Take) -> Answer:
        raise MemoryError

    scene.slack.faults.append(burst)
    row_id = scene.schedule()
    with working(scene.database, scene.slack, scene.speaker, BRIEF, threads=1):
        scene.wait_for_deliveries(1)
    assert "left to its lease" in caplog.text
    assert scene.slack.keys == [f"{row_id}:0"]


def test_the_outbox_waits_while_the_database_is_away(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    with working(scene.database, scene.slack, scene.speaker, BRIEF, threads=2):
        with scene.database.begin() as connection:
            connection.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
        wait_until(lambda: caplog.text != "")
        with scene.database.begin() as connection:
            connection.execute(text("ALTER TABLE elsewhere RENAME TO outbox"))
        scene.schedule()
        scene.wait_for_deliveries(1)


def test_under_all_kinds_of_faults_each_row_is_said_once(scene: Scene) -> None:
    faults = _chaos(120)
    scene.slack.faults.extend(faults)
    expected = sorted(f"{scene.schedule()}:0" for _ in range(60))
    with working(scene.database, scene.slack, scene.speaker, BRIEF):
        scene.wait_for_deliveries(60)
    assert sorted(scene.slack.keys) == expected


def _chaos(count: int) -> list[Callable[[Take], Answer]]:
    kinds: list[Callable[[Take], Answer]] = [
        lambda take: take(),
        taken_then(Unclear("HTTP 500")),
        untaken(Unclear("HTTP 500")),
        taken_then(Unclear("RemoteDisconnected")),
        lambda take: take(),
        untaken(SlowDown(0.05)),
        taken_then(Unclear("TimeoutError", is_silent=True)),
    ]
    return [kinds[number % len(kinds)] for number in range(count)]


def wait_until(holds: Callable[[], bool]) -> None:
    waited = threading.Event()
    for _ in range(PATIENCE_S * 100):
        if holds():
            return
        waited.wait(0.01)
    raise AssertionError("it did not come to pass")
