"""Cards of reminders that are dealt with elsewhere, by command, in a list, in a dialog: they say so too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.follow_ups.delivery.card import reminder_forms, settled
from bot.follow_ups.delivery.telling import case_of, told
from bot.follow_ups.moment import moment
from bot.follow_ups.promises.model import Reminder
from bot.outbox.model import Form
from bot.services import Services
from bot.texts import Language


@dataclass(frozen=True, slots=True)
class Came:
    """A reminder that came, and the card as it would be said at this moment."""

    reminder: Reminder
    language: Language
    channel: str
    ts: str
    blocks: tuple[Mapping[str, Any], ...]


def came(services: Services, team: str, number: int) -> Came | None:
    """Return a reminder whose card waits for somebody; None where there is no such card."""
    reminder = services.reminders.get(team, number)
    if reminder is None or not reminder.has_come or reminder.inquiry_id is None:
        return None
    inquiry = services.inquiries.get(reminder.inquiry_id)
    if inquiry is None or reminder.delivered_channel is None or reminder.delivered_ts is None:
        return None
    language = services.people.language_of(team, reminder.owner)
    shown = told(case_of(services, reminder, inquiry, language), is_late_told=False)
    blocks = reminder_forms(shown, reminder.id, language)[0].blocks
    return Came(reminder, language, reminder.delivered_channel, reminder.delivered_ts, blocks)


def settled_since(services: Services, card: Came, by: str) -> Form | None:
    """Return what the card says after `by` dealt with the reminder; None while it still waits."""
    now = services.reminders.get(card.reminder.team, card.reminder.id)
    if now is None or now.has_come:
        return None
    zone = services.people.zone_of(now.team, now.owner)
    at_ms = now.due_at if now.is_waiting else services.clock.now_ms()
    said = services.say(
        f"reminder.{'snoozed_by' if now.is_waiting else 'done_by'}",
        card.language,
        user=f"<@{by}>",
        when=moment(at_ms, zone, card.language),
    )
    return settled(card.blocks, said)
