"""Moments and spans of time in words, in a person's own zone and language."""

from datetime import UTC, datetime, timedelta
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
