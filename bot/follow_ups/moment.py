"""Moments and spans of time in words, in a person's own zone and language."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import texts
from bot.texts import Language

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


def moment(at_ms: int, zone: ZoneInfo, language: Language) -> str:
    """Return a moment with its weekday and zone, so that nobody is an hour or a week off."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
    return _say(
        "when",
        language,
        weekday=_say("weekdays", language).split()[local.weekday()],
        day=local.day,
        month=_say("months", language).split()[local.month - 1],
        year=local.year,
        time=f"{local:%H:%M}",
        zone=zone.key,
    )


def short_moment(at_ms: int, zone: ZoneInfo, language: Language, now_ms: int) -> str:
    """Return a moment for a button or a list: "Mon 30 Nov 09:00", with the year when it is another one."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
    is_this_year = local.year == datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).year
    return _say(
        "when_short" if is_this_year else "when_short_year",
        language,
        weekday=_say("weekdays_short", language).split()[local.weekday()],
        day=local.day,
        month=_say("months_short", language).split()[local.month - 1],
        year=local.year,
        time=f"{local:%H:%M}",
    )


def day_in_words(day: date, language: Language) -> str:
    """Return a day: "Mon 30 Nov 2026"."""
    return _say(
        "day",
        language,
        weekday=_say("weekdays_short", language).split()[day.weekday()],
        day=day.day,
        month=_say("months_short", language).split()[day.month - 1],
        year=day.year,
    )


def hour_of_week(local: datetime, language: Language) -> str:
    """Return the weekday and the time a clock shows: "Wed 02:15"."""
    weekday = _say("weekdays_short", language).split()[local.weekday()]
    return f"{weekday} {local:%H:%M}"


def span(length_ms: int, language: Language) -> str:
    """Return a span in its largest whole unit: days, hours or minutes."""
    for unit, unit_ms in (("day", DAY_MS), ("hour", HOUR_MS), ("minute", MINUTE_MS)):
        if (count := length_ms // unit_ms) > 1:
            return _say(f"{unit}s", language, count=count)
        if count:
            return _say(f"one_{unit}", language)
    return _say("one_minute", language)


def days_later(at_ms: int, days: int, zone: ZoneInfo) -> int:
    """Return the same wall-clock time `days` later in `zone`, as epoch ms.

    A time the clocks skip that day moves forward; one they show twice is its first showing.
    """
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
    return int((local + timedelta(days=days)).timestamp() * 1000)


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"reminder.{key}", language, **values)
