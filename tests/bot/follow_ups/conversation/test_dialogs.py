from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.follow_ups.conversation.dialogs import (
    Choosing,
    Chosen,
    Stands,
    choose_view,
    choosing_from_json,
    faults,
    instant,
    other_view,
)
from bot.follow_ups.conversation.reader import Reader
from bot.local_slack.block_kit.views import check_view
from tests.bot.follow_ups.reminders_at_hand import DUE, NOW

BERLIN, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
TODAY = date(2025, 11, 24)


def reader(language: Any = "en", zone: ZoneInfo = BERLIN) -> Reader:
    return Reader("T1", "U1", language, zone)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", [None, 57])
def test_the_dialog_is_one_slack_takes(language: Any, number: int | None) -> None:
    choosing = Choosing(4, number, channel="C1", thread_ts="1.2", answer_to="https://hooks/" + "x" * 300)
    view = choose_view(reader(language), choosing, "Ahmed · LED", Stands(DUE, "n" * 3000, "U1"))
    assert check_view(dict(view), "modal")
    assert choosing_from_json(view["private_metadata"]) == choosing


def test_it_opens_with_what_stands_in_the_readers_own_time() -> None:
    view = choose_view(reader(), Choosing(4), "Ahmed", Stands(DUE, "call", "U1"))
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert fields["follow_up_date"]["initial_date"] == "2025-11-27"
    assert fields["follow_up_time"]["initial_time"] == "17:00"
    assert fields["follow_up_note"]["initial_value"] == "call"
    assert fields["follow_up_person"]["initial_user"] == "U1"


def test_whom_a_reminder_is_for_is_not_asked_again() -> None:
    view = choose_view(reader(), Choosing(4, 57), "Ahmed", Stands(DUE))
    assert "follow_up_person" not in str(view["blocks"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_choice_of_inquiries_is_one_slack_takes(language: Any) -> None:
    known = [(n, f"{n} " + "Buyer & Sons Trading " * 9, "today") for n in range(1, 15)]
    view = other_view(reader(language), Choosing(4, 57), known, 4)
    assert check_view(dict(view), "modal")
    radio = view["blocks"][0]["element"]
    assert len(radio["options"]) == 10
    assert radio["initial_option"]["value"] == "4"


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen(TODAY, time(18), "", None), None),
        (Chosen(TODAY, time(16, 59), "", None), "follow_up_time"),
        (Chosen(TODAY, time(17), "", None), "follow_up_time"),
        (Chosen(date(2025, 11, 23), time(18), "", None), "follow_up_date"),
        (Chosen(None, time(18), "", None), "follow_up_date"),
        (Chosen(date(2027, 11, 24), time(18), "", None), None),
        (Chosen(date(2027, 11, 30), time(18), "", None), "follow_up_date"),
        (Chosen(TODAY, None, "", None), "follow_up_time"),
        (Chosen(None, None, "", None), "follow_up_date"),
    ],
    ids=[
        "to come",
        "a minute ago",
        "now",
        "yesterday",
        "no day",
        "in two years",
        "in more than two years",
        "no time",
        "nothing",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fault_is_said_at_its_field(chosen: Chosen, field: str | None, language: Any) -> None:
    assert list(faults(chosen, reader(language), NOW)) == ([field] if field else [])


def test_a_day_too_far_ahead_is_refused_as_the_command_refuses_it() -> None:
    says = faults(Chosen(date(2040, 1, 2), time(9), "", None), reader(), NOW)["follow_up_date"]
    assert says == "“Mon 2 Jan 2040” is more than two years ahead. Pick a nearer day, or write another."


@pytest.mark.parametrize(
    ("zone", "day", "clock", "utc"),
    [
        (BERLIN, date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (BERLIN, date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (LORD_HOWE, date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
    ],
    ids=["a time that is skipped moves forward", "of two the first", "half an hour of change"],
)
def test_where_the_clock_changes(zone: ZoneInfo, day: date, clock: time, utc: datetime) -> None:
    assert instant(Chosen(day, clock, "", None), reader("en", zone)) == int(utc.timestamp() * 1000)


@pytest.mark.parametrize("written", ["", "4", "[]", "{}", '{"reminder": 4}'])
def test_what_no_dialog_of_ours_says_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"dialog|fields|Expecting"):
        choosing_from_json(written)


def test_a_dialog_of_a_newer_release_is_understood_as_far_as_known() -> None:
    assert choosing_from_json('{"inquiry": 4, "colour": "red"}') == Choosing(4)
