"""Times that come again and again: "every Monday", daily, 每周一. One of them is offered."""

import re
from functools import cache

from bot.follow_ups.when import days, grammar, vocabulary
from bot.follow_ups.when.grammar import Phrase
from bot.follow_ups.when.spans import Span, counted
from bot.follow_ups.when.vocabulary import WORD_ENDS

EVERY = re.compile(r"(?:every|each|evry)(?: (?:other|second|single))? +")
ADVERBS = {"hourly": "hour", "daily": "day", "everyday": "day", "weekly": "week", "monthly": "month"}
NO_WEEKDAY = "(?! ?[一二三四五六日天末1-7])"
EACH = "每(?:逢|隔)? ?个?"
CHINESE = re.compile(
    rf"{EACH}(?=月[底末初中])"
    rf"|{EACH}(?:(?P<unit>天|日|月|年|工作日|(?:周|星期|礼拜){NO_WEEKDAY})(?:的|都)? ?)?"
)
UNITS = {"天": "day", "日": "day", "月": "month", "年": "year", "工作日": "working_day"}


def first(text: str, at: int) -> Phrase | None:
    """Return the first of a series that is named at a place; None where no series is."""
    return _english(text, at) or _adverb(text, at) or _plural(text, at) or _chinese(text, at)


def _english(text: str, at: int) -> Phrase | None:
    found = EVERY.match(text, at)
    if not found:
        return None
    return grammar.longest(text, found.end()) or _one(text, found.end())


def _one(text: str, at: int) -> Phrase | None:
    units = vocabulary.grouped("english", "units")
    found = re.compile(rf"(?P<unit>{units.pattern}){WORD_ENDS}").match(text, at)
    return _counted(text, found.end(), units.meaning[" ".join(found["unit"].split())]) if found else None


def _adverb(text: str, at: int) -> Phrase | None:
    found = re.compile(rf"({vocabulary.any_of(ADVERBS)}){WORD_ENDS}").match(text, at)
    return _counted(text, found.end(), ADVERBS[found[1]]) if found else None


def _plural(text: str, at: int) -> Phrase | None:
    found = _weekdays().match(text, at)
    if not found:
        return None
    weekday = vocabulary.indexed("english", "weekdays").meaning[found[1]]
    return Phrase(found.end(), day=days.coming(weekday))


def _chinese(text: str, at: int) -> Phrase | None:
    found = CHINESE.match(text, at)
    if not found:
        return None
    if following := grammar.longest(text, found.end()):
        return following
    return _counted(text, found.end(), UNITS.get(found["unit"], "week")) if found["unit"] else None


def _counted(text: str, end: int, unit: str) -> Phrase:
    gap = re.compile(r"(?: at)? ").match(text, end)
    following = grammar.longest(text, gap.end()) if gap else None
    if following and following.hours and not following.day:
        return following
    if unit == "day":
        return Phrase(end, day=days.from_today(1))
    return Phrase(end, span=Span(seconds=3_600) if unit == "hour" else counted(vocabulary.ONE, unit))


@cache
def _weekdays() -> re.Pattern[str]:
    names = (words[0] for words in vocabulary.section("english", "weekdays"))
    return re.compile(rf"({vocabulary.any_of(names)})s{WORD_ENDS}")
