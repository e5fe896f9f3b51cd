"""What a time in words comes to: a moment, a question with offers, or no time at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from bot.follow_ups.calendar.festivals import Festival

Why = Literal[
    "ambiguous",  # two readings are as good
    "past",  # it is over
    "no_unit",  # a bare number
    "recurring",  # more than once
    "which_holiday",  # no holiday is named, or one whose date is not known
    "too_far",  # more than about two years ahead
    "no_such_day",  # 31 November
    "weekday_differs",  # Friday 1 December, a Tuesday
    "other_zone",  # 9am EST
    "unknown_event",  # 3 days after delivery
]
RemarkKind = Literal[
    "number_taken",  # "a few days" as 3
    "year_taken",
    "month_taken",  # "the 15th", next month's
    "hour_taken",  # "at 3" as 15:00
    "minutes_taken",  # "1m" as a minute
    "order_taken",  # 5.12. as 5 December
    "tomorrow_taken",  # 9am is over for today
    "week_taken",  # Friday, said on a Friday
    "clock_change",  # an hour the clocks skip
    "day_taken",  # after Christmas, end of the month
]


class WorkingCalendar(Protocol):
    """On which days a person works."""

    def is_working(self, day: date) -> bool:
        """Tell whether it is a working day."""

    def next_working(self, day: date) -> date:
        """Return that day or the first working day after it."""

    def after(self, day: date, count: int) -> date:
        """Return the working day that comes `count` working days later."""

    def end_of(self, festival: Festival, after: date) -> date | None:
        """Return the last free day of a festival, the one under way on `after` or else the next."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who says it, and when: epoch ms, their zone, Slack's locale ("en-US", "zh-CN"), their working days."""

    now_ms: int
    zone: ZoneInfo
    locale: str | None
    days: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying about how it was understood; days among the values are ISO dates."""

    kind: RemarkKind
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """A moment in the future (epoch ms), the words it was taken from, the note they left."""

    due_at: int
    note: str
    taken: str
    remarks: tuple[Remark, ...] = ()
    instead: tuple[int, ...] = ()  # other moments worth a button


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A time that must be asked about; `offers` are moments in the future, the likeliest first."""

    why: Why
    note: str
    taken: str
    offers: tuple[int, ...] = ()
    detail: str = ""  # which sentence tells why, where a reason has several
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotATime:
    """No time stands at the beginning."""

    text: str


Heard = Understood | Doubtful | NotATime
