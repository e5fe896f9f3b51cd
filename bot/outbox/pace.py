"""Not too fast: pauses Slack asks for, and about one reminder a second in each channel.

Kept in memory: replicas do not share it, Slack's own 429 corrects them. Advice has no pace of its own,
it is only held up by a pause.
"""

import threading
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.outbox.model import Kind, Row

PACED = frozenset({Kind.REMINDER, Kind.NOTE})
FORGET_AFTER_S = 600.0  # a slot whose row was cancelled


@dataclass(slots=True)
class _Channel:
    paused_until: float = 0.0
    last_slot: float = float("-inf")
    slots: dict[str, float] = field(default_factory=dict)  # by row key


class Pace:
    """Tells each row how long it has to wait."""

    def __init__(self, clock: Clock, between_posts_s: float) -> None:
        self._clock = clock
        self._between_posts_s = between_posts_s
        self._lock = threading.Lock()
        self._channels: dict[tuple[str, str], _Channel] = {}

    def wait_s(self, row: Row) -> float:
        """Return how long `row` must wait, 0 for not at all; a paced row is given a slot that is kept."""
        with self._lock:
            now = self._clock.steady()
            channel = self._channels.setdefault((row.team, row.channel), _Channel())
            if channel.paused_until > now:
                return channel.paused_until - now
            return self._wait_for_slot(channel, row.key, now) if row.kind in PACED else 0.0

    def pause(self, row: Row, seconds: float) -> None:
        """Let nothing be said in the row's channel for `seconds`."""
        with self._lock:
            channel = self._channels.setdefault((row.team, row.channel), _Channel())
            channel.paused_until = max(channel.paused_until, self._clock.steady() + seconds)
            # Slots inside the pause would all fall due at its end.
            channel.slots.clear()
            channel.last_slot = channel.paused_until - self._between_posts_s

    def _wait_for_slot(self, channel: _Channel, key: str, now: float) -> float:
        if key not in channel.slots:
            channel.last_slot = max(now, channel.last_slot + self._between_posts_s)
            channel.slots[key] = channel.last_slot
        if channel.slots[key] > now:
            return channel.slots[key] - now
        del channel.slots[key]
        self._forget_old(channel, now)
        return 0.0

    def _forget_old(self, channel: _Channel, now: float) -> None:
        for key in [key for key, slot in channel.slots.items() if slot < now - FORGET_AFTER_S]:
            del channel.slots[key]
