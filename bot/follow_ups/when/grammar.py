"""Which words at the beginning are a time: the longest run of them; what follows is the note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from bot.follow_ups.when import (
    chinese_days,
    chinese_hours,
    chinese_spans,
    dates,
    days,
    english_days,
    english_hours,
    english_spans,
    vocabulary,
)
from bot.follow_ups.when.days import Days, DaysOf, Frame
from bot.follow_ups.when.hours import Hours
from bot.follow_ups.when.spans import Span
from bot.follow_ups.when.vocabulary import WORD_ENDS

MARK = re.compile(r"(?:^|[ ,(])(?:at|by|around|till|until|before|after|@)[ ~]*$|@ ?$")
BETWEEN = "(?:at|on|by|around|about|before|after|in|for|till|until|the|of|from|approx) "
GAP = re.compile(
    rf"(?:t(?=\d\d:)|(?: - )?[ ,、(@]*(?:{BETWEEN})*(?:at(?=\d)|[@~])? ?(?:的|大概|大约|约|在)? ?)"
)
IN_FIGURES = "figures"
DAY_FOLLOWS = re.compile(rf"\d\d? (?:tomorrow|tmrw?|tmr|today|tonight|this){WORD_ENDS}")
AFTER = re.compile(r"(?:之后|以后|过后|后)(?!续|面|期|天|来|台|果|勤)")
BEFORE = re.compile(r"(?:之前|以前|前)(?!台|面|期|往|后|提|端|景)")
OWN_ZONE = re.compile(r" ?\(?(?:my time|local time|our time|我的时间|我这边时间)\)?")
SHORT_SPAN = re.compile(r"\d+[a-z]{1,2}")  # "3d after chatter": the note begins with "after"
WEEK_OF = re.compile(r"(?:the )?(?:week|wk) (?:of|commencing|beginning|starting) (?:the )?")
EVENT = re.compile(r" (?:after|before|prior to)(?= [a-z])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time as it was said: counted, or a day and an hour of which one may be missing."""

    end: int
    span: Span | None = None
    day: DaysOf | None = None
    hours: Hours | None = None
    is_elsewhere: bool = False  # in another zone
    counts_from_event: bool = False  # 3 days after delivery

    @property
    def takes_clock(self) -> bool:
        """Tell whether an hour may still be said behind it."""
        is_hour_said = self.hours is not None and not self.hours.part
        return not is_hour_said and (self.span is None or self.span.keeps_clock)


def lead(text: str, at: int = 0) -> int:
    """Return where the time may begin: after "remind me in", 提醒我."""
    found = _lead().match(text, at)
    return found.end() if found else at


def longest(text: str, start: int) -> Phrase | None:
    """Return the longest time that begins there."""
    return max(_phrases(text, start), key=lambda phrase: phrase.end, default=None)


def weekday_alone(text: str, start: int) -> Phrase | None:
    """Return the weekday that stands there, without the date beside it: "Friday 12/24 shipment"."""
    named = _weekday(text, start)
    return longest(text[: named[1]], start) if named else None


def _phrases(text: str, at: int) -> Iterator[Phrase]:
    yield from _hours_first(text, at)
    yield from _spans(text, at)  # before days: 三日之后 is no 3rd
    for day, end in _days(text, at):
        yield Phrase(end, day=day)
        for hours, hours_end in _hours_after(text, end):
            yield _placed(text, Phrase(hours_end, day=day, hours=hours))


def _hours_first(text: str, at: int) -> Iterator[Phrase]:
    is_marked = bool(MARK.search(text[:at])) or bool(DAY_FOLLOWS.match(text, at))
    for hours, end in _hours(text, at, is_marked=is_marked, is_beside_day=False):
        yield _placed(text, Phrase(end, hours=hours))
        for day, day_end in _days_after(text, end):
            yield _placed(text, Phrase(day_end, day=day, hours=hours))
            for more, more_end in _both_ways(text, day_end, hours):
                yield _placed(text, Phrase(more_end, day=day, hours=more))


