"""Time as an argument: nothing else in the house asks the system what time it is."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the house may ask about time."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""

    def now_ms(self) -> int:
        """Return the present as epoch milliseconds, the unit of the database."""

    def steady(self) -> float:
        """Return seconds that never jump and go on while the machine sleeps."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""
        return datetime.now(UTC)

    def now_ms(self) -> int:
        """Return the present as epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def steady(self) -> float:
        """Return seconds of a clock that goes on while a laptop or VM is suspended, where there is one."""
        # CLOCK_MONOTONIC stands still during suspend: a lease would outlive its owner's sleep.
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
