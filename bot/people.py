"""What the bot knows of the people it talks with: their language and time zone, as Slack has them.

Nothing here stands in the way of an answer: when Slack cannot say, the last known is used, else English
and UTC.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import Clock
from bot.texts import Language

logger = logging.getLogger(__name__)

FRESH_MS = 12 * 3600 * 1000
ASK_AGAIN_AFTER_S = 60.0  # a person Slack could not describe is not asked about for so long


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's Slack locale ("zh-CN") and IANA time zone; None where Slack does not say."""

    locale: str | None = None
    tz: str | None = None


class Known(Protocol):
    """A stored profile."""

    @property
    def locale(self) -> str | None:
        """The Slack locale."""

    @property
    def tz(self) -> str | None:
        """The IANA time zone."""

    @property
    def fetched_at(self) -> int:
        """When Slack said so, epoch ms."""


class Rows(Protocol):
    """The table of stored profiles."""

    def get(self, team: str, user: str) -> Known | None:
        """Return what was last stored, however old."""

    def put(self, team: str, user: str, *, locale: str | None, tz: str | None) -> None:
        """Store a profile as of now."""

    def latest_locale_in(self, team: str, channel: str) -> str | None:
        """Return the locale of who brought a channel's latest inquiry, else of whom the bot met last."""


class Brought(Protocol):
    """Of an inquiry: where it came in, and who brought it."""

    @property
    def team(self) -> str:
        """The workspace."""

    @property
    def channel(self) -> str:
        """The channel."""

    @property
    def posted_by(self) -> str | None:
        """The Slack user; None for an email."""


class People:
    """Profiles, looked up once in `FRESH_MS` and kept in the database."""

    def __init__(
        self,
        rows: Rows,
        ask_slack: Callable[[str, str], Profile | None],
        clock: Clock,
        language: Literal["auto", "en", "zh"] = "auto",
    ) -> None:
        self._rows = rows
        self._ask_slack = ask_slack
        self._clock = clock
        self._forced: Language | None = None if language == "auto" else language
        self._quiet_until: dict[tuple[str, str], float] = {}

    def language_of(self, team: str, user: str | None) -> Language:
        """Return the language to speak with a person."""
        if self._forced:
            return self._forced
        return language_of_locale(self.profile(team, user).locale if user else None)

    def language_for(self, inquiry: Brought) -> Language:
        """Return the language of the advice on an inquiry; an email is answered as the channel last was."""
        if self._forced:
            return self._forced
        if inquiry.posted_by:
            return self.language_of(inquiry.team, inquiry.posted_by)
        return language_of_locale(self._rows.latest_locale_in(inquiry.team, inquiry.channel))

    def zone_of(self, team: str, user: str) -> ZoneInfo:
        """Return a person's time zone; UTC when unknown."""
        try:
            return ZoneInfo(self.profile(team, user).tz or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def profile(self, team: str, user: str) -> Profile:
        """Return what is known of a person, asking Slack when that is old."""
        known = self._rows.get(team, user)
        if known and self._clock.now_ms() - known.fetched_at < FRESH_MS:
            return Profile(known.locale, known.tz)
        if told := self._ask(team, user):
            self._rows.put(team, user, locale=told.locale, tz=told.tz)
            return told
        return Profile(known.locale, known.tz) if known else Profile()

    def _ask(self, team: str, user: str) -> Profile | None:
        # While Slack is away, each inquiry of a rush would else wait for the same time-out.
        if self._clock.steady() < self._quiet_until.get((team, user), 0.0):
            return None
        told = self._ask_slack(team, user)
        if told is None:
            self._quiet_until[team, user] = self._clock.steady() + ASK_AGAIN_AFTER_S
        else:
            self._quiet_until.pop((team, user), None)
        return told


def language_of_locale(locale: str | None) -> Language:
    """Return the product's language for a Slack locale: Chinese for any Chinese, else English."""
    return "zh" if locale and locale.lower().startswith("zh") else "en"
