from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.limits import length
from bot.follow_ups.conversation.actions import MOST_NOTE, packed, unpacked
from bot.follow_ups.conversation.echo import Echo, Offer, kept_note, offers_form, set_form
from bot.follow_ups.conversation.reader import Reader
from bot.local_slack.block_kit.blocks import message_problems
from bot.outbox.model import Form
from tests.bot.follow_ups.reminders_at_hand import DUE, NOW, reminder

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
OPENINGS = ("set", "changed", "snoozed", "moved", "stands")


def reader(language: Any = "en", zone: ZoneInfo = BERLIN) -> Reader:
    return Reader("T1", "U1", language, zone)


def echo(**changes: Any) -> Echo:
    known: dict[str, Any] = {"reminder": reminder(), "inquiry": "Ahmed · LED panels", "now_ms": NOW}
    return Echo(**{**known, **changes})


def elements(form: Form) -> Iterator[Any]:
    for block in form.blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def values(form: Form) -> list[Any]:
    return [unpacked(element["value"]) for element in elements(form)]


def test_the_echo_tells_number_day_time_zone_and_inquiry() -> None:
    said = set_form(reader(), echo()).text
    for part in ("#57", "Thursday", "27 November 2025", "17:00", "Europe/Berlin", "Ahmed · LED panels"):
        assert part in said


def test_the_echo_is_chinese_for_whoever_reads_chinese() -> None:
    said = set_form(reader("zh", SHANGHAI), echo()).text
    for part in ("#57", "2025年11月28日", "星期五", "00:00", "Asia/Shanghai", "提醒你"):
        assert part in said


def test_a_teammate_in_another_zone_has_their_own_time_told() -> None:
    form = set_form(reader(), echo(reminder=reminder(owner="U2"), owner_zone=SHANGHAI))
    assert "<@U2>" in form.text
    assert "Asia/Shanghai" in str(form.blocks)


def test_a_teammate_in_the_same_zone_needs_no_second_time() -> None:
    form = set_form(reader(), echo(reminder=reminder(owner="U2"), owner_zone=ZoneInfo("Europe/Berlin")))
    assert str(form.blocks).count("Europe/Berlin") == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("owner", ["U1", "U2"])
def test_every_echo_is_one_slack_takes(language: Any, opening: str, owner: str) -> None:
    form = set_form(
        reader(language),
        echo(
            reminder=reminder(owner=owner, note='<!channel> *bold* <https://evil.example|x> "' * 30),
            opening=opening,
            remarks=("Taken as 3 days.", "r" * 900),
            instead=(DUE, DUE + 1000, DUE + 2000, DUE + 3000, DUE + 4000, DUE + 5000),
            owner_zone=SHANGHAI,
        ),
    )
    assert not list(message_problems([dict(block) for block in form.blocks]))


def test_a_hostile_note_pings_and_links_nobody() -> None:
    form = set_form(reader(), echo(reminder=reminder(note="<!channel> see https://evil.example now")))
    said = str(form.blocks)
    assert "<!channel>" not in said
    assert "https://" not in said


def test_other_moments_are_one_click_away() -> None:
    monday = DUE + 4 * 24 * 3600 * 1000
    form = set_form(reader(), echo(instead=(monday,)))
    button = next(iter(elements(form)))
    assert button["text"]["text"] == "Mon 1 Dec 17:00 instead"
    assert unpacked(button["value"]) == {"r": 57, "at": monday}


def test_change_another_inquiry_and_cancel_stand_below() -> None:
    names = [element["action_id"] for element in elements(set_form(reader(), echo()))]
    assert names == ["follow_up_change", "follow_up_other_inquiry", "follow_up_cancel"]


def test_a_step_of_a_plan_stays_with_its_inquiry() -> None:
    form = set_form(reader(), echo(reminder=reminder(plan_id=3, step=1)))
    assert "follow_up_other_inquiry" not in [element["action_id"] for element in elements(form)]


def offer(**changes: Any) -> Offer:
    known: dict[str, Any] = {
        "inquiry_id": 4,
        "inquiry": "Ahmed · LED panels",
        "owner": "U1",
        "note": "",
        "why": "Friday of which week?",
        "moments": (DUE, DUE + 1000),
        "once": "offer command 1.2.abc",
        "now_ms": NOW,
    }
    return Offer(**{**known, **changes})


def test_each_moment_that_may_be_meant_is_a_button_and_the_likeliest_stands_first() -> None:
    form = offers_form(reader(), offer())
    first, second = elements(form)
    assert (first["style"], "style" in second) == ("primary", False)
    assert [value["at"] for value in values(form)] == [DUE, DUE + 1000]
    assert {value["n"] for value in values(form)} == {"offer command 1.2.abc"}
    assert "Nothing is set yet" in str(form.blocks)


def test_without_a_moment_to_offer_only_the_reason_is_said() -> None:
    form = offers_form(reader(), offer(moments=()))
    assert form.text == "Friday of which week?"
    assert not list(elements(form))


@given(st.text(max_size=3000))
def test_any_note_is_kept_at_a_length_that_a_button_can_carry(note: str) -> None:
    kept = kept_note(note)
    assert length(kept) <= MOST_NOTE
    form = offers_form(reader(), offer(note=kept, moments=(DUE,) * 5, once="offer command " + "1" * 60))
    assert not list(message_problems([dict(block) for block in form.blocks]))


def test_a_note_of_nothing_but_quotes_still_fits() -> None:
    form = offers_form(reader(), offer(note=kept_note('"\\' * 1500)))
    assert not list(message_problems([dict(block) for block in form.blocks]))


@pytest.mark.parametrize("value", ["", "57", "[]", "null", "{", "a:1"])
def test_a_value_no_button_of_ours_has_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"fields|Expecting"):
        unpacked(value)


def test_a_buttons_value_comes_back_as_it_went() -> None:
    assert unpacked(packed(i=1, note="问\n样品", n=None)) == {"i": 1, "note": "问\n样品", "n": None}
