"""From what somebody typed to a moment and a note."""

import re
from collections.abc import Iterator

from bot.follow_ups.when import grammar, recurring
from bot.follow_ups.when.days import Frame
from bot.follow_ups.when.grammar import Phrase
from bot.follow_ups.when.hours import Hours, clock
from bot.follow_ups.when.joining import note_of
from bot.follow_ups.when.model import Asker, Doubtful, Heard, NotATime, Understood
from bot.follow_ups.when.reckoning import plus
from bot.follow_ups.when.resolve import Doubt, Meant, after_span, at, future, resolve, wall_time
from bot.follow_ups.when.script import Written, written
from bot.follow_ups.when.spans import Span

MONTH_FIRST = ("en-us", "zh", "ja", "ko", "en-ph")  # how readers of these write 12/1
NUMBER = re.compile(r"(\d{1,4})(?= ?$| |[,:;])")
AT_ONCE = re.compile(r"(?:right now|now|asap|immediately|at once)(?![a-z0-9])|现在|马上|立刻|立即")
AFTER = re.compile("after +(?:the )?")
MOST_HOURS = 24
MINUS = re.compile(r"(?:^| )-$")  # -3d is over, and "- 3d" stands in a list
NO_HOUR = r"(?:2[5-9]|[3-9]\d)"
NO_CLOCK = re.compile(rf" ?(?:at |@ ?)?(?:{NO_HOUR}:\d\d|\d\d?:[6-9]\d|{NO_HOUR}点)(?![\d:])")


def read_when(text: str, asker: Asker) -> Heard:
    """Return the moment that stands at the beginning of a text, or what to ask, or that none does.

    Any text is answered, at once and without an error; only its first characters can be a time.
    """
    head, frame = written(text), _frame(asker)
    for start in _starts(head.text):
        if series := recurring.first(head.text, start):
            meant = resolve(series, frame)
            return _heard(head, start, series.end, Doubt("recurring", _offers(meant)))
        if phrase := grammar.longest(head.text, start):
            return _said(head, start, phrase, frame)
    return _no_time(head, frame)


def _said(head: Written, start: int, phrase: Phrase, frame: Frame) -> Heard:
    meant = resolve(phrase, frame)
    if phrase.span and MINUS.search(head.text[:start]):
        return _heard(head, start - 1, phrase.end, Doubt("past", _offers(meant)))
    if phrase.takes_clock and (wrong := NO_CLOCK.match(head.text, phrase.end)):
        return _heard(head, start, wrong.end(), Doubt("no_such_day", _offers(meant), "time"))
    if isinstance(meant, Doubt) and meant.detail == grammar.IN_FIGURES:
        alone = grammar.weekday_alone(head.text, start)
        if alone:  # a date in figures that is no such weekday belongs to the note
            return _heard(head, start, alone.end, resolve(alone, frame))
    return _heard(head, start, phrase.end, meant)


def _offers(meant: Meant | Doubt) -> tuple[int, ...]:
    return (meant.due_at,) if isinstance(meant, Meant) else meant.offers


def _starts(text: str) -> Iterator[int]:
    start = grammar.lead(text)
    yield start
    if after := AFTER.match(text, start):
        yield after.end()
    yield 0


def _frame(asker: Asker) -> Frame:
    locale = (asker.locale or "").lower().replace("_", "-")
    now = wall_time(asker.now_ms, asker.zone)
    is_chinese = locale.startswith("zh")
    return Frame(asker.now_ms, now, asker.zone, locale.startswith(MONTH_FIRST), is_chinese, asker.days)


def _no_time(head: Written, frame: Frame) -> Heard:
    start = grammar.lead(head.text)
    if number := NUMBER.match(head.text, start):
        offers = future(frame, _with_units(int(number[1]), frame))
        return _heard(head, start, number.end(), Doubt("no_unit", offers))
    if at_once := AT_ONCE.match(head.text, start):
        offers = future(frame, [after_span(frame, Span(seconds=3_600)), at(plus(frame.today, 1), 540, frame)])
        return _heard(head, start, at_once.end(), Doubt("past", offers, "now"))
    return NotATime(head.raw)


def _with_units(number: int, frame: Frame) -> Iterator[int]:
    yield after_span(frame, Span(days=number))
    if number > MOST_HOURS:
        yield from _next_hour(clock(*divmod(number, 100)) if number >= 100 else None, frame)
        yield after_span(frame, Span(seconds=60 * number))
        return
    yield after_span(frame, Span(seconds=3_600 * number))
    yield from _next_hour(clock(number, 0), frame)


def _next_hour(hours: Hours | None, frame: Frame) -> Iterator[int]:
    if hours:
        ahead = (at(plus(frame.today, day), hours.first, frame) for day in (0, 1))
        yield next(each for each in ahead if each > frame.now_ms)


def _heard(head: Written, start: int, end: int, meant: Meant | Doubt) -> Heard:
    opened = head.text[start:end].count("(") > head.text[start:end].count(")")
    is_quoted = opened or bool(re.search("[\"'*_`(]", head.text[:start]))
    taken, note = head.taken(start, end), note_of(head.rest(end), is_quoted=is_quoted)
    if isinstance(meant, Doubt):
        return Doubtful(meant.why, note, taken, meant.offers, meant.detail, {**meant.values})
    return Understood(meant.due_at, note, taken, meant.remarks, meant.instead)
