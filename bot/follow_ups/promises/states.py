"""Where an inquiry stands, and whose turn it is."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.follow_ups.promises import endings
from bot.follow_ups.promises.endings import CLOSED
from bot.follow_ups.promises.model import PlanRecord
from bot.storage.database import Database
from bot.storage.inquiries import lock
from bot.storage.model import InquiryRecord

__all__ = ["CLOSED", "STATES", "States", "owes_answer", "we_owe"]

STATES = ("new", "answered", "quoted", "sample_sent", "silent", *CLOSED)


def we_owe(inquiry: InquiryRecord) -> bool:
    """Tell whether the next word is ours: nothing was sent yet, or the buyer wrote after what was."""
    return inquiry.state == "new" or (inquiry.buyer_replied_at or 0) > inquiry.state_at


def owes_answer(inquiry: InquiryRecord) -> bool:
    """Tell whether the next word is ours on an inquiry that is not over."""
    return we_owe(inquiry) and inquiry.state not in CLOSED


@dataclass(frozen=True, slots=True)
class States:
    """Moves inquiries on; what that ends, ends in the same transaction."""

    database: Database
    clock: Clock

    def set_state(self, inquiry: InquiryRecord, state: str, by: str) -> PlanRecord | None:
        """Set one of STATES, and return the plan that won, lost or dropped ended."""
        with self.database.begin() as connection:
            current = lock(connection, inquiry.id)
            if current is None:
                return None
            now = self.clock.now_ms()
            endings.set_state(connection, current, state, now)
            if state not in CLOSED:
                return None
            return endings.end_plan(connection, inquiry.id, because="closed", by=by, at=now)

    def buyer_replied(self, inquiry: InquiryRecord, by: str) -> PlanRecord | None:
        """Note that the buyer wrote back, and return the plan that ended."""
        with self.database.begin() as connection:
            current = lock(connection, inquiry.id)
            now = self.clock.now_ms()
            return endings.buyer_replied(connection, current, by=by, at=now) if current else None
