"""From a phrase to a moment: in the asker's zone, in the future, or a question with offers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.follow_ups.when.days import Days, Frame, on_date
from bot.follow_ups.when.grammar import Phrase
from bot.follow_ups.when.hours import DAY, MORNING, Hours
from bot.follow_ups.when.model import Remark, RemarkKind, Why
from bot.follow_ups.when.reckoning import plus
from bot.follow_ups.when.spans import Span

FARTHEST_DAYS = 732  # two years, one of them a leap year
FARTHEST_MS = FARTHEST_DAYS * 86_400_000
HOUR_MS = 3_600_000
EARLIEST, LATEST = date(1902, 1, 1), date(9_000, 1, 1)  # between them no zone leaves the calendar
DAWN = 6 * 60
MOST_OFFERS = 4


@dataclass(frozen=True, slots=True)
class Meant:
    """A moment in the future, epoch ms."""

    due_at: int
    remarks: tuple[Remark, ...] = ()
    instead: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why nothing is set, and what may be meant, epoch ms."""

    why: Why
    offers: tuple[int, ...] = ()
    detail: str = ""
    values: dict[str, str] = field(default_factory=dict)


def resolve(phrase: Phrase, frame: Frame) -> Meant | Doubt:
    """Return when a phrase is, never in the past and never more than two years ahead."""
    if phrase.span and phrase.span.rough_days > FARTHEST_DAYS:
        return Doubt("too_far", future(frame, [after_span(frame, Span(months=12))]))
    meant = counted(phrase.span, frame) if phrase.span and not phrase.hours else _on_a_day(phrase, frame)
    if isinstance(meant, Doubt):
        return meant
    if meant.due_at - frame.now_ms > FARTHEST_MS:
        return Doubt("too_far", future(frame, _nearer(meant.due_at, frame)))
    if phrase.counts_from_event:
        return Doubt("unknown_event", (meant.due_at,))
    return Doubt("other_zone", (meant.due_at,)) if phrase.is_elsewhere else meant


def counted(span: Span, frame: Frame) -> Meant | Doubt:
    """Return a moment that is counted from now."""
    due_at = after_span(frame, span)
    if due_at <= frame.now_ms:
        return Doubt("past", _soon(frame))
    other = [after_span(frame, span.other)] if span.other else []
    day = wall_time(due_at, frame.zone).date()
    free = _working_instead(frame, day, due_at) if span.rough_days >= 1 else []
    return Meant(due_at, tuple(_span_remarks(span, frame, due_at)), future(frame, [*other, *free]))


def after_span(frame: Frame, span: Span) -> int:
    """Return the moment a span ends: days keep the clock on the wall, hours are true hours."""
    if not (span.months or span.days or span.working_days):
        return frame.now_ms + span.seconds * 1_000
    wall = datetime.combine(_within(span.day_after(frame.today, frame.calendar)), frame.now.time())
    return _instant_of(wall, frame) + frame.now_ms % 1_000 + span.seconds * 1_000


def at(day: date, minutes: int, frame: Frame) -> int:
    """Return when it is so many minutes after midnight on the wall, epoch ms.

    An hour the clocks skip moves forward; one they show twice is the first, unless that is over.
    """
    return _instant_of(datetime.combine(_within(day), time()) + timedelta(minutes=minutes), frame)


