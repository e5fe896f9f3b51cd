from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.advice.limits import MESSAGE_BLOCKS, size_of
from bot.follow_ups.conversation.actions import unpacked
from bot.follow_ups.conversation.listing import PER_PAGE, Entry, list_form
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.promises.model import Reminder
from bot.local_slack.block_kit.blocks import message_problems
from bot.outbox.model import Form, State
from tests.bot.follow_ups.reminders_at_hand import DUE, NOW, reminder

DAY = 24 * 3600 * 1000
BERLIN = ZoneInfo("Europe/Berlin")


def listed(*reminders: Reminder, page: int = 0, language: Any = "en") -> Form:
    reader = Reader("T1", "U1", language, BERLIN)
    entry = Entry("Ahmed · LED panels", "inquiry came in 5 days ago", "")
    return list_form(reader, reminders, lambda one: entry, now_ms=NOW, page=page)


def lines(form: Form) -> list[str]:
    return [str(block["text"]["text"]) for block in form.blocks if block["type"] == "section"]


def numbers(form: Form) -> list[int]:
    return [int(line.split("*")[1].lstrip("#")) for line in lines(form)]


def test_overdue_ones_stand_first_and_the_rest_by_their_time() -> None:
    form = listed(
        reminder(id=1, due_at=DUE + DAY),
        reminder(id=2, due_at=DUE),
        reminder(id=3, due_at=NOW - DAY, state=State.DONE),
        reminder(id=4, due_at=NOW - 2 * DAY, state=State.FAILED, last_error="not_in_channel"),
    )
    assert numbers(form) == [4, 3, 2, 1]
    assert form.text == "Your follow-ups: 4, overdue: 2"


def test_a_line_tells_number_inquiry_time_age_plan_and_note() -> None:
    reader = Reader("T1", "U1", "en", BERLIN)
    entry = Entry("Ahmed · LED panels", "inquiry came in 5 days ago", "step 2 of 4 after the quotation")
    form = list_form(reader, [reminder(note="ask for feedback")], lambda one: entry, now_ms=NOW)
    (line,) = lines(form)
    for part in ("#57", entry.inquiry, "Thu 27 Nov 17:00", entry.age, entry.plan, "ask for feedback"):
        assert part in line


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Thu 27 Nov 17:00"),
        ({"due_at": NOW - 1000, "state": State.SENDING}, "due now"),
        (
            {"due_at": NOW - 1000, "attempts": 3, "last_error": "HTTP 500"},
            "(tried 3 times): Slack has trouble of its own (HTTP 500). I keep trying.",
        ),
        ({"due_at": NOW - 1000, "attempts": 1, "last_error": "<!channel>"}, "goes wrong on the way"),
        ({"due_at": NOW - DAY, "state": State.DONE}, "waits for Done"),
        ({"state": State.FAILED, "last_error": "not_in_channel"}, "I am not a member there"),
        ({"state": State.FAILED, "last_error": "<!channel>"}, "Slack refuses it"),
        ({"state": State.FAILED}, "not delivered"),
    ],
    ids=[
        "waits",
        "coming",
        "trouble",
        "strange trouble",
        "came",
        "failed",
        "failed strangely",
        "failed without a reason",
    ],
)
def test_it_says_what_became_of_each(changes: dict[str, Any], says: str) -> None:
    (line,) = lines(listed(reminder(**changes)))
    assert says in line
    assert "<!channel>" not in line


def test_none_at_all_is_said_with_the_way_to_set_one() -> None:
    form = listed()
    assert "/followup 3d" in form.text
    assert len(form.blocks) == 1


def test_each_line_has_done_and_snooze() -> None:
    form = listed(reminder(id=1), reminder(id=2))
    rows = [block for block in form.blocks if block["type"] == "actions"]
    assert [[one["action_id"] for one in row["elements"]] for row in rows] == [
        ["follow_up_list_done", "follow_up_list_snooze"]
    ] * 2
    assert [unpacked(row["elements"][0]["value"])["r"] for row in rows] == [1, 2]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("count", [1, PER_PAGE, PER_PAGE + 1, 1000])
def test_a_list_of_any_length_is_one_slack_takes(count: int, language: Any) -> None:
    note = "<!channel> *x* https://evil.example " * 40
    form = listed(*(reminder(id=n, note=note) for n in range(1, count + 1)), language=language)
    assert not list(message_problems([dict(block) for block in form.blocks]))
    assert size_of(form.blocks) < MESSAGE_BLOCKS


def test_a_long_list_is_turned_page_by_page() -> None:
    many = [reminder(id=n, due_at=DUE + n) for n in range(1, 26)]
    pages = [listed(*many, page=page) for page in (0, 1, 2)]
    assert [number for page in pages for number in numbers(page)] == list(range(1, 26))
    turns = [
        [one["action_id"] for block in page.blocks if block["type"] == "actions" for one in block["elements"]]
        for page in pages
    ]
    assert ["follow_up_list_back" in turn for turn in turns] == [False, True, True]
    assert ["follow_up_list_on" in turn for turn in turns] == [True, True, False]
    assert "Page 2 of 3" in str(pages[1].blocks)


@pytest.mark.parametrize("page", [-1, 7])
def test_a_page_that_is_gone_is_the_nearest_one(page: int) -> None:
    form = listed(*(reminder(id=n) for n in range(1, 12)), page=page)
    assert numbers(form) == ([11] if page > 0 else list(range(1, 11)))
