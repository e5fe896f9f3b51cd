"""Days in words, as a calendar knows them: each function returns which days a phrase may name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.follow_ups.when.hours import FRIDAY_CLOSE, MORNING, OPEN, Hours
from bot.follow_ups.when.model import RemarkKind, Why, WorkingCalendar
from bot.follow_ups.when.reckoning import Period, first_of, last_working, made, plus, year_month

FRIDAY = 4
MIDDLES: dict[Period, int] = {"week": 2, "month": 14, "quarter": 45, "year": 181}
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Frame:
    """Now, where it is said: epoch ms, the clock on the wall there, which order of 12/1 is likelier."""

    now_ms: int
    now: datetime  # without a zone
    zone: ZoneInfo
    month_first: bool
    is_chinese: bool
    calendar: WorkingCalendar

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Days:
    """Days a phrase may name, in the order they are tried: the first whose hour is still to come is meant.

    `rivals` are as good: then it is asked. `later` is offered where every one is over.
    """

    tried: tuple[date, ...]
    rivals: tuple[date, ...] = ()
    later: tuple[date, ...] = ()
    hours: Hours = OPEN  # where none are said
    why: Why | None = None
    detail: str = ""
    remark: RemarkKind | None = None  # said where another than the first is taken
    is_told: bool = False  # the day itself is worth telling
    values: dict[str, str] = field(default_factory=dict)


DaysOf = Callable[[Frame], Days]


def from_today(count: int) -> DaysOf:
    """Return today, tomorrow, yesterday."""

    def days(frame: Frame) -> Days:
        day = plus(frame.today, count)
        if count < 0:
            return Days((day,), later=(plus(frame.today, -count),))
        return Days((day,), later=(plus(frame.today, count + 1),))

    return days


def coming(weekday: int, weeks: int = 0) -> DaysOf:
    """Return the nearest such weekday, today while its hour is to come, or weeks after it."""

    def days(frame: Frame) -> Days:
        first = plus(frame.today, (weekday - frame.today.weekday()) % 7 + 7 * weeks)
        return Days((first, plus(first, 7)), hours=MORNING, remark="week_taken")

    return days


def in_week(weekday: int, weeks: int) -> DaysOf:
    """Return the weekday of this calendar week or one `weeks` later, Monday first."""

    def days(frame: Frame) -> Days:
        day = plus(frame.today, weekday - frame.today.weekday() + 7 * weeks)
        soonest = (weekday - frame.today.weekday()) % 7 or 7
        return Days((day,), later=(plus(frame.today, soonest),))

    return days


def contested(weekday: int) -> DaysOf:
    """Return "next Friday": next week's, and while this week's is still ahead it may be that one."""

    def days(frame: Frame) -> Days:
        ahead = weekday - frame.today.weekday()
        next_week = plus(frame.today, ahead + 7)
        if ahead <= 0:
            return Days((next_week,))
        rivals = (plus(frame.today, ahead),)
        return Days((next_week,), rivals=rivals, why="ambiguous", detail="weekday")

    return days


def weekend(weeks: int | None, *, is_contested: bool = False) -> DaysOf:
    """Return Saturday and Sunday of a calendar week; None: the nearest to come."""

    def days(frame: Frame) -> Days:
        saturday = plus(frame.today, 5 - frame.today.weekday() + 7 * (weeks or 0))
        both = (saturday, plus(saturday, 1))
        if is_contested and frame.today.weekday() < 5:
            rival = (plus(saturday, -7),)
            return Days((saturday,), rivals=rival, why="ambiguous", detail="weekend")
        following = (plus(saturday, 7),)
        return Days(both if weeks is not None else both + following, later=following, hours=MORNING)

    return days


def on_date(month: int, day: int, year: int | None = None) -> DaysOf:
    """Return a date; without a year this year's, and once that is over next year's."""

    def days(frame: Frame) -> Days:
        years = (year,) if year else (frame.today.year, frame.today.year + 1)
        dates = tuple(found for each in years if (found := made(each, month, day)))
        if not dates:
            return _no_such_day(years[-1] if month < frame.today.month else years[0], month)
        again = tuple(each for each in (_renewed(found, frame.today) for found in dates[:1]) if each)
        if year or dates[0] != frame.today:
            return Days(dates, later=again, remark="year_taken")
        return Days(dates[:1], later=(plus(frame.today, 1), *dates[1:]))

    return days


def of_month(day: int, months: int | None = None) -> DaysOf:
    """Return "the 15th" of this month or one `months` later; None: the nearest to come."""

    def days(frame: Frame) -> Days:
        aheads = (months,) if months is not None else range(13)
        firsts = [first_of(frame.today, "month", ahead) for ahead in aheads]
        dates = tuple(found for first in firsts if (found := made(first.year, first.month, day)))
        if not dates:
            return _no_such_day(firsts[0].year, firsts[0].month)
        later = made(*year_month(frame.today, 1), day)
        return Days(dates[:2], later=(later,) if later else (), remark="month_taken")

    return days


def numeric(
    first: int, second: int, year: int | None, *, day_first: bool = False, is_short: bool = False
) -> DaysOf | None:
    """Return 03/12, asked where both orders are possible; None where neither is.

    With dots the day comes first; a Chinese reader writes the month first where no year tells otherwise, and
    is asked about 12.1 (`is_short`: neither a year nor a dot at its end).
    """
    orders = [order for order in ((second, first), (first, second)) if made(LEAP_YEAR, *order)]
    if not orders:  # 31/11
        return on_date(second, first, year) if 1 <= second <= 12 and 1 <= first <= 31 else None
    if len(orders) < 2 or first == second:
        return on_date(*orders[0], year)

    def days(frame: Frame) -> Days:
        readings = [_first_meant(frame, on_date(*each, year)) for each in orders]
        if day_first and not (is_short and frame.is_chinese):
            return replace(readings[0], remark="order_taken", is_told=True)
        if frame.is_chinese and not year and not day_first:
            return readings[1]
        likelier, other = reversed(readings) if frame.month_first else readings
        told = {"first_day": f"{likelier.tried[0]}", "second_day": f"{other.tried[0]}"}
        return Days(likelier.tried, other.tried, why="ambiguous", detail="order", values=told)

    return days


def start_of(period: Period, ahead: int | None) -> DaysOf:
    """Return the first working day of a period `ahead` of the present one; None: the nearest to come."""

    def days(frame: Frame) -> Days:
        aheads = (ahead,) if ahead is not None else (0, 1)
        firsts = tuple(first_of(frame.today, period, each) for each in aheads)
        dates = tuple(frame.calendar.next_working(first) for first in firsts)
        later = frame.calendar.next_working(first_of(frame.today, period, 1))
        return Days(dates, later=(later,), is_told=dates != firsts)

    return days


def week_of(base: DaysOf) -> DaysOf:
    """Return the first working day of the week a date lies in, of this week the first that is to come."""

    def days(frame: Frame) -> Days:
        found = base(frame)
        mondays = (plus(day, -day.weekday()) for day in found.tried)
        starts = (max(day, frame.today) if plus(day, 6) >= frame.today else day for day in mondays)
        return replace(found, tried=tuple(frame.calendar.next_working(day) for day in starts))

    return days


def middle_of(period: Period, ahead: int | None) -> DaysOf:
    """Return the middle of a period, or the working day after it; None: the nearest to come."""

    def days(frame: Frame) -> Days:
        aheads = ((ahead or 0), (ahead or 0) + 1)
        middles = tuple(plus(first_of(frame.today, period, each), MIDDLES[period]) for each in aheads)
        day, later = (frame.calendar.next_working(each) for each in middles)
        tried = (day, later) if ahead is None else (day,)
        return Days(tried, later=(later,), is_told=tried[0] != middles[0])

    return days


def end_of(period: Period, ahead: int) -> DaysOf:
    """Return the last working day of a period; of a week the Friday, in the late afternoon."""

    def days(frame: Frame) -> Days:
        if period == "week":
            friday = plus(frame.today, FRIDAY - frame.today.weekday() + 7 * ahead)
            return Days((friday,), later=(plus(friday, 7),), hours=FRIDAY_CLOSE)
        day, later = (
            last_working(frame.calendar, plus(first_of(frame.today, period, each), -1))
            for each in (ahead + 1, ahead + 2)
        )
        return Days((day,), later=(later,), is_told=True)

    return days


def in_month(month: int, year: int | None, of: Callable[[Period, int], DaysOf]) -> DaysOf:
    """Return the start, middle or end of a month that is named; the nearest that is not over."""

    def days(frame: Frame) -> Days:
        ahead = (month - frame.today.month) + 12 * ((year or frame.today.year) - frame.today.year)
        if not year and ahead < 0:
            ahead += 12
        found = of("month", ahead)(frame)
        again = of("month", ahead + 12)(frame).tried
        return replace(found, tried=found.tried if year else found.tried[:1] + again, later=again)

    return days


def following(base: DaysOf) -> DaysOf:
    """Return the first working day after a day."""

    def days(frame: Frame) -> Days:
        found = base(frame)
        after = tuple(frame.calendar.after(day, 1) for day in _still_ahead(found.tried, frame.today))
        return replace(found, tried=after or found.tried, hours=MORNING, is_told=True)

    return days


def preceding(base: DaysOf) -> DaysOf:
    """Return what "before Friday" may be: the last working day before it, or the day itself."""

    def days(frame: Frame) -> Days:
        found = base(frame)
        ahead = _still_ahead(found.tried, frame.today) or found.tried
        if not ahead:
            return found
        day = last_working(frame.calendar, plus(ahead[0], -1))
        return replace(found, tried=(day,), rivals=ahead[:1], why="ambiguous", detail="before")

    return days


def _renewed(day: date, today: date) -> date | None:
    years: Iterator[date | None] = (made(today.year + each, day.month, day.day) for each in (0, 1))
    return next((each for each in years if each and each > today), None)


def _first_meant(frame: Frame, of: DaysOf) -> Days:
    found = of(frame)
    return replace(found, tried=(_still_ahead(found.tried, frame.today) or found.tried)[:1])


def _still_ahead(days: tuple[date, ...], today: date) -> tuple[date, ...]:
    return tuple(day for day in days if day >= today)


def _no_such_day(year: int, month: int) -> Days:
    first_after = first_of(date(year, month, 1), "month", 1)
    return Days((plus(first_after, -1),), rivals=(first_after,), why="no_such_day")
