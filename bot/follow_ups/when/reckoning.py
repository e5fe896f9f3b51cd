"""Reckoning with days: clamped to the calendar's own first and last, months to their last day."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

from bot.follow_ups.when.model import WorkingCalendar

Period = Literal["week", "month", "quarter", "year"]
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def plus(day: date, count: int) -> date:
    """Return a day `count` days later, at most the calendar's own first and last."""
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + count)))


def plus_months(day: date, months: int) -> date:
    """Return the same day of the month, or that month's last."""
    year, month = year_month(day, months)
    first_after = first_of(date(year, month, 1), "month", 1)
    return min(plus(date(year, month, 1), day.day - 1), plus(first_after, -1))


def first_of(day: date, period: Period, ahead: int) -> date:
    """Return the first day of the period that `day` is in, or of one `ahead` of it."""
    if period == "week":
        return plus(day, 7 * ahead - day.weekday())
    months = MONTHS_OF[period]
    begun = (day.month - 1) % months
    return date(*year_month(day, months * ahead - begun), 1)


def last_working(calendar: WorkingCalendar, day: date) -> date:
    """Return that day or the last working day before it."""
    back = (plus(day, -count) for count in range(31))
    return next((each for each in back if calendar.is_working(each)), day)


def made(year: int, month: int, day: int) -> date | None:
    """Return a date, None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_month(day: date, months: int) -> tuple[int, int]:
    """Return year and month that are `months` later, within the calendar."""
    count = 12 * day.year + day.month - 1 + months
    count = max(12 * MINYEAR, min(12 * MAXYEAR + 11, count))
    return count // 12, count % 12 + 1
