"""Days in English: "tomorrow", "next Friday", "end of the month", "the 15th", "Q1", "Christmas"."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from bot.follow_ups.calendar.festivals import Festival
from bot.follow_ups.when import days, feasts, vocabulary
from bot.follow_ups.when.days import DaysOf
from bot.follow_ups.when.reckoning import Period
from bot.follow_ups.when.vocabulary import WORD_ENDS

Found = tuple[DaysOf, int]
PERIODS: dict[str, Period] = {"week": "week", "wk": "week", "month": "month", "quarter": "quarter"}
PERIODS |= {"qtr": "quarter", "year": "year", "yr": "year"}
# "Monday week 10am" is a week later, "Monday week 48" tells of week 48.
A_WEEK_ON = r"week(?:(?! ?\d)|(?= \d\d?(?:[:.]\d\d)? ?[ap]m|(?= \d\d?:\d\d)))(?!')"
CLOCK_FOLLOWS = r"\d\d?(?:[:.]\d\d)? ?[ap]m(?![a-z])"
ENDS = rf"(?:{WORD_ENDS}|(?={CLOCK_FOLLOWS}))"  # "tomorrow9am"
SHORT_ENDS: dict[str, Period] = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}


def readings(text: str, at: int) -> Iterator[Found]:
    """Return every day that may stand at a place, and where it ends."""
    for pattern, read in _table():
        if (found := pattern.match(text, at)) and (meant := read(found)):
            yield meant, found.end()


def dates(text: str, at: int) -> Iterator[Found]:
    """Return the day of a month that is written as "the 15th"."""
    found = _ordinal().match(text, at)
    if found and (meant := _day_of_month(found)):
        yield meant, found.end()


def weekday(text: str, at: int) -> tuple[int, int] | None:
    """Return the bare weekday that stands at a place, and where it ends."""
    found = _weekday_alone().match(text, at)
    return (_weekday(found["weekday"]), found.end()) if found else None


def _tomorrow(_: re.Match[str]) -> DaysOf:
    return days.from_today(1)


def _day_after(_: re.Match[str]) -> DaysOf:
    return days.from_today(2)


def _week_from_today(_: re.Match[str]) -> DaysOf:
    return days.from_today(7)


def _week_from_tomorrow(_: re.Match[str]) -> DaysOf:
    return days.from_today(8)


def _today(_: re.Match[str]) -> DaysOf:
    return days.from_today(0)


def _yesterday(_: re.Match[str]) -> DaysOf:
    return days.from_today(-1)


def _named_weekday(found: re.Match[str]) -> DaysOf:
    place = _weekday(found["weekday"])
    tail = " ".join((found["tail"] or "").split())
    match tail:
        case "week" | "after next":
            return days.coming(place, 1)
        case "next week" | "of next week":
            return days.in_week(place, 1)
        case "this week" | "of this week":
            return days.in_week(place, 0)
        case "week after next" | "the week after next":
            return days.in_week(place, 2)
    match found["mod"]:
        case "this":
            return days.in_week(place, 0)
        case "next" | "nxt":
            return days.contested(place)
        case "last" | "past":
            return days.in_week(place, -1)
    return days.coming(place)


def _week_on(found: re.Match[str]) -> DaysOf:
    return days.coming(_weekday(found["weekday"]), 1)


def _week_then_weekday(found: re.Match[str]) -> DaysOf:
    weeks = {"this": 0, "next": 1, "nxt": 1}.get(found["which"], 2)
    if said := _said(found, "weekday"):
        return days.in_week(_weekday(said), weeks)
    return days.start_of("week", weeks) if weeks else days.end_of("week", 0)


def _weekend(found: re.Match[str]) -> DaysOf:
    if found["which"] in ("next", "nxt"):
        return days.weekend(1, is_contested=True)
    return days.weekend(0 if found["which"] == "this" else None)


def _period(found: re.Match[str]) -> DaysOf:
    period, ahead = PERIODS[found["period"]], 1 if found["next"] else 0
    return _part_of(found["part"] or ("start" if ahead else "end"), period, ahead or None)


def _part_of(part: str, period: Period, ahead: int | None) -> DaysOf:
    if part.startswith(("early", "start", "beg")):
        return days.start_of(period, ahead)
    return days.middle_of(period, ahead) if part.startswith("mid") else days.end_of(period, ahead or 0)


def _short_end(found: re.Match[str]) -> DaysOf:
    return days.end_of(SHORT_ENDS[found[1]], 0)


def _period_end(found: re.Match[str]) -> DaysOf:
    return days.end_of(PERIODS[found["period"]], 0)


def _part_of_month(found: re.Match[str]) -> DaysOf:
    of = partial(_part_of, _said(found, "part") or "start")
    return days.in_month(_month(found["month"]), _year(found), of)


def _said(found: re.Match[str], name: str) -> str | None:
    return found.groupdict().get(name)


def _year(found: re.Match[str]) -> int | None:
    year = _said(found, "year")
    return int(year) if year else None


def _quarter(found: re.Match[str]) -> DaysOf:
    month = 3 * int(found["number"]) - 2
    if found["part"]:
        return days.in_month(month + 2, _year(found), days.end_of)
    return days.in_month(month, _year(found), days.start_of)


def _day_of_month(found: re.Match[str]) -> DaysOf | None:
    day, which = int(found["day"]), found["which"] or found["which_before"]
    if not 1 <= day <= 31:
        return None
    return days.of_month(day, {"next": 1, "this": 0}.get(which) if which else None)


def _next_working_day(_: re.Match[str]) -> DaysOf:
    return days.following(days.from_today(0))


def _festival(found: re.Match[str]) -> DaysOf:
    name = _festival_name(found["festival"])
    return {"after": feasts.after, "before": feasts.before}.get(found["rel"] or "", feasts.itself)(name)


def _eve(found: re.Match[str]) -> DaysOf:
    return days.on_date(12, 31 if found["festival"].startswith("new") else 24)


def _unnamed(_: re.Match[str]) -> DaysOf:
    return feasts.unnamed(feasts.WESTERN)


def _festival_name(said: str) -> Festival:
    name: Festival = vocabulary.grouped("festivals").meaning[" ".join(said.split())]
    return name


def _weekday(said: str) -> int:
    place: int = vocabulary.indexed("english", "weekdays").meaning[said]
    return place


def _month(said: str) -> int:
    place: int = vocabulary.indexed("english", "months").meaning[said]
    return place + 1


Reader = Callable[[re.Match[str]], DaysOf | None]


@cache
def _weekday_alone() -> re.Pattern[str]:
    return re.compile(rf"(?P<weekday>{vocabulary.indexed('english', 'weekdays').pattern}){WORD_ENDS}\.?")


@cache
def _ordinal() -> re.Pattern[str]:
    before = r"(?:(?P<which_before>next|this) month(?: on)? )?"
    after = r"(?:(?: of)?(?: (?P<which>next|this) month))?"
    return re.compile(
        rf"{before}(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th){after}(?! (?:week|half|quarter)){WORD_ENDS}"
    )


@cache
def _table() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    weekday = vocabulary.indexed("english", "weekdays").pattern
    month = vocabulary.indexed("english", "months").pattern
    period = vocabulary.any_of(PERIODS)
    part = (
        r"(?P<part>early|late|later|mid|middle|start|beginning|begining|last day|end)(?: of)?(?: the)?[ -]?"
    )
    some_weeks = r"(?P<which>this|next|nxt|(?:the )?week after next)"
    tomorrow = vocabulary.listed("english", "tomorrow")
    today = vocabulary.listed("english", "today")
    tail = (
        rf"(?: (?:on )?(?P<tail>after next|(?:of )?(?:next|this) week|(?:the )?week after next|{A_WEEK_ON}))?"
    )
    parts = r"(?:morning|afternoon|evening|arvo)"
    year = r"(?P<year>20\d\d)"
    unnamed = vocabulary.any_of(word for word in vocabulary.section("unnamed", "holiday") if word.isascii())
    patterns: dict[str, Reader] = {
        rf"(?:(?:the )?day after {tomorrow}|overmorrow){WORD_ENDS}": _day_after,
        rf"(?:{tomorrow}|(?:the )?next day){ENDS}": _tomorrow,
        rf"tom(?= (?:at |@ ?)?(?:{CLOCK_FOLLOWS}|\d\d?:\d\d|(?:{parts}|eod|cob|noon){WORD_ENDS}))": _tomorrow,
        rf"(?:{today}|this day) {A_WEEK_ON}{WORD_ENDS}|(?:a )?week {today}(?!'){WORD_ENDS}": _week_from_today,
        rf"{tomorrow} {A_WEEK_ON}{WORD_ENDS}|(?:a )?week {tomorrow}(?!'){WORD_ENDS}": _week_from_tomorrow,
        rf"(?:later )?{today}{WORD_ENDS}|this(?= {parts}{WORD_ENDS})": _today,
        rf"to(?=(?:night|nite){WORD_ENDS})": _today,
        rf"(?:yesterday|(?:the )?day before yesterday){WORD_ENDS}": _yesterday,
        rf"(?:(?P<mod>this coming|this|coming|upcoming|next|nxt|last|past|the) )?(?P<weekday>{weekday})"
        rf"(?:{ENDS}\.?){tail}{ENDS}": _named_weekday,
        rf"a week (?:on |from )?(?P<weekday>{weekday}){WORD_ENDS}": _week_on,
        rf"{some_weeks} (?:week|wk)(?:,? (?:on )?(?P<weekday>{weekday}))?{WORD_ENDS}": _week_then_weekday,
        rf"(?P<which>(?:the )?week after next){WORD_ENDS}": _week_then_weekday,
        rf"(?:(?P<which>this|next|nxt|the|coming) )?(?:weekend|wkend){WORD_ENDS}": _weekend,
        rf"(?:{part})?(?:this |(?P<next>next|nxt) )(?P<period>{period}){WORD_ENDS}": _period,
        rf"{part}(?P<next>next )?(?P<period>{period}){WORD_ENDS}": _period,
        rf"(?P<period>month|quarter|year|week)[ -]end{WORD_ENDS}": _period_end,
        rf"({vocabulary.any_of(SHORT_ENDS)}){WORD_ENDS}": _short_end,
        rf"(?:the )?next (?:business|working|work) ?day{WORD_ENDS}": _next_working_day,
        rf"{part}(?P<month>{month})(?:,? {year})?{WORD_ENDS}": _part_of_month,
        rf"(?P<month>{month}),? {year}{WORD_ENDS}": _part_of_month,
        rf"(?P<month>{_full_months()}){WORD_ENDS}": _part_of_month,
        rf"(?P<part>end of |late )?q(?P<number>[1-4])(?: {year})?{WORD_ENDS}": _quarter,
        rf"(?P<festival>christmas|xmas|new year'?s?) eve{WORD_ENDS}": _eve,
        rf"(?:(?:the day )?(?P<rel>after|before) )?(?P<festival>{_festivals()}){WORD_ENDS}": _festival,
        rf"after {unnamed}{WORD_ENDS}": _unnamed,
    }
    return tuple((re.compile(pattern), read) for pattern, read in patterns.items())


def _full_months() -> str:
    # "may" and "march" are verbs as well, and short names names of people.
    names = [words[0] for words in vocabulary.section("english", "months")]
    return vocabulary.any_of(name for name in names if name not in ("may", "march"))


def _festivals() -> str:
    return vocabulary.any_of(word for word in vocabulary.grouped("festivals").meaning if word.isascii())
