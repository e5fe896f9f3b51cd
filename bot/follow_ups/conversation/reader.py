"""Whoever reads an answer: in which language, in which time zone, with links to which workspace."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import texts
from bot.follow_ups.moment import moment, short_moment
from bot.texts import Language


@dataclass(frozen=True, slots=True)
class Reader:
    """A person as they are spoken with."""

    team: str
    user: str
    language: Language
    zone: ZoneInfo
    locale: str | None = None
    is_zone_known: bool = True  # else `zone` is UTC, and no time but a span can be set
    workspace_url: str = ""  # "https://example.slack.com/"; "" where Slack did not tell: no links then

    def say(self, key: str, **values: object) -> str:
        """Return a sentence about follow-ups."""
        return texts.load().say(f"follow_up.{key}", self.language, **values)

    def when(self, at_ms: int) -> str:
        """Return a moment in full: weekday, date, time, zone."""
        return moment(at_ms, self.zone, self.language)

    def when_short(self, at_ms: int, now_ms: int) -> str:
        """Return a moment for a list or a button, in the reader's own zone."""
        return short_moment(at_ms, self.zone, self.language, now_ms)
