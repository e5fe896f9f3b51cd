"""The time a worker may still begin a post in."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.outbox.claims import Claims
from bot.outbox.model import Row
from bot.outbox.terms import Terms


@dataclass(slots=True)
class Lease:
    """One claimed row and the end of its claim, by a clock that goes on while the machine sleeps."""

    row: Row
    last_start: float  # Clock.steady(): a post that starts later could outlive the claim

    def is_held(self, claims: Claims, clock: Clock, terms: Terms) -> bool:
        """Tell whether a post may begin now; a claim that runs out is begun anew where nobody took it."""
        now = clock.steady()
        if now < self.last_start:
            return True
        self.last_start = last_start_from(now, terms)
        return claims.renew(self.row)


def last_start_from(claimed_at: float, terms: Terms) -> float:
    """Return until when a post may begin under a claim made at `claimed_at` or later."""
    return claimed_at + terms.lease_s - terms.margin_s
