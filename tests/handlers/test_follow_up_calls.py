"""Calls for a reminder in words, and the message shortcut: in threads, where no command works."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"
IN_A_YEAR = datetime.now(UTC).date() + timedelta(days=400)
OTHER = "We need 300 pcs of stainless steel water bottles 750 ml, FOB Ningbo. Pedro Alvarez, Aguas SA"


@pytest.fixture
def message(scene: Any, emma: Any) -> Any:
    posted = emma.types("#inquiries", INQUIRY)
    scene.advice_in(posted)
    return posted


def reminders(scene: Any, person: Any) -> Any:
    return scene.bot.services.reminders.of_person(scene.slack.here.team, person.id)


def heard(scene: Any, person: Any) -> Any:
    return scene.slack.wait_for(lambda: person.ephemerals)[-1]


@pytest.mark.parametrize(
    "words",
    [
        "@bot remind me tomorrow 9am ask for feedback",
        "@bot Remind me tomorrow 9am to ask for feedback",
        "@bot 提醒我 明天9点 ask for feedback",
        "@bot 明天下午三点提醒我 ask for feedback",
        "@bot followup 3d ask for feedback",
        "@bot, remind me in 3 days ask for feedback",
    ],
)
def test_in_a_thread_it_is_about_the_threads_inquiry(scene: Any, emma: Any, message: Any, words: str) -> None:
    scene.advice_in(emma.types("#inquiries", OTHER))
    emma.replies(message, words)
    answer = heard(scene, emma)
    scene.settled()
    (one,) = reminders(scene, emma)
    assert (one.inquiry_id, one.note) == (scene.record_of(message).id, "ask for feedback")
    assert answer["thread_ts"] == message["ts"]
    assert f"#{one.id}" in answer["text"]
    assert scene.inquiries() == 2


@pytest.mark.parametrize("channel", ["#inquiries", "#general"])
def test_outside_a_thread_it_is_about_the_latest_inquiry_and_is_none_itself(
    scene: Any, emma: Any, message: Any, channel: str
) -> None:
    emma.types(channel, "@bot remind me tomorrow 9am")
    answer = heard(scene, emma)
    scene.settled()
    assert scene.inquiries() == 1
    assert len(reminders(scene, emma)) == (channel == "#inquiries")
    assert "thread_ts" not in answer


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("@bot tomorrow 9am call", "call"),
        ("@bot 3d", ""),
        ("@bot in 3 days", ""),
        ("@bot 明天上午9点", ""),
        ("@bot 三天后问样品", "问样品"),
        ("@bot can you remind me tomorrow?", ""),
        ("@bot could you remind me 3d: ask for feedback", "ask for feedback"),
        ("@bot set a reminder for tomorrow 9am", ""),
        ("@bot ping me friday", ""),
    ],
)
@pytest.mark.parametrize("place", ["thread", "main line", "direct message"])
def test_a_time_is_enough_for_a_call(
    scene: Any, emma: Any, message: Any, place: str, words: str, note: str
) -> None:
    if place == "direct message":
        scene.advice_in(emma.types("@bot", OTHER))
        emma.types("@bot", words.removeprefix("@bot "))
    elif place == "thread":
        emma.replies(message, words)
    else:
        emma.types("#inquiries", words)
    answer = heard(scene, emma)
    scene.settled()
    (one,) = reminders(scene, emma)
    assert one.note == note
    assert f"#{one.id}" in answer["text"]
    assert len(emma.ephemerals) == 1
    assert scene.inquiries() == (2 if place == "direct message" else 1)


@pytest.mark.parametrize("words", ["list", "列表"])
@pytest.mark.parametrize("place", ["thread", "main line", "direct message"])
def test_the_list_is_called_for_by_name(scene: Any, emma: Any, message: Any, place: str, words: str) -> None:
    if place == "thread":
        emma.replies(message, f"@bot {words}")
    else:
        emma.types("@bot" if place == "direct message" else "#inquiries", f"@bot {words}")
    assert "You have no follow-ups" in heard(scene, emma)["text"]
    scene.settled()
    assert scene.inquiries() == 1


@pytest.mark.parametrize("words", ["thanks!", "谢谢", "ok", "what do you make of it?"])
def test_mere_talk_in_an_inquirys_thread_is_told_what_can_be_said_there(
    scene: Any, emma: Any, message: Any, words: str
) -> None:
    emma.replies(message, f"@bot {words}")
    answer = heard(scene, emma)
    scene.settled()
    assert "In this thread" in answer["text"]
    assert answer["thread_ts"] == message["ts"]
    assert (scene.inquiries(), len(emma.ephemerals)) == (1, 1)
    assert len(scene.advices_in(message)) == 1


@pytest.mark.parametrize("words", ["thanks!", "谢谢", "ok"])
def test_a_courtesy_in_a_direct_message_is_no_inquiry(scene: Any, emma: Any, words: str) -> None:
    private = emma.types("@bot", words)
    told = scene.slack.wait_for(lambda: scene.slack.messages(private["channel"])[1:])
    scene.settled()
    assert "/inquiry classify" in told[0]["text"]
    assert scene.inquiries() == 0


HIS_MAIL = """From: Anna Schmidt <anna@abc.example>
Sent: Monday, November 30, 2026 10:00 AM
Subject: Re: LED panels

