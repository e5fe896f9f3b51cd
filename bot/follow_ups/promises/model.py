"""Reminders and plans as the rest of the house sees them. Times are epoch ms."""

from dataclasses import dataclass
from typing import Literal

from bot.outbox.model import State
from knowledge.content import Plan

Because = Literal["buyer_replied", "stopped", "replaced", "closed", "finished"]
# What a person did with one reminder; "answered": done with it, and the word that was ours counts as said.
Ended = Literal["done", "answered", "replied", "called_off"]


@dataclass(frozen=True, slots=True)
class Reminder:
    """A follow-up somebody is promised: waiting, come (until somebody is done with it), closed or cancelled.

    It is one row of the outbox for life: its number is what people call it by.
    """

    id: int
    team: str
    inquiry_id: int | None
    owner: str  # whom it reminds
    created_by: str | None
    due_at: int
    state: State
    note: str
    plan_id: int | None  # of the plan it is a step of
    step: int | None
    channel: str
    thread_ts: str | None
    last_error: str | None
    closed_at: int | None
    delivered_channel: str | None  # where it stands, as it came last
    delivered_ts: str | None
    moved_by: str | None = None  # who put it to another time
    closed_by: str | None = None  # a Slack user id; None for a mail of the buyer's
    ended: Ended | None = None  # None also where a plan ended, or what was known is erased
    seq: int = 0  # how often it was moved
    attempts: int = 0  # failures to say it
    is_held: bool = False  # back after a restore: its owner is asked what becomes of it

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is still to come; one that is just being said counts as waiting."""
        return self.state in (State.SCHEDULED, State.SENDING) and self.closed_at is None

    @property
    def is_in_flight(self) -> bool:
        """Tell whether it is just being said, so that nobody can call it back."""
        return self.state == State.SENDING and self.delivered_ts is None

    @property
    def has_come(self) -> bool:
        """Tell whether it came and nobody is done with it yet."""
        return self.state == State.DONE and self.closed_at is None

    @property
    def is_failed(self) -> bool:
        """Tell whether Slack would not take it, in no form and in no place."""
        return self.state == State.FAILED and self.closed_at is None

    @property
    def is_open(self) -> bool:
        """Tell whether something is left to do about it."""
        return self.is_waiting or self.has_come or self.is_failed

    def is_overdue(self, now_ms: int) -> bool:
        """Tell whether its time is past and nobody is done with it."""
        return self.is_open and self.due_at <= now_ms


@dataclass(frozen=True, slots=True)
class Promised:
    """A reminder that will come; not new when one stood for that day already."""

    id: int
    due_at: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One plan of follow-ups for one inquiry."""

    id: int
    team: str
    inquiry_id: int
    plan: Plan
    state: str  # active, ended
    owner: str
    started_at: int
    started_by: str
    arrived_on: int | None  # 00:00 UTC of the day the samples arrived
    ended_at: int | None
    ended_by: str | None
    ended_because: Because | None
    left_out: int = 0  # of a plan that was just ended: the steps that will not come any more
