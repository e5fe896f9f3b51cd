"""What the outbox carries. Every utterance of the bot that comes later or again is one of these rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class Kind(StrEnum):
    """What a row says when its time comes."""

    ADVICE = "advice"  # the card on an inquiry
    ADVICE_UPDATE = "advice_update"  # the card again, after an edit: chat.update, harmless to repeat
    REMINDER = "reminder"  # one delivery of a follow-up
    REMINDER_UPDATE = "reminder_update"  # its card again, as it stands now: chat.update, harmless to repeat
    NOTE = "note"  # a sentence in a thread
    HELD = "held"  # asks an owner what becomes of reminders held back after a restore
    BUYER_MAIL = "buyer_mail"  # a mail that may be the buyer's answer: it is read, and said what it ended


CHANGES = frozenset({Kind.ADVICE_UPDATE, Kind.REMINDER_UPDATE})  # of what stands: nothing new is posted


class State(StrEnum):
    """Where a row stands; `failed` rows are shown to the owner and to operators, never dropped."""

    SCHEDULED = "scheduled"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Row:
    """One outbox row as a worker holds it."""

    id: int
    kind: Kind
    inquiry_id: int | None
    team: str
    channel: str
    thread_ts: str | None
    owner: str | None
    payload: Mapping[str, Any]
    due_at: int  # epoch ms: what people were promised
    seq: int
    claim: str
    doubt: bool  # a former attempt may already have posted: look before posting
    first_try_at: int | None  # epoch ms
    attempts: int
    form: int
    plan_id: int | None = None  # a reminder that is a step of a plan
    step: int | None = None

    @property
    def key(self) -> str:
        """Return the delivery key that travels in the message's metadata."""
        return f"{self.id}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say it. `text` is the notification and the fallback; no blocks means text alone."""

    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a row says: the fullest form first, each next one safer, plain text last.

    `update_ts` makes it a chat.update of that message instead of a new post.
    """

    forms: tuple[Form, ...]
    event_type: str  # of the message metadata: inquiry_advice, follow_up_reminder, inquiry_note
    event_payload: Mapping[str, str]
    update_ts: str | None = None


class NotYet(Exception):
    """Raised by a speaker whose row cannot be said now; the row comes again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Postponed(Exception):
    """Raised by a speaker who moves its row: promised for `due_at` (epoch ms) now, and not said before.

    `then` is called when the row is moved.
    """

    def __init__(self, due_at: int, then: Callable[[], None] | None = None) -> None:
        super().__init__(f"postponed to {due_at}")
        self.due_at = due_at
        self.then = then


class Speaker(Protocol):
    """Finds the words for the rows of one kind, at the moment they are said."""

    def compose(self, row: Row) -> Utterance | None:
        """Return what to say; None when there is no longer anything to say (the row is cancelled)."""

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Take note that the row now stands at `ts`; called once the delivery is recorded, may repeat."""
