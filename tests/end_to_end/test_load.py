"""Many inquiries at once, and many crashes."""

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.office import INQUIRY, Message, Office

RUSH, BATCHES, BETWEEN_BATCHES_S = 200, 20, 0.25
KILLS, INQUIRIES_A_KILL = 20, 8
AFTER_A_CRASH_S = 150

pytestmark = pytest.mark.load


def rush(office: Office, count: int) -> list[Message]:
    return [office.mei.types("#inquiries", f"{INQUIRY}\nRef {number}") for number in range(count)]


def assert_one_each(office: Office, messages: list[Message]) -> None:
    counts = [len(office.advice(message)) for message in messages]
    assert counts.count(0) == 0, f"{counts.count(0)} lost"
    assert max(counts) == 1, f"{sum(count > 1 for count in counts)} doubled"


def test_two_hundred_inquiries_in_five_seconds_get_two_hundred_advices(
    crash_office: Office, record_property: Callable[[str, object], None]
) -> None:
    messages, pause = [], threading.Event()
    for _ in range(BATCHES):
        messages += rush(crash_office, RUSH // BATCHES)
        pause.wait(BETWEEN_BATCHES_S)
    crash_office.slack.wait_for(lambda: all(crash_office.advice(m) for m in messages), 60)
    crash_office.settle()
    assert_one_each(crash_office, messages)
    assert all(len(d.acks) == 1 for d in crash_office.slack.dispatcher.deliveries), "acknowledged at once"
    waits = sorted(float(crash_office.advice(m)[0]["ts"]) - float(m["ts"]) for m in messages)
    figures = {
        "p50_s": waits[RUSH // 2],
        "p99_s": waits[RUSH * 99 // 100],
        "rss_mb": resident_mb(crash_office),
    }
    for name, value in figures.items():
        record_property(name, value)
    print(crash_office.mode, {name: round(value, 3) for name, value in figures.items()})  # noqa: T201
    assert figures["rss_mb"] < 200


def test_twenty_kills_under_load_lose_and_double_nothing(crash_office: Office) -> None:
    chance = random.Random(20)
    messages: list[Message] = []
    for _ in range(KILLS):
        enough = said(crash_office) + chance.randrange(INQUIRIES_A_KILL)
        messages += rush(crash_office, INQUIRIES_A_KILL)
        crash_office.slack.wait_for(lambda enough=enough: said(crash_office) >= enough, 60)
        crash_office.bot.kill()
        crash_office.run()
    crash_office.slack.wait_for(lambda: all(crash_office.advice(m) for m in messages), AFTER_A_CRASH_S)
    crash_office.settle(AFTER_A_CRASH_S)
    assert_one_each(crash_office, messages)
    assert crash_office.slack.calls("conversations.replies"), (
        "some kills struck between a post and its record"
    )


def said(office: Office) -> int:
    return len(office.slack.calls("chat.postMessage"))


def resident_mb(office: Office) -> float:
    assert office.bot.process is not None
    status = Path(f"/proc/{office.bot.process.pid}/status")
    if not status.exists():
        pytest.skip("resident memory is read from /proc")
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024
