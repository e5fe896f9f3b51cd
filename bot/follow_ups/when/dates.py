"""Dates with figures, and with English names of months: 2026-12-24, 24/12, "Dec 24th, 2026"."""

import re
from collections.abc import Iterator
from functools import cache

from bot.follow_ups.when import vocabulary
from bot.follow_ups.when.days import DaysOf, numeric, on_date

YEAR = r"20[2-9]\d"
ISO = re.compile(rf"(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)")
COMPACT = re.compile(rf"(?P<year>{YEAR})(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
WITH_YEAR = re.compile(rf"(\d\d?)(?P<mark>[-/.])(\d\d?)(?P=mark) ?(?P<year>{YEAR}|[2-9]\d)(?![\d.])")
SLASHED = re.compile(r"(\d\d?)(?P<mark>/)(\d\d?)(?![\d/])")
DASHED = re.compile(r"(\d\d)(?P<mark>-)(\d\d)(?![-\d])")
DOTTED = re.compile(
    r"(\d\d?)(?P<mark>\.)(\d\d?)(?:\.(?!\d)|(?![.\d])(?:[号日](?!样|楼|线|机|店|仓|厂|单|柜|本|电))?)"
)
AGAINST_PIECES = r"(?! ?(?:am|pm|a\.m|p\.m)(?![a-z]))"


def readings(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    """Return every date that may stand at a place, and where it ends."""
    for pattern in (ISO, COMPACT, *_named()):
        if (found := pattern.match(text, at)) and (meant := _exact(found)):
            yield meant, found.end()
    for pattern in (WITH_YEAR, SLASHED, DASHED, DOTTED):
        if (found := pattern.match(text, at)) and (meant := _in_some_order(found)):
            yield meant, found.end()


def full_year(written: str | None) -> int | None:
    """Return 2026 for "2026" and "26"."""
    return int(written) % 2000 + 2000 if written else None


def _exact(found: re.Match[str]) -> DaysOf | None:
    month, day, year = found["month"], int(found["day"]), full_year(found["year"])
    number = int(month) if month.isdigit() else vocabulary.indexed("english", "months").meaning[month] + 1
    return on_date(number, day, year) if 1 <= number <= 12 and 1 <= day <= 31 else None


def _in_some_order(found: re.Match[str]) -> DaysOf | None:
    year = full_year(found.groupdict().get("year"))
    return numeric(
        int(found[1]),
        int(found[3]),
        year,
        day_first=found["mark"] == ".",
        is_short=not year and not found[0].endswith("."),
    )


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    month = vocabulary.indexed("english", "months").pattern
    ordinal = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
    return (
        re.compile(
            rf"(?:the )?{ordinal}(?: of)?[ -]?(?P<month>{month})(?![a-z])\.?"
            rf"(?:(?:,? |-|/)'?(?P<year>{YEAR}|(?<=[-'])[2-9]\d|(?<= )2[6-9](?= ?$))(?!\d))?"
        ),
        re.compile(
            rf"(?P<month>{month})\.?[ -]?(?:the )?{ordinal}(?![\da-z:]){AGAINST_PIECES}"
            rf"(?:(?:, ?| |-)(?P<year>{YEAR})(?!\d))?"
        ),
    )
