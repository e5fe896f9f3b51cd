"""Calling a reminder off by its number alone, as whoever runs the bot does. Only its cards say so."""

from typing import Literal

from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.promises.overview import team_of
from bot.follow_ups.promises.reminders import Reminders
from bot.storage.inquiries import Inquiries

BY = "operator"

CalledOff = Literal["cancelled", "in_flight", "ended", "unknown"]


def call_off(reminders: Reminders, number: int) -> CalledOff:
    """Cancel the reminder with a number, of whichever workspace, and tell what came of it."""
    team = team_of(reminders.database, number)
    found = reminders.get(team, number) if team else None
    if found is None:
        return "unknown"
    if reminders.cancel(found, BY):
        _renew_card(reminders, found)
        return "cancelled"
    fresh = reminders.get(found.team, number) or found
    return "in_flight" if fresh.is_in_flight else "ended"


def _renew_card(reminders: Reminders, reminder: Reminder) -> None:
    inquiries = Inquiries(reminders.database, reminders.clock)
    inquiry = inquiries.get(reminder.inquiry_id) if reminder.inquiry_id is not None else None
    if inquiry:
        with reminders.database.begin() as connection:
            inquiries.renew_card(connection, inquiry, None)
