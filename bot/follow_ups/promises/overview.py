"""The open reminders of all people, for whoever runs the bot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, Select, case, func, literal, select

from bot.follow_ups.promises.rows import IS_OPEN, IS_REMINDER
from bot.outbox.awakening import IS_HELD
from bot.outbox.model import State
from bot.storage.database import Database
from bot.storage.tables import outbox, people

# In the order of the list: what needs a person first.
STATES = ("failed", "held", "sending", "waiting", "came")

_STATE = case(
    (outbox.c.state == State.FAILED, literal("failed")),
    (IS_HELD, literal("held")),
    (outbox.c.state == State.SENDING, literal("sending")),
    (outbox.c.state == State.SCHEDULED, literal("waiting")),
    else_=literal("came"),
).label("state")


@dataclass(frozen=True, slots=True)
class Listed:
    """One open reminder. `came` waits for somebody to be done with it."""

    id: int
    team: str
    owner: str | None
    zone: ZoneInfo  # the owner's, UTC where Slack has not told
    due_at: int  # epoch ms
    state: str
    attempts: int
    last_error: str | None
    inquiry_id: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The first of the open reminders, and how many there are in each state."""

    counts: Mapping[str, int]
    reminders: Sequence[Listed]

    @property
    def left_out(self) -> int:
        """How many are not among the first."""
        return sum(self.counts.values()) - len(self.reminders)


def overview(database: Database, most: int | None) -> Overview:
    """Return `most` of the open reminders (None: all), failed ones first, then what is due longest."""
    with database.begin() as connection:
        listed = tuple(map(_listed, connection.execute(_first(most))))
        return Overview(counts(connection), listed)


def team_of(database: Database, number: int) -> str | None:
    """Return the workspace of the reminder with a number; None when there is none."""
    wanted = select(outbox.c.team).where(IS_REMINDER, outbox.c.id == number)
    with database.begin() as connection:
        team: str | None = connection.execute(wanted).scalar_one_or_none()
        return team


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how many reminders are open in each of STATES."""
    per_state = select(_STATE, func.count()).where(IS_REMINDER, IS_OPEN).group_by(_STATE)
    counted = {str(state): int(count) for state, count in connection.execute(per_state)}
    return {state: counted.get(state, 0) for state in STATES}


def _first(most: int | None) -> Select[Any]:
    columns = ("id", "team", "owner", "due_at", "attempts", "last_error", "inquiry_id")
    of_owner = (people.c.team == outbox.c.team) & (people.c.user == outbox.c.owner)
    is_failed = outbox.c.state == State.FAILED
    return (
        select(*(outbox.c[name] for name in columns), _STATE, people.c.tz)
        .select_from(outbox.outerjoin(people, of_owner))
        .where(IS_REMINDER, IS_OPEN)
        .order_by(case((is_failed, 0), else_=1), outbox.c.due_at, outbox.c.id)
        .limit(most)
    )


def _listed(row: Row[Any]) -> Listed:
    known = dict(row._mapping)
    zone = _zone(known.pop("tz"))
    return Listed(**known, zone=zone)


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
