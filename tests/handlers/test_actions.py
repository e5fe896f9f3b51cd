from typing import Any

import pytest

from bot.advice.actions import more_value
from bot.local_slack.faults import refusal

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"
EVERY_BUTTON = (
    "inquiry_draft_reply",
    "inquiry_quotation_sent",
    "inquiry_samples_sent",
    "inquiry_correct_type",
    "follow_up_in_3_days",
    "follow_up_in_7_days",
    "follow_up_in_14_days",
    "follow_up_choose_time",
)


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


def _changed(scene: Any, before: Any) -> Any:
    now = scene.slack.message(before)
    return now if now["blocks"] != before["blocks"] else None


def _with_value(block: Any, action_id: str, value: str) -> Any:
    if block["type"] != "actions":
        return block
    elements = [
        {**one, "value": value} if one["action_id"] == action_id else one for one in block["elements"]
    ]
    return {**block, "elements": elements}
