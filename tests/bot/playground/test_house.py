"""The house: the bot at work in it, time that moves, restarts, and starting over."""

import json
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.errors import Misconfigured
from bot.outbox.model import Kind
from bot.playground.house import AlreadyOpen, House
from bot.playground.memory import FILES, WORKSPACE
from bot.settings import Settings
from tests.bot.playground.house_of_tests import SAMPLES, Living, Message, opened

DAY_MS = 24 * 3600 * 1000


def promise(living: Living, message: Message, in_ms: int) -> None:
    """Have the bot promise a reminder about an inquiry."""
    services = living.house.office.running.services
    record = services.inquiries.find(living.house.office.slack.here.team, living.inquiries, message["ts"])
    assert record is not None
    services.outbox.schedule(
        Kind.REMINDER,
        team=record.team,
        channel=living.inquiries,
        thread_ts=message["ts"],
        inquiry_id=record.id,
        owner=living.person("mei").id,
        payload={},
        due_at=services.clock.now_ms() + in_ms,
        created_by=living.person("mei").id,
    )


def test_an_inquiry_gets_advice_and_a_chat_does_not(living: Living) -> None:
    chat = living.person("emma").types("#general", SAMPLES)
    message = living.person("emma").types("#inquiries", SAMPLES)
    assert "Sample hunter" in living.advice(message)["text"]
    assert living.house.office.slack.thread(chat) == ()


def test_the_language_is_that_of_the_person(living: Living) -> None:
    message = living.person("mei").types("#inquiries", SAMPLES)
    assert "索要样品型" in living.advice(message)["text"]


def test_a_reminder_comes_when_time_is_moved_to_it(living: Living) -> None:
    message = living.person("mei").types("#inquiries", SAMPLES)
    living.advice(message)
    assert living.house.next_reminder_ms() is None
    promise(living, message, 3 * DAY_MS)
    due = living.house.next_reminder_ms()
    assert due is not None
    living.house.move(due - living.house.office.clock.now_ms())
    reminder = living.wait_for(lambda: living.said(message, "follow_up_reminder"))[0]
    assert float(reminder["ts"]) * 1000 >= due
    living.wait_for(lambda: living.house.next_reminder_ms() is None)


def test_a_leap_of_a_year_says_nothing_twice(living: Living) -> None:
    before = living.house.office.clock.now_ms()
    messages = [living.person("emma").types("#inquiries", f"{SAMPLES} No. {n}") for n in range(5)]
    living.house.move(365 * DAY_MS)
    assert living.house.office.clock.now_ms() - before >= 365 * DAY_MS
    for message in messages:
        living.advice(message)
    assert [len(living.said(message, "inquiry_advice")) for message in messages] == [1] * 5


def test_changes_are_noticed_at_once(living: Living) -> None:
    seen = living.house.version
    living.person("emma").types("#general", "hello")
    assert living.house.next_version(seen, 10) > seen


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    living = Living(opened(tmp_path))
    mei = living.person("mei")
    message = mei.types("#inquiries", SAMPLES)
    card = living.advice(message)
    mail = mei.uploads("#general", ("询盘.txt", SAMPLES.encode()), comment="look")
    mei.runs("/inquiry types")
    mei.opens_home()
    home = living.wait_for(lambda: mei.home)
    living.house.move(DAY_MS)
    version = living.house.version
    living.house.close()

    living = Living(opened(tmp_path))
    slack, mei = living.house.office.slack, living.person("mei")
    assert living.house.office.clock.moved_ms == DAY_MS
    assert living.house.version > version
    assert slack.thread(message) == (card,)
    assert slack.calls("chat.postMessage")[0].answer["ts"] == card["ts"]
    assert mei.ephemerals
    assert mei.home == home
    assert slack.workspace.files[mail["files"][0]["id"]].raw == SAMPLES.encode()
    assert slack.message(mail)["files"][0]["url_private"].startswith(slack.address)
    assert (
        mei.clicks(card, "inquiry_more", f"take:{card['metadata']['event_payload']['inquiry_id']}").trouble
        is None
    )
    again = mei.uploads("#inquiries", ("二.txt", SAMPLES.encode()))
    assert again["files"][0]["id"] != mail["files"][0]["id"]
    living.advice(again)
    living.house.close()


def test_starting_over_leaves_nothing(tmp_path: Path) -> None:
    living = Living(opened(tmp_path))
    message = living.person("mei").types("#inquiries", SAMPLES)
    living.advice(message)
    living.person("mei").uploads("#general", ("a.txt", b"secret words"))
    living.house.move(DAY_MS)
    version = living.house.version
    living.house.start_over()
    assert living.house.version > version
    assert living.house.office.clock.moved_ms == 0
    assert living.house.office.slack.messages("#inquiries") == ()
    fresh = living.person("mei").types("#inquiries", SAMPLES)
    assert living.advice(fresh)["metadata"]["event_payload"]["inquiry_id"] == "1"
    living.house.close()
    assert b"secret words" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"shape": 999}',
        b'{"shape": 1, "moved_ms": -5, "slack": {}}',
        b'{"shape": 1, "moved_ms": 0, "slack": {"address": "x", "workspace": [], "homes": {}, "calls": []}}',
    ],
    ids=["empty", "cut off", "no text", "a list", "other shape", "time backwards", "no workspace"],
)
def test_a_broken_file_is_put_aside_with_one_sentence(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / WORKSPACE).write_bytes(content)
    living = Living(opened(tmp_path))
    living.advice(living.person("emma").types("#inquiries", SAMPLES))
    living.house.close()
    assert (tmp_path / f"{WORKSPACE}.broken").read_bytes() == content
    assert len([one for one in caplog.records if "broken" in one.message]) == 1
    assert json.loads((tmp_path / WORKSPACE).read_text("utf-8"))["slack"]["workspace"]


def test_files_that_are_gone_are_as_a_broken_file(tmp_path: Path) -> None:
    living = Living(opened(tmp_path))
    living.person("mei").uploads("#general", ("a.txt", b"words"))
    living.house.close()
    (tmp_path / FILES / "F000000001").unlink()
    living = Living(opened(tmp_path))
    assert living.house.office.slack.messages("#general") == ()
    fresh = living.person("mei").uploads("#general", ("b.txt", b"other"))
    living.house.close()
    assert (tmp_path / FILES / fresh["files"][0]["id"]).read_bytes() == b"other"


def test_a_folder_has_room_for_one(living: Living, tmp_path: Path) -> None:
    first = opened(tmp_path)
    with pytest.raises(AlreadyOpen, match="already open"):
        House(Settings(), tmp_path, SystemClock()).open()
    first.close()
    opened(tmp_path).close()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(
        Misconfigured, match=r"keeps its workspace in .*data.* start it in a folder of your own"
    ):
        House(Settings(), tmp_path / "data", SystemClock()).open()


def test_only_settings_about_advice_reach_the_bot(tmp_path: Path) -> None:
    house = opened(
        tmp_path,
        inquiry_channels=frozenset({"C0OTHER0001"}),
        database_url="postgresql+psycopg://nobody@nowhere/none",
        retention_days=0,
        inquiry_language="zh",
        port=1,
    )
    living = Living(house)
    settings = house.office.running.services.settings
    assert settings.inquiry_channels == {living.inquiries}
    assert settings.retention_days == Settings().retention_days
    assert "索要样品型" in living.advice(living.person("emma").types("#inquiries", SAMPLES))["text"]
    assert house.language_of("emma") == "zh"
    house.close()
