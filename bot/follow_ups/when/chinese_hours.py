"""Hours in Chinese: 上午9点, 下午三点半, 晚上十点一刻, 14:30, 明早 and 今晚 after their day, 下班前."""

import re
from collections.abc import Iterator
from functools import cache

from bot.follow_ups.when import numerals, vocabulary
from bot.follow_ups.when.hours import PARTS, Hours, clock

MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "1刻": 15, "3刻": 45}
ROUGHLY = (
    r"(?: ?(?:左右|前后|之前|以前|以后|之后|前(?!台|面)|后(?!续|面|期)|整|多(?= ?$|[ ,])|时(?!间)|的时候))?"
)

# 早会, 晚宴 and 中午饭 begin with no hour; 晚的 is the later one, 明晚的 what is tomorrow evening.
PART_OF_WORD = r"(?<=[早晚])[点些会餐饭宴]|(?<=中午)[餐饭]|(?<=早上)班|(?<=[早晚])(?<![明今后昨][早晚])的"


def readings(text: str, at: int, *, is_beside_day: bool) -> Iterator[tuple[Hours, int]]:
    """Return every hour that may stand at a place, and where it ends.

    `is_beside_day`: 早 and 晚 are parts of the day then, and a number is an hour where nothing follows it.
    """
    part = _part().match(text, at)
    name, start = (_name(part), part.end()) if part else ("", at)
    yield from _clock(text, start, name)
    if part and (is_beside_day or len(part[1]) > 1):
        yield PARTS[name], part.end()
    if is_beside_day and (found := re.compile(r"(\d\d?)(?= ?$| ?[:,;。] )").match(text, start)):
        yield from _made(found, int(found[1]), 0, name)


def _clock(text: str, at: int, part: str) -> Iterator[tuple[Hours, int]]:
    if (found := _on_the_dot().match(text, at)) or (found := _by_time().match(text, at)):
        said = found["minute"] or "0"
        minute = MINUTES[said] if said in MINUTES else int(numerals.han(said))
        yield from _made(found, int(numerals.han(found["hour"])), minute, part)
    if part and (found := re.compile(rf"(\d\d?):(\d\d)(?![\d:]){ROUGHLY}").match(text, at)):
        yield from _made(found, int(found[1]), int(found[2]), part)


def _made(found: re.Match[str], hour: int, minute: int, part: str) -> Iterator[tuple[Hours, int]]:
    if hours := clock(hour, minute, part=part, said=found[0].strip()):
        yield hours, found.end()


def _name(found: re.Match[str]) -> str:
    name: str = vocabulary.grouped("chinese", "parts").meaning[found[1]]
    return name


@cache
def _part() -> re.Pattern[str]:
    words = vocabulary.grouped("chinese", "parts").pattern
    return re.compile(rf"({words})(?!{PART_OF_WORD})的? ?")


@cache
def _on_the_dot() -> re.Pattern[str]:
    number = r"(?P<hour>\d\d?|[零〇一二两三四五六七八九十]{1,3})(?: ?[-~到至] ?\d\d?(?= ?点))?"
    han = r"[零〇一二三四五六七八九十]{2,3}(?!天|个|周)|[五十](?=分)"
    minute = rf"(?P<minute>半|[一三13]刻|\d\d?(?=分)|\d\d(?!\d)|{han})"
    until = r"(?: ?[-~到至] ?(?:\d\d?|[一二两三四五六七八九十]{1,3}) ?点半?)?"
    not_a_point = r"(?!建议|意见|要求|问题|内容)"
    return re.compile(rf"{number} ?点{not_a_point}(?:钟|{minute}分?)?{until}{ROUGHLY}")


@cache
def _by_time() -> re.Pattern[str]:
    return re.compile(rf"(?P<hour>\d\d?) ?时(?!间|候)(?:(?P<minute>\d\d?)分?)?{ROUGHLY}")
