"""`inquiry-bot reminders`: what people are promised, for whoever runs the bot."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import update

from bot.clock import SystemClock
from bot.follow_ups.promises.calling_off import call_off
from bot.follow_ups.promises.reminders import Reminders
from bot.health import Readiness
from bot.outbox.model import Kind, State
from bot.outbox.store import Outbox
from bot.storage import Database, Door, open_database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries
from bot.storage.people import PeopleRows
from bot.storage.tables import outbox
from bot.web import Operator, WebServer, web_app
from tests.bot.storage.stillness import arrival

Inquire = Callable[..., subprocess.CompletedProcess[str]]
HOUR_MS = 3_600_000


@dataclass
class Desk:
    """A database that a bot has open, and the command beside it."""

    url: str
    database: Database
    call: Inquire
    clock: SystemClock

    def remind(self, in_hours: float, owner: str = "U0MEI", **changes: object) -> int:
        number = Outbox(self.database, self.clock).schedule(
            Kind.REMINDER,
            team="T1",
            channel="C0INQUIRY",
            thread_ts="1.1",
            inquiry_id=1,
            owner=owner,
            payload={},
            due_at=self.clock.now_ms() + round(in_hours * HOUR_MS),
            created_by=owner,
        )
        if changes:
            with self.database.begin() as connection:
                connection.execute(update(outbox).where(outbox.c.id == number).values(**changes))
        return number

    def reminders(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.call("reminders", *words, DATABASE_URL=self.url)


@pytest.fixture
def desk(database: Database, database_url: str, inquiry_bot: Inquire) -> Desk:
    desk = Desk(database_url, database, inquiry_bot, SystemClock())
    Inquiries(database, desk.clock).receive(arrival(), due_now=False)
    return desk


def test_all_open_reminders_are_listed_beside_a_running_bot(desk: Desk) -> None:
    PeopleRows(desk.database, desk.clock).put("T1", "U0MEI", locale="zh-CN", tz="Asia/Shanghai")
    later = desk.remind(48)
    late = desk.remind(-3, owner="U0TOM")
    came = desk.remind(-5, state=State.DONE, next_at=None)
    held = desk.remind(-30, next_at=None)
    failed = desk.remind(-1, state=State.FAILED, next_at=None, attempts=4, last_error="is_archived")
    for changes in ({"state": State.CANCELLED}, {"state": State.DONE, "closed_at": 1}):
        desk.remind(-2, next_at=None, **changes)
    done = desk.reminders()
    assert done.returncode == 0, done.stderr
    title, header, *rows = done.stdout.splitlines()
    assert title == "Open reminders: 1 failed, 1 held, 2 waiting, 1 came"
    assert header.split()[:3] == ["no.", "due", "owner"]
    assert [int(row.split()[0]) for row in rows] == [failed, held, came, late, later]
    assert "is_archived" in rows[0]
    assert "1 hour" in rows[0]
    assert "Asia/Shanghai" in rows[0]
    assert "UTC" in rows[3]
    assert "3 hours" in rows[3]
    assert done.stdout == desk.reminders("list").stdout


def test_json_holds_the_same(desk: Desk) -> None:
    number = desk.remind(-2, state=State.FAILED, next_at=None, attempts=4, last_error="is_archived")
    told = json.loads(desk.reminders("list", "--json").stdout)
    assert told["counts"] == {"failed": 1, "held": 0, "sending": 0, "waiting": 0, "came": 0}
    (one,) = told["reminders"]
    assert one.pop("late_s") >= 7200
    assert one.pop("due").endswith("+00:00")
    assert one == {
        "id": number,
        "zone": "UTC",
        "team": "T1",
        "owner": "U0MEI",
        "inquiry_id": 1,
        "inquiry": "inquiry 1",
        "state": "failed",
        "tries": 4,
        "last_error": "is_archived",
    }


def test_no_reminders_are_said_in_a_sentence(desk: Desk) -> None:
    done = desk.reminders()
    assert (done.returncode, done.stdout, done.stderr) == (0, "No reminders are open.\n", "")
    assert json.loads(desk.reminders("list", "--json").stdout)["reminders"] == []


def test_a_long_list_is_cut_and_says_so(desk: Desk) -> None:
    for hours in range(1, 5):
        desk.remind(hours)
    assert (
        desk.reminders("list", "--limit", "3").stdout.splitlines()[-1] == "… and 1 more: --limit 0 shows all."
    )
    assert "more" not in desk.reminders("list", "--limit", "0").stdout


def test_a_reminder_is_cancelled(desk: Desk) -> None:
    number = desk.remind(5)
    if not desk.database.is_shared:
        desk.database.close()
    done = desk.reminders("cancel", str(number))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Reminder {number} is cancelled.\n", "")
    assert desk.reminders().stdout == "No reminders are open.\n"
    again = desk.reminders("cancel", str(number))
    assert (again.returncode, len(again.stderr.splitlines())) == (1, 1)
    assert "not open any more" in again.stderr


def test_what_is_just_being_delivered_is_not_cancelled(desk: Desk) -> None:
    number = desk.remind(-1, state=State.SENDING)
    if not desk.database.is_shared:
        desk.database.close()
    refused = desk.reminders("cancel", str(number))
    assert refused.returncode == 1
    assert "being delivered at this very moment" in refused.stderr


def test_an_unknown_number_is_one_sentence(desk: Desk) -> None:
    if not desk.database.is_shared:
        desk.database.close()
    done = desk.reminders("cancel", "99")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("inquiry-bot: There is no reminder 99")


# beside a bot that has the SQLite file to itself


@pytest.fixture
def beside(sqlite_url: str, inquiry_bot: Inquire) -> Iterator[Desk]:
    database = open_database(sqlite_url)
    database.upgrade()
    desk = Desk(sqlite_url, database, inquiry_bot, SystemClock())
    Inquiries(database, desk.clock).receive(arrival(), due_now=False)
    yield desk
    database.close()


@pytest.fixture
def listening(beside: Desk) -> Iterator[Desk]:
    """The bot's own web server, without Slack."""
    database, clock = beside.database, beside.clock
    reminders = Reminders(database, clock, Outbox(database, clock), SeenEvents(database, clock))
    operator = Operator("s3cret", partial(call_off, reminders))
    app = web_app(Readiness({}, clock), CollectorRegistry(), operator=operator)
    server = WebServer(app, "127.0.0.1", 0)
    server.start()
    database.show(Door(server.address, operator.key))
    yield beside
    server.stop()


