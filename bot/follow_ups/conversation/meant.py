"""Which inquiry is meant when nobody can point at one: Slack runs no command inside a thread."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from bot.intake.model import Via
from bot.storage import Database
from bot.storage.tables import inquiries
from knowledge.model import NOT_AN_INQUIRY

_SEEN_AS = func.coalesce(inquiries.c.corrected_type, inquiries.c.buyer_type, "")
_ROOT = inquiries.alias()
_IS_INSIDE_ANOTHER = exists().where(
    _ROOT.c.team == inquiries.c.team,
    _ROOT.c.channel == inquiries.c.channel,
    _ROOT.c.ts == inquiries.c.thread_ts,
    _ROOT.c.id != inquiries.c.id,
    _ROOT.c.deleted_at.is_(None),
)
_NEWEST_FIRST = (inquiries.c.received_at.desc(), inquiries.c.id.desc())


def meant_in(database: Database, team: str, channel: str, user: str) -> int | None:
    """Return a person's own latest inquiry in a channel, else the latest email nobody took, else the latest.

    What is no inquiry (a supplier's offer, spam) is meant only where there is nothing else, and what was said
    in the thread of another inquiry never: that other one is.
    """
    is_untaken = inquiries.c.owner.is_(None)
    is_own = or_(inquiries.c.owner == user, and_(is_untaken, inquiries.c.posted_by == user))
    is_free_mail = and_(is_untaken, inquiries.c.via == Via.EMAIL)
    nearness = case((_SEEN_AS == NOT_AN_INQUIRY, 3), (is_own, 0), (is_free_mail, 1), else_=2)
    wanted = _stands_in(team, channel) & ~_IS_INSIDE_ANOTHER
    return next(iter(_ids(database, wanted, nearness, *_NEWEST_FIRST, limit=1)), None)


def latest_in(database: Database, team: str, channel: str, limit: int) -> tuple[int, ...]:
    """Return the latest inquiries of a channel, newest first."""
    return _ids(database, _stands_in(team, channel), *_NEWEST_FIRST, limit=limit)


def inquiry_at(
    database: Database, team: str, channel: str, ts: str, thread_ts: str | None = None
) -> int | None:
    """Return the inquiry a message is, or in whose thread it stands; its advice counts as well."""
    is_there = or_(
        inquiries.c.ts == ts, inquiries.c.thread_ts == (thread_ts or ts), inquiries.c.advice_ts == ts
    )
    nearness = case((inquiries.c.ts == ts, 0), else_=1)
    found = _ids(database, _stands_in(team, channel) & is_there, nearness, *_NEWEST_FIRST, limit=1)
    return next(iter(found), None)


def _stands_in(team: str, channel: str) -> ColumnElement[bool]:
    stands = (inquiries.c.team == team) & (inquiries.c.channel == channel)
    return stands & inquiries.c.deleted_at.is_(None)


def _ids(database: Database, wanted: ColumnElement[bool], *order: Any, limit: int) -> tuple[int, ...]:
    query = select(inquiries.c.id).where(wanted).order_by(*order).limit(limit)
    with database.begin() as connection:
        return tuple(connection.execute(query).scalars())
