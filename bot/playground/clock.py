"""A clock that can be moved forward, for people who do not want to wait a week for a reminder."""

from datetime import datetime, timedelta

from bot.clock import Clock


class MovableClock:
    """Another clock's time and a span on top of it, which only grows.

    `steady()` is not moved: leases, sockets and triggers run on time that really passes.
    """

    def __init__(self, clock: Clock, moved_ms: int = 0) -> None:
        self._clock = clock
        self._moved_ms = moved_ms

    @property
    def moved_ms(self) -> int:
        """Return how far ahead of the other clock this one is, in milliseconds."""
        return self._moved_ms

    def move(self, by_ms: int) -> None:
        """Go forward; raises ValueError for going backwards, where messages would lose their order."""
        if by_ms < 0:
            raise ValueError(f"time goes forward only, not by {by_ms} ms")
        self._moved_ms += by_ms

    def now(self) -> datetime:
        """Return the moved present as an aware datetime in UTC."""
        return self._clock.now() + timedelta(milliseconds=self._moved_ms)

    def now_ms(self) -> int:
        """Return the moved present as epoch milliseconds."""
        return self._clock.now_ms() + self._moved_ms

    def steady(self) -> float:
        """Return the other clock's steady seconds."""
        return self._clock.steady()
