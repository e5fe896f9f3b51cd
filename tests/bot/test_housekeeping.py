import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.follow_ups.moment import DAY_MS
from bot.housekeeping import Housekeeping
from bot.intake.model import Arrival, Received, Via
from bot.storage import Database, DatabaseAway, open_database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries


@dataclass
class SetClock:
    ms: int = 1_800_000_000_000

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.ms / 1000, UTC)

    def now_ms(self) -> int:
        return self.ms

    def steady(self) -> float:
        return self.ms / 1000


def no_duty() -> None:
    """Nothing is asked of it each minute."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    yield database
    database.close()


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
def test_words_are_kept_as_long_as_they_may_be(
    database: Database, clock: SetClock, days: int, is_kept: bool
) -> None:
    inquiries = Inquiries(database, clock)
    arrival = Arrival("T", "C", "1.1", "1.1", Via.MESSAGE, "U", Received("buyer's words"))
    known = inquiries.receive(arrival, due_now=False).inquiry_id
    clock.ms += days * DAY_MS
    Housekeeping(inquiries, SeenEvents(database, clock), clock, 30, no_duty).tidy()
    record = inquiries.get(known)
    assert record is not None
    assert (record.received is not None) is is_kept


def test_erased_words_are_gone_from_the_files_of_the_database(
    database: Database, clock: SetClock, tmp_path: Path
) -> None:
    inquiries = Inquiries(database, clock)
    for number in range(30):
        arrival = Arrival("T", "C", f"{number}.1", "1.1", Via.MESSAGE, "U", Received("buyer's words" * 300))
        inquiries.erase(inquiries.receive(arrival, due_now=False).inquiry_id)
    assert not [file for file in tmp_path.iterdir() if b"buyer's words" in file.read_bytes()]


def test_keys_of_old_events_are_forgotten(database: Database, clock: SetClock) -> None:
    seen = SeenEvents(database, clock)
    with database.begin() as connection:
        assert seen.is_first("Ev1", connection)
    clock.ms += DAY_MS + 1
    Housekeeping(Inquiries(database, clock), seen, clock, 30, no_duty).tidy()
    with database.begin() as connection:
        assert seen.is_first("Ev1", connection)


def test_it_tidies_at_the_start_and_ends_when_told(database: Database, clock: SetClock) -> None:
    seen = SeenEvents(database, clock)
    with database.begin() as connection:
        seen.is_first("Ev1", connection)
    clock.ms += DAY_MS + 1
    housekeeping = Housekeeping(Inquiries(database, clock), seen, clock, 30, no_duty)
    housekeeping.start()
    housekeeping.stop()
    with database.begin() as connection:
        assert seen.is_first("Ev1", connection)


def test_it_notes_at_the_start_that_the_database_is_alive(database: Database, clock: SetClock) -> None:
    alive = threading.Event()
    housekeeping = Housekeeping(Inquiries(database, clock), SeenEvents(database, clock), clock, 30, alive.set)
    housekeeping.start()
    assert alive.wait(20)
    housekeeping.stop()


def test_a_database_away_does_not_end_the_duties(
    database: Database, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    seen = SeenEvents(database, clock)
    with database.begin() as connection:
        seen.is_first("Ev1", connection)
    clock.ms += DAY_MS + 1

    def away() -> None:
        raise DatabaseAway("The database does not answer.")

    housekeeping = Housekeeping(Inquiries(database, clock), seen, clock, 30, away)
    housekeeping.start()
    housekeeping.stop()
    assert "left for the next round" in caplog.text
    with database.begin() as connection:
        assert seen.is_first("Ev1", connection)
