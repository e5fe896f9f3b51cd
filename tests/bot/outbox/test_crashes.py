"""A process may end at any moment: nothing is lost, nothing is said twice."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.clock import SystemClock
from bot.outbox.model import Kind, State
from bot.outbox.store import Outbox
from bot.storage import Database, open_database
from bot.storage.tables import outbox
from tests.bot.outbox.recording import FileSlack
from tests.bot.outbox.replica import BRIEF, Moment, Replica, at_once
from tests.postgres import PostgresServer

PATIENCE_S = 60


def schedule(url: str, count: int, kind: Kind = Kind.ADVICE) -> list[str]:
    """Write rows that are due and return their keys."""
    database = open_database(url)
    rows = Outbox(database, SystemClock())
    keys = []
    for number in range(count):
        row_id = rows.schedule(
            kind,
            team="T1",
            channel=f"C{number}",
            thread_ts="1.0",
            inquiry_id=None,
            owner=None,
            payload={},
            due_at=0,
            created_by=None,
        )
        keys.append(f"{row_id}:0")
    database.close()
    return keys


@contextmanager
def alive(*replicas: Replica) -> Iterator[None]:
    for replica in replicas:
        replica.start()
    try:
        yield
    finally:
        for replica in replicas:
            replica.kill()


def wait_until_all_is_done(url: str) -> None:
    """Wait until no row is pending; SQLite has to be asked between two processes."""
    database = open_database(url)
    try:
        _wait_for(database)
    finally:
        database.close()


def _wait_for(database: Database) -> None:
    pending = select(func.count()).where(outbox.c.state.in_([State.SCHEDULED, State.SENDING]))
    deadline, tick = time.monotonic() + PATIENCE_S, threading.Event()
    while time.monotonic() < deadline:
        with database.begin() as connection:
            if connection.execute(pending).scalar_one() == 0:
                return
        tick.wait(0.02)
    raise AssertionError("rows are still pending")


def finish(url: str, record: Path, *, may_look_up: bool = True) -> None:
    """Deliver the rest in a process that nobody kills."""
    if url.startswith("postgresql"):
        with alive(Replica(url, record, may_look_up=may_look_up)):
            wait_until_all_is_done(url)
        return
    replica = Replica(url, record, may_look_up=may_look_up)
    database = open_database(url)
    worker = replica._worker(database)
    worker.start()
    try:
        _wait_for(database)
    finally:
        worker.stop()
        database.close()


def said(record: Path) -> list[str]:
    return sorted(line["key"] for line in FileSlack(record).lines())


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "said.jsonl"


@pytest.mark.parametrize("moment", Moment)
def test_a_process_killed_at_any_moment_loses_nothing_and_doubles_nothing(
    database_url: str, record: Path, moment: Moment
) -> None:
    keys = schedule(database_url, 3)
    assert Replica(database_url, record, moment).start().wait() == -signal.SIGKILL
    finish(database_url, record)
    assert said(record) == sorted(keys)


def test_without_the_look_up_the_same_crash_says_it_twice(database_url: str, record: Path) -> None:
    """The proof that the tests above can fail."""
    keys = schedule(database_url, 1)
    Replica(database_url, record, Moment.AFTER_POST).start().wait()
    finish(database_url, record, may_look_up=False)
    assert said(record) == keys * 2


def kill_at_random(url: str, record: Path, kills: int, *, may_look_up: bool) -> None:
    chance, pause = random.Random(kills), threading.Event()
    for _ in range(kills):
        replica = Replica(url, record, may_look_up=may_look_up, post_takes_s=0.005).start()
        pause.wait(chance.uniform(0.03, 0.2))
        replica.kill()
    finish(url, record, may_look_up=may_look_up)


@pytest.mark.load
def test_twenty_kills_at_random_lose_nothing_and_double_nothing(database_url: str, record: Path) -> None:
    keys = schedule(database_url, 600)
    kill_at_random(database_url, record, 20, may_look_up=True)
    assert said(record) == sorted(keys)


@pytest.mark.load
def test_ten_kills_without_the_look_up_double_something(sqlite_url: str, record: Path) -> None:
    keys = schedule(sqlite_url, 600)
    kill_at_random(sqlite_url, record, 10, may_look_up=False)
    counts = Counter(said(record))
    assert set(counts) == set(keys)
    assert max(counts.values()) > 1


# replicas


def test_a_replica_that_dies_for_good_is_replaced_by_the_others(postgres_url: str, record: Path) -> None:
    keys = schedule(postgres_url, 200)
    dying = Replica(postgres_url, record, post_takes_s=0.02).start()
    with alive(*(Replica(postgres_url, record, post_takes_s=0.02) for _ in range(2))):
        threading.Event().wait(0.15)
        dying.kill()
        wait_until_all_is_done(postgres_url)
    assert said(record) == sorted(keys)


@pytest.mark.parametrize("moment", [Moment.AFTER_CLAIM, Moment.AFTER_POST, Moment.AFTER_RECORD])
def test_a_replica_frozen_beyond_its_lease_says_nothing_a_second_time(
    postgres_url: str, record: Path, moment: Moment
) -> None:
    keys = schedule(postgres_url, 1)
    frozen = Replica(postgres_url, record, moment, at_once(signal.SIGSTOP)).start()
    frozen.wait_until_frozen()
    finish(postgres_url, record)
    os.kill(frozen.pid, signal.SIGCONT)
    late = schedule(postgres_url, 1)  # said by the one that woke: it has come through
    wait_until_all_is_done(postgres_url)
    frozen.kill()
    assert said(record) == sorted(keys + late)


@pytest.mark.load
def test_three_replicas_and_a_database_that_restarts_lose_and_double_nothing(
    postgres: PostgresServer, postgres_url: str, record: Path
) -> None:
    if not postgres.folder:
        pytest.skip("TEST_DATABASE_URL names a server that is not ours to restart")
    keys = schedule(postgres_url, 300)
    with alive(*(Replica(postgres_url, record, post_takes_s=0.02) for _ in range(3))):
        for _ in range(3):
            threading.Event().wait(0.2)
            postgres.restart_at_once()
        wait_until_all_is_done(postgres_url)
    assert said(record) == sorted(keys)


def test_brief_terms_leave_room_for_a_slow_machine() -> None:
    assert BRIEF.lease_s > BRIEF.margin_s + BRIEF.settle_s
