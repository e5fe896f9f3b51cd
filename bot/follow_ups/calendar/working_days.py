"""On which days people work, by country: weekends, public holidays and China's make-up working days.

Countries are ISO 3166-1 codes. Nothing here raises for a country, year or name it does not know: there is
then a Saturday-Sunday weekend and no holiday. Where a country is divided, its nationwide holidays count.
"""

from datetime import date, timedelta
from functools import cache
from typing import Literal

from bot import texts
from bot.follow_ups.calendar.countries import country_name, country_named, country_of_zone, hour_there
from bot.follow_ups.calendar.festivals import FESTIVALS, Festival, Known
from bot.follow_ups.calendar.public_holidays import Holiday, free_days
from bot.texts import Language

__all__ = [
    "Festival",
    "WorkingDays",
    "country_name",
    "country_named",
    "country_of_zone",
    "hour_there",
    "working_days_of",
]

Free = Literal["weekend", "holiday"]
LONGEST_BREAK_DAYS = 60  # no calendar is shut for longer; a bound for hand-edited weekends


class WorkingDays:
    """The working days of a country; of `None`, all but Saturdays and Sundays."""

    def __init__(self, country: str | None) -> None:
        self.country = country.upper() if country else None

    def is_working(self, day: date) -> bool:
        """Tell whether offices are open on `day`."""
        return self.free_because(day) is None

    def free_because(self, day: date) -> Free | None:
        """Return what makes `day` free, a holiday rather than the weekend; None for a working day."""
        year = free_days(self.country or "", day.year)
        if day in year.holidays:
            return "holiday"
        return "weekend" if day.weekday() in year.weekend and day not in year.worked else None

    def holiday_on(self, day: date) -> Holiday | None:
        """Return the public holiday on `day`, if any."""
        return free_days(self.country or "", day.year).holidays.get(day)

    def why_free(self, day: date, language: Language) -> str:
        """Return why `day` is free, as a part of a sentence: "weekend", "holiday in Germany (Christmas Day)".

        Empty for a working day. The words come without article and full stop, to stand after a comma or dash.
        """
        because = self.free_because(day)
        holiday = self.holiday_on(day)
        if because is None or holiday is None:
            return texts.load().say("follow_up.days.weekend", language) if because else ""
        key = "follow_up.days.holiday_expected" if holiday.is_expected else "follow_up.days.holiday"
        country = country_name(self.country or "", language)
        return texts.load().say(key, language, country=country, name=holiday.name(language))

    def next_working(self, day: date) -> date:
        """Return the first working day on or after `day`."""
        last = min(date.max.toordinal(), day.toordinal() + LONGEST_BREAK_DAYS)
        ahead = (date.fromordinal(each) for each in range(day.toordinal(), last + 1))
        return next((each for each in ahead if self.is_working(each)), day)

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; with 0, the first one on or after it."""
        found = self.next_working(day) if count < 1 else day
        for _ in range(count):
            found = self.next_working(found + timedelta(days=1))
        return found

    def end_of(self, festival: Festival, after: date) -> date | None:
        """Return the last free day of a festival, the one under way on `after` or else the next.

        Weekends and adjusted days that hang on to it are part of it, so "after Christmas" is
        `days.next_working(days.end_of("christmas", today) + timedelta(days=1))`. The festival is looked up in
        this calendar first, then in the one of its home (a seller in China saying "after Christmas" means the
        buyers'). None when no calendar knows one within a year.
        """
        known = FESTIVALS[festival]
        return self._end_of(known, after) or working_days_of(known.home)._end_of(known, after)

    def _end_of(self, known: Known, after: date) -> date | None:
        days = (day for year in (after.year, after.year + 1) for day in self._days_of(known, year))
        return min((end for day in days if (end := self._last_free(day)) >= after), default=None)

    def _days_of(self, known: Known, year: int) -> tuple[date, ...]:
        holidays = free_days(self.country or "", year).holidays.items()
        return tuple(day for day, each in holidays if known.is_called(each.en))

    def _last_free(self, day: date) -> date:
        ahead = (day + timedelta(days=count) for count in range(1, LONGEST_BREAK_DAYS))
        return next((each for each in ahead if self.is_working(each)), day) - timedelta(days=1)


@cache
def working_days_of(country: str | None) -> WorkingDays:
    """Return the working days of a country, always the same object."""
    return WorkingDays(country)
