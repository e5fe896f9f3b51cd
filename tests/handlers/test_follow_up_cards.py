"""What people press on advice cards and reminders, through Bolt and an embedded Slack."""

import json
import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.advice.actions import more_value
from bot.follow_ups.delivery.card_actions import SNOOZES, snooze_value
from bot.follow_ups.promises.plans import Started
from bot.follow_ups.promises.states import STATES, we_owe
from bot.local_slack.faults import Gate, dropped, held, rate_limited, refusal, server_error

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
PRESSES = [
    ("follow_up_done", lambda number: None),
    *(("follow_up_snooze", lambda number, one=one: snooze_value(one, number)) for one in SNOOZES),
    ("follow_up_buyer_replied", lambda number: None),
]


@pytest.fixture
def message(scene: Any) -> Any:
    return scene.slack.person("emma").types("#inquiries", INQUIRY)


@pytest.fixture
def card(scene: Any, message: Any) -> Any:
    return scene.advice_in(message)


@pytest.fixture
def reminder(scene: Any, message: Any, card: Any) -> Any:
    """A reminder of Emma's that came."""
    return arrive(scene, message, set_one(scene, message))


@pytest.fixture
def step(scene: Any, message: Any, card: Any) -> Any:
    """The first step of a plan after samples."""
    return first_step(scene, message, "sample")


def services(scene: Any) -> Any:
    return scene.bot.services


def set_one(scene: Any, message: Any, owner: str = "emma", by: str = "", note: str = "") -> int:
    user = scene.slack.person(owner).id
    number = services(scene).reminders.set(
        scene.record_of(message),
        owner=user,
        by=scene.slack.person(by).id if by else user,
        due_at=scene.clock.now_ms() + HOUR_MS,
        note=note,
    )
    assert number is not None
    return int(number)


def arrive(scene: Any, message: Any, number: int) -> Any:
    """Let time go on until a reminder has come, and return its message."""
    due_at = services(scene).reminders.get(scene.slack.here.team, number).due_at
    scene.clock.moved_ms += max(due_at - scene.clock.now_ms(), 0) + 1000
    scene.bot.worker.wake()
    found = scene.slack.wait_for(
        lambda: [one for one in reminders(scene, message) if number_of(one) == number]
    )
    scene.slack.wait_for(lambda: get(scene, number).has_come)
    return found[-1]


def first_step(scene: Any, message: Any, plan: Any) -> Any:
    emma = scene.slack.person("emma")
    begun = services(scene).plans.start(scene.record_of(message), plan, owner=emma.id, by=emma.id)
    assert isinstance(begun, Started)
    return arrive(scene, message, services(scene).plans.next_step(begun.plan_id).id)


def get(scene: Any, number: int) -> Any:
    return services(scene).reminders.get(scene.slack.here.team, number)


def next_year(scene: Any) -> int:
    return datetime.fromtimestamp(scene.clock.now_ms() / 1000, ZoneInfo("America/New_York")).year + 1


def number_of(message: Any) -> int:
    return int(message["metadata"]["event_payload"]["reminder_id"])


def reminders(scene: Any, message: Any) -> list[Any]:
    kind = "follow_up_reminder"
    return [r for r in scene.slack.thread(message) if r.get("metadata", {}).get("event_type") == kind]


def heard(scene: Any, person: Any, count: int = 1) -> Any:
    told = scene.slack.wait_for(lambda: person.ephemerals if len(person.ephemerals) >= count else ())
    return told[-1]


def settled(scene: Any, message: Any) -> str:
    """Return what a card says once its buttons are gone."""
    now = scene.slack.wait_for(lambda: _without_buttons(scene.slack.message(message)))
    return json.dumps(now["blocks"], ensure_ascii=False)


def _without_buttons(message: Any) -> Any:
    return None if any(b["type"] == "actions" or "accessory" in b for b in message["blocks"]) else message


