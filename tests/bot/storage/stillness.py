"""A clock moved by hand, and an inquiry to arrive."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.intake.model import Arrival, Received, Via

DAY_MS = 24 * 3600 * 1000


@dataclass
class StillClock:
    """Time stands still until it is moved."""

    ms: int = 1_800_000_000_000
    s: float = 1_000.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.ms / 1000, UTC)

    def now_ms(self) -> int:
        return self.ms

    def steady(self) -> float:
        return self.s

    def pass_by(self, seconds: float) -> None:
        """Let both kinds of time pass."""
        self.ms += round(seconds * 1000)
        self.s += seconds


def arrival(
    ts: str = "1700000001.000100",
    text: str = "Please quote 500 pcs",
    channel: str = "C0INQUIRY",
    team: str = "T1",
    posted_by: str | None = "U0MEI",
) -> Arrival:
    """Return an inquiry that arrives."""
    return Arrival(team, channel, ts, ts, Via.MESSAGE, posted_by, Received(text))
