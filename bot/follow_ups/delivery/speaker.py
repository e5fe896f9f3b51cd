"""Speaks when a reminder is due, in the inquiry's thread: its words are found at that moment."""

from dataclasses import replace
from functools import partial

from bot.follow_ups.delivery.card import reminder_forms
from bot.follow_ups.delivery.telling import case_of, told
from bot.outbox.model import Postponed, Row, Utterance
from bot.services import Services

EVENT_TYPE = "follow_up_reminder"


class ReminderSpeaker:
    """Finds the words of reminders."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._awake_since = services.clock.now_ms()  # what was due before waited for the bot itself

    def compose(self, row: Row) -> Utterance | None:
        """Return the reminder; None when nobody waits for it any more.

        Raises Postponed for a step of a plan that must not be said today.
        """
        reminder = self._services.reminders.get(row.team, row.id)
        if reminder is None or reminder.closed_at is not None or reminder.inquiry_id is None:
            return None
        inquiry = self._services.inquiries.get(reminder.inquiry_id)
        if inquiry is None:
            return None
        if (later := self._services.plans.not_before(row)) is not None:
            raise Postponed(later, partial(self._services.renew_card, inquiry, row.owner))
        language = self._services.people.language_of(reminder.team, reminder.owner)
        case = replace(case_of(self._services, reminder, inquiry, language), awake_since=self._awake_since)
        return Utterance(
            forms=reminder_forms(told(case), reminder.id, language),
            event_type=EVENT_TYPE,
            event_payload={"reminder_id": str(row.id), "inquiry_id": str(inquiry.id)},
        )

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Have the card say so if the reminder ended while it was on its way."""
        reminder = self._services.reminders.get(row.team, row.id)
        if reminder and reminder.closed_at is not None:
            self._services.reminders.redraw(reminder, channel, ts)