def _both_ways(text: str, end: int, hours: Hours) -> Iterator[tuple[Hours, int]]:
    """Return the hour and the part of the day that stand on both sides of a day: "9 tomorrow morning"."""
    yield from _more_exact(text, end, hours)
    for start in _starts(text, end):
        if not hours.part and (part := english_hours.part_after(text, start)):
            yield hours.within(part[0]), part[1]


def _spans(text: str, at: int) -> Iterator[Phrase]:
    for read in (english_spans.span, chinese_spans.span):
        if found := read(text, at):
            span, end = found
            yield from _past_span(text, end, span)
            is_spelt = not SHORT_SPAN.fullmatch(text, at, end)
            yield Phrase(end, span=span, counts_from_event=is_spelt and bool(EVENT.match(text, end)))
            if span.keeps_clock:
                yield from _span_and_hours(text, end, span)
                yield from _span_from_day(text, end, span)


def _past_span(text: str, end: int, span: Span) -> Iterator[Phrase]:
    if found := re.compile(rf" (?:ago|earlier|before now){WORD_ENDS}").match(text, end):
        yield Phrase(found.end(), day=days.from_today(-max(1, int(min(span.rough_days, 700)))))


def _span_and_hours(text: str, end: int, span: Span) -> Iterator[Phrase]:
    for hours, hours_end in _hours_after(text, end):
        yield _placed(text, Phrase(hours_end, span=span, hours=hours))


def _span_from_day(text: str, end: int, span: Span) -> Iterator[Phrase]:
    if gap := re.compile(" (?:from|after) ").match(text, end):
        for day, day_end in _days(text, gap.end()):
            later = partial(_later, span, day)
            yield Phrase(day_end, day=later)
            for hours, hours_end in _hours_after(text, day_end):
                yield _placed(text, Phrase(hours_end, day=later, hours=hours))


def _later(span: Span, base: DaysOf, frame: Frame) -> Days:
    found = base(frame)
    tried = tuple(span.day_after(day, frame.calendar) for day in found.tried if day >= frame.today)
    return Days(tried or found.tried, found.rivals and tried, why=found.why, detail=found.detail)


def _hours_after(text: str, end: int) -> Iterator[tuple[Hours, int]]:
    for start in _starts(text, end):
        is_marked = bool(MARK.search(text[end:start]))
        for hours, hours_end in _hours(text, start, is_marked=is_marked, is_beside_day=True):
            yield hours, hours_end
            yield from _more_exact(text, hours_end, hours)


def _more_exact(text: str, end: int, hours: Hours) -> Iterator[tuple[Hours, int]]:
    """Return the hour after a part of the day: "morning at 9", "evening 8:30"."""
    if not hours.part:
        return
    for start in _starts(text, end):
        is_marked = bool(MARK.search(text[end:start]))
        for more, more_end in _hours(text, start, is_marked=is_marked, is_beside_day=True):
            if not more.part:
                yield more.within(hours.part), more_end


def _days_after(text: str, end: int) -> Iterator[tuple[DaysOf, int]]:
    for start in _past_gap(text, end):
        yield from _days(text, start)


def _starts(text: str, end: int) -> Iterator[int]:
    """Return where the next word may begin; past the space alone first, so that "after lunch" stays whole."""
    yield end
    if text.startswith(" ", end):
        yield end + 1
    yield from _past_gap(text, end)


def _past_gap(text: str, end: int) -> Iterator[int]:
    gap = GAP.match(text, end)
    if gap and gap.end() > end:
        yield gap.end()


def _hours(text: str, at: int, *, is_marked: bool, is_beside_day: bool) -> Iterator[tuple[Hours, int]]:
    yield from english_hours.readings(text, at, is_marked=is_marked, is_beside_day=is_beside_day)
    yield from chinese_hours.readings(text, at, is_beside_day=is_beside_day)