def shows(scene: Any, card: Any, words: str) -> Any:
    """Wait until a card says `words`."""
    return scene.slack.wait_for(
        lambda: words in json.dumps(scene.slack.message(card)["blocks"], ensure_ascii=False)
    )


# reminders as they come


def test_a_reminder_comes_into_the_thread_and_says_who_owes_whom(scene: Any, reminder: Any) -> None:
    emma = scene.slack.person("emma")
    assert reminder["text"].startswith(f"<@{emma.id}>, you owe Anna Schmidt an answer")
    says = json.dumps(reminder["blocks"])
    for part in ("LED panel", "Came in 1 hour ago", "They wrote:", "Dear Anna Schmidt"):
        assert part in says
    assert "late" not in says


def test_after_a_quotation_the_buyer_owes_and_the_draft_asks(scene: Any, message: Any, card: Any) -> None:
    services(scene).states.set_state(scene.record_of(message), "quoted", "U1")
    number = set_one(scene, message)
    scene.clock.moved_ms += 3 * DAY_MS
    says = json.dumps(arrive(scene, message, number)["blocks"], ensure_ascii=False)
    assert "Anna Schmidt owes you an answer: your quotation went out 3 days ago" in says
    assert "do not just ask for news" in says
    assert "Sorry, this reminder comes 2 days late" in says


def test_a_note_of_a_colleague_is_shown_with_its_author(scene: Any, message: Any, card: Any) -> None:
    number = set_one(scene, message, "mei", by="emma", note="问 <logo> 颜色 <!channel>")
    came = arrive(scene, message, number)
    says = json.dumps(came["blocks"], ensure_ascii=False)
    assert f"<@{scene.slack.person('emma').id}> 设的提醒" in says
    assert "问 <logo> 颜色" in says
    assert "<!channel>" not in says + came["text"]


def test_a_reminder_comes_where_the_words_are_erased(scene: Any, message: Any, card: Any) -> None:
    number = set_one(scene, message, "mei")
    services(scene).inquiries.erase(scene.record_of(message).id)
    came = arrive(scene, message, number)
    assert "该回复 客户 了" in came["text"]
    assert "Anna" not in str(came)
    mei = scene.slack.person("mei")
    mei.clicks(came, "follow_up_done")
    assert f"已完成：<@{mei.id}>" in settled(scene, came)


def test_the_step_of_a_plan_says_which_it_is_and_what_to_do(scene: Any, message: Any, card: Any) -> None:
    says = json.dumps(first_step(scene, message, "quote")["blocks"], ensure_ascii=False)
    assert "Step 1 of 4 after the quotation" in says
    assert "Ask whether the quotation arrived" in says
    assert "Anna Schmidt owes you an answer: your quotation went out" in says


# each button, twice


def test_done_says_who_and_when_and_counts_as_an_answer(scene: Any, message: Any, reminder: Any) -> None:
    emma = scene.slack.person("emma")
    assert emma.clicks(reminder, "follow_up_done").trouble is None
    says = settled(scene, reminder)
    assert f"✅ Done: <@{emma.id}>, " in says
    assert "counts as answered" in says
    assert scene.record_of(message).state == "answered"
    assert get(scene, number_of(reminder)).closed_at is not None


