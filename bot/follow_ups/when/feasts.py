"""Holidays in words: the day itself, and the first working day after it."""

from datetime import date

from bot.follow_ups.calendar.festivals import Festival
from bot.follow_ups.when.days import Days, DaysOf, Frame, on_date, preceding
from bot.follow_ups.when.hours import MORNING
from bot.follow_ups.when.reckoning import last_working, plus

FIXED: dict[Festival, tuple[int, int]] = {
    "christmas": (12, 25),
    "new_year": (1, 1),
    "labour_day": (5, 1),
    "national_day": (10, 1),
}
MOST_OFFERED = 3
WESTERN: tuple[Festival, ...] = ("christmas", "new_year", "easter", "spring_festival")
CHINESE: tuple[Festival, ...] = ("new_year", "spring_festival", "qingming", "labour_day", "national_day")


def after(festival: Festival) -> DaysOf:
    """Return the first working day after a festival and the free days that hang on to it."""

    def days(frame: Frame) -> Days:
        end = frame.calendar.end_of(festival, frame.today)
        if end is None:
            return Days((), why="which_holiday", detail="unknown")
        return Days((_back_at_work(frame, end),), hours=MORNING, is_told=True)

    return days


def before(festival: Festival) -> DaysOf:
    """Return what "before Christmas" may be: asked, like "before Friday"."""
    if fixed := FIXED.get(festival):
        return preceding(on_date(*fixed))

    def days(frame: Frame) -> Days:
        end = frame.calendar.end_of(festival, frame.today)
        if end is None:
            return Days((), why="which_holiday", detail="unknown")
        return Days((last_working(frame.calendar, end),), why="ambiguous", detail="before")

    return days


def itself(festival: Festival) -> DaysOf:
    """Return the day of a festival; where it lasts several, what comes after it is offered."""
    if fixed := FIXED.get(festival):
        return on_date(*fixed)

    def days(frame: Frame) -> Days:
        found = after(festival)(frame)
        return found if found.why else Days(found.tried, hours=MORNING, why="ambiguous", detail="festival")

    return days


def unnamed(festivals: tuple[Festival, ...]) -> DaysOf:
    """Return what "after the holidays" may be: the next ones there are, to choose from."""

    def days(frame: Frame) -> Days:
        ends = {frame.calendar.end_of(festival, frame.today) for festival in festivals}
        ahead = sorted({_back_at_work(frame, end) for end in ends if end})
        rivals = tuple(ahead[1:MOST_OFFERED])
        return Days(tuple(ahead[:1]), rivals, hours=MORNING, why="which_holiday")

    return days


def _back_at_work(frame: Frame, end: date) -> date:
    return frame.calendar.next_working(plus(end, 1))
