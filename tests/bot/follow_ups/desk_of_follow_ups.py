"""Reminders, plans and states on a database, with a clock and profiles moved by hand."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.promises.plans import Plans
from bot.follow_ups.promises.reminders import Reminders
from bot.follow_ups.promises.rows import CARD, REMINDER
from bot.follow_ups.promises.states import States
from bot.outbox.answers import Posted
from bot.outbox.claims import Claims
from bot.outbox.model import Kind, Row
from bot.outbox.store import Outbox
from bot.outbox.terms import Terms
from bot.people import People, Profile
from bot.storage import Database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries
from bot.storage.model import InquiryRecord
from bot.storage.people import PeopleRows
from bot.storage.tables import deliveries, outbox
from knowledge import Knowledge, load
from tests.bot.storage.stillness import StillClock, arrival

MEI, TOM, IVY = "U0MEI", "U0TOM", "U0IVY"
SHANGHAI = ZoneInfo("Asia/Shanghai")
BY_HAND = Terms(trusts_database_clock=False)
IS_CHANGE = outbox.c.kind == Kind.REMINDER_UPDATE


@cache
def known() -> Knowledge:
    """Return the built-in knowledge."""
    return load()


def instant(written: str, zone: ZoneInfo = SHANGHAI) -> int:
    """Return a local moment, "2026-11-25 10:00", as epoch ms."""
    return int(datetime.fromisoformat(written).replace(tzinfo=zone).timestamp() * 1000)


def local(at_ms: int, zone: ZoneInfo = SHANGHAI) -> str:
    """Return an instant as a local moment."""
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone):%a %Y-%m-%d %H:%M}"


@dataclass
class FollowUpDesk:
    """What follow-ups work with."""

    database: Database
    clock: StillClock = field(default_factory=lambda: StillClock(instant("2026-11-25 10:00")))
    zones: dict[str, str] = field(default_factory=lambda: {MEI: "Asia/Shanghai", TOM: "America/New_York"})

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.database, self.clock, BY_HAND)
        self.claims = Claims(self.database, self.clock, BY_HAND)
        self.inquiries = Inquiries(self.database, self.clock)
        self.seen = SeenEvents(self.database, self.clock)
        self.people = People(PeopleRows(self.database, self.clock), self.profile, self.clock)
        self.reminders = Reminders(self.database, self.clock, self.outbox, self.seen)
        self.states = States(self.database, self.clock)
        self.plans = Plans(self.database, self.clock, self.outbox, self.seen, self.people, known())

    def profile(self, _team: str, user: str) -> Profile:
        return Profile("en-US", self.zones.get(user, "UTC"))

    def inquiry(self, ts: str = "1700000001.000100", **more: Any) -> InquiryRecord:
        """Return an inquiry that came in, its advice said."""
        receipt = self.inquiries.receive(arrival(ts, **more))
        self.outbox.cancel_for_inquiry(receipt.inquiry_id)
        return self.again(receipt.inquiry_id)

    def again(self, inquiry: InquiryRecord | int) -> InquiryRecord:
        """Return an inquiry as it stands now."""
        found = self.inquiries.get(inquiry if isinstance(inquiry, int) else inquiry.id)
        assert found is not None
        return found

    def remind(self, inquiry: InquiryRecord, in_s: float = 3600, **more: Any) -> Reminder:
        """Return a reminder that was set."""
        told: dict[str, Any] = {"owner": MEI, "by": MEI, "due_at": self.clock.ms + round(in_s * 1000)}
        number = self.reminders.set(inquiry, **(told | more))
        assert number is not None
        return self.reminder(number)

    def reminder(self, reminder: Reminder | int) -> Reminder:
        """Return a reminder as it stands now."""
        number = reminder if isinstance(reminder, int) else reminder.id
        found = self.reminders.get("T1", number)
        assert found is not None
        return found

    def claim(self) -> Row:
        """Return the row a worker takes now; what only changes a card is done on the way."""
        row = self.claims.claim()
        while row is not None and row.kind is Kind.REMINDER_UPDATE:
            self.land(row, str(row.payload[CARD]))
            row = self.claims.claim()
        assert row is not None
        return row

    def changes(self) -> list[int]:
        """Return the reminders whose cards are still to be changed, and let them be."""
        return [json.loads(row.payload)[REMINDER] for row in self._rows(IS_CHANGE) if row.next_at is not None]

    def land(self, row: Row, ts: str = "1800000000.000200") -> None:
        """Let a claimed row be said."""
        self.claims.record(row, Posted(row.channel, ts), found=False)
        self.claims.finish(row)

    def deliver(self) -> Row:
        """Let the next row that is due be said."""
        row = self.claim()
        self.land(row, f"{self.clock.ms / 1000:.6f}")
        return row

    def rows(self) -> list[Any]:
        """Return all rows of the outbox but those that change the cards of reminders."""
        return self._rows(~IS_CHANGE)

    def _rows(self, wanted: ColumnElement[bool]) -> list[Any]:
        with self.database.begin() as connection:
            return list(connection.execute(select(outbox).where(wanted).order_by(outbox.c.id)))

    def waiting(self) -> list[Any]:
        """Return the rows that are still to come."""
        return [row for row in self.rows() if row.next_at is not None]

    def deliveries(self) -> list[tuple[int, int]]:
        """Return number and turn of all that was said."""
        with self.database.begin() as connection:
            of_rows = select(deliveries).join(outbox, outbox.c.id == deliveries.c.outbox_id)
            return [(row.outbox_id, row.seq) for row in connection.execute(of_rows.where(~IS_CHANGE))]