def test_done_after_the_buyer_wrote_back_counts_as_an_answer(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    services(scene).states.set_state(scene.record_of(message), "quoted", emma.id)
    services(scene).states.buyer_replied(scene.record_of(message), emma.id)
    came = arrive(scene, message, set_one(scene, message))
    assert "they wrote back" in came["text"]
    emma.clicks(came, "follow_up_done")
    assert "counts as answered" in settled(scene, came)
    record = scene.record_of(message)
    assert record.state == "quoted"
    assert not we_owe(record)


@pytest.mark.parametrize(("choice", "hours"), [("hour", 1), ("days", 72)])
def test_snoozed_it_says_when_it_comes_again_and_comes(
    scene: Any, message: Any, reminder: Any, choice: Any, hours: int
) -> None:
    emma, number = scene.slack.person("emma"), number_of(reminder)
    now = scene.clock.now_ms()
    emma.clicks(reminder, "follow_up_snooze", snooze_value(choice, number))
    assert f"Snoozed: <@{emma.id}>. Comes again on" in settled(scene, reminder)
    assert abs(get(scene, number).due_at - now - hours * HOUR_MS) < HOUR_MS + 60_000  # the clocks may change
    again = arrive_again(scene, message, number)
    assert again["ts"] != reminder["ts"]
    emma.clicks(again, "follow_up_done")
    assert "Done" in settled(scene, again)


def arrive_again(scene: Any, message: Any, number: int) -> Any:
    before = len(reminders(scene, message))
    arrive(scene, message, number)
    scene.slack.wait_for(lambda: len(reminders(scene, message)) > before)
    return reminders(scene, message)[-1]


def test_tomorrow_means_nine_in_the_morning_of_whoever_presses(scene: Any, message: Any, card: Any) -> None:
    came = arrive(scene, message, set_one(scene, message, "mei"))
    mei, zone = scene.slack.person("mei"), ZoneInfo("Asia/Shanghai")
    today = datetime.fromtimestamp(scene.clock.now_ms() / 1000, zone).date()
    mei.clicks(came, "follow_up_snooze", snooze_value("tomorrow", number_of(came)))
    assert "09:00（Asia/Shanghai） 再来" in settled(scene, came)
    due = datetime.fromtimestamp(get(scene, number_of(came)).due_at / 1000, zone)
    assert (due.date(), due.hour, due.minute) == (today + timedelta(days=1), 9, 0)


def test_choose_opens_the_dialog_and_the_menu_can_be_used_again(scene: Any, reminder: Any) -> None:
    emma, number = scene.slack.person("emma"), number_of(reminder)
    emma.clicks(reminder, "follow_up_snooze", snooze_value("choose", number))
    assert emma.modal is not None
    fresh = scene.slack.wait_for(lambda: _with_other_menu(scene, reminder))
    emma.closes(emma.modal)
    emma.clicks(fresh, "follow_up_snooze", snooze_value("choose", number))
    assert emma.modal is not None


def _with_other_menu(scene: Any, before: Any) -> Any:
    now = scene.slack.message(before)
    return now if now["blocks"][-1]["block_id"] != before["blocks"][-1]["block_id"] else None


def test_what_is_chosen_changes_the_card(scene: Any, reminder: Any) -> None:
    emma, number = scene.slack.person("emma"), number_of(reminder)
    emma.clicks(reminder, "follow_up_snooze", snooze_value("choose", number))
    year = next_year(scene)
    assert emma.submits(emma.modal, {"follow_up_date": f"{year}-12-24"}).trouble is None
    assert f"day, 24 December {year}" in settled(scene, reminder)
    assert get(scene, number).is_waiting


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/followup done {number}", "✅ Done: <@"),
        ("/followup cancel {number}", "Called off: <@"),
        ("/followup snooze {number} 3d", "Comes again on "),
    ],
    ids=["done", "cancel", "snooze"],
)
def test_what_is_done_by_command_stands_on_the_card(scene: Any, reminder: Any, line: str, words: str) -> None:
    emma = scene.slack.person("emma")
    assert emma.runs(line.format(number=number_of(reminder))).trouble is None
    assert words in settled(scene, reminder)


def test_what_came_and_is_called_off_is_not_said_to_be_prevented(scene: Any, reminder: Any) -> None:
    answer = scene.slack.person("emma").runs(f"/followup cancel {number_of(reminder)}")
    assert "had come already" in str(answer.shown)
    assert "will not come" not in str(answer.shown)


