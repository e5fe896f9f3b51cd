import threading
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.advice.actions import more_value
from bot.follow_ups.promise import promise
from bot.local_slack.faults import refusal

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"
DAY_MS = 24 * 3600 * 1000
EVERY_BUTTON = ("inquiry_draft_reply", "follow_up_in_3_days", "inquiry_correct_type")


@pytest.fixture
def message(scene: Any) -> Any:
    return scene.slack.person("emma").types("#inquiries", INQUIRY)


@pytest.fixture
def card(scene: Any, message: Any) -> Any:
    return scene.advice_in(message)


def heard(scene: Any, person: Any, count: int = 1) -> str:
    told = scene.slack.wait_for(lambda: person.ephemerals if len(person.ephemerals) >= count else ())
    return str(told[-1]["text"])


def test_draft_reply_opens_the_draft(scene: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    assert emma.clicks(card, "inquiry_draft_reply").trouble is None
    assert emma.modal["callback_id"] == "inquiry_draft"
    assert emma.submits(emma.modal).trouble is None
    assert emma.modal is None


def test_the_draft_is_filled_from_the_inquiry(scene: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_draft_reply")
    assert "Dear Anna Schmidt" in str(emma.modal["blocks"])


def test_where_the_words_are_erased_there_is_no_draft(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    scene.bot.services.inquiries.erase(scene.record_of(message).id)
    emma.clicks(card, "inquiry_draft_reply")
    assert emma.modal is None
    assert "erased" in heard(scene, emma)


def test_follow_up_promises_a_reminder_in_the_persons_own_time(scene: Any, card: Any) -> None:
    mei = scene.slack.person("mei")
    mei.clicks(card, "follow_up_in_3_days")
    assert "Asia/Shanghai" in heard(scene, mei)
    assert mei.ephemerals[-1]["thread_ts"] == card["thread_ts"]


def test_a_second_press_says_that_the_reminder_stands(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "follow_up_in_3_days")
    emma.clicks(card, "follow_up_in_3_days")
    assert heard(scene, emma, 2).startswith("Your reminder stands already")
    scene.clock.moved_ms = 3 * DAY_MS + 60_000
    scene.bot.worker.wake()
    scene.settled()
    assert len(reminders(scene, message)) == 1


def test_two_colleagues_may_each_be_reminded(scene: Any, message: Any, card: Any) -> None:
    for name in ("emma", "mei"):
        scene.slack.person(name).clicks(card, "follow_up_in_3_days")
    scene.clock.moved_ms = 3 * DAY_MS + 60_000
    scene.bot.worker.wake()
    assert scene.slack.wait_for(lambda: len(reminders(scene, message)) == 2)


def test_the_reminder_comes_into_the_thread_and_can_be_done(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "follow_up_in_3_days")
    scene.clock.moved_ms = 3 * DAY_MS + 30_000
    scene.bot.worker.wake()
    reminder = scene.slack.wait_for(lambda: reminders(scene, message))[0]
    assert f"<@{emma.id}>" in reminder["text"]
    assert "3 days ago" in str(reminder["blocks"])
    assert "late" not in str(reminder["blocks"])
    emma.clicks(reminder, "follow_up_done")
    done = scene.slack.wait_for(lambda: _without_button(scene, reminder))
    assert f"Done: <@{emma.id}>" in str(done["blocks"])
    assert scene.record_of(message).state == "answered"


def test_a_reminder_that_was_kept_waiting_says_how_late_it_is(scene: Any, message: Any, card: Any) -> None:
    scene.slack.person("emma").clicks(card, "follow_up_in_3_days")
    scene.clock.moved_ms = 3 * DAY_MS + 5 * 3600 * 1000
    scene.bot.worker.wake()
    reminder = scene.slack.wait_for(lambda: reminders(scene, message))[0]
    assert "5 hours late" in str(reminder["blocks"])


def test_a_correction_is_recorded_and_shown_on_the_card(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_correct_type")
    emma.submits(emma.modal, {"inquiry_type": "casual_browser"})
    now = scene.slack.wait_for(lambda: _changed(scene, card))
    assert f"<@{emma.id}>" in str(now["blocks"])
    record = scene.record_of(message)
    assert (record.corrected_type, record.corrected_by) == ("casual_browser", emma.id)
    assert heard(scene, emma).startswith("Thank you")


def test_correcting_to_what_stands_there_changes_nothing(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_correct_type")
    emma.submits(emma.modal, {"inquiry_type": str(scene.record_of(message).buyer_type)})
    assert "already" in heard(scene, emma)
    assert scene.record_of(message).corrected_type is None


def test_all_signs_and_facts_open(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_more", more_value("details", scene.record_of(message).id))
    assert emma.modal["callback_id"] == "inquiry_details"


def test_the_page_of_the_type_opens(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_more", more_value("about_type", scene.record_of(message).id))
    assert emma.modal is not None


def test_one_person_takes_an_inquiry_and_the_others_hear_who(scene: Any, message: Any, card: Any) -> None:
    emma, mei = scene.slack.person("emma"), scene.slack.person("mei")
    choice = more_value("take", scene.record_of(message).id)
    emma.clicks(card, "inquiry_more", choice)
    assert scene.slack.wait_for(lambda: _changed(scene, card))
    mei.clicks(card, "inquiry_more", choice)
    assert f"<@{emma.id}>" in heard(scene, mei)
    emma.clicks(card, "inquiry_more", choice)
    assert "already" in heard(scene, emma, 2)
    assert scene.record_of(message).owner == emma.id


@pytest.mark.parametrize("action_id", EVERY_BUTTON)
@pytest.mark.parametrize("value", ["999999", "", "0x1", "-1", "１"])
def test_a_button_of_an_inquiry_nobody_knows_is_answered(
    scene: Any, card: Any, action_id: str, value: str
) -> None:
    emma = scene.slack.person("emma")
    old = {**card, "blocks": [_with_value(block, action_id, value) for block in card["blocks"]]}
    assert emma.clicks(old, action_id).trouble is None
    assert "no longer know" in heard(scene, emma)


def test_a_button_of_former_days_is_answered(scene: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    button = {"type": "button", "action_id": "inquiry_gone", "text": {"type": "plain_text", "text": "?"}}
    old = {**card, "blocks": [{"type": "actions", "block_id": "b", "elements": [button]}]}
    assert emma.clicks(old, "inquiry_gone").trouble is None
    assert "no longer know" in heard(scene, emma)


def test_when_slack_will_not_open_a_modal_the_person_is_told(
    scene: Any, card: Any, caplog: pytest.LogCaptureFixture
) -> None:
    emma = scene.slack.person("emma")
    scene.slack.faults.on("views.open", refusal("expired_trigger_id"))
    assert emma.clicks(card, "inquiry_draft_reply").trouble is None
    sentence = heard(scene, emma)
    number = sentence.partition("number ")[2][:6]
    assert f"Number {number}: block_actions inquiry_draft_reply failed." in caplog.text
    assert "Anna" not in caplog.text


def reminders(scene: Any, message: Any) -> list[Any]:
    kind = "follow_up_reminder"
    return [r for r in scene.slack.thread(message) if r.get("metadata", {}).get("event_type") == kind]


def _changed(scene: Any, before: Any) -> Any:
    now = scene.slack.message(before)
    return now if now["blocks"] != before["blocks"] else None


def _without_button(scene: Any, message: Any) -> Any:
    now = scene.slack.message(message)
    return now if all(block["type"] != "actions" for block in now["blocks"]) else None


def _with_value(block: Any, action_id: str, value: str) -> Any:
    if block["type"] != "actions":
        return block
    elements = [
        {**one, "value": value} if one["action_id"] == action_id else one for one in block["elements"]
    ]
    return {**block, "elements": elements}


def test_presses_at_the_same_moment_make_one_promise(scene: Any, message: Any, card: Any) -> None:
    record, zone = scene.record_of(message), ZoneInfo("Asia/Shanghai")
    made: list[bool] = []
    presses = [
        threading.Thread(
            target=lambda: made.append(promise(scene.bot.services, record, "U1", zone, days=3).is_new)
        )
        for _ in range(8)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert sorted(made) == [False] * 7 + [True]


def test_a_reminder_still_comes_where_the_words_are_erased(scene: Any, message: Any, card: Any) -> None:
    scene.slack.person("mei").clicks(card, "follow_up_in_3_days")
    scene.bot.services.inquiries.erase(scene.record_of(message).id)
    scene.clock.moved_ms = 3 * DAY_MS + 30_000
    scene.bot.worker.wake()
    reminder = scene.slack.wait_for(lambda: reminders(scene, message))[0]
    assert "该跟进这条询盘了" in reminder["text"]
    assert "Anna" not in str(reminder)
