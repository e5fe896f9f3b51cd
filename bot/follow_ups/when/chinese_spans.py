"""Counted time in Chinese: 三天后, 两周后, 一个半小时, 两天半后, 过几天, 半个月后."""

import re
from fractions import Fraction
from functools import cache

from bot.follow_ups.when import numerals, vocabulary
from bot.follow_ups.when.spans import ORDER, Span, counted, half_a_day

HALF = Fraction(1, 2)
A_FEW = 3
A_COUPLE = "两"
MONTH = "月"  # 3月 is March, 一个半月 six weeks
NEEDS_AFTER = ("日", "分", "年", "季度")  # 3日 is a date, 3分 a mark, 3年 an age
SOON = re.compile(
    r"(?:过|等|待|再过)?一?会儿?(?=后|再|$| )后?"
    r"|稍后|稍晚|晚点|晚些时候|晚些|迟点|等下|等一下|待会儿?|过会儿?"
)


def span(text: str, at: int) -> tuple[Span, int] | None:
    """Return the span that stands at a place, and where it ends."""
    lead = re.compile(r"(?:再过|过|隔|等|再)? ?").match(text, at)
    start = lead.end() if lead else at
    is_loose = text[at:start].strip() in ("过", "再过")
    found = _element(text, start, is_loose=is_loose)
    if found is None:
        return _soon(text, at)
    total, unit, written, end = found
    while more := _following(text, end, unit):
        following, unit, written, end = more
        total = total.plus(following)
    closing = re.compile(r" ?(?:(?:以|之|过)?后(?!天|续|面|期|来)|[以之]?内(?!容|部))").match(text, end)
    if closing:
        return total, closing.end()
    is_certain = start > at or written not in NEEDS_AFTER
    return (total, end) if is_certain and not re.compile("的|之?前|以前|交期|货期").match(text, end) else None


def _soon(text: str, at: int) -> tuple[Span, int] | None:
    found = SOON.match(text, at)
    return (Span(seconds=3_600, said=found[0], taken="1 小时"), found.end()) if found else None


def _following(text: str, at: int, unit: str) -> tuple[Span, str, str, int] | None:
    gap = re.compile("[ 零又加]?").match(text, at)
    found = _element(text, gap.end()) if gap else None
    return found if found and ORDER.index(found[1]) < ORDER.index(unit) else None


def _element(text: str, at: int, *, is_loose: bool = False) -> tuple[Span, str, str, int] | None:
    found = _pattern().match(text, at)
    if not found:
        return None
    written = found["unit"]
    unit = vocabulary.grouped("chinese", "units").meaning[written]
    return _total(found, unit, is_loose=is_loose), unit, written, found.end()


def _total(found: re.Match[str], unit: str, *, is_loose: bool) -> Span:
    said, written = found["count"], found["unit"]
    half = HALF if found["half"] or found["unit_half"] else Fraction(0)
    if said == "半":
        return half_a_day(found[0]) if unit == "day" else counted(HALF, unit)
    if "几" in said:
        return _loose(counted(Fraction(A_FEW), unit), found[0], f"{A_FEW} {written}")
    if found["most"]:
        return _between(numerals.han(said), numerals.han(found["most"]), unit, found)
    if len(said) == 2 and not re.search("[0-9十百]", said):  # 两三天, 三五天
        return _between(numerals.han(said[0]), numerals.han(said[1]), unit, found)
    total = counted(numerals.han(said) + half, unit)
    return _loose(total, f"过{found[0]}", f"2 {written}") if is_loose and said == A_COUPLE else total


def _between(least: Fraction, most: Fraction, unit: str, found: re.Match[str]) -> Span:
    span = counted(least, unit)
    taken, other = f"{least} {found['unit']}", counted(most, unit)
    return Span(span.months, span.days, span.seconds, span.working_days, found[0], taken, other)


def _loose(span: Span, said: str, taken: str) -> Span:
    return Span(span.months, span.days, span.seconds, span.working_days, said, taken)


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary.grouped("chinese", "units").meaning
    units = vocabulary.any_of(word for word in words if word != MONTH)
    number = numerals.HAN
    most = rf"(?: ?[-~到至] ?(?P<most>{number}))?"
    halved = "(?P<half>个半(?=小时|月|钟头|星期|礼拜|季度))?"
    return re.compile(
        rf"(?P<count>{number}|半|好?几){most}{halved} ?"
        rf"(?P<unit>{units}|(?<=个半){MONTH})(?P<unit_half>半(?!个|天|年|月|小))?"
    )
