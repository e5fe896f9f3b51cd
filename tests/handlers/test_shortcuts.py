from typing import Any

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"


def test_a_message_anywhere_becomes_an_inquiry(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#general", INQUIRY)
    assert emma.uses_shortcut("classify_inquiry", message).trouble is None
    assert scene.advice_in(message)
    assert "coming in the thread" in scene.slack.wait_for(lambda: emma.ephemerals)[-1]["text"]


def test_a_reply_in_a_thread_is_answered_in_that_thread(scene: Any) -> None:
    emma = scene.slack.person("emma")
    start = emma.types("#general", "Look at this one")
    reply = emma.replies(start, INQUIRY)
    emma.uses_shortcut("classify_inquiry", reply)
    assert scene.advice_in(start)
    assert scene.record_of(reply).thread_ts == start["ts"]


def test_what_has_its_advice_already_is_pointed_to(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#inquiries", INQUIRY)
    advice = scene.advice_in(message)
    emma.uses_shortcut("classify_inquiry", message)
    text = scene.slack.wait_for(lambda: emma.ephemerals)[-1]["text"]
    assert f"p{advice['ts'].replace('.', '')}?thread_ts={message['ts']}" in text
    assert scene.inquiries() == 1


def test_where_the_bot_is_not_the_advice_is_for_the_person_alone(scene: Any) -> None:
    emma = scene.slack.person("emma")
    message = emma.types("#random", INQUIRY)
    emma.uses_shortcut("classify_inquiry", message)
    answer = scene.slack.wait_for(lambda: emma.ephemerals)[-1]
    assert f"/invite <@{scene.slack.here.bot_user}>" in str(answer["blocks"])
    assert scene.inquiries() == 0


def test_a_message_with_nothing_in_it_is_said_to_hold_nothing(scene: Any) -> None:
    emma = scene.slack.person("emma")
    empty = scene.slack.other_app_posts("#general", " ")
    emma.uses_shortcut("classify_inquiry", empty)
    assert "nothing in this message" in scene.slack.wait_for(lambda: emma.ephemerals)[-1]["text"]


def test_the_bots_own_card_is_no_inquiry(scene: Any) -> None:
    emma = scene.slack.person("emma")
    advice = scene.advice_in(emma.types("#inquiries", INQUIRY))
    emma.uses_shortcut("classify_inquiry", advice)
    assert "nothing in this message" in scene.slack.wait_for(lambda: emma.ephemerals)[-1]["text"]
    assert scene.inquiries() == 1
