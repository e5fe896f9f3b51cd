"""A reminder as the database would give it, without a database."""

from typing import Any

from bot.follow_ups.promises.model import Reminder
from bot.outbox.model import State

NOW = 1_764_000_000_000  # Mon 24 Nov 2025 16:00 UTC
DUE = NOW + 3 * 24 * 3600 * 1000


def reminder(**changes: Any) -> Reminder:
    """Return a waiting reminder of U1, due in three days; `changes` by field."""
    nothing = dict.fromkeys(Reminder.__dataclass_fields__)
    known = {
        "id": 57,
        "team": "T1",
        "inquiry_id": 4,
        "owner": "U1",
        "created_by": "U1",
        "due_at": DUE,
        "state": State.SCHEDULED,
        "note": "",
        "channel": "C1",
        "thread_ts": "1.2",
    }
    return Reminder(**{**nothing, **known, **changes})
