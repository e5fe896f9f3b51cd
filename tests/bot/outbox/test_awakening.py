"""What becomes of overdue rows after a rest, a crash, a restore: as the table below says."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import make_url, update

from bot.outbox.awakening import RESTORED_TO, Awakening
from bot.outbox.claims import Claims
from bot.outbox.model import Kind, State
from bot.storage import Database, open_database
from bot.storage.marks import Marks
from bot.storage.tables import marks
from tests.bot.outbox.desk import Desk
from tests.bot.outbox.recording import RecordingSlack
from tests.bot.storage.stillness import DAY_MS, StillClock
from tests.postgres import PostgresServer

HOUR_S = 3600
DAY_S = 24 * HOUR_S


@dataclass
class Lives:
    """One bot through its starts; Slack and the time go on while it rests."""

    url: str
    clock: StillClock = field(default_factory=StillClock)
    slack: RecordingSlack = field(default_factory=RecordingSlack)
    opened: Database | None = None

    def start(self) -> Desk:
        """Start the bot as `bot.app` does: look at what is overdue, then take over."""
        self.rest()
        self.opened = open_database(self.url)
        self.desk = Desk(self.opened, self.clock, self.slack)
        self.awakening = Awakening(self.opened, self.clock, self.desk.outbox)
        self.awakening.wake()
        self.desk.claims.take_over()
        return self.desk

    def rest(self) -> None:
        if self.opened:
            self.opened.close()
            self.opened = None

    @property
    def path(self) -> Path:
        return Path(str(make_url(self.url).database))

    @property
    def beside(self) -> Path:
        return self.path.with_name(f"{self.path.name}.alive")

    def back_up(self) -> Path:
        """Copy the SQLite file while the bot runs, as the documentation says."""
        copy = self.path.with_name("backup.db")
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        return copy

    def put_back(self, copy: Path) -> None:
        self.rest()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copy(copy, self.path)


@pytest.fixture
def lives(database_url: str) -> Iterator[Lives]:
    lives = Lives(database_url)
    yield lives
    lives.rest()


@pytest.fixture
def file_lives(sqlite_url: str) -> Iterator[Lives]:
    lives = Lives(sqlite_url)
    yield lives
    lives.rest()


def pass_quickly(lives: Lives) -> None:
    lives.clock.pass_by(5)


def crash(lives: Lives) -> None:
    """Nothing of what is in flight is put down."""
    Claims(lives.desk.database, lives.clock, lives.desk.terms).claim()
    lives.clock.pass_by(5)


def pass_a_month(lives: Lives) -> None:
    lives.clock.pass_by(30 * DAY_S)


def set_clock_forward(lives: Lives) -> None:
    lives.clock.ms += 400 * DAY_MS


def set_clock_back(lives: Lives) -> None:
    lives.desk.run(HOUR_S, tick_s=HOUR_S)
    lives.awakening.stay()
    lives.clock.ms -= 30 * 60 * 1000


def copy_both_files_elsewhere(lives: Lives) -> None:
    if lives.desk.database.is_shared:
        return
    lives.rest()
    elsewhere = lives.path.parent / "elsewhere"
    elsewhere.mkdir()
    for file in (lives.path, lives.beside):
        shutil.move(file, elsewhere)
    lives.url = f"sqlite:///{elsewhere / lives.path.name}"


@pytest.mark.parametrize(
    "rest",
    [pass_quickly, crash, pass_a_month, set_clock_forward, set_clock_back, copy_both_files_elsewhere],
    ids=lambda rest: rest.__name__,
)
def test_a_rest_is_no_restore(lives: Lives, rest: Callable[[Lives], None]) -> None:
    """What is overdue is looked up, then said once; nobody is asked anything."""
    desk = lives.start()
    lives.awakening.stay()
    row_id = desk.schedule(Kind.REMINDER, in_s=2)
    desk.clock.pass_by(3)
    rest(lives)
    desk = lives.start()
    desk.run(120, tick_s=15)
    assert [(row.kind, row.state) for row in desk.rows()] == [(Kind.REMINDER, State.DONE)]
    assert desk.slack.keys == [f"{row_id}:0"]


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.REMINDER, Kind.NOTE])
def test_what_was_said_unknown_to_the_database_is_found_and_not_said_again(lives: Lives, kind: Kind) -> None:
    desk = lives.start()
    row_id = desk.schedule(kind)
    row = desk.claim()
    desk.slack.take(desk.delivery._message(row, desk.speaker.compose(row), 0))  # type: ignore[arg-type]
    with desk.database.begin() as connection:  # a failover to a standby that knows nothing of the claim
        connection.execute(
            update(marks.metadata.tables["outbox"]).values(
                state=State.SCHEDULED, claim=None, doubt=False, first_try_at=None, next_at=row.due_at
            )
        )
    desk.clock.pass_by(DAY_S)
    desk = lives.start()
    desk.run()
    assert desk.slack.keys == [f"{row_id}:0"]
    assert (desk.row(row_id).state, [delivery.found for delivery in desk.deliveries()]) == (
        State.DONE,
        [True],
    )


def test_rows_still_to_come_are_not_in_doubt(lives: Lives) -> None:
    row_id = lives.start().schedule(Kind.REMINDER, in_s=HOUR_S)
    assert not lives.start().row(row_id).doubt


# restored


def lose_a_day(lives: Lives) -> None:
    """Reminders of two people fall due and are said on a day that the backup knows nothing of."""
    desk = lives.desk
    for owner, in_s in (("U0MEI", 60), ("U0MEI", 120), ("U0TOM", 60), ("U0TOM", 10 * DAY_S)):
        desk.schedule(Kind.REMINDER, in_s=in_s, owner=owner)
    desk.schedule(Kind.NOTE, in_s=60)


def live_on(lives: Lives) -> None:
    lives.desk.run(200)
    lives.clock.pass_by(DAY_S)
    lives.awakening.stay()


def from_backup(lives: Lives) -> None:
    copy = lives.back_up()
    live_on(lives)
    lives.put_back(copy)


def from_backup_on_another_machine(lives: Lives) -> None:
    copy = lives.back_up()
    live_on(lives)
    lives.rest()
    lives.url = f"sqlite:///{copy}"


@pytest.mark.parametrize(
    "restore", [from_backup, from_backup_on_another_machine], ids=lambda one: one.__name__
)
def test_after_a_restore_nothing_old_is_said_without_asking(
    file_lives: Lives, restore: Callable[[Lives], None]
) -> None:
    began = file_lives.clock.ms
    file_lives.start()
    lose_a_day(file_lives)
    restore(file_lives)
    assert_asked(file_lives, began)


def test_a_dump_restored_into_a_new_database_is_a_restore(
    postgres: PostgresServer, postgres_url: str
) -> None:
    lives = Lives(postgres_url)
    began = lives.clock.ms
    lives.start()
    lose_a_day(lives)
    lives.rest()
    name = postgres.create(template=str(make_url(postgres_url).database))
    lives.start()
    live_on(lives)
    lives.rest()
    lives.url = postgres.url_of(name)
    try:
        assert_asked(lives, began)
    finally:
        lives.rest()
        postgres.drop(name)


def assert_asked(lives: Lives, restored_to: int) -> None:
    said = list(lives.slack.keys)
    desk = lives.start()
    desk.run(60)
    states = [(row.kind, row.owner, row.state, row.next_at is None) for row in desk.rows()]
    assert states == [
        (Kind.REMINDER, "U0MEI", State.SCHEDULED, True),
        (Kind.REMINDER, "U0MEI", State.SCHEDULED, True),
        (Kind.REMINDER, "U0TOM", State.SCHEDULED, True),
        (Kind.REMINDER, "U0TOM", State.SCHEDULED, False),  # still to come
        (Kind.NOTE, "U0MEI", State.DONE, True),
        (Kind.HELD, "U0MEI", State.DONE, True),
        (Kind.HELD, "U0TOM", State.DONE, True),
    ]
    assert f'"{RESTORED_TO}": {restored_to}' in desk.rows()[-1].payload
    assert desk.slack.keys[len(said) :] == ["6:0", "7:0"]  # the note was found
    assert len(lives.start().rows()) == 7  # asked once


def test_a_database_put_back_under_a_running_bot_is_noticed(lives: Lives) -> None:
    desk = lives.start()
    with desk.database.begin() as connection:
        connection.execute(update(marks).values(value="0 1000 ?"))
    desk.schedule(Kind.REMINDER)
    lives.awakening.stay()
    assert [row.kind for row in desk.rows()] == [Kind.REMINDER, Kind.HELD]
    assert desk.row(1).next_at is None


def test_a_first_start_and_one_after_an_older_release_are_no_restore(lives: Lives) -> None:
    lives.opened = open_database(lives.url)
    Desk(lives.opened, lives.clock, lives.slack).schedule(Kind.REMINDER)
    assert [row.kind for row in lives.start().rows()] == [Kind.REMINDER]


def test_a_minute_that_could_not_be_written_down_is_no_restore(lives: Lives) -> None:
    desk = lives.start()
    own = Marks(desk.database, lives.clock)
    with desk.database.engine.connect() as connection:  # rolled back
        own.renew(connection)
    with desk.database.begin() as connection:
        assert own.renew(connection) is None


def test_replicas_that_start_one_after_the_other_are_no_restore(postgres_url: str) -> None:
    first, second = Lives(postgres_url), Lives(postgres_url)
    first.start().schedule(Kind.REMINDER)
    second.start()
    for lives in (first, second, second, first):
        lives.awakening.stay()
    assert [row.kind for row in first.desk.rows()] == [Kind.REMINDER]
    first.rest()
    second.rest()


def test_an_unreadable_file_beside_the_database_is_as_none(file_lives: Lives) -> None:
    file_lives.start().schedule(Kind.REMINDER)
    file_lives.beside.write_bytes(b"\xff")
    assert [row.kind for row in file_lives.start().rows()] == [Kind.REMINDER, Kind.HELD]


def test_a_database_in_memory_is_never_restored(sqlite_url: str) -> None:
    from bot.storage.tables import metadata

    database = open_database("sqlite:///:memory:")
    metadata.create_all(database.engine)
    desk = Desk(database)
    for _ in range(2):
        desk.schedule(Kind.REMINDER)
        Awakening(database, desk.clock, desk.outbox).wake()
    assert {row.kind for row in desk.rows()} == {Kind.REMINDER}
    database.close()
