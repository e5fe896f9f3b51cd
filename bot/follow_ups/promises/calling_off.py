"""Calling a reminder off by its number alone, as whoever runs the bot does. Nobody is told."""

from typing import Literal

from bot.follow_ups.promises.overview import team_of
from bot.follow_ups.promises.reminders import Reminders

BY = "operator"

CalledOff = Literal["cancelled", "ended", "unknown"]


def call_off(reminders: Reminders, number: int) -> CalledOff:
    """Cancel the reminder with a number, of whichever workspace, and tell what came of it."""
    team = team_of(reminders.database, number)
    found = reminders.get(team, number) if team else None
    if found is None:
        return "unknown"
    return "cancelled" if reminders.cancel(found, BY) else "ended"
