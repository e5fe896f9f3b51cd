import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice import advise
from bot.advice.details import correct_view, details_view, draft_view
from bot.local_slack.block_kit.views import check_view
from bot.reading.model import Reading
from bot.texts import LANGUAGES, Language
from knowledge import LABELS, NOT_AN_INQUIRY, Knowledge, Verdict
from knowledge.model import Bilingual, RiskWarning


def accepted(view: Mapping[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(view))
    check_view(copy, "modal")
    return copy


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_id", LABELS)
def test_every_modal_is_one_slack_opens(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict], type_id: str, language: Language
) -> None:
    advice = advise(known, Reading(text), language, verdict=verdict_of(type=type_id))
    for view in (
        draft_view(advice, 42),
        details_view(known, advice, 42),
        correct_view(known, 42, type_id, language),
    ):
        assert accepted(view)["private_metadata"] == "42"


def test_the_draft_can_be_edited_and_a_quotation_ticked_off(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    advice = advise(known, Reading(text), "en", verdict=verdict_of())
    view = accepted(draft_view(advice, 42))
    assert advice.reply_draft is not None
    assert view["blocks"][1]["element"]["initial_value"] == advice.reply_draft.text
    boxes = [block["element"]["options"] for block in view["blocks"][2:]]
    assert [len(options) for options in boxes] == [6, 6]
    assert "validity" in boxes[0][1]["text"]["text"]


def test_a_draft_in_another_language_than_the_buyers_says_so(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    advice = advise(known, Reading(text), "en", verdict=verdict_of(language="ko"))
    assert "The buyer writes Korean; this draft is in English." in json.dumps(draft_view(advice, 42))


def test_what_is_no_inquiry_opens_no_draft(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    advice = advise(known, Reading(text), "en", verdict=verdict_of(type=NOT_AN_INQUIRY))
    view = accepted(draft_view(advice, 42))
    assert "submit" not in view
    assert "needs no reply" in json.dumps(view)


def test_the_draft_of_a_dangerous_inquiry_begins_with_the_warning(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    danger = RiskWarning("x", "danger", Bilingual("A *forged* slip <!here>.", "水单造假。"), "slip")
    advice = advise(known, Reading(text), "en", verdict=verdict_of(warnings=(danger,)))
    first = accepted(draft_view(advice, 42))["blocks"][0]["text"]["text"]
    assert "before a colleague has looked at the warning" in first
    assert "<!here>" not in first


def test_all_signs_are_shown_with_what_they_speak_for_and_against(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    advice = advise(known, Reading(text), "en", verdict=verdict_of())
    shown = json.dumps(details_view(known, advice, 42), ensure_ascii=False)
    assert "speaks for Supplier seeker" in shown
    assert "speaks against Sample hunter" in shown
    assert "90%" in shown
    assert "CE, RoHS" in shown


def test_the_type_on_the_card_is_chosen_beforehand(known: Knowledge) -> None:
    view = accepted(correct_view(known, 42, "sample_hunter", "zh"))
    assert view["blocks"][0]["element"]["initial_option"]["value"] == "sample_hunter"
    assert [option["value"] for option in view["blocks"][0]["element"]["options"]] == list(LABELS)


def test_an_unclear_type_leaves_the_choice_open(known: Knowledge) -> None:
    view = accepted(correct_view(known, 42, "unclear", "en"))
    assert "initial_option" not in view["blocks"][0]["element"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(text=st.text(max_size=4000))
def test_whatever_a_buyer_writes_the_modals_open(known: Knowledge, text: str) -> None:
    advice = advise(known, Reading(text, sender_name=text[:50]), "zh")
    accepted(draft_view(advice, 1))
    view = accepted(details_view(known, advice, 1))
    assert "<!" not in json.dumps(view)
    assert "https://" not in json.dumps(view)
