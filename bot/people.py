"""What the bot knows of the people it talks with: their language and time zone, as Slack has them.

Nothing here stands in the way of an answer: when Slack cannot say, the last known is used, else English
and UTC. Whoever sets a time for somebody calls `renew` first: a promise hangs on the zone.
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
NEWLY_MS = 60 * 1000  # for whoever speaks of a time: people travel
ASK_AGAIN_AFTER_S = 60.0  # a person Slack could not describe is not asked about for so long
TRY_AGAIN_AFTER_S = 5.0  # nor by whoever is told to try again in a moment


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's Slack locale ("zh-CN") and IANA time zone; None where Slack does not say."""

    locale: str | None = None
    tz: str | None = None


Ask = Callable[[str, str], Profile | None]  # team, user


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
    """Profiles, looked up once in `FRESH_MS` and kept in the database.

    `ask_quickly` asks Slack where a person waits 3 s at most for an answer.
    """

    def __init__(
        self,
        rows: Rows,
        ask_slack: Ask,
        clock: Clock,
        language: Literal["auto", "en", "zh"] = "auto",
        ask_quickly: Ask | None = None,
    ) -> None:
        self._rows = rows
        self._ask_slack = ask_slack
        self._ask_quickly = ask_quickly or ask_slack
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
        known = self._known(team, user, FRESH_MS)
        return known or self._ask(team, user, self._ask_slack, ASK_AGAIN_AFTER_S) or Profile()

    def renew(self, team: str, user: str) -> bool:
        """Learn where a person is now, without waiting long; tell whether a time of theirs can be read.

        It cannot while Slack never told their zone and does not answer.
        """
        known = self._known(team, user, NEWLY_MS)
        return (known or self._ask(team, user, self._ask_quickly, TRY_AGAIN_AFTER_S)) is not None

    def heard(self, team: str, user: str, told: Profile) -> None:
        """Note what Slack says of its own accord; of strangers nothing is kept."""
        known = self._rows.get(team, user)
        if known:  # their locale is not always told
            locale, tz = told.locale or known.locale, told.tz or known.tz
            self._rows.put(team, user, locale=locale, tz=tz)

    def _known(self, team: str, user: str, fresh_ms: int) -> Profile | None:
        known = self._rows.get(team, user)
        is_fresh = known and self._clock.now_ms() - known.fetched_at < fresh_ms
        return Profile(known.locale, known.tz) if known and is_fresh else None

    def _ask(self, team: str, user: str, ask: Ask, again_after_s: float) -> Profile | None:
        """Return what Slack says, else what it said before, however long ago."""
        # While Slack is away, each inquiry of a rush would else wait for the same time-out.
        is_quiet = self._clock.steady() < self._quiet_until.get((team, user), 0.0)
        told = None if is_quiet else ask(team, user)
        if told:
            self._quiet_until.pop((team, user), None)
            self._rows.put(team, user, locale=told.locale, tz=told.tz)
            return told
        if not is_quiet:
            self._quiet_until[team, user] = self._clock.steady() + again_after_s
        known = self._rows.get(team, user)
        return Profile(known.locale, known.tz) if known else None


def language_of_locale(locale: str | None) -> Language:
    """Return the product's language for a Slack locale: Chinese for any Chinese, else English."""
    return "zh" if locale and locale.lower().startswith("zh") else "en"
