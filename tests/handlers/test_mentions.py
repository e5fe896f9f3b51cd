from typing import Any

import pytest

from bot.local_slack.faults import refusal

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"


@pytest.mark.parametrize("words", ["", " help", " Help", " 帮助", "？"], ids=repr)
@pytest.mark.parametrize("channel", ["#general", "#inquiries"])
def test_a_call_for_help_is_answered_to_the_person_alone(scene: Any, channel: str, words: str) -> None:
    emma = scene.slack.person("emma")
    emma.types(channel, f"@bot{words}")
    answer = scene.slack.wait_for(lambda: emma.ephemerals)[0]
    scene.settled()
    assert "/inquiry classify" in answer["text"]
    assert scene.inquiries() == 0


def test_the_bare_name_inside_a_thread_means_the_threads_first_message(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#general", INQUIRY)
    emma.replies(message, "@bot")
    assert scene.advice_in(message)
    assert scene.record_of(message).ts == message["ts"]


def test_the_bare_name_in_an_inquirys_thread_says_where_the_advice_stands(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    advice = scene.advice_in(message)
    emma.replies(message, "@bot")
    answer = scene.slack.wait_for(lambda: emma.ephemerals)[0]
    assert f"p{advice['ts'].replace('.', '')}" in answer["text"]
    assert answer["thread_ts"] == message["ts"]


def test_a_thread_slack_does_not_show_is_said_to_hold_nothing_to_read(scene: Any) -> None:
    emma = scene.slack.person("emma")
    scene.slack.faults.on("conversations.replies", refusal("missing_scope"))
    emma.replies(emma.types("#general", INQUIRY), "@bot")
    assert "nothing in this message" in scene.slack.wait_for(lambda: emma.ephemerals)[0]["text"]
