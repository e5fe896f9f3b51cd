"""Time that can be moved forward."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.clock import MovableClock


class Still:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 9, tzinfo=UTC)

    def now_ms(self) -> int:
        return int(self.now().timestamp() * 1000)

    def steady(self) -> float:
        return 7.0


def test_both_readings_move_together_and_steady_time_does_not() -> None:
    clock = MovableClock(Still(), 1000)
    clock.move(3_600_000)
    clock.move(0)
    assert clock.moved_ms == 3_601_000
    assert clock.now() - Still().now() == timedelta(seconds=3601)
    assert clock.now_ms() - Still().now_ms() == 3_601_000
    assert clock.steady() == 7.0


def test_time_never_goes_backwards() -> None:
    clock = MovableClock(Still())
    with pytest.raises(ValueError, match="forward only"):
        clock.move(-1)
    assert clock.moved_ms == 0
