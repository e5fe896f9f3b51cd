"""An edited inquiry has its one advice changed; a deleted one keeps its reminders."""

from tests.end_to_end.office import INQUIRY, Office
from tests.end_to_end.reminding import Promise, make_due, only_reminder, reminder_of

SPAM = "We are a professional SEO company and can bring your website to the first page of Google."
SAMPLES = "Please send free samples to my address by your courier account, many different samples, all free."


def test_an_edit_changes_the_one_advice(office: Office) -> None:
    message = office.mei.types("#inquiries", INQUIRY)
    first = office.only_advice(message)
    office.mei.edits(message, SAMPLES)
    office.slack.wait_for(lambda: office.only_advice(message)["blocks"] != first["blocks"])
    second = office.only_advice(message)
    assert second["ts"] == first["ts"]
    assert (
        second["metadata"]["event_payload"]["inquiry_id"]
        == (first["metadata"]["event_payload"]["inquiry_id"])
    )
    assert len(office.slack.thread(message)) == 1


def test_each_of_several_quick_edits_is_followed_to_the_last(office: Office) -> None:
    message = office.emma.types("#inquiries", INQUIRY)
    for text in (SAMPLES, SPAM, SAMPLES, SPAM, SAMPLES):
        office.emma.edits(message, text)
    office.wait_advice(message)
    office.settle()
    last = office.only_advice(message)
    fresh = office.only_advice(office.emma.types("#inquiries", SAMPLES))
    assert last["metadata"]["event_payload"]["type"] == fresh["metadata"]["event_payload"]["type"]


def test_an_edit_that_overtakes_its_message_is_the_inquiry(office: Office) -> None:
    message = office.mei.types("#random", INQUIRY)
    hidden = office.slack.workspace.channel("#random")
    where = office.slack.workspace.channel("#inquiries")
    stored = office.slack.workspace.message(hidden.id, message["ts"])
    where.messages.append(stored)
    office.mei.edits({**message, "channel": where.id}, SAMPLES)
    office.only_advice({**message, "channel": where.id})


def test_a_deleted_inquiry_keeps_its_advice_and_its_reminder_comes_all_the_same(office: Office) -> None:
    message = office.mei.types("#inquiries", INQUIRY)
    office.only_advice(message)
    office.mei.clicks(office.advice(message)[0], "follow_up_in_3_days")
    promise = Promise(message, reminder_of(office, message))
    office.mei.deletes(message)
    office.slack.wait_for(lambda: not office.slack.undelivered)
    make_due(office, promise)
    only_reminder(office, promise)
    office.settle()
    assert len(office.advice(message)) == 1


def test_a_message_deleted_at_once_is_at_most_answered_once(office: Office) -> None:
    office.expected_refusals.append(lambda call: call.answer["error"] == "thread_not_found")
    message = office.mei.types("#inquiries", INQUIRY)
    office.mei.deletes(message)
    office.settle()
    assert len(office.slack.thread(message)) <= 1
