from typing import Any

import pytest

from bot.local_slack.faults import refusal

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, max payload 20t, CIF Hamburg. Anna Schmidt, ABC GmbH"


def said(shown: Any) -> str:
    return f"{shown['text']} {shown.get('blocks', '')}"


@pytest.mark.parametrize("line", ["/inquiry", "/inquiry help", "/inquiry  HELP ", "/inquiry 帮助"])
def test_help_says_what_the_bot_understands(scene: Any, line: str) -> None:
    outcome = scene.slack.person("emma").runs(line)
    assert "/inquiry classify TEXT" in outcome.shown["text"]


def test_people_are_answered_in_their_own_language(scene: Any) -> None:
    assert "客户类型" in scene.slack.person("mei").runs("/inquiry help").shown["text"]


@pytest.mark.parametrize("argument", ["wat", "<!channel>", "*x*", "`a`"])
def test_what_is_not_understood_leads_to_the_help(scene: Any, argument: str) -> None:
    text = scene.slack.person("emma").runs(f"/inquiry {argument}").shown["text"]
    assert "/inquiry classify TEXT" in text
    assert "<!channel>" not in text


def test_types_lists_all_types(scene: Any) -> None:
    shown = said(scene.slack.person("emma").runs("/inquiry types").shown)
    for known in scene.bot.services.knowledge.types.values():
        assert known.name.en in shown


@pytest.mark.parametrize("name", ["sample_hunter", "sample hunter", "索要样品型", "smaple hunter"])
def test_a_type_is_found_by_any_of_its_names(scene: Any, name: str) -> None:
    known = scene.bot.services.knowledge.types["sample_hunter"]
    assert known.summary.en[:30] in said(scene.slack.person("emma").runs(f"/inquiry type {name}").shown)


def test_a_type_nobody_knows_leads_to_the_list(scene: Any) -> None:
    shown = said(scene.slack.person("emma").runs("/inquiry type banana").shown)
    assert scene.bot.services.knowledge.types["sample_hunter"].name.en in shown


@pytest.mark.parametrize("between", [" ", "\n", "\u3000", " \n\n"], ids=repr)
def test_a_text_is_judged_for_the_person_alone(scene: Any, between: str) -> None:
    emma = scene.slack.person("emma")
    outcome = emma.runs(f"/inquiry classify{between}{INQUIRY}")
    answer = scene.slack.wait_for(lambda: emma.ephemerals)[-1]
    assert outcome.trouble is None
    assert not [block for block in answer["blocks"] if block["type"] == "actions"]
    assert scene.inquiries() == 0


def test_it_works_where_the_bot_is_not(scene: Any) -> None:
    emma = scene.slack.person("emma")
    emma.runs(f"/inquiry classify {INQUIRY}", channel="#random")
    assert scene.slack.wait_for(lambda: emma.ephemerals)


def test_without_a_text_a_form_opens_and_becomes_the_advice(scene: Any) -> None:
    emma = scene.slack.person("emma")
    assert emma.runs("/inquiry classify").trouble is None
    assert emma.modal["callback_id"] == "inquiry_classify"
    outcome = emma.submits(emma.modal, {"inquiry_words": INQUIRY})
    assert (outcome.trouble, outcome.errors) == (None, {})
    assert emma.modal["title"]["text"] == "Advice"


def test_a_form_that_cannot_open_is_explained(scene: Any) -> None:
    emma = scene.slack.person("emma")
    scene.slack.faults.on("views.open", refusal("expired_trigger_id"))
    emma.runs("/inquiry classify")
    assert "noted under number" in scene.slack.wait_for(lambda: emma.ephemerals)[-1]["text"]