@pytest.mark.parametrize("verb", ["done", "cancel"])
def test_what_is_on_its_way_is_said_to_be_and_comes(scene: Any, message: Any, card: Any, verb: str) -> None:
    number, gate, emma = set_one(scene, message), Gate(), scene.slack.person("emma")
    scene.slack.faults.on("chat.postMessage", held(gate, takes=False))
    scene.clock.moved_ms += HOUR_MS + 1000
    scene.bot.worker.wake()
    scene.slack.wait_for(lambda: gate.held)
    emma.clicks(emma.runs("/followup list").shown, "follow_up_list_done")
    assert get(scene, number).is_in_flight
    answer = emma.runs(f"/followup {verb} {number}")
    assert "is being delivered at this very moment" in str(answer.shown)
    gate.open()
    came = scene.slack.wait_for(lambda: reminders(scene, message))[-1]
    scene.slack.wait_for(lambda: get(scene, number).has_come)
    emma.clicks(came, "follow_up_done")
    assert "✅ Done: <@" in settled(scene, came)


@pytest.mark.parametrize(
    ("fault", "times"), [(rate_limited(), 1), (server_error(500), 2), (dropped(takes=False), 1)], ids=str
)
def test_a_card_slack_would_not_change_at_first_is_changed_later(
    scene: Any, message: Any, reminder: Any, fault: Any, times: int
) -> None:
    emma = scene.slack.person("emma")
    scene.slack.faults.on(
        "chat.update", fault, times=times, applies=lambda args: args.get("ts") == reminder["ts"]
    )
    assert emma.clicks(reminder, "follow_up_done").trouble is None
    assert "✅ Done: <@" in settled(scene, reminder)
    assert not emma.ephemerals


def test_a_click_on_a_card_that_missed_its_end_puts_it_right(scene: Any, message: Any, reminder: Any) -> None:
    emma = scene.slack.person("emma")
    scene.slack.faults.on(
        "chat.update",
        refusal("cant_update_message"),
        applies=lambda args: args.get("ts") == reminder["ts"],
    )
    emma.clicks(reminder, "follow_up_done")
    scene.settled()
    emma.clicks(reminder, "follow_up_done")
    assert "closed already" in heard(scene, emma)["text"]
    assert "✅ Done: <@" in settled(scene, reminder)


def test_a_plan_that_ends_elsewhere_settles_the_steps_that_came(scene: Any, message: Any, step: Any) -> None:
    emma = scene.slack.person("emma")
    services(scene).states.set_state(scene.record_of(message), "won", emma.id)
    assert "Closed with the inquiry" in settled(scene, step)


def test_what_is_done_in_the_list_stands_on_the_card(scene: Any, reminder: Any) -> None:
    emma = scene.slack.person("emma")
    listed = emma.runs("/followup list").shown
    emma.clicks(listed, "follow_up_list_done")
    assert "✅ Done: <@" in settled(scene, reminder)


