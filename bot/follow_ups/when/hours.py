"""Hours of a day in words: "9am", "at 3", 下午三点半, "tonight", eod."""

from dataclasses import dataclass

NOON = 12 * 60
DAY = 24 * 60
FIRST_BARE_MORNING = 7  # "at 3" is meant in the afternoon, "at 9" in the morning


@dataclass(frozen=True, slots=True)
class Hours:
    """An hour in minutes since midnight (from 1440: of the night that follows).

    `late` is meant where `first` is over and the same part of the day is not; `other` is the same hour of the
    other half of the day; `said` is a bare hour that had to be guessed.
    """

    first: int
    late: int | None = None
    other: int | None = None
    said: str = ""
    is_midnight: bool = False  # of a named day: the night before it or after it?
    is_now: bool = False  # the hour it is now
    part: str = ""  # where no hour was said

    def within(self, part: str) -> "Hours":
        """Return an hour that was said bare as one of a part of the day."""
        hour, minute = divmod(self.other if self.said and self.other is not None else self.first, 60)
        return self if self.other is None else Hours(60 * _hour_of_part(hour, part) + minute)


MORNING = Hours(9 * 60)
OPEN = Hours(9 * 60, late=17 * 60)  # of a named day; today, once it has begun: before it closes
FRIDAY_CLOSE = Hours(17 * 60, late=18 * 60)  # of a week

PARTS = {
    "dawn": Hours(1 * 60, part="dawn"),
    "morning": Hours(9 * 60, late=11 * 60, part="morning"),
    "noon": Hours(NOON, part="noon"),
    "afternoon": Hours(14 * 60, late=17 * 60, part="afternoon"),
    "dusk": Hours(18 * 60, part="dusk"),
    "evening": Hours(20 * 60, late=22 * 60, part="evening"),
    "close": Hours(18 * 60, part="close"),
    "opening": Hours(9 * 60, part="opening"),
    "after_lunch": Hours(14 * 60, part="after_lunch"),
    "same": Hours(0, is_now=True, part="same"),
    "midnight": Hours(DAY, is_midnight=True, part="midnight"),
}
HALVES = {"am": "dawn_or_morning", "a": "dawn_or_morning", "pm": "afternoon", "p": "afternoon"}


def clock(hour: int, minute: int, *, part: str = "", said: str = "", is_exact: bool = False) -> Hours | None:
    """Return an hour as it is meant in a part of the day; None where there is no such hour.

    `is_exact`: written as a 24-hour clock shows it, so that 03:00 is in the night.
    """
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if part:
        return Hours(60 * _hour_of_part(hour, part) + minute)
    if is_exact or hour == 0 or hour > 12:
        return Hours(60 * hour + minute)
    if hour == 12:
        return Hours(NOON + minute, other=minute)
    minutes = 60 * hour + minute
    if hour < FIRST_BARE_MORNING:
        return Hours(minutes + NOON, other=minutes, said=said)
    return Hours(minutes, other=minutes + NOON)


def _hour_of_part(hour: int, part: str) -> int:
    if hour > 12:
        return hour
    match part:
        case "dawn" | "dawn_or_morning":
            return hour % 12
        case "evening" | "midnight":
            return 24 + hour % 12 if hour % 12 < 5 else hour + 12
        case "afternoon" | "dusk" | "after_lunch" | "close":
            return hour if hour == 12 else hour + 12
        case "noon":
            return hour + 12 if hour < 10 else hour
        case _:
            return hour
