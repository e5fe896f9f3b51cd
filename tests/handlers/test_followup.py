"""`/followup` through the real Bolt, before an embedded Slack."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.follow_ups.conversation.actions import unpacked
from bot.local_slack.block_kit.blocks import message_problems
from bot.local_slack.faults import Gate, held
from bot.local_slack.model import User
from bot.outbox.model import State
from bot.storage.tables import outbox

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"
OTHER = "We need 300 pcs of stainless steel water bottles 750 ml, FOB Ningbo. Pedro Alvarez, Aguas SA"
IN_A_YEAR = datetime.now(UTC).date() + timedelta(days=400)
DAY_MS = 24 * 3600 * 1000


def said(message: Any) -> str:
    return f"{message['text']} {message.get('blocks', '')}"


def ids_of(message: Any) -> list[str]:
    rows = [block for block in message.get("blocks", ()) if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]


def number_in(message: Any) -> int:
    return int(message["text"].split("#")[1].split("*")[0])


def click(person: Any, message: Any, action_id: str, **more: Any) -> Any:
    """Click on what only this person sees, and return what stands in its place then."""
    assert person.clicks(message, action_id, **more).trouble is None
    return next(one for one in person.ephemerals if one["ts"] == message["ts"])


def doubtful(scene: Any) -> str:
    """A day of next year that may be in March or in December."""
    return f"03/12/{scene.clock.now().year + 1}"


@pytest.fixture
def message(scene: Any, emma: Any) -> Any:
    posted = emma.types("#inquiries", INQUIRY)
    scene.advice_in(posted)
    return posted


def reminders(scene: Any, person: Any) -> Any:
    return scene.bot.services.reminders.of_person(scene.slack.here.team, person.id)


# setting


@pytest.mark.parametrize("typed", ["3d send the quote", "in 3 days send the quote", "三天后 send the quote"])
def test_a_reminder_is_set_and_said_back(scene: Any, emma: Any, message: Any, typed: str) -> None:
    shown = emma.runs(f"/followup {typed}").shown
    (one,) = reminders(scene, emma)
    assert (one.note, one.inquiry_id, one.owner) == ("send the quote", scene.record_of(message).id, emma.id)
    for part in (f"#{one.id}", "America/New_York", "Anna Schmidt", "LED panel", "send the quote"):
        assert part in said(shown)
    assert f"p{message['ts'].replace('.', '')}" in shown["text"]
    assert ids_of(shown)[-3:] == ["follow_up_change", "follow_up_other_inquiry", "follow_up_cancel"]
    assert shown["is_ephemeral"]


def test_it_comes_in_the_inquirys_thread(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup 10s")
    scene.clock.moved_ms = 11_000
    scene.bot.worker.wake()
    scene.slack.wait_for(
        lambda: [
            one
            for one in scene.slack.thread(message)
            if one.get("metadata", {}).get("event_type") == "follow_up_reminder"
        ]
    )


def test_chinese_is_answered_in_chinese(scene: Any, mei: Any, message: Any) -> None:
    shown = mei.runs("/followup 明天上午9点 问样品反馈").shown
    for part in ("提醒你", "Asia/Shanghai", "09:00", "问样品反馈"):
        assert part in said(shown)


def test_without_an_inquiry_in_the_channel_it_says_how_to_get_one(scene: Any, emma: Any) -> None:
    shown = emma.runs("/followup 3d", channel="#general").shown
    assert "I know no inquiry in this channel" in shown["text"]
    assert not reminders(scene, emma)


def test_it_speaks_of_the_callers_own_latest_inquiry(scene: Any, emma: Any, mei: Any, message: Any) -> None:
    scene.advice_in(mei.types("#inquiries", OTHER))
    emma.runs("/followup 3d")
    assert reminders(scene, emma)[0].inquiry_id == scene.record_of(message).id


def test_a_permalink_says_which_inquiry(scene: Any, emma: Any, message: Any) -> None:
    newer = emma.types("#inquiries", OTHER)
    scene.advice_in(newer)
    link = f"https://local.slack.com/archives/{message['channel']}/p{message['ts'].replace('.', '')}"
    shown = emma.runs(f"/followup 3d {link} ask again", channel="#general").shown
    (one,) = reminders(scene, emma)
    assert (one.inquiry_id, one.note) == (scene.record_of(message).id, "ask again")
    assert "Anna Schmidt" in shown["text"]


def test_a_permalink_to_the_advice_means_its_inquiry(scene: Any, emma: Any, message: Any) -> None:
    advice = scene.advice_in(message)
    link = f"https://local.slack.com/archives/{message['channel']}/p{advice['ts'].replace('.', '')}"
    emma.runs(f"/followup 3d {link}?thread_ts={message['ts']}&cid={message['channel']}")
    assert reminders(scene, emma)[0].inquiry_id == scene.record_of(message).id


def test_a_permalink_to_anything_else_is_said_to_be_no_inquiry(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup 3d https://local.slack.com/archives/C999/p1724966776474889").shown
    assert "not an inquiry I know" in shown["text"]
    assert not reminders(scene, emma)


@pytest.mark.parametrize(
    "typed", ["@mei tomorrow 9am call", "tomorrow 9am @mei call", "for @mei tomorrow 9am call"]
)
def test_a_teammate_is_reminded(scene: Any, emma: Any, mei: Any, message: Any, typed: str) -> None:
    shown = emma.runs(f"/followup {typed}").shown
    (one,) = reminders(scene, mei)
    assert (one.owner, one.created_by, one.note) == (mei.id, emma.id, "call")
    assert f"<@{mei.id}>" in shown["text"]
    assert "America/New_York" in said(shown)
    assert "Asia/Shanghai" in said(shown)


def test_a_teammate_slack_tells_nothing_about_is_reminded_all_the_same(
    scene: Any, emma: Any, mei: Any, message: Any
) -> None:
    emma.runs("/followup list")  # her own zone is known then
    scene.slack.faults.on("users.info", held(Gate(), takes=False), times=None)
    outcome = emma.runs("/followup 3d @mei call")
    assert outcome.trouble is None, "answered within the time Slack gives a command"
    assert [(one.owner, one.note) for one in reminders(scene, mei)] == [(mei.id, "call")]


def test_another_mention_stays_in_the_note(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup 3d ask @mei first")
    assert [(one.owner, one.note) for one in reminders(scene, emma)] == [(emma.id, "ask @mei first")]


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("3d <!channel> call", "@channel call"),
        ("3d <!here> call", "@here call"),
        ("3d @nobody call", "@nobody call"),
        ("tomorrow 9am @channel standup", "@channel standup"),
    ],
)
def test_a_name_in_the_note_that_is_nobodys_does_not_stand_in_the_way(
    scene: Any, emma: Any, message: Any, typed: str, note: str
) -> None:
    shown = emma.runs(f"/followup {typed}").shown
    assert [(one.owner, one.note) for one in reminders(scene, emma)] == [(emma.id, note)]
    assert "<!" not in said(shown)


@pytest.mark.parametrize("typed", ["@mei plan quote", "plan quote @mei"])
def test_a_plan_is_started_for_a_teammate(scene: Any, emma: Any, mei: Any, message: Any, typed: str) -> None:
    emma.runs(f"/followup {typed}")
    assert len(reminders(scene, mei)) == 4


def test_in_a_direct_message_without_an_inquiry_nothing_is_said_of_a_channel(scene: Any, emma: Any) -> None:
    emma.types("@bot", "help")
    says = emma.runs("/followup 3d", channel="@bot").shown["text"]
    assert "no inquiry in this conversation" in says


def test_ones_own_name_is_as_good_as_none(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup @emma 3d call")
    assert [one.note for one in reminders(scene, emma)] == ["call"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("@bot 3d", "That is me"),
        ("@robot 3d", "cannot be reminded"),
        ("@gone 3d", "cannot be reminded"),
        ("@nobody 3d", "I do not know who @"),
        ("for @nobody 3d call", "I do not know who @"),
        ("3d https://local.slack.com/archives/C01/pxyz", "not an inquiry I know"),
        ("banana tomorrow", "cannot find a time at the beginning"),
        ("plan", "Which plan?"),
        ("plan banana", "There is no plan called"),
        ("done", "Which one is done?"),
        ("done banana", "not the number of a follow-up"),
        ("done 999", "There is no follow-up *#999*"),
        ("cancel", "Which one shall I cancel?"),
        ("snooze", "Which one, and until when?"),
        ("snooze 999 2d", "There is no follow-up *#999*"),
        ("done 99999999999999999999", "not the number of a follow-up"),
        ("done 999999999999999999", "There is no follow-up"),
    ],
)
def test_a_wrong_argument_is_answered_with_what_to_type(
    scene: Any, emma: Any, message: Any, typed: str, says: str
) -> None:
    scene.slack.workspace.add_user(User("U0ROBOT0001", "robot", "Robot", is_bot=True))
    scene.slack.workspace.add_user(User("U0GONE00001", "gone", "Gone", is_deleted=True))
    shown = emma.runs(f"/followup {typed}").shown
    assert says in shown["text"].replace("\u2060", "")
    assert not reminders(scene, emma)


@pytest.mark.parametrize("typed", ["", "help", "帮助", "HELP"])
def test_help_is_short_and_speaks_both_languages(scene: Any, emma: Any, mei: Any, typed: str) -> None:
    for person in (emma, mei):
        shown = person.runs(f"/followup {typed}").shown
        assert "plan quote" in shown["text"]
        assert "计划 报价" in shown["text"]


def test_the_same_command_told_twice_sets_one_reminder(scene: Any, emma: Any, message: Any) -> None:
    from slack_bolt import BoltRequest

    here = scene.slack.here
    body = {
        "command": "/followup",
        "text": "3d call",
        "team_id": here.team,
        "user_id": emma.id,
        "channel_id": message["channel"],
        "trigger_id": "1.2.same",
        "response_url": "https://hooks.invalid/",
    }
    answers = [scene.bot.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert len(reminders(scene, emma)) == 1
    assert "is already set" in answers[1].body


def test_two_commands_set_two_reminders(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup 3d")
    emma.runs("/followup 3d")
    assert len(reminders(scene, emma)) == 2


@pytest.mark.parametrize(
    "note",
    ["<!channel> *now* https://evil.example `x`", "&lt;!here&gt; @channel", '"quotes" \\ and {braces}'],
)
def test_a_hostile_note_pings_and_links_nobody(scene: Any, emma: Any, message: Any, note: str) -> None:
    shown = emma.runs(f"/followup 3d {note}").shown
    assert not list(message_problems(shown["blocks"]))
    for bad in ("<!channel>", "<!here>", "https://evil"):
        assert bad not in said(shown).replace("https://local.slack.com", "")


def test_a_very_long_note_is_cut_and_that_is_said(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs(f"/followup 3d {'ask again ' * 300}").shown
    assert "I kept its first 600 characters" in said(shown)
    assert len(reminders(scene, emma)[0].note) <= 600


# what is not clear


def test_a_doubtful_time_sets_nothing_and_offers_what_may_be_meant(
    scene: Any, emma: Any, message: Any
) -> None:
    shown = emma.runs(f"/followup {doubtful(scene)} ask again").shown
    assert not reminders(scene, emma)
    assert len([name for name in ids_of(shown) if name.startswith("follow_up_offer_")]) == 2
    assert "Nothing is set yet" in said(shown)


def test_one_click_on_an_offer_sets_it_and_a_second_one_sets_no_more(
    scene: Any, emma: Any, message: Any
) -> None:
    shown = emma.runs(f"/followup {doubtful(scene)} ask again").shown
    offered = [dict(shown), dict(shown)]
    echoed = click(emma, shown, "follow_up_offer_1")
    (one,) = reminders(scene, emma)
    assert f"#{one.id}" in echoed["text"]
    assert one.note == "ask again"
    emma.clicks(offered[0], "follow_up_offer_0")
    emma.clicks(offered[1], "follow_up_offer_1")
    assert len(reminders(scene, emma)) == 1


# changing


def test_cancel_under_the_echo_calls_it_off(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup 3d").shown
    before = dict(shown)
    assert "is cancelled" in click(emma, shown, "follow_up_cancel")["text"]
    assert not reminders(scene, emma)
    assert emma.clicks(before, "follow_up_cancel").trouble is None
    assert "is closed" in before["text"]


def test_change_opens_the_dialog_and_changes_the_echo(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup 3d call").shown
    emma.clicks(shown, "follow_up_change")
    assert emma.modal["callback_id"] == "follow_up_choose"
    values = {"follow_up_date": f"{IN_A_YEAR}", "follow_up_time": "10:30", "follow_up_note": "call Anna"}
    outcome = emma.submits(emma.modal, values)
    assert (outcome.trouble, outcome.errors, emma.modal) == (None, {}, None)
    (one,) = reminders(scene, emma)
    assert one.note == "call Anna"
    assert f"{IN_A_YEAR:%-d %B %Y} at 10:30" in emma.ephemerals[-1]["text"]
    assert len(emma.ephemerals) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"follow_up_date": "2020-01-02"}, "follow_up_date"),
        ({"follow_up_date": f"{IN_A_YEAR}", "follow_up_time": None}, "follow_up_time"),
    ],
    ids=["over", "missing"],
)
@pytest.mark.parametrize("name", ["emma", "mei"])
def test_what_is_wrong_in_the_dialog_is_said_at_its_field(
    scene: Any, message: Any, values: dict[str, Any], field: str, name: str
) -> None:
    person = scene.slack.person(name)
    person.clicks(person.runs("/followup 3d").shown, "follow_up_change")
    assert list(person.submits(person.modal, values).errors) == [field]
    assert person.modal


def test_another_inquiry_is_chosen_from_the_latest_of_the_channel(
    scene: Any, emma: Any, message: Any
) -> None:
    newer = emma.types("#inquiries", OTHER)
    scene.advice_in(newer)
    shown = emma.runs("/followup 3d call").shown
    emma.clicks(shown, "follow_up_other_inquiry")
    names = [one["text"]["text"] for one in emma.modal["blocks"][0]["element"]["options"]]
    assert ["Pedro" in names[0], "Anna" in names[1]] == [True, True]
    wanted = scene.record_of(message).id
    emma.submits(emma.modal, {"follow_up_inquiry": str(wanted)})
    (one,) = reminders(scene, emma)
    assert (one.inquiry_id, one.thread_ts) == (wanted, message["ts"])
    assert "is now about" in emma.ephemerals[-1]["text"]


def test_without_another_inquiry_that_is_said(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup 3d").shown
    emma.clicks(shown, "follow_up_other_inquiry")
    assert emma.modal is None
    assert "no other inquiry" in emma.ephemerals[-1]["text"]


# by number


@pytest.mark.parametrize("typed", ["done {n}", "done #{n}", "完成{n}", "DONE ＃{n}"])
def test_done_by_number(scene: Any, emma: Any, message: Any, typed: str) -> None:
    number = number_in(emma.runs("/followup 3d").shown)
    assert "is done" in emma.runs(f"/followup {typed.format(n=number)}").shown["text"]
    assert "is closed" in emma.runs(f"/followup done {number}").shown["text"]
    assert not reminders(scene, emma)


def test_cancel_by_number(scene: Any, emma: Any, message: Any) -> None:
    number = number_in(emma.runs("/followup 3d").shown)
    assert "is cancelled" in emma.runs(f"/followup 取消 {number}").shown["text"]
    assert "is closed" in emma.runs(f"/followup cancel {number}").shown["text"]


def test_snooze_by_number_keeps_the_note(scene: Any, emma: Any, message: Any) -> None:
    number = number_in(emma.runs("/followup 3d call").shown)
    before = reminders(scene, emma)[0].due_at
    shown = emma.runs(f"/followup snooze {number} 5d").shown
    (one,) = reminders(scene, emma)
    assert (one.id, one.note) == (number, "call")
    assert one.due_at > before + DAY_MS
    assert "comes again" in shown["text"]


@pytest.mark.parametrize(
    ("words", "says"),
    [("", "Until when?"), (" banana", "do not understand until when")],
    ids=["none", "wrong"],
)
def test_snooze_without_a_time_asks_for_one(
    scene: Any, emma: Any, message: Any, words: str, says: str
) -> None:
    number = number_in(emma.runs("/followup 3d").shown)
    assert says in emma.runs(f"/followup snooze {number}{words}").shown["text"]


def test_a_doubtful_snooze_is_offered_and_moves_the_same_reminder(
    scene: Any, emma: Any, message: Any
) -> None:
    number = number_in(emma.runs("/followup 3d call").shown)
    shown = emma.runs(f"/followup snooze {number} {doubtful(scene)}").shown
    click(emma, shown, "follow_up_offer_0")
    (one,) = reminders(scene, emma)
    assert (one.id, one.note) == (number, "call")


@pytest.mark.parametrize("typed", ["done {n}", "cancel {n}", "snooze {n} 2d"])
def test_anothers_reminder_is_left_alone_politely(
    scene: Any, emma: Any, mei: Any, message: Any, typed: str
) -> None:
    number = number_in(emma.runs("/followup 3d").shown)
    david = scene.slack.person("david")
    shown = david.runs(f"/followup {typed.format(n=number)}").shown
    assert f"<@{emma.id}>'s follow-up" in shown["text"]
    assert reminders(scene, emma)


def test_whoever_set_it_and_whom_it_is_for_may_both_change_it(
    scene: Any, emma: Any, mei: Any, message: Any
) -> None:
    first, second = (number_in(emma.runs("/followup @mei 3d").shown) for _ in range(2))
    assert "is done" in emma.runs(f"/followup done {first}").shown["text"]
    assert "已完成" in mei.runs(f"/followup done {second}").shown["text"]


# the list


def test_the_list_shows_ones_own_and_marks_done_in_place(
    scene: Any, emma: Any, mei: Any, message: Any
) -> None:
    first = number_in(emma.runs("/followup 3d call").shown)
    second = number_in(emma.runs("/followup 5d").shown)
    mei.runs("/followup 1d")
    shown = emma.runs("/followup list").shown
    assert shown["text"] == "Your follow-ups: 2"
    assert said(shown).index(f"#{first}") < said(shown).index(f"#{second}")
    after = click(emma, shown, "follow_up_list_done", block_id=f"follow_up_{first}")
    assert after["text"] == "Your follow-ups: 1"
    assert [one.id for one in reminders(scene, emma)] == [second]


def test_snooze_in_the_list_asks_when(scene: Any, emma: Any, message: Any) -> None:
    number = number_in(emma.runs("/followup 3d call").shown)
    shown = emma.runs("/followup 列表").shown
    emma.clicks(shown, "follow_up_list_snooze", block_id=f"follow_up_{number}")
    emma.submits(emma.modal, {"follow_up_date": f"{IN_A_YEAR}", "follow_up_time": "10:30"})
    assert f"{IN_A_YEAR:%-d %B %Y}" in emma.ephemerals[-1]["text"]


def test_a_long_list_is_turned(scene: Any, emma: Any, message: Any) -> None:
    for _ in range(12):
        emma.runs("/followup 3d")
    shown = emma.runs("/followup list").shown
    assert "Page 1 of 2" in said(shown)
    assert "Page 2 of 2" in said(click(emma, shown, "follow_up_list_on"))


def test_an_empty_list_says_how_to_set_one(scene: Any, emma: Any) -> None:
    assert "You have no follow-ups" in emma.runs("/followup list").shown["text"]


# plans


@pytest.mark.parametrize(("typed", "steps"), [("plan quote", 4), ("计划 样品", 5)])
def test_a_plan_starts_and_shows_the_day_of_every_step(
    scene: Any, emma: Any, message: Any, typed: str, steps: int
) -> None:
    shown = emma.runs(f"/followup {typed}").shown
    assert len(reminders(scene, emma)) == steps
    (bullets,) = [block for block in shown["blocks"] if block["type"] == "rich_text"]
    assert len(bullets["elements"][0]["elements"]) == steps
    listed = emma.runs("/followup list").shown
    assert f"step 1 of {steps}" in said(listed)


def test_a_second_plan_asks_before_it_takes_the_place_of_the_first(
    scene: Any, emma: Any, message: Any
) -> None:
    emma.runs("/followup plan quote")
    question = emma.runs("/followup plan sample").shown
    assert "is already running for" in question["text"]
    assert len(reminders(scene, emma)) == 4
    first, second = dict(question), dict(question)
    assert "goes on as it was" in click(emma, question, "follow_up_plan_keep")["text"]
    for before in (first, second):
        emma.clicks(before, "follow_up_plan_replace")
        assert len(reminders(scene, emma)) == 5
    assert "has been dealt with" in second["text"]


def test_a_plan_is_stopped_where_it_was_started(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup plan quote").shown
    assert "is stopped" in click(emma, shown, "follow_up_plan_stop")["text"]
    assert not reminders(scene, emma)


def test_a_plan_for_a_teammate_reminds_them(scene: Any, emma: Any, mei: Any, message: Any) -> None:
    emma.runs("/followup plan quote @mei")
    assert len(reminders(scene, mei)) == 4


# in a direct message, and how it is acknowledged


def test_in_a_direct_message_it_is_about_what_was_shown_there(scene: Any, emma: Any, message: Any) -> None:
    private = emma.types("@bot", OTHER)
    scene.advice_in(private)
    emma.runs("/followup 3d", channel="@bot")
    assert reminders(scene, emma)[0].inquiry_id == scene.record_of(private).id


def test_the_answer_is_the_acknowledgement_itself(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup list")  # her profile is known from here on
    methods = ("users.info", "views.open", "chat.postEphemeral", "conversations.info")
    before = [len(scene.slack.calls(method)) for method in methods]
    assert emma.runs("/followup 3d").shown
    assert [len(scene.slack.calls(method)) for method in methods] == before


def test_values_of_buttons_hold_no_words_but_the_note(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs(f"/followup {doubtful(scene)} ask").shown
    rows = [block for block in shown["blocks"] if block["type"] == "actions"]
    fields = [unpacked(element["value"]) for row in rows for element in row["elements"]]
    assert [sorted(field) for field in fields] == [["at", "i", "n", "note", "o", "r"]] * len(fields)


def test_one_that_is_just_being_said_cannot_be_moved_at_that_moment(
    scene: Any, emma: Any, message: Any
) -> None:
    number = number_in(emma.runs("/followup 3d").shown)
    with scene.bot.services.database.begin() as connection:
        being_said = update(outbox).where(outbox.c.id == number).values(state=State.SENDING, next_at=None)
        connection.execute(being_said)
    assert "at this very moment" in emma.runs(f"/followup snooze {number} 2d").shown["text"]


def test_what_ended_while_its_dialog_stood_open_is_said(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup 3d").shown
    emma.clicks(shown, "follow_up_change")
    emma.runs(f"/followup done {number_in(shown)}")
    assert emma.submits(emma.modal, {"follow_up_date": f"{IN_A_YEAR}"}).trouble is None
    assert any("is closed" in one["text"] for one in emma.ephemerals)


def test_a_plan_step_stays_with_its_inquiry(scene: Any, emma: Any, message: Any) -> None:
    emma.runs("/followup plan quote")
    number = reminders(scene, emma)[1].id
    shown = emma.runs(f"/followup snooze {number} 5d").shown
    assert "follow_up_other_inquiry" not in ids_of(shown)


def test_a_button_of_no_release_of_ours_is_answered(scene: Any, emma: Any, message: Any) -> None:
    shown = emma.runs("/followup 3d").shown
    for row in shown["blocks"]:
        for element in row.get("elements", ()) if row["type"] == "actions" else ():
            element["value"] = "57"
    emma.clicks(shown, "follow_up_cancel")
    assert "no longer know" in emma.ephemerals[-1]["text"]
    assert reminders(scene, emma)
