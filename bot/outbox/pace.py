"""Not too fast: pauses Slack asks for, and about one reminder a second in each channel.

A channel is a queue. A row that comes when it is not its turn is told when to come again; where the queue
falls behind, all later turns move with it, so that those who missed theirs do not all speak at once. At most
one row of the queue is under way at a time: a channel in which Slack is slow holds up one thread, not all.

Kept in memory: replicas do not share it, Slack's own 429 corrects them. Advice has no pace of its own,
it is only held up by a pause.
"""

import threading
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.outbox.model import Kind, Row

PACED = frozenset({Kind.REMINDER, Kind.NOTE})
FORGET_AFTER_S = 600.0  # a turn whose row was cancelled, a channel with nothing to say
MOST_TURNS = 10_000  # kept for one channel: nearly three hours of it
NEVER = float("-inf")


@dataclass(slots=True)
class _Channel:
    paused_until: float = NEVER
    free_at: float = NEVER  # `between_posts_s` after the latest post
    speaking: str | None = None  # key of the row under way
    turns: dict[str, float] = field(default_factory=dict)  # by row key, each to be read with `behind`
    behind: float = 0.0  # by how much all turns have moved since they were given
    latest_given: float = NEVER
    latest_used: float = NEVER


class Pace:
    """Tells each row how long it has to wait."""

    def __init__(self, clock: Clock, between_posts_s: float) -> None:
        self._clock = clock
        self._between_posts_s = between_posts_s
        self._lock = threading.Lock()
        self._channels: dict[tuple[str, str], _Channel] = {}
        self._tidied_at = clock.steady()

    def wait_s(self, row: Row) -> float:
        """Return how long `row` must wait, 0 for not at all.

        A paced row keeps the turn it is given; when it need not wait the channel is its own until `leave`.
        """
        with self._lock:
            now = self._clock.steady()
            self._tidy(now)
            channel = self._channel_of(row)
            if channel.paused_until > now:
                return channel.paused_until - now
            return self._wait_for_turn(channel, row.key, now) if row.kind in PACED else 0.0

    def speak(self, row: Row) -> None:
        """Note that `row` is said now: the next one waits from here on."""
        if row.kind in PACED:
            with self._lock:
                channel = self._channel_of(row)
                channel.free_at = max(channel.free_at, self._clock.steady() + self._between_posts_s)

    def leave(self, row: Row) -> None:
        """Let the next row of the channel have its turn, whatever became of this one."""
        with self._lock:
            channel = self._channels.get((row.team, row.channel))
            if channel and channel.speaking == row.key:
                channel.speaking = None

    def pause(self, row: Row, seconds: float) -> None:
        """Let nothing be said in the row's channel for `seconds`."""
        with self._lock:
            channel = self._channel_of(row)
            channel.paused_until = max(channel.paused_until, self._clock.steady() + seconds)
            # Turns inside the pause would all come at its end.
            channel.turns.clear()
            channel.behind, channel.latest_used = 0.0, NEVER
            channel.latest_given = channel.paused_until - self._between_posts_s

    def _channel_of(self, row: Row) -> _Channel:
        return self._channels.setdefault((row.team, row.channel), _Channel())

    def _wait_for_turn(self, channel: _Channel, key: str, now: float) -> float:
        turn = channel.turns.get(key)
        if turn is None:
            turn = self._new_turn(channel, now)
            if len(channel.turns) >= MOST_TURNS:
                return turn + channel.behind - now
            channel.turns[key] = channel.latest_given = turn
        opens_at = max(turn + channel.behind, channel.free_at)
        if channel.speaking:
            opens_at = max(opens_at, now + self._between_posts_s)
        if opens_at <= now:
            self._begin(channel, key, now)
            return 0.0
        if turn > channel.latest_used:
            channel.behind = max(channel.behind, opens_at - turn)
        return opens_at - now

    def _new_turn(self, channel: _Channel, now: float) -> float:
        return max(now - channel.behind, channel.latest_given + self._between_posts_s)

    def _begin(self, channel: _Channel, key: str, now: float) -> None:
        turn = channel.turns.pop(key)
        if turn > channel.latest_used:
            channel.latest_used = turn
            channel.behind = max(channel.behind, now - turn)
        else:
            # It comes long after its turn: the others let it in.
            channel.behind += self._between_posts_s
        channel.speaking = key
        channel.free_at = now + self._between_posts_s

    def _tidy(self, now: float) -> None:
        if now < self._tidied_at + FORGET_AFTER_S:
            return
        self._tidied_at = now
        for place, channel in list(self._channels.items()):
            _forget_turns_before(channel, now - FORGET_AFTER_S)
            if not (channel.turns or channel.speaking or max(channel.paused_until, channel.free_at) > now):
                del self._channels[place]


def _forget_turns_before(channel: _Channel, end: float) -> None:
    for key in [key for key, turn in channel.turns.items() if turn + channel.behind < end]:
        del channel.turns[key]