def wall_time(at_ms: int, zone: ZoneInfo) -> datetime:
    """Return the local time of a moment, without a zone."""
    return datetime.fromtimestamp(at_ms // 1_000, UTC).astimezone(zone).replace(tzinfo=None)


def future(frame: Frame, moments: Iterable[int]) -> tuple[int, ...]:
    """Return the moments that are to come and near enough to be set, each once, in the same order."""
    ahead = (each for each in moments if 0 < each - frame.now_ms <= FARTHEST_MS)
    return tuple(dict.fromkeys(ahead))[:MOST_OFFERS]


def _instant_of(wall: datetime, frame: Frame) -> int:
    first = int(wall.replace(tzinfo=frame.zone, microsecond=0).timestamp()) * 1_000
    second = int(wall.replace(tzinfo=frame.zone, microsecond=0, fold=1).timestamp()) * 1_000
    return second if first <= frame.now_ms < second else first


def _on_a_day(phrase: Phrase, frame: Frame) -> Meant | Doubt:
    found = _days(phrase, frame)
    hours = _hours(phrase.hours or found.hours, frame)
    if found.why:
        return _asked(found, hours, frame)
    if hours.is_midnight and phrase.day and found.tried[:1] != (frame.today,):
        days = next(((day,) for day in found.tried if day > frame.today), found.later)
        nights = (at(day, minutes, frame) for day in days for minutes in (DAY, 0))
        return Doubt("ambiguous", future(frame, nights), "midnight")
    picked = next(_still_ahead(found.tried, hours, frame), None)
    if picked is None:
        return Doubt("past", _renewed(found, hours, frame))
    day, minutes, due_at = picked
    remarks = _day_remarks(phrase, found, hours, frame, day=day, minutes=minutes, due_at=due_at)
    return Meant(due_at, tuple(remarks), future(frame, _instead(phrase, hours, frame, day, minutes)))


def _hours(hours: Hours, frame: Frame) -> Hours:
    return Hours(60 * frame.now.hour + frame.now.minute) if hours.is_now else hours


def _days(phrase: Phrase, frame: Frame) -> Days:
    if phrase.day:
        return phrase.day(frame)
    if phrase.span:
        return Days((phrase.span.day_after(frame.today, frame.calendar),))
    return Days((frame.today, plus(frame.today, 1)), remark="tomorrow_taken")


def _asked(found: Days, hours: Hours, frame: Frame) -> Doubt:
    days = (*found.tried[:1], *found.rivals)
    offers = future(frame, (due_at for _, _, due_at in _still_ahead(days, hours, frame)))
    why = found.why or "ambiguous"
    detail = f"{found.detail}_one" if found.detail == "order" and len(offers) == 1 else found.detail
    if not offers and days:
        offers = _renewed(found, hours, frame)
    return Doubt(why, offers, detail, found.values)


def _still_ahead(days: Iterable[date], hours: Hours, frame: Frame) -> Iterator[tuple[date, int, int]]:
    for day in days:
        late = hours.late if day == frame.today else None
        choices = (
            (minutes, at(day, minutes, frame)) for minutes in (hours.first, late) if minutes is not None
        )
        ahead = next(((day, minutes, due_at) for minutes, due_at in choices if due_at > frame.now_ms), None)
        if ahead:
            yield ahead


def _renewed(found: Days, hours: Hours, frame: Frame) -> tuple[int, ...]:
    days = (*found.later, plus(frame.today, 1))
    soon = [frame.now_ms + HOUR_MS] if found.tried[:1] == (frame.today,) else []
    return future(frame, [*(at(day, hours.first, frame) for day in days), *soon])


def _soon(frame: Frame) -> tuple[int, ...]:
    tomorrow = at(plus(frame.today, 1), MORNING.first, frame)
    return future(frame, [frame.now_ms + HOUR_MS, tomorrow])


def _nearer(due_at: int, frame: Frame) -> Iterator[int]:
    far = wall_time(due_at, frame.zone)
    same_day = on_date(far.month, far.day)(frame)
    minutes = 60 * far.hour + far.minute
    yield from (at(day, minutes, frame) for day in same_day.tried)
    yield after_span(frame, Span(months=12))


def _instead(phrase: Phrase, hours: Hours, frame: Frame, day: date, minutes: int) -> Iterator[int]:
    is_hour_alone = phrase.day is None and phrase.span is None
    if hours.other is not None and (hours.said or is_hour_alone):
        days = (frame.today, day) if is_hour_alone else (day,)
        others = (due_at for _, _, due_at in _still_ahead(days, Hours(hours.other), frame))
        yield from islice(others, 1)
    if day != frame.today:
        yield from _working_instead(frame, day, at(day, minutes, frame))


def _working_instead(frame: Frame, day: date, due_at: int) -> list[int]:
    if frame.calendar.is_working(day):
        return []
    clock = wall_time(due_at, frame.zone)
    working = frame.calendar.next_working(day)
    return [_instant_of(datetime.combine(_within(working), clock.time()), frame)]


def _span_remarks(span: Span, frame: Frame, due_at: int) -> Iterator[Remark]:
    if span.is_short_minute:
        yield Remark("minutes_taken", {"number": span.taken})
    elif span.taken:
        yield Remark("number_taken", {"said": span.said.strip(), "taken": span.taken})
    if span.keeps_clock and wall_time(due_at, frame.zone).time() != frame.now.time().replace(microsecond=0):
        yield _clock_change(f"{frame.now:%H:%M}", due_at, frame)


def _day_remarks(
    phrase: Phrase, found: Days, hours: Hours, frame: Frame, *, day: date, minutes: int, due_at: int
) -> Iterator[Remark]:
    wall = wall_time(due_at, frame.zone)
    if found.is_told:
        kind: RemarkKind = "order_taken" if found.remark == "order_taken" else "day_taken"
        yield Remark(kind, {"day": f"{day}"})
    elif found.remark and day not in found.tried[:1] and (phrase.day or minutes >= DAWN):
        yield Remark(found.remark, {"day": f"{day}", "time": f"{wall:%H:%M}"})
    if hours.said:
        yield Remark("hour_taken", {"said": hours.said, "time": f"{wall:%H:%M}"})
    if (60 * wall.hour + wall.minute) % DAY != minutes % DAY:
        yield _clock_change(f"{minutes // 60 % 24:02}:{minutes % 60:02}", due_at, frame)


def _clock_change(said: str, due_at: int, frame: Frame) -> Remark:
    return Remark("clock_change", {"said": said, "time": f"{wall_time(due_at, frame.zone):%H:%M}"})


def _within(day: date) -> date:
    return max(EARLIEST, min(LATEST, day))