def test_the_running_bot_cancels_what_only_it_may_write(listening: Desk) -> None:
    number = listening.remind(5)
    done = listening.reminders("cancel", str(number))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Reminder {number} is cancelled.\n", "")
    assert listening.reminders().stdout == "No reminders are open.\n"
    again = listening.reminders("cancel", str(number))
    assert (again.returncode, len(again.stderr.splitlines())) == (1, 1)
    assert "not open any more" in again.stderr


def test_no_proxy_stands_before_the_running_bot(listening: Desk) -> None:
    number = listening.remind(5)
    nowhere = dict.fromkeys(("http_proxy", "HTTP_PROXY"), "http://127.0.0.1:1")
    done = listening.call("reminders", "cancel", str(number), DATABASE_URL=listening.url, **nowhere)
    assert done.returncode == 0, done.stderr


def test_an_unknown_number_is_the_same_sentence_beside_a_running_bot(beside: Desk) -> None:
    done = beside.reminders("cancel", "99")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("inquiry-bot: There is no reminder 99")


@pytest.mark.parametrize(
    "door",
    [None, Door("http://127.0.0.1:1", "s3cret"), Door("nonsense", "s3cret")],
    ids=["not up yet", "nobody listens there", "no address"],
)
def test_a_running_bot_that_does_not_answer_is_one_sentence(beside: Desk, door: Door | None) -> None:
    number = beside.remind(5)
    beside.database.show(door)
    done = beside.reminders("cancel", str(number))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "does not answer" in done.stderr
    assert f"`/followup cancel {number}`" in done.stderr


def test_what_a_killed_bot_left_behind_does_not_matter(beside: Desk) -> None:
    number = beside.remind(5)
    beside.database.close()
    lock = Path(f"{beside.url.removeprefix('sqlite:///')}.lock")
    lock.write_text(json.dumps({"pid": 1, "address": "http://127.0.0.1:1", "key": "s3cret"}))
    done = beside.reminders("cancel", str(number))
    assert (done.returncode, done.stdout) == (0, f"Reminder {number} is cancelled.\n")


@pytest.mark.parametrize(
    "words", [["cancel"], ["cancel", "x"], ["cancel", "0"], ["sing"], ["list", "--limit"]]
)
def test_wrong_usage(inquiry_bot: Inquire, words: list[str]) -> None:
    done = inquiry_bot("reminders", *words)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_database_that_is_not_there_is_not_made(inquiry_bot: Inquire, tmp_path: Path) -> None:
    done = inquiry_bot("reminders", DATABASE_URL=f"sqlite:///{tmp_path}/none.db")
    assert done.returncode == 1
    assert "There is no database file" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_an_older_release_is_not_changed(inquiry_bot: Inquire, tmp_path: Path) -> None:
    (tmp_path / "old.db").write_bytes(b"")
    done = inquiry_bot("reminders", DATABASE_URL=f"sqlite:///{tmp_path}/old.db")
    assert done.returncode == 1
    assert "database upgrade" in done.stderr
    assert (tmp_path / "old.db").read_bytes() == b""