def _days(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    relation = re.compile(r"(after|before|later than|prior to) (?:the )?").match(text, at)
    start = relation.end() if relation else at
    if relation:
        yield from _plain_days(text, at)
    for day, end in _plain_days(text, start):
        if relation:
            yield (days.following if relation[1].startswith(("after", "later")) else days.preceding)(day), end
            continue
        yield day, end
        if found := AFTER.match(text, end):
            yield days.following(day), found.end()
        if found := BEFORE.match(text, end):
            yield days.preceding(day), found.end()


def _plain_days(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    if week := WEEK_OF.match(text, at):
        yield from ((days.week_of(day), end) for day, end in _dates(text, week.end()))
    yield from _dates_and_weekday(text, at)
    yield from _weekday_and_date(text, at)
    for read in (english_days.readings, chinese_days.readings):
        yield from read(text, at)


def _dates_and_weekday(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    for day, end in _dates(text, at):
        yield day, end
        if (gap := re.compile(r" ?[,(]? ?").match(text, end)) and (named := _weekday(text, gap.end())):
            yield partial(_dated, named[0], day, False), _past_bracket(text, named[1])


def _weekday_and_date(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    if named := _weekday(text, at):
        gap = re.compile(r" ?[,(]? ?(?:the )?").match(text, named[1])
        start = gap.end() if gap else named[1]
        if dates.DASHED.match(text, start):
            return  # "Friday 10-12 cartons"
        in_figures = any(pattern.match(text, start) for pattern in (dates.SLASHED, dates.DOTTED))
        for day, end in _dates(text, start):
            yield partial(_dated, named[0], day, in_figures), _past_bracket(text, end)


def _past_bracket(text: str, at: int) -> int:
    return at + 1 if text.startswith(")", at) else at


def _dates(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    yield from dates.readings(text, at)
    yield from chinese_days.dates(text, at)
    yield from english_days.dates(text, at)


def _weekday(text: str, at: int) -> tuple[int, int] | None:
    return english_days.weekday(text, at) or chinese_days.weekday(text, at)


def _dated(weekday: int, base: DaysOf, in_figures: bool, frame: Frame) -> Days:
    """Return a date that a weekday stands beside; where they differ it is asked."""
    found = base(frame)
    nearest = [day for day in found.tried if day >= frame.today][:1]
    fitting = tuple(day for day in (*nearest, *found.rivals) if day.weekday() == weekday)
    if fitting:
        return Days(fitting[:1], later=found.later)
    if not found.tried or (found.why and not in_figures):
        return found
    named = days.coming(weekday)(frame).tried[:1]
    detail = IN_FIGURES if in_figures else ""
    return Days(found.tried[:1], named, found.later, why="weekday_differs", detail=detail)


def _placed(text: str, phrase: Phrase) -> Phrase:
    """Return it with the zone that is named after the hour."""
    if own := OWN_ZONE.match(text, phrase.end):
        return Phrase(own.end(), phrase.span, phrase.day, phrase.hours)
    if other := _zone().match(text, phrase.end):
        return Phrase(other.end(), phrase.span, phrase.day, phrase.hours, is_elsewhere=True)
    return phrase


@cache
def _lead() -> re.Pattern[str]:
    english, chinese = vocabulary.listed("english", "lead"), vocabulary.listed("chinese", "lead")
    marks = r"(?:[ \"'*_`(@+~<:,-]|\.(?!\d))*"
    return re.compile(rf"{marks}(?:{english}(?: to)? +)*(?:(?:at|in)(?=\d)|[@~+])? ?(?:{chinese} ?)*")


@cache
def _zone() -> re.Pattern[str]:
    zones, places = vocabulary.listed("english", "zones"), vocabulary.listed("english", "places")
    chinese = vocabulary.listed("chinese", "places")
    return re.compile(
        rf" ?\(?(?:{zones}(?:[+-]\d\d?)?{WORD_ENDS}|z{WORD_ENDS}|[+-]\d\d:\d\d"
        rf"|{places} (?:local )?time{WORD_ENDS}|{chinese}的?时间)\)?"
    )
