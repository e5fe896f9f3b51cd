"""Follow-ups as people set them: each way in, what arrives, what stops a plan. In both modes."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from bot.local_slack import Mail, faults
from bot.local_slack.persons import Person
from tests.end_to_end.office import INQUIRY, Message, Office
from tests.end_to_end.reminding import (
    Promise,
    arrived,
    make_due,
    only_reminder,
    reminder_of,
)

BUYER = "ahmed@alnoor-trading.ae"
US = "mei@our-factory.cn"


def inquiry_of(office: Office, person: Person) -> Message:
    """Let a person bring an inquiry, and wait until its card stands."""
    message = person.types("#inquiries", INQUIRY)
    office.wait_advice(message)
    return message


def card_of(office: Office, inquiry: Message) -> Message:
    return office.advice(inquiry)[0]


def told(office: Office, person: Person, act: Callable[[], object]) -> Message:
    """Return what only this person is shown after an act, or what an act changes of it."""
    before = [json.dumps(shown) for shown in person.ephemerals]
    act()
    fresh = office.slack.wait_for(lambda: [m for m in person.ephemerals if json.dumps(m) not in before])
    return fresh[-1]


def runs(office: Office, person: Person, line: str) -> Message:
    def run() -> None:
        outcome = person.runs(line)
        assert outcome.trouble is None, outcome

    return told(office, person, run)


def words_of(message: Message) -> str:
    return message["text"] + json.dumps(message.get("blocks", []), ensure_ascii=False)


def actions_of(message: Message) -> list[str]:
    """Return the names of everything that can be pressed or chosen in a message."""
    elements = [one for block in message.get("blocks", []) for one in block.get("elements", [])]
    beside = [block["accessory"] for block in message.get("blocks", []) if "accessory" in block]
    return [one["action_id"] for one in (*elements, *beside) if "action_id" in one]


def comes(office: Office, inquiry: Message) -> Message:
    """Return the reminder that comes in the thread of an inquiry; it is the only one, and can be answered."""
    promise = Promise(inquiry, reminder_of(office, inquiry))
    reminder = only_reminder(office, promise)
    assert {"follow_up_done", "follow_up_snooze", "follow_up_buyer_replied"} <= set(actions_of(reminder))
    return reminder


def comes_when_due(office: Office, inquiry: Message) -> Message:
    make_due(office, Promise(inquiry, reminder_of(office, inquiry)))
    return comes(office, inquiry)


def is_closed(office: Office, number: int) -> bool:
    return bool(office.ask(f"SELECT count(*) FROM outbox WHERE id = {number} AND closed_at IS NOT NULL"))


# ways in


@pytest.mark.parametrize(
    ("name", "line", "note"),
    [
        ("emma", "/followup 1s ask about the samples", "ask about the samples"),
        ("mei", "/followup 1秒后 问一下样品", "问一下样品"),
        ("mei", "/followup 1s 催报价", "催报价"),
    ],
    ids=["english", "chinese", "chinese-note"],
)
def test_a_command_sets_a_reminder_of_ones_latest_inquiry(
    office: Office, name: str, line: str, note: str
) -> None:
    person = office.slack.person(name)
    inquiry = inquiry_of(office, person)
    echo = runs(office, person, line)
    assert f"/p{inquiry['ts'].replace('.', '')}" in words_of(echo), "the echo leads to the inquiry"
    reminder = comes(office, inquiry)
    assert f"<@{person.id}>" in words_of(reminder)
    assert note in words_of(reminder)


@pytest.mark.parametrize("days", [3, 7, 14])
def test_a_button_of_the_card_sets_a_reminder(office: Office, days: int) -> None:
    inquiry = inquiry_of(office, office.emma)
    pressed = told(
        office,
        office.emma,
        lambda: office.emma.clicks(card_of(office, inquiry), f"follow_up_in_{days}_days"),
    )
    assert f"#{reminder_of(office, inquiry)}" in words_of(pressed)
    due = due_of(office, reminder_of(office, inquiry))
    away = due - datetime.now(UTC)
    assert timedelta(days=days) - timedelta(hours=2) < away < timedelta(days=days) + timedelta(hours=2)
    comes_when_due(office, inquiry)


def test_a_second_click_on_a_button_of_the_card_does_no_harm(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    for _ in range(2):
        told(office, office.emma, lambda: office.emma.clicks(card_of(office, inquiry), "follow_up_in_3_days"))
    assert len(numbers_of(office, inquiry)) == 1


def test_choosing_day_time_and_note_sets_a_reminder(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    office.emma.clicks(card_of(office, inquiry), "follow_up_choose_time")
    chosen_in_dialog(office, office.emma, "sample of the panel")
    assert "sample of the panel" in words_of(comes_when_due(office, inquiry))


def test_the_shortcut_sets_a_reminder(office: Office) -> None:
    inquiry = inquiry_of(office, office.mei)
    assert office.mei.uses_shortcut("set_follow_up", inquiry).trouble is None
    chosen_in_dialog(office, office.mei, "样品单")
    assert "样品单" in words_of(comes_when_due(office, inquiry))


def chosen_in_dialog(office: Office, person: Person, note: str) -> None:
    """Fill in the dialog "Choose…" and see that what was chosen is what is set."""
    view = office.slack.wait_for(lambda: person.modal)
    day = f"{datetime.now(UTC) + timedelta(days=5):%Y-%m-%d}"
    fields = dict(zip(("datepicker", "timepicker", "plain_text_input"), (day, "14:30", note), strict=True))
    values = {
        block["element"]["action_id"]: fields[block["element"]["type"]]
        for block in view["blocks"]
        if block["type"] == "input" and block["element"]["type"] in fields
    }
    echo = told(office, person, lambda: submit(person, view, values))
    assert "14:30" in words_of(echo)


def submit(person: Person, view: Message, values: dict[str, object]) -> None:
    outcome = person.submits(view, values)
    assert (outcome.trouble, outcome.errors) == (None, {})


@pytest.mark.parametrize(
    ("name", "words"),
    [("emma", "@bot remind me in 1s to call"), ("mei", "@bot 1秒后提醒我打电话")],
    ids=["english", "chinese"],
)
def test_a_mention_in_the_thread_sets_a_reminder(office: Office, name: str, words: str) -> None:
    person = office.slack.person(name)
    inquiry = inquiry_of(office, person)
    before = office.inquiries()
    told(office, person, lambda: person.replies(inquiry, words))
    comes(office, inquiry)
    assert office.inquiries() == before, "a call for a reminder is no inquiry"


def test_a_reminder_may_be_for_a_teammate(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    echo = runs(office, office.emma, "/followup @mei 1s call Ahmed")
    assert f"<@{office.mei.id}>" in words_of(echo)
    assert f"<@{office.mei.id}>" in words_of(comes(office, inquiry))


def test_what_is_not_clear_sets_nothing_and_offers_a_choice(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    offer = runs(office, office.emma, f"/followup 03/12/{datetime.now(UTC).year + 1} ask")
    assert not numbers_of(office, inquiry)
    (first, *_) = [name for name in actions_of(offer) if name.startswith("follow_up_offer")]
    first_look = deepcopy(offer)  # as in a window that has not caught up after the first click
    told(office, office.emma, lambda: office.emma.clicks(offer, first))
    office.emma.clicks(first_look, first)
    runs(office, office.emma, "/followup list")
    assert len(numbers_of(office, inquiry)) == 1, "only the first click of all sets it"


# dealing with it


def numbers_of(office: Office, inquiry: Message) -> list[int]:
    query = (
        "SELECT outbox.id FROM outbox JOIN inquiries ON inquiries.id = outbox.inquiry_id"
        f" WHERE kind = 'reminder' AND inquiries.ts = '{inquiry['ts']}' ORDER BY outbox.id"
    )
    return [int(number) for (number,) in office.rows(query)]


def due_of(office: Office, number: int) -> datetime:
    return datetime.fromtimestamp(office.ask(f"SELECT due_at FROM outbox WHERE id = {number}") / 1000, UTC)


def test_done_closes_it_and_a_second_click_does_no_harm(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    runs(office, office.emma, "/followup 1s")
    reminder = comes(office, inquiry)
    office.emma.clicks(reminder, "follow_up_done")
    changed = office.slack.wait_for(
        lambda: now if "follow_up_done" not in actions_of(now := office.slack.message(reminder)) else None
    )
    assert is_closed(office, reminder_of(office, inquiry))
    office.emma.clicks(reminder, "follow_up_done")  # as from a window that has not caught up
    assert words_of(office.slack.message(reminder)) == words_of(changed)


def test_snooze_lets_it_come_again(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    runs(office, office.emma, "/followup 1s")
    promise = Promise(inquiry, reminder_of(office, inquiry))
    office.emma.clicks(comes(office, inquiry), "follow_up_snooze", f"hour:{promise.id}")
    office.slack.wait_for(lambda: due_of(office, promise.id) > datetime.now(UTC) + timedelta(minutes=50))
    make_due(office, promise)
    office.slack.wait_for(lambda: len(arrived(office, promise)) == 2)


def test_commands_list_finish_snooze_and_cancel(office: Office) -> None:
    person = office.slack.person("david")
    inquiry = inquiry_of(office, person)
    for note in ("first", "second", "third"):
        runs(office, person, f"/followup 2w {note}")
    first, second, third = numbers_of(office, inquiry)
    listed = words_of(runs(office, person, "/followup list"))
    assert all(f"#{number}" in listed for number in (first, second, third))
    runs(office, person, f"/followup done {first}")
    runs(office, person, f"/followup cancel {second}")
    runs(office, person, f"/followup snooze {third} 1s")
    only_reminder(office, Promise(inquiry, third))
    assert is_closed(office, first) or state_of(office, first) == "cancelled"
    assert state_of(office, second) == "cancelled"
    left = words_of(runs(office, person, "/followup list"))
    assert f"#{third}" in left
    assert f"#{first}" not in left
    assert f"#{second}" not in left


def state_of(office: Office, number: int) -> str:
    ((state,),) = office.rows(f"SELECT state FROM outbox WHERE id = {number}")
    return str(state)


def test_a_stranger_is_told_whose_it_is(office: Office) -> None:
    inquiry = inquiry_of(office, office.emma)
    runs(office, office.emma, "/followup 2w")
    (number,) = numbers_of(office, inquiry)
    refusal = runs(office, office.mei, f"/followup cancel {number}")
    assert f"<@{office.emma.id}>" in words_of(refusal)
    assert state_of(office, number) == "scheduled"


@pytest.mark.parametrize("verb", ["cancel", "done", "snooze"])
def test_what_is_said_while_it_is_going_out_neither_loses_nor_doubles_it(office: Office, verb: str) -> None:
    inquiry = inquiry_of(office, office.emma)
    runs(office, office.emma, "/followup 2w")
    promise = Promise(inquiry, reminder_of(office, inquiry))
    gate = faults.Gate()
    office.slack.faults.on(
        "chat.postMessage",
        faults.held(gate, takes=True),
        applies=lambda args: args.get("thread_ts") == inquiry["ts"],
    )
    make_due(office, promise)
    office.slack.wait_for(lambda: gate.held)
    runs(office, office.emma, f"/followup {verb} {promise.id}{' 2w' if verb == 'snooze' else ''}")
    gate.open()
    only_reminder(office, promise)


@pytest.mark.parametrize("verb", ["cancel", "done"])
def test_what_is_called_off_before_it_is_due_does_not_come(office: Office, verb: str) -> None:
    inquiry = inquiry_of(office, office.emma)
    runs(office, office.emma, "/followup 2w")
    called_off = Promise(inquiry, reminder_of(office, inquiry))
    runs(office, office.emma, f"/followup {verb} {called_off.id}")
    runs(office, office.emma, "/followup 1s the one that comes")
    only_reminder(office, Promise(inquiry, reminder_of(office, inquiry)))
    assert not arrived(office, called_off)


# plans


def plan_on(office: Office, person: Person, button: str) -> Message:
    """Say that the quotation or the samples are out, and start the plan that is offered."""
    inquiry = inquiry_of(office, person)
    offer = told(office, person, lambda: person.clicks(card_of(office, inquiry), button))
    told(office, person, lambda: person.clicks(offer, "follow_up_start_plan"))
    assert is_active(office, inquiry)
    return inquiry


def is_active(office: Office, inquiry: Message) -> bool:
    return bool(
        office.ask(
            "SELECT count(*) FROM plans JOIN inquiries ON inquiries.id = plans.inquiry_id"
            f" WHERE plans.state = 'active' AND inquiries.ts = '{inquiry['ts']}'"
        )
    )


def steps_left(office: Office, inquiry: Message) -> int:
    return office.ask(
        "SELECT count(*) FROM outbox JOIN inquiries ON inquiries.id = outbox.inquiry_id"
        f" WHERE plan_id IS NOT NULL AND inquiries.ts = '{inquiry['ts']}' AND next_at IS NOT NULL"
    )


def mail(sender: str, to: str) -> bytes:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = sender, to, "Re: LED panel lights"
    written["Date"], written["Message-ID"] = "Wed, 25 Nov 2026 09:00:00 +0000", "<1@mail.example>"
    written.set_content("Thank you, we have it and will come back to you next week.")
    return bytes(written)


@pytest.mark.parametrize(
    ("button", "steps"), [("inquiry_quotation_sent", 4), ("inquiry_samples_sent", 5)], ids=["quote", "sample"]
)
def test_what_was_sent_offers_its_plan(office: Office, button: str, steps: int) -> None:
    inquiry = plan_on(office, office.emma, button)
    assert len(numbers_of(office, inquiry)) == steps


def test_a_step_of_a_plan_comes_with_a_draft_and_can_stop_the_plan(office: Office) -> None:
    inquiry = plan_on(office, office.emma, "inquiry_quotation_sent")
    first = Promise(inquiry, numbers_of(office, inquiry)[0])
    make_due(office, first)
    reminder = only_reminder(office, first)
    assert "rich_text_preformatted" in words_of(reminder), "the draft"
    office.emma.clicks(reminder, "follow_up_stop_plan")
    office.slack.wait_for(lambda: not is_active(office, inquiry))
    assert not steps_left(office, inquiry)


def test_buyer_replied_ends_the_plan(office: Office) -> None:
    inquiry = plan_on(office, office.emma, "inquiry_quotation_sent")
    first = Promise(inquiry, numbers_of(office, inquiry)[0])
    make_due(office, first)
    office.emma.clicks(only_reminder(office, first), "follow_up_buyer_replied")
    office.slack.wait_for(lambda: not is_active(office, inquiry))
    assert not steps_left(office, inquiry)


def in_the_thread(office: Office, inquiry: Message, sender: str) -> None:
    reply = mail(sender, US if sender == BUYER else BUYER)
    office.emma.uploads("#inquiries", ("reply.eml", reply), thread=inquiry)


def in_the_channel(office: Office, _inquiry: Message, sender: str) -> None:
    office.slack.email_to("#inquiries", Mail(f"Ahmed Hassan <{sender}>", "Re: LED", "Thank you, we have it."))


@pytest.mark.parametrize("arrives", [in_the_thread, in_the_channel])
def test_a_mail_from_the_buyer_stops_the_plan(
    office: Office, arrives: Callable[[Office, Message, str], None]
) -> None:
    inquiry = plan_on(office, office.emma, "inquiry_quotation_sent")
    arrives(office, inquiry, BUYER)
    office.slack.wait_for(lambda: not is_active(office, inquiry), 20)
    assert not steps_left(office, inquiry)
    office.settle()


@pytest.mark.parametrize("arrives", [in_the_thread, in_the_channel])
def test_a_mail_of_our_own_stops_nothing(
    office: Office, arrives: Callable[[Office, Message, str], None]
) -> None:
    inquiry = plan_on(office, office.emma, "inquiry_quotation_sent")
    arrives(office, inquiry, US)
    office.emma.replies(inquiry, "I have just written to ahmed@alnoor-trading.ae: any news?")
    office.settle()
    assert is_active(office, inquiry)
    assert steps_left(office, inquiry) == 4


def test_another_plan_takes_the_place_of_the_first_after_asking(office: Office) -> None:
    inquiry = plan_on(office, office.emma, "inquiry_quotation_sent")
    question = runs(office, office.emma, "/followup plan sample")
    assert is_active(office, inquiry)
    assert steps_left(office, inquiry) == 4
    told(office, office.emma, lambda: office.emma.clicks(question, "follow_up_plan_replace"))
    office.slack.wait_for(lambda: steps_left(office, inquiry) == 5)
