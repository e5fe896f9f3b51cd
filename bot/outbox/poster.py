"""The way out: what the outbox asks of Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.outbox.answers import Answer, Posted, Sighting
from bot.outbox.model import Form, Row

KEY = "key"  # in a message's event_payload: the row's key


@dataclass(frozen=True, slots=True)
class Message:
    """One post, or with `update_ts` one change of a post."""

    team: str
    channel: str  # or a user's id: a direct message
    thread_ts: str | None
    form: Form
    event_type: str
    event_payload: Mapping[str, str]  # holds the row's KEY
    update_ts: str | None = None


class Poster(Protocol):
    """Posts and looks up. Nothing is tried twice by itself, and no call lasts longer than its time-out."""

    def say(self, message: Message) -> Answer:
        """Post or change a message."""

    def look_up(self, row: Row) -> Sighting:
        """Look for messages that carry the row's key, where the row is said."""

    def withdraw(self, team: str, place: Posted) -> None:
        """Delete a message that stands there twice; a failure is only logged."""