def test_buyer_replied_ends_the_plan_and_the_next_word_is_ours(scene: Any, message: Any, step: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(step, "follow_up_buyer_replied")
    says = settled(scene, step)
    assert f"The buyer replied: <@{emma.id}>" in says
    assert "Steps left out: 4." in says
    record = scene.record_of(message)
    assert record.buyer_replied_at > record.state_at
    assert services(scene).plans.active(record.id) is None


def test_stop_plan_leaves_the_other_steps_out(scene: Any, message: Any, step: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(step, "follow_up_stop_plan")
    says = settled(scene, step)
    assert f"Plan stopped: <@{emma.id}>" in says
    assert "Steps left out: 4." in says
    assert services(scene).plans.active(scene.record_of(message).id) is None


@pytest.mark.parametrize("press", PRESSES, ids=lambda one: one[0])
@pytest.mark.parametrize("kind", ["reminder", "step"])
def test_a_second_press_is_answered_and_does_no_harm(
    scene: Any, request: pytest.FixtureRequest, kind: str, press: Any
) -> None:
    came = request.getfixturevalue(kind)
    emma, number = scene.slack.person("emma"), number_of(came)
    action_id, value_of = press
    stale = json.loads(json.dumps(came))
    assert emma.clicks(stale, action_id, value_of(number)).trouble is None
    if emma.modal:
        return
    settled(scene, came)
    before = get(scene, number)
    assert emma.clicks(stale, action_id, value_of(number)).trouble is None
    assert heard(scene, emma)["text"] in (
        "This reminder is closed already.",
        f"This reminder comes again on {when(scene, before.due_at)}. Nothing has changed.",
    )
    after = get(scene, number)
    assert (after.due_at, after.closed_at, after.state) == (before.due_at, before.closed_at, before.state)


def when(scene: Any, at_ms: int) -> str:
    from bot.follow_ups.moment import moment

    return moment(at_ms, ZoneInfo("America/New_York"), "en")


def test_a_plan_is_stopped_once(scene: Any, step: Any) -> None:
    emma, stale = scene.slack.person("emma"), json.loads(json.dumps(step))
    emma.clicks(stale, "follow_up_stop_plan")
    settled(scene, step)
    emma.clicks(stale, "follow_up_stop_plan")
    assert "No plan is running" in heard(scene, emma)["text"]


def test_the_day_of_arrival_moves_the_later_steps(scene: Any, message: Any, step: Any) -> None:
    emma = scene.slack.person("emma")
    plan = services(scene).plans.active(scene.record_of(message).id)
    before = services(scene).plans.next_step(plan.id).due_at
    day = datetime.fromtimestamp(scene.clock.now_ms() / 1000, ZoneInfo("America/New_York")).date()
    late = (day + timedelta(days=40)).isoformat()
    for _ in range(2):
        assert emma.clicks(scene.slack.message(step), "follow_up_arrived", late).trouble is None
        shows(scene, step, f"<@{emma.id}>. Next step:")
    assert services(scene).plans.next_step(plan.id).due_at > before + 30 * DAY_MS
    picker = next(b["accessory"] for b in scene.slack.message(step)["blocks"] if "accessory" in b)
    assert picker["initial_date"] == late
    emma.clicks(scene.slack.message(step), "follow_up_done")
    assert "Done" in settled(scene, step)


# whose they are


@pytest.mark.parametrize("press", PRESSES, ids=lambda one: one[0])
def test_who_may_not_change_it_is_told_whose_it_is(scene: Any, reminder: Any, press: Any) -> None:
    emma, mei = scene.slack.person("emma"), scene.slack.person("mei")
    action_id, value_of = press
    before = get(scene, number_of(reminder))
    mei.clicks(reminder, action_id, value_of(number_of(reminder)))
    assert f"<@{emma.id}>" in heard(scene, mei)["text"]
    assert get(scene, number_of(reminder)) == before
    assert mei.modal is None


def test_who_set_it_and_who_has_the_inquiry_may_change_it(scene: Any, message: Any, card: Any) -> None:
    for person in ("emma", "david"):
        number = set_one(scene, message, "mei", by="emma")
        david = scene.slack.person("david")
        services(scene).inquiries.set_owner(scene.record_of(message).id, david.id)
        came = arrive(scene, message, number)
        scene.slack.person(person).clicks(came, "follow_up_done")
        assert "已完成" in settled(scene, came)


@pytest.mark.parametrize("value", ["999999", "", "0x1", "-1", "１", "9" * 30])
def test_a_button_of_a_reminder_nobody_knows_is_answered(scene: Any, reminder: Any, value: str) -> None:
    emma = scene.slack.person("emma")
    old = json.loads(json.dumps(reminder))
    for block in old["blocks"]:
        for one in block.get("elements", ()) if block["type"] == "actions" else ():
            one["value"] = value
    assert emma.clicks(old, "follow_up_done").trouble is None
    assert "no longer know this reminder" in heard(scene, emma)["text"]


def test_a_reminder_in_a_direct_message_can_be_done_there(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    number = set_one(scene, message)
    channel = scene.slack.workspace.channel("inquiries")
    channel.is_archived = True
    scene.clock.moved_ms += 2 * HOUR_MS
    scene.bot.worker.wake()
    direct = scene.slack.workspace.direct(emma.id, scene.slack.here.bot_user)
    came = scene.slack.wait_for(lambda: [m for m in direct.messages if "could not say this" in str(m)])[-1]
    scene.slack.wait_for(lambda: get(scene, number).has_come)
    shown = {**came, "channel": direct.id}
    emma.clicks(shown, "follow_up_done")
    assert f"Done: <@{emma.id}>" in settled(scene, shown)


# the advice card


@pytest.mark.parametrize("days", [3, 7, 14])
def test_one_click_promises_a_reminder_and_a_second_says_it_stands(
    scene: Any, message: Any, card: Any, days: int
) -> None:
    emma = scene.slack.person("emma")
    for opening in ("I will remind you of", "is already set"):
        count = len(emma.ephemerals) + 1
        assert emma.clicks(card, f"follow_up_in_{days}_days").trouble is None
        told = json.dumps(heard(scene, emma, count))
        assert opening in told
        assert "Anna Schmidt" in told
    mine = services(scene).reminders.of_inquiry(scene.record_of(message).id)
    assert len(mine) == 1
    assert abs(mine[0].due_at - scene.clock.now_ms() - days * DAY_MS) < HOUR_MS + 60_000
    assert emma.ephemerals[-1]["thread_ts"] == card["thread_ts"]
    shows(scene, card, f"(America/New_York), <@{emma.id}>")


def test_presses_at_the_same_moment_make_one_promise(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    presses = [threading.Thread(target=emma.clicks, args=(card, "follow_up_in_3_days")) for _ in range(6)]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    heard(scene, emma, 6)
    assert len(services(scene).reminders.of_inquiry(scene.record_of(message).id)) == 1


def test_two_colleagues_may_each_be_reminded(scene: Any, message: Any, card: Any) -> None:
    for name in ("emma", "mei"):
        scene.slack.person(name).clicks(card, "follow_up_in_3_days")
        heard(scene, scene.slack.person(name))
    assert len(services(scene).reminders.of_inquiry(scene.record_of(message).id)) == 2


def test_a_time_of_ones_own_is_chosen_in_a_dialog(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "follow_up_choose_time")
    year = next_year(scene)
    emma.submits(emma.modal, {"follow_up_date": f"{year}-12-24", "follow_up_note": "ask about <logo>"})
    assert f"24 December {year}" in heard(scene, emma)["text"]
    shows(scene, card, f"24 Dec {year}")


@pytest.mark.parametrize(
    ("action_id", "state", "plan", "steps"),
    [("inquiry_quotation_sent", "quoted", "quote", 4), ("inquiry_samples_sent", "sample_sent", "sample", 5)],
)
def test_what_was_sent_is_noted_and_the_plan_offered_with_its_days(
    scene: Any, message: Any, card: Any, action_id: str, state: str, plan: str, steps: int
) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, action_id)
    offer = heard(scene, emma)
    assert scene.record_of(message).state == state
    days = next(b for b in offer["blocks"] if b["type"] == "rich_text")
    assert len(days["elements"][0]["elements"]) == steps
    shows(scene, card, " since ")
    emma.clicks(offer, "follow_up_start_plan")
    running = scene.slack.wait_for(lambda: services(scene).plans.active(scene.record_of(message).id))
    assert (running.plan, running.owner) == (plan, emma.id)
    shows(scene, card, f"of {steps} after the")


def test_the_same_offer_starts_one_plan(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_quotation_sent")
    offer = json.dumps(heard(scene, emma))
    for _ in range(2):
        assert emma.clicks(json.loads(offer), "follow_up_start_plan").trouble is None
    scene.slack.wait_for(lambda: services(scene).plans.active(scene.record_of(message).id))
    assert len(services(scene).reminders.of_inquiry(scene.record_of(message).id)) == 4


def test_not_now_starts_none_and_says_how_to_later(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_samples_sent")
    emma.clicks(heard(scene, emma), "follow_up_no_plan")
    assert scene.slack.wait_for(lambda: "/followup plan sample" in str(emma.ephemerals[-1]))
    assert services(scene).plans.active(scene.record_of(message).id) is None


def test_while_a_plan_runs_it_asks_before_it_replaces(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    begun = services(scene).plans.start(scene.record_of(message), "quote", owner=emma.id, by=emma.id)
    emma.clicks(card, "inquiry_samples_sent")
    question = heard(scene, emma)
    assert scene.record_of(message).state == "sample_sent"
    assert services(scene).plans.active(scene.record_of(message).id).id == begun.plan_id
    emma.clicks(question, "follow_up_plan_replace")
    scene.slack.wait_for(
        lambda: services(scene).plans.active(scene.record_of(message).id).id != begun.plan_id
    )
    assert services(scene).plans.active(scene.record_of(message).id).plan == "sample"


def test_a_second_quotation_sent_moves_nothing(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(card, "inquiry_quotation_sent")
    heard(scene, emma)
    state_at = scene.record_of(message).state_at
    scene.clock.moved_ms += DAY_MS
    emma.clicks(card, "inquiry_quotation_sent")
    assert "already, since" in json.dumps(heard(scene, emma, 2), ensure_ascii=False)
    assert scene.record_of(message).state_at == state_at


def test_the_menu_sets_any_state_and_the_present_one_is_chosen(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    for state in STATES:
        emma.clicks(card, "inquiry_more", more_value("state", scene.record_of(message).id))
        radio = emma.modal["blocks"][0]["element"]
        assert radio["initial_option"]["value"] == scene.record_of(message).state
        assert [one["value"] for one in radio["options"]] == list(STATES)
        assert all(one["description"]["text"] for one in radio["options"])
        assert emma.submits(emma.modal, {"inquiry_state_choice": state}).trouble is None
        scene.slack.wait_for(lambda wanted=state: scene.record_of(message).state == wanted)
    assert len(emma.ephemerals) >= len(STATES)


def test_won_ends_the_plan_and_says_so(scene: Any, message: Any, card: Any) -> None:
    emma = scene.slack.person("emma")
    services(scene).plans.start(scene.record_of(message), "quote", owner=emma.id, by=emma.id)
    emma.clicks(card, "inquiry_more", more_value("state", scene.record_of(message).id))
    emma.submits(emma.modal, {"inquiry_state_choice": "won"})
    assert "steps left out: 4" in heard(scene, emma)["text"]
    assert services(scene).plans.active(scene.record_of(message).id) is None


def test_who_takes_it_takes_the_reminders_along(scene: Any, message: Any, card: Any) -> None:
    emma, mei = scene.slack.person("emma"), scene.slack.person("mei")
    record = scene.record_of(message)
    services(scene).plans.start(record, "quote", owner=emma.id, by=emma.id)
    choice = more_value("take", record.id)
    emma.clicks(card, "inquiry_more", choice)
    shows(scene, card, f"<@{emma.id}> takes care")
    mei.clicks(card, "inquiry_more", choice)
    refusal = heard(scene, mei)
    assert f"<@{emma.id}>" in refusal["text"]
    assert scene.record_of(message).owner == emma.id
    mei.clicks(refusal, "inquiry_take_over")
    scene.slack.wait_for(lambda: scene.record_of(message).owner == mei.id)
    assert scene.slack.wait_for(lambda: "4 条" in str(mei.ephemerals[-1]))
    assert {one.owner for one in services(scene).reminders.of_inquiry(record.id)} == {mei.id}


def test_one_person_takes_an_inquiry_and_hears_that_it_is_theirs(scene: Any, message: Any, card: Any) -> None:
    emma, choice = scene.slack.person("emma"), more_value("take", scene.record_of(message).id)
    for count, words in ((1, "yours now"), (2, "with you already")):
        emma.clicks(card, "inquiry_more", choice)
        assert words in heard(scene, emma, count)["text"]
