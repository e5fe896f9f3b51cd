"""The outbox without threads: each step is taken by hand, on a clock moved by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.outbox.claims import Claims
from bot.outbox.delivery import Delivery
from bot.outbox.lease import Lease, last_start_from
from bot.outbox.model import Kind, Row
from bot.outbox.outcome import Outcome
from bot.outbox.pace import Pace
from bot.outbox.store import Outbox
from bot.outbox.terms import Terms
from bot.storage import Database
from bot.storage.tables import deliveries, outbox
from bot.texts import Language
from tests.bot.outbox.recording import FewWords, RecordingSlack
from tests.bot.storage.stillness import StillClock

CHANNEL = "C0INQUIRY"
THREAD = "1700000001.000100"
BY_HAND = Terms(trusts_database_clock=False)


@dataclass
class Desk:
    """One worker of the outbox, and what it works with."""

    database: Database
    clock: StillClock = field(default_factory=StillClock)
    slack: RecordingSlack = field(default_factory=RecordingSlack)
    speaker: FewWords = field(default_factory=FewWords)
    terms: Terms = BY_HAND
    language: Language = "en"

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.database, self.clock, self.terms)
        self.claims = Claims(self.database, self.clock, self.terms)
        self.delivery = self.new_delivery()

    def new_delivery(self) -> Delivery:
        """Return a worker's memory as after a restart."""
        speakers = dict.fromkeys(Kind, self.speaker)
        self.pace = Pace(self.clock, self.terms.between_posts_s)
        outcome = Outcome(self.claims, speakers, self.slack, self.pace, self.terms)
        return Delivery(
            self.claims,
            speakers,
            self.slack,
            outcome,
            self.pace,
            self.clock,
            self.terms,
            lambda team, user: self.language,
        )

    def schedule(
        self,
        kind: Kind = Kind.ADVICE,
        *,
        in_s: float = 0,
        channel: str = CHANNEL,
        inquiry_id: int = 7,
        owner: str | None = "U0MEI",
        payload: Mapping[str, Any] | None = None,
    ) -> int:
        """Write a row that is due in so many seconds."""
        return self.outbox.schedule(
            kind,
            team="T1",
            channel=channel,
            thread_ts=THREAD,
            inquiry_id=inquiry_id,
            owner=owner,
            payload=payload or {},
            due_at=self.clock.ms + round(in_s * 1000),
            created_by=owner,
        )

    def claim(self) -> Row:
        """Claim a row; there must be one."""
        row = self.claims.claim()
        assert row
        return row

    def step(self) -> bool:
        """Deliver one row that is due; False when there is none."""
        claimed_at = self.clock.steady()
        row = self.claims.claim(self.pace)
        if row:
            self.delivery.deliver(Lease(row, last_start_from(claimed_at, self.terms)))
        return row is not None

    def run(self, seconds: float = 0, tick_s: float = 1) -> None:
        """Deliver all that falls due in so many seconds."""
        end = self.clock.s + seconds
        while True:
            while self.step():
                pass
            if self.clock.s >= end:
                return
            self.clock.pass_by(tick_s)

    def row(self, row_id: int) -> Any:
        """Return a row as it stands in the database."""
        with self.database.begin() as connection:
            return connection.execute(select(outbox).where(outbox.c.id == row_id)).one()

    def rows(self) -> Sequence[Any]:
        """Return all rows as they stand in the database."""
        with self.database.begin() as connection:
            return connection.execute(select(outbox).order_by(outbox.c.id)).all()

    def deliveries(self) -> Sequence[Any]:
        """Return all recorded deliveries."""
        with self.database.begin() as connection:
            return connection.execute(select(deliveries).order_by(deliveries.c.outbox_id)).all()

    def next_in_s(self, row_id: int) -> float:
        """Return when the engine looks at a row again, in seconds from now."""
        return float(self.row(row_id).next_at - self.clock.ms) / 1000
