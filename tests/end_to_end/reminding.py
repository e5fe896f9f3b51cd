"""Reminders in an office: promised by the card's button, made due, counted where they arrive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.end_to_end.office import INQUIRY, Message, Office

BUTTON = "follow_up_in_3_days"
REMINDER = "follow_up_reminder"


@dataclass(frozen=True)
class Promise:
    """A reminder that is to come in the thread of `inquiry`, under the number `id`."""

    inquiry: Message
    id: int


def open_channels(office: Office, names: Iterable[str]) -> None:
    """Open channels in which everybody and the bot are."""
    people = {office.mei.id, office.emma.id, office.slack.person("david").id}
    for name in names:
        office.slack.workspace.add_channel(name, people | {office.slack.here.bot_user})


def promised(office: Office, channels: Sequence[str]) -> list[Promise]:
    """Let an inquiry come into each channel, and Mei be promised a reminder of it in three days."""
    inquiries = [office.mei.types(channel, INQUIRY) for channel in channels]
    for inquiry in inquiries:
        outcome = office.mei.clicks(office.wait_advice(inquiry, 60), BUTTON)
        assert outcome.trouble is None, outcome
    return [Promise(inquiry, reminder_of(office, inquiry)) for inquiry in inquiries]


def reminder_of(office: Office, inquiry: Message) -> int:
    """Return the number of the last reminder of an inquiry, as soon as it is written down."""
    query = (
        "SELECT outbox.id FROM outbox JOIN inquiries ON inquiries.id = outbox.inquiry_id"
        f" WHERE kind = 'reminder' AND inquiries.ts = '{inquiry['ts']}' ORDER BY outbox.id DESC"
    )
    ((number,), *_) = office.slack.wait_for(lambda: office.rows(query))
    return int(number)


def make_due(office: Office, *promises: Promise, ago_s: int = 0) -> None:
    """Let reminders be due now, or since `ago_s` seconds: as if the machine's clock had been moved on."""
    due = office.slack.workspace.clock.now_ms() - ago_s * 1000
    numbers = ", ".join(str(promise.id) for promise in promises)
    office.change(f"UPDATE outbox SET due_at = {due}, next_at = {due} WHERE id IN ({numbers})")


def arrived(office: Office, promise: Promise) -> tuple[Message, ...]:
    """Return the reminders that stand in the inquiry's thread."""
    return tuple(
        message for message in office.slack.thread(promise.inquiry) if is_reminder(message, promise.id)
    )


def is_reminder(message: Message, number: int) -> bool:
    """Tell whether a message is the reminder of this number."""
    metadata = message.get("metadata") or {}
    about = metadata.get("event_payload") or {}
    return metadata.get("event_type") == REMINDER and about.get("reminder_id") == str(number)


def only_reminder(office: Office, promise: Promise, timeout_s: float = 15) -> Message:
    """Return the one reminder that came, once nothing is left to be said of it."""
    office.slack.wait_for(lambda: arrived(office, promise), timeout_s)
    office.slack.wait_for(lambda: not in_work(office, promise), timeout_s)
    (reminder,) = arrived(office, promise)
    return reminder


def in_work(office: Office, *promises: Promise) -> int:
    """Return how many of the reminders the bot has not done with."""
    numbers = ", ".join(str(promise.id) for promise in promises)
    return office.ask(f"SELECT count(*) FROM outbox WHERE id IN ({numbers}) AND next_at IS NOT NULL")
