"""Days in Chinese: 明天, 后天, 下周二, 月底, 下个月5号, 12月1日, 季度末, 春节后."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

from bot.follow_ups.calendar.festivals import Festival
from bot.follow_ups.when import days, feasts, numerals, vocabulary
from bot.follow_ups.when.dates import full_year
from bot.follow_ups.when.days import Days, DaysOf, Frame
from bot.follow_ups.when.reckoning import Period, plus
from bot.follow_ups.when.vocabulary import WORD_ENDS

WEEK = "(?:周|星期|礼拜)"
# Words that only begin like a weekday: 这周一定, 下周三个客户, 周日本客户.
NAME = (
    r"(?P<weekday>一(?![定起直样般共切些下边旦半个批家款份种])|二(?![次十])|三(?!十)|四(?!十)|五(?!十)|六(?!十)"
    r"|日(?!本)|天(?!津|气|内|后)|[1-7](?!\d))(?! ?[个批家款份种台箱票套位天月年度])"
)
WEEKDAYS = {
    name: place
    for place, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7"))
    for name in names
}
AHEAD = r"(?P<ahead>下下|下一|下|本|这一|这|上上|上)个?"
AHEADS = {"上上": -2, "上": -1, "本": 0, "这": 0, "这一": 0, "下": 1, "下一": 1, "下下": 2}
PART = r"(?:(?P<part>底|末|初|中旬|上旬|下旬|中|内)(?!间)(?:之前|以前|前)?)"
YEARS = {"今年": 0, "明年": 1, "后年": 2, "去年": -1}
DAY_NUMBER = r"(?P<day>\d\d?|[一二三四五六七八九十]{1,3})"
NUMBERED = r"[日号](?!样|楼|线|机|店|仓|厂|单|柜|本|电)"
YEAR = r"(?:(?P<year>今年|明年|后年|去年|20\d\d年|\d\d年) ?的? ?)?"
MONTH = r"(?P<month>\d\d?|十[一二]|[一二三四五六七八九十])月"
AFTER = r"(?:之后|以后|过后|后|回来|完)"
BEFORE = r"(?:之前|以前|前)"


def readings(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    """Return every day that may stand at a place, and where it ends."""
    for pattern, read in _table():
        if (found := pattern.match(text, at)) and (meant := read(found)):
            yield meant, found.end()


def dates(text: str, at: int) -> Iterator[tuple[DaysOf, int]]:
    """Return a date with its month, or a day of the month."""
    for pattern, read in _date_table():
        if (found := pattern.match(text, at)) and (meant := read(found)):
            yield meant, found.end()


def weekday(text: str, at: int) -> tuple[int, int] | None:
    """Return the bare weekday that stands at a place, and where it ends."""
    found = re.compile(f"{WEEK}{NAME}").match(text, at)
    return (WEEKDAYS[found["weekday"]], found.end()) if found else None


def _from_today(count: int, _: re.Match[str]) -> DaysOf:
    return days.from_today(count)


def _ago(found: re.Match[str]) -> DaysOf:
    count = min(int(numerals.han(found["count"])), 365)
    return days.from_today(-max(count, 1) * (7 if found["unit"] != "天" else 1))


def _of_week(found: re.Match[str]) -> DaysOf:
    place = WEEKDAYS[found["weekday"]]
    return days.in_week(place, AHEADS[found["ahead"]]) if found["ahead"] else days.coming(place)


def _of_week_mixed(found: re.Match[str]) -> DaysOf:
    place: int = vocabulary.indexed("english", "weekdays").meaning[found["english"]]
    return days.in_week(place, AHEADS[found["ahead"]])


def _week(found: re.Match[str]) -> DaysOf:
    weeks, part = AHEADS[found["ahead"]], found["part"]
    if part and part.startswith("中"):
        return days.middle_of("week", weeks)
    if weeks < 0:
        return days.in_week(0, weeks)
    return days.start_of("week", weeks) if weeks and part in (None, "初") else days.end_of("week", weeks)


def _weekend(found: re.Match[str]) -> DaysOf:
    return days.weekend(AHEADS[found["ahead"]] if found["ahead"] else None)


def _of_period(period: Period, found: re.Match[str]) -> DaysOf:
    said = found["ahead"]
    ahead = (YEARS | AHEADS).get(said, 0) if said else None
    return _part_of(found["part"] or ("初" if ahead else "末"), period, ahead)


def _part_of(part: str, period: Period, ahead: int | None) -> DaysOf:
    if part in ("初", "上旬"):
        return days.start_of(period, ahead)
    return days.middle_of(period, ahead) if part.startswith("中") else days.end_of(period, ahead or 0)


def _part_of_month(found: re.Match[str]) -> DaysOf | None:
    month = int(numerals.han(found["month"]))
    if not 1 <= month <= 12:
        return None
    of = partial(_part_of, found["part"] or "初")
    if found["year"] in YEARS:
        return partial(_in_year, YEARS[found["year"]], partial(days.in_month, month, of=of))
    return days.in_month(month, _written_year(found), of)


def _quarter(found: re.Match[str]) -> DaysOf:
    month = 3 * int(numerals.han(found["number"])) - 2
    is_end = found["part"] in ("末", "底")
    part_of = partial(
        days.in_month, month + 2 if is_end else month, of=days.end_of if is_end else days.start_of
    )
    if found["year"] in YEARS:
        return partial(_in_year, YEARS[found["year"]], part_of)
    return part_of(_written_year(found))


def _date(found: re.Match[str]) -> DaysOf | None:
    month, day = (int(numerals.han(found[name])) for name in ("month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if found["year"] in YEARS:
        return partial(_in_year, YEARS[found["year"]], partial(days.on_date, month, day))
    return days.on_date(month, day, _written_year(found))


def _in_year(ahead: int, of: Callable[[int], DaysOf], frame: Frame) -> Days:
    return of(frame.today.year + ahead)(frame)


def _written_year(found: re.Match[str]) -> int | None:
    return full_year(found["year"].rstrip("年")) if found["year"] else None


def _day_of_month(found: re.Match[str]) -> DaysOf | None:
    day = int(numerals.han(found["day"]))
    return days.of_month(day, AHEADS.get(found["ahead"])) if 1 <= day <= 31 else None


def _every_other(_: re.Match[str]) -> DaysOf:
    def two(frame: Frame) -> Days:
        return Days((plus(frame.today, 2),), (plus(frame.today, 1),), why="ambiguous", detail="day")

    return two


def _next_working_day(_: re.Match[str]) -> DaysOf:
    return days.following(days.from_today(0))


def _festival(found: re.Match[str]) -> DaysOf:
    name: Festival = vocabulary.grouped("festivals").meaning[found["festival"]]
    if found["after"]:
        meant = feasts.after(name)
    else:
        meant = feasts.before(name) if found["before"] else feasts.itself(name)
    ahead = YEARS.get(found["year"] or "", 0)
    return partial(_seen_from_year, ahead, meant) if ahead else meant


def _seen_from_year(ahead: int, of: DaysOf, frame: Frame) -> Days:
    return of(replace(frame, now=frame.now.replace(year=frame.today.year + ahead, month=1, day=1)))


def _unnamed(_: re.Match[str]) -> DaysOf:
    return feasts.unnamed(feasts.CHINESE)


Reader = Callable[[re.Match[str]], DaysOf | None]


@cache
def _date_table() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    # A bare number is a day where nothing follows that it could count: 12月5个样品.
    sure_day = (
        rf"{DAY_NUMBER}(?:{NUMBERED}|(?:(?<=\d)|(?<=十)|(?<=十[一二三四五六七八九]))(?= ?$| |[,:;。(]))"
    )
    of_month = rf"(?:(?P<ahead>下下|下|本|这)个?月的? ?)?{DAY_NUMBER}{NUMBERED}"
    return (
        (re.compile(rf"{YEAR}{MONTH} ?{sure_day}"), _date),
        (re.compile(of_month), _day_of_month),
    )


@cache
def _table() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    number = numerals.HAN
    year = "(?:(?P<year>明年|后年)的?)?"
    english = vocabulary.indexed("english", "weekdays").pattern
    patterns: dict[str, Reader] = {
        r"今[天日儿](?:晚些时候|晚些|晚点)?|今(?=[早晚夜])|当天(?=[下上晚])": partial(_from_today, 0),
        r"[明听]日|明[天儿]|明(?=[早晚])|次日|第二天|隔日": partial(_from_today, 1),
        r"大大后天": partial(_from_today, 4),
        r"大后[天日]": partial(_from_today, 3),
        r"后[天日](?!气)|后(?=[早晚])": partial(_from_today, 2),
        r"昨[天日晚]|前[天晚]": partial(_from_today, -1),
        rf"(?P<count>{number}) ?个?(?P<unit>天|周|星期|礼拜)(?:之前|以前|前)": _ago,
        rf"(?:{AHEAD})?{WEEK} ?的? ?{NAME}": _of_week,
        rf"{AHEAD}{WEEK}的? ?(?:周|星期|礼拜){NAME}": _of_week,
        rf"{AHEAD}{WEEK} ?(?P<english>{english}){WORD_ENDS}": _of_week_mixed,
        rf"下个?{WEEK}的? ?今[天日]": partial(_from_today, 7),
        rf"(?:{AHEAD})?周末": _weekend,
        rf"{AHEAD}{WEEK}{PART}?": _week,
        rf"(?:{AHEAD})?月{PART}": partial(_of_period, "month"),
        rf"{AHEAD}月(?P<part>(?!))?": partial(_of_period, "month"),
        rf"(?:{AHEAD})?季度?{PART}": partial(_of_period, "quarter"),
        rf"{AHEAD}季度(?P<part>(?!))?": partial(_of_period, "quarter"),
        rf"(?:(?P<ahead>今年|明年|后年)年?|年){PART}": partial(_of_period, "year"),
        r"(?P<ahead>明年|后年)(?P<part>(?!))?": partial(_of_period, "year"),
        rf"{YEAR}{MONTH}份?{PART}?": _part_of_month,
        r"(?P<year>今年|明年|20\d\d年)?第?(?P<number>[一二三四1-4])季度(?P<part>末|底|初)?": _quarter,
        r"下一?个工作日": _next_working_day,
        r"隔天": _every_other,
        rf"{year}(?P<festival>{_festivals()})(?:(?P<after>{AFTER})|(?P<before>{BEFORE}))": _festival,
        rf"{year}(?P<festival>{_whole_festivals()})(?P<after>(?!))?(?P<before>(?!))?": _festival,
        rf"{_unnamed_words()}{AFTER}": _unnamed,
    }
    return tuple((re.compile(pattern), read) for pattern, read in patterns.items())


def _festivals() -> str:
    return vocabulary.any_of(word for word in vocabulary.grouped("festivals").meaning if not word.isascii())


def _whole_festivals() -> str:
    # 年 and 五一 are parts of too many other words.
    words = vocabulary.grouped("festivals").meaning
    return vocabulary.any_of(word for word in words if not word.isascii() and len(word) > 1)


def _unnamed_words() -> str:
    return vocabulary.any_of(word for word in vocabulary.section("unnamed", "holiday") if not word.isascii())
