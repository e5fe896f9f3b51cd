"""Timing two things against each other, turn by turn, so that a busy machine slows both alike."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """Two medians in milliseconds, and what they are of."""

    what: str
    ours_ms: float
    beside_ms: float
    beside: str

    @property
    def ratio(self) -> float:
        """Return how many times as long ours takes; below 1 it is the faster."""
        return self.ours_ms / self.beside_ms if self.beside_ms else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return {**asdict(self), "ratio": self.ratio}


def against(
    what: str, ours: Callable[[], object], beside: Callable[[], object], name: str, *, turns: int = 15
) -> Result:
    """Run both in turn and compare their medians."""
    pairs = [(_ms(ours), _ms(beside)) for _ in range(turns)]
    return Result(what, median(p[0] for p in pairs), median(p[1] for p in pairs), name)


def _ms(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000
