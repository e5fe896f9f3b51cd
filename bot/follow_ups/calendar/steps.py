"""On which days the steps of a plan come: pure arithmetic of days, and how a moved day is explained.

A step comes at 09:00 of its owner's day, on a day both sides work, never before its own day (S92). Two steps
are two working days apart (S93), and a day on which somebody wants a reminder anyway has no step besides.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot import texts
from bot.follow_ups.calendar.working_days import WorkingDays, country_name, working_days_of
from bot.texts import Language
from knowledge.content import Event, Situation, Touch

MORNING = time(9)
APART = 2  # working days between two steps of a plan
SAID_AT_MOST = 3  # reasons for one move


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a step off a day; `country` is whose holiday or weekend, None for the owner's weekend."""

    kind: Literal["weekend", "holiday", "taken", "close"]
    day: date
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A follow-up that comes at `due_at`, epoch ms; `moved_from` is its own day when it had to give way."""

    number: int
    touch: Touch
    due_at: int
    moved_from: date | None = None
    because: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """The days a step must respect: those of its owner and of the buyer, where known, and what is taken."""

    owner_days: WorkingDays
    buyer_days: WorkingDays | None = None
    taken: Collection[date] = ()

    def first_free(self, day: date) -> date:
        """Return the first day from `day` on that all work on and that is not taken; else `day`."""
        ahead = (day + timedelta(days=later) for later in range(366))
        return next((each for each in ahead if not any(self.obstacles(each))), day)

    def apart_from(self, day: date) -> date:
        """Return the earliest day for the step after one that came on `day`."""
        return self.owner_days.after(day, APART)

    def obstacles(self, day: date) -> Iterator[Obstacle]:
        """Yield what keeps a step off `day`; the buyer's side only where the owner works."""
        if kind := self.owner_days.free_because(day):
            yield Obstacle(kind, day, self.owner_days.country if kind == "holiday" else None)
        elif self.buyer_days and (kind := self.buyer_days.free_because(day)):
            yield Obstacle(kind, day, self.buyer_days.country)
        if day in self.taken:
            yield Obstacle("taken", day)


def day_of(at_ms: int, zone: ZoneInfo) -> date:
    """Return the day it is in `zone` at an instant."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone).date()


def morning_of(day: date, zone: ZoneInfo) -> int:
    """Return 09:00 of a day in `zone`, as epoch ms; daylight saving never touches that hour."""
    return int(datetime.combine(day, MORNING, zone).timestamp() * 1000)


def steps_of(
    situation: Situation,
    *,
    started_ms: int,
    zone: ZoneInfo,
    owner_days: WorkingDays,
    buyer_days: WorkingDays | None,
    taken: Collection[date] = (),
    arrived_on: date | None = None,
) -> tuple[Step, ...]:
    """Return the steps of a situation's plan in their order, for an owner who lives in `zone`.

    A step for the very day of the start comes at once, if that is a working day. Samples whose arrival is not
    known count as arrived after `situation.transit_days`.
    """
    today = day_of(started_ms, zone)
    agenda = Agenda(owner_days, buyer_days, taken)
    events = _days_of_events(situation, today, arrived_on)
    steps: list[Step] = []
    earliest = today
    for number, touch in enumerate(situation.touches):
        own = max(events[touch.after] + timedelta(days=touch.days), today)
        day = agenda.first_free(max(own, earliest))
        due_at = started_ms if day == today else morning_of(day, zone)
        because = _because(agenda, own, day)
        steps.append(Step(number, touch, due_at, own if because else None, because))
        earliest = agenda.apart_from(day)
    return tuple(steps)


def moved_says(step: Step, language: Language) -> str:
    """Return why a step left its own day: "moved from Fri 1 Jan, holiday in Germany (…)", else ""."""
    if step.moved_from is None:
        return ""
    reasons = [_obstacle_says(each, language) for each in step.because[:SAID_AT_MOST]]
    day = _day_says(step.moved_from, language)
    return _say("moved", language, day=day, because=_say("joint", language).join(reasons))


def _days_of_events(situation: Situation, today: date, arrived_on: date | None) -> Mapping[Event, date]:
    arrival = arrived_on or today + timedelta(days=situation.transit_days)
    return {"quotation": today, "dispatch": today, "arrival": arrival}


def _because(agenda: Agenda, own: date, day: date) -> tuple[Obstacle, ...]:
    """Return why a step of the day `own` comes on `day`: each reason once, weekends only if they began it."""
    said: dict[tuple[str, str | None], Obstacle] = {}
    for each in (own + timedelta(days=later) for later in range((day - own).days)):
        for obstacle in tuple(agenda.obstacles(each)) or (Obstacle("close", each),):
            if each == own or obstacle.kind != "weekend":
                said.setdefault((obstacle.kind, obstacle.country), obstacle)
    return tuple(said.values())


def _obstacle_says(obstacle: Obstacle, language: Language) -> str:
    if obstacle.kind == "holiday":
        return working_days_of(obstacle.country).why_free(obstacle.day, language)
    if obstacle.kind == "weekend" and obstacle.country:
        return _say("weekend_in", language, country=country_name(obstacle.country, language))
    return _say(obstacle.kind, language)


def _day_says(day: date, language: Language) -> str:
    weekdays = texts.load().say("reminder.weekdays_short", language).split()
    months = texts.load().say("reminder.months_short", language).split()
    return _say("day", language, weekday=weekdays[day.weekday()], day=day.day, month=months[day.month - 1])


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"follow_up.days.{key}", language, **values)