Friday is fine."""
HIS_WORDS = (
    "Friday we want to receive your new quotation with 3,000 pcs instead of 2,000 pcs, and the panels with a "
    "frame of 35 mm. Please also tell us the weight of a carton, we must book the truck this week. Anna"
)


@pytest.mark.parametrize("mail", [HIS_MAIL, HIS_WORDS], ids=["by its header", "by its length"])
def test_a_mail_pasted_in_the_thread_stays_an_inquiry(scene: Any, emma: Any, message: Any, mail: str) -> None:
    emma.replies(message, f"@bot {mail}")
    scene.slack.wait_for(lambda: scene.inquiries() == 2)
    assert not reminders(scene, emma)
    emma.runs("/followup 3d")
    assert [one.inquiry_id for one in reminders(scene, emma)] == [scene.record_of(message).id]


def test_an_inquiry_in_a_thread_that_is_told_twice_stays_one(scene: Any, emma: Any) -> None:
    chat = emma.types("#general", "look at this")
    posted = emma.replies(chat, "@bot Friday we need 500 pcs of stainless steel bottles")
    scene.advice_in(chat)
    mention = {
        "type": "app_mention",
        **{key: posted[key] for key in ("channel", "user", "ts", "text", "thread_ts")},
    }
    scene.slack.feed.tell(mention)
    scene.settled()
    assert (scene.inquiries(), emma.ephemerals) == (1, ())
    assert not reminders(scene, emma)


@pytest.mark.parametrize("place", ["#inquiries", "@bot"])
def test_a_real_inquiry_that_begins_with_a_day_stays_one(scene: Any, emma: Any, place: str) -> None:
    posted = emma.types(place, "Friday we need 500 pcs of stainless steel bottles")
    assert scene.advice_in(posted)
    assert not reminders(scene, emma)


def test_an_edited_call_becomes_no_inquiry(scene: Any, emma: Any, message: Any) -> None:
    called = emma.types("#inquiries", "@bot remind me tomorrow 9am")
    heard(scene, emma)
    emma.edits(called, "@bot remind me tomorrow 10am")
    scene.settled()
    assert scene.inquiries() == 1
    assert len(reminders(scene, emma)) == 1


@pytest.mark.parametrize(
    "words",
    [
        f"@bot {INQUIRY}",
        f"@bot Follow up on our inquiry of last week: {INQUIRY}",
        "@bot tomorrow we place the order for 500 pcs of LED panels, please send your PI. Anna, ABC GmbH",
    ],
    ids=["an inquiry", "a buyer who follows up", "a buyer who names a day"],
)
def test_an_inquiry_put_to_the_bot_is_no_call(scene: Any, emma: Any, words: str) -> None:
    posted = emma.types("#general", words)
    assert scene.advice_in(posted)
    assert not reminders(scene, emma)


@pytest.mark.parametrize("words", ["remind me", "can you remind me?"])
def test_a_call_without_a_time_is_answered_with_how_to_say_it(
    scene: Any, emma: Any, message: Any, words: str
) -> None:
    emma.replies(message, f"@bot {words}")
    assert "When shall I remind you?" in heard(scene, emma)["text"]
    assert not reminders(scene, emma)


def test_in_the_thread_of_no_inquiry_it_says_how_to_make_it_one(scene: Any, emma: Any) -> None:
    chat = emma.types("#general", "lunch?")
    emma.replies(chat, "@bot remind me tomorrow 9am")
    assert "does not belong to an inquiry" in heard(scene, emma)["text"]
    scene.settled()
    assert scene.inquiries() == 0


def test_a_teammate_is_reminded_by_name(scene: Any, emma: Any, message: Any) -> None:
    mei = scene.slack.person("mei")
    emma.replies(message, "@bot remind @mei tomorrow 9am call them")
    heard(scene, emma)
    assert [(one.created_by, one.note) for one in reminders(scene, mei)] == [(emma.id, "call them")]


@pytest.mark.parametrize("words", ["remind me tomorrow 9am", "@bot remind me tomorrow 9am", "明天9点提醒我"])
def test_a_direct_message_needs_no_mention(scene: Any, emma: Any, words: str) -> None:
    private = emma.types("@bot", INQUIRY)
    scene.advice_in(private)
    emma.types("@bot", words)
    heard(scene, emma)
    scene.settled()
    assert [one.inquiry_id for one in reminders(scene, emma)] == [scene.record_of(private).id]
    assert scene.inquiries() == 1


def test_a_reminder_is_marked_done_from_a_thread(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup 3d")
    (one,) = reminders(scene, emma)
    emma.replies(message, f"@bot done {one.id}")
    scene.slack.wait_for(lambda: not reminders(scene, emma))


def test_the_same_event_told_twice_sets_one_reminder(scene: Any, emma: Any, message: Any) -> None:
    from slack_bolt import BoltRequest

    here = scene.slack.here
    event = {
        "type": "app_mention",
        "user": emma.id,
        "channel": message["channel"],
        "ts": f"{scene.clock.now_ms() // 1000}.000100",
        "thread_ts": message["ts"],
        "text": f"<@{here.bot_user}> remind me in 3 days",
    }
    body = {
        "type": "event_callback",
        "team_id": here.team,
        "api_app_id": here.app,
        "event_id": "Ev1",
        "event": event,
    }
    for _ in range(2):
        scene.bot.bolt.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert len(reminders(scene, emma)) == 1
    assert [one["text"].count("is already set") for one in emma.ephemerals] == [0, 1]


# the shortcut


@pytest.mark.parametrize("where", ["the inquiry", "its advice", "a reply in its thread"])
def test_the_shortcut_asks_when_and_sets_it(scene: Any, emma: Any, message: Any, where: str) -> None:
    advice = scene.advice_in(message)
    on = {"the inquiry": message, "its advice": advice}.get(where) or emma.replies(message, "hm")
    assert emma.uses_shortcut("set_follow_up", on).trouble is None
    assert emma.modal["callback_id"] == "follow_up_choose"
    assert "Anna Schmidt" in str(emma.modal["blocks"])
    values = {"follow_up_date": f"{IN_A_YEAR}", "follow_up_time": "10:30", "follow_up_note": "call"}
    outcome = emma.submits(emma.modal, values)
    assert (outcome.trouble, outcome.errors) == (None, {})
    (one,) = reminders(scene, emma)
    assert (one.inquiry_id, one.note) == (scene.record_of(message).id, "call")
    assert heard(scene, emma)["thread_ts"] == message["ts"]


def test_the_shortcut_sets_it_for_a_teammate(scene: Any, emma: Any, message: Any) -> None:
    mei = scene.slack.person("mei")
    emma.uses_shortcut("set_follow_up", message)
    emma.submits(emma.modal, {"follow_up_date": f"{IN_A_YEAR}", "follow_up_person": mei.id})
    assert len(reminders(scene, mei)) == 1
    assert f"<@{mei.id}>" in heard(scene, emma)["text"]


def test_the_dialog_reminds_no_bot(scene: Any, emma: Any, message: Any) -> None:
    emma.uses_shortcut("set_follow_up", message)
    values = {"follow_up_date": f"{IN_A_YEAR}", "follow_up_person": scene.slack.here.bot_user}
    assert list(emma.submits(emma.modal, values).errors) == ["follow_up_person"]


def test_the_same_submission_told_twice_sets_one_reminder(scene: Any, emma: Any, message: Any) -> None:
    emma.uses_shortcut("set_follow_up", message)
    view = emma.modal
    for _ in range(2):
        emma.submits(view, {"follow_up_date": f"{IN_A_YEAR}"})
    assert len(reminders(scene, emma)) == 1


def test_a_second_submission_with_other_values_says_what_the_first_one_set(
    scene: Any, emma: Any, message: Any
) -> None:
    emma.runs("/followup plan quote")
    emma.uses_shortcut("set_follow_up", message)
    view = emma.modal
    assert emma.submits(view, {"follow_up_date": "2020-01-02"}).errors
    emma.submits(view, {"follow_up_date": f"{IN_A_YEAR}", "follow_up_note": "call"})
    emma.submits(view, {"follow_up_date": f"{IN_A_YEAR + timedelta(days=1)}", "follow_up_note": ""})
    (one,) = (reminder for reminder in reminders(scene, emma) if reminder.plan_id is None)
    assert one.note == "call"
    assert f"*#{one.id}* is already set" in heard(scene, emma)["text"]


def test_the_dialog_takes_no_day_the_command_would_not_take(scene: Any, emma: Any, message: Any) -> None:
    emma.uses_shortcut("set_follow_up", message)
    errors = emma.submits(emma.modal, {"follow_up_date": f"{IN_A_YEAR + timedelta(days=700)}"}).errors
    assert "more than two years ahead" in errors["follow_up_date"]


def test_in_a_channel_without_the_bot_the_shortcut_says_how_it_comes_in(scene: Any, emma: Any) -> None:
    emma.uses_shortcut("set_follow_up", emma.types("#random", INQUIRY))
    assert emma.modal is None
    assert f"/invite <@{scene.slack.here.bot_user}>" in heard(scene, emma)["text"]


def test_on_a_message_that_is_no_inquiry_it_says_how_to_make_it_one(scene: Any, emma: Any) -> None:
    chat = emma.types("#general", "lunch?")
    emma.uses_shortcut("set_follow_up", chat)
    assert emma.modal is None
    assert "Classify inquiry" in heard(scene, emma)["text"]
