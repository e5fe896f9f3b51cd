"""Counted time: "3 days", 1h30m, 两天半. Days and months keep the clock on the wall, hours are true hours."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from bot.follow_ups.when.model import WorkingCalendar
from bot.follow_ups.when.reckoning import plus, plus_months

SECONDS = {"second": 1, "minute": 60, "quarter_hour": 900, "hour": 3_600}
DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
# From the shortest to the longest: "1h30m" goes down, "30m 1h" is no span.
ORDER = ("second", "minute", "quarter_hour", "hour", "day", "working_day", "week", "fortnight", *MONTHS)
DAY_S = 86_400
MONTH_DAYS = 30
HALF_A_DAY_S = 4 * 3_600  # of an office
MOST_DAYS = 10_000  # far beyond what is set; keeps dates within the calendar


@dataclass(frozen=True, slots=True)
class Span:
    """How much time; `said` was taken as `taken`, `other` is a span it may be as well."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    working_days: int = 0
    said: str = ""
    taken: str = ""
    other: "Span | None" = None
    is_short_minute: bool = False  # "1m"

    @property
    def rough_days(self) -> float:
        """Return about how many days it lasts."""
        return self.months * MONTH_DAYS + self.days + self.working_days * 1.4 + self.seconds / DAY_S

    @property
    def keeps_clock(self) -> bool:
        """Tell whether it is counted in days, so that an hour may be said beside it."""
        return not self.seconds and self.rough_days > 0

    def plus(self, more: "Span") -> "Span":
        """Return both together."""
        return replace(
            self,
            months=self.months + more.months,
            days=self.days + more.days,
            seconds=self.seconds + more.seconds,
            working_days=self.working_days + more.working_days,
        )

    def day_after(self, day: date, calendar: WorkingCalendar) -> date:
        """Return the day it reaches, without its hours; the month's last where there is no such day."""
        reached = plus(plus_months(day, self.months), self.days)
        return calendar.after(reached, self.working_days) if self.working_days else reached


def counted(count: Fraction, unit: str) -> Span:
    """Return a number of units; half a month is 15 days, half an office day 4 hours."""
    count = min(count, Fraction(MOST_DAYS * DAY_S))
    if unit in SECONDS:
        return Span(seconds=int(count * SECONDS[unit]))
    if unit == "working_day":
        return Span(working_days=min(ceil(count), MOST_DAYS))
    if unit in DAYS:
        days = min(count * DAYS[unit], Fraction(MOST_DAYS))
        return Span(days=int(days), seconds=int(days % 1 * DAY_S))
    months = min(count * MONTHS[unit], Fraction(MOST_DAYS))
    return Span(months=int(months), days=int(months % 1 * MONTH_DAYS))


def half_a_day(said: str) -> Span:
    """Return half a day as people at work mean it."""
    return Span(
        seconds=HALF_A_DAY_S,
        said=said,
        taken="4 h" if said.isascii() else "4 小时",
        other=Span(seconds=DAY_S // 2),
    )
