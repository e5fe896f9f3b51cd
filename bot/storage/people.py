"""What Slack said of the people the bot talks with."""

from sqlalchemy import select

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.model import Person
from bot.storage.tables import inquiries, people


class PeopleRows:
    """The table of people."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, team: str, user: str) -> Person | None:
        """Return what was last stored of a person, however old."""
        wanted = select(people.c.locale, people.c.tz, people.c.fetched_at).where(
            people.c.team == team, people.c.user == user
        )
        with self._database.begin() as connection:
            row = connection.execute(wanted).one_or_none()
        return Person(*row) if row else None

    def put(self, team: str, user: str, *, locale: str | None, tz: str | None) -> None:
        """Store what Slack says of a person now."""
        told = {"locale": locale, "tz": tz, "fetched_at": self._clock.now_ms()}
        insert = self._database.insert(people).values(team=team, user=user, **told)
        with self._database.begin() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["team", "user"], set_=told))

    def latest_locale_in(self, team: str, channel: str) -> str | None:
        """Return the locale of who brought a channel's latest inquiry, else of whom the bot met last."""
        known = select(people.c.locale).where(people.c.team == team, people.c.locale.is_not(None)).limit(1)
        bringer = (
            known.join(
                inquiries, (inquiries.c.team == people.c.team) & (inquiries.c.posted_by == people.c.user)
            )
            .where(inquiries.c.channel == channel)
            .order_by(inquiries.c.id.desc())
        )
        met_last = known.order_by(people.c.fetched_at.desc())
        with self._database.begin() as connection:
            found: str | None = connection.execute(bringer).scalar_one_or_none()
            return found or connection.execute(met_last).scalar_one_or_none()
