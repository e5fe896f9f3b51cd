"""Counted time in English: "in 3 days", 1h30m, "an hour and a half", "a couple of weeks"."""

import re
from fractions import Fraction
from functools import cache

from bot.follow_ups.when import numerals, vocabulary
from bot.follow_ups.when.spans import ORDER, Span, counted, half_a_day
from bot.follow_ups.when.vocabulary import LETTERS_END, WORD_ENDS

SHORT_MINUTES = 12  # "1m" to "12m" may be months


def span(text: str, at: int) -> tuple[Span, int] | None:
    """Return the span that stands at a place, and where it ends."""
    found = _element(text, at)
    if found is None:
        return _soon(text, at)
    if found[1] == "second" and text[at:].startswith("a "):
        return None  # "a second sample"
    total, unit, end = found
    while more := _following(text, end, unit):
        following, unit, end = more
        total = total.plus(following)
    closed = _closing().match(text, end)
    return total, closed.end() if closed else end


def _soon(text: str, at: int) -> tuple[Span, int] | None:
    words = vocabulary.numbered("english", "soon")
    found = re.compile(rf"({words.pattern}){WORD_ENDS}").match(text, at)
    if not found:
        return None
    minutes = words.meaning[" ".join(found[1].split())]
    return Span(seconds=int(60 * minutes), said=found[1], taken=f"{minutes} min"), found.end()


def _following(text: str, at: int, unit: str) -> tuple[Span, str, int] | None:
    if unit == "hour" and (minutes := re.compile(r"([0-5]\d)(?![\da-z.:])").match(text, at)):
        return counted(Fraction(minutes[1]), "minute"), "minute", minutes.end()
    gap = re.compile(r" ?(?:,|and |&|\+)? ?").match(text, at)
    found = _element(text, gap.end()) if gap else None
    return found if found and ORDER.index(found[1]) < ORDER.index(unit) else None


def _element(text: str, at: int) -> tuple[Span, str, int] | None:
    found = _pattern().match(text, at)
    if not found:
        return None
    unit = vocabulary.grouped("english", "units").meaning[" ".join(found["unit"].split())]
    if found["vague"]:
        number = vocabulary.numbered("english", "vague").meaning[" ".join(found["vague"].split())]
        return _vague(number, unit, found["vague"]), unit, found.end()
    if found["fraction"]:
        share = vocabulary.numbered("english", "fractions").meaning[" ".join(found["fraction"].split())]
        whole = half_a_day(found[0]) if unit == "day" else counted(share, unit)
        return whole, unit, found.end()
    return _exact(found, unit), unit, found.end()


def _exact(found: re.Match[str], unit: str) -> Span:
    half = Fraction(1, 2) if found["half"] or found["unit_half"] else Fraction(0)
    number = numerals.english(found["count"]) + half
    total = counted(number, unit)
    if found["most"]:
        most = counted(numerals.english(found["most"]) + half, unit)
        said = f"{found['count']}-{found['most']}"
        return Span(total.months, total.days, total.seconds, total.working_days, said, found["count"], most)
    if found["unit"] == "m" and number <= SHORT_MINUTES:
        other = counted(number, "month")
        return Span(seconds=total.seconds, taken=found["count"], other=other, is_short_minute=True)
    return total


def _vague(number: Fraction, unit: str, said: str) -> Span:
    total = counted(number, unit)
    return Span(total.months, total.days, total.seconds, total.working_days, said.strip(), str(number))


@cache
def _pattern() -> re.Pattern[str]:
    number = f"(?:{numerals.FIGURES}|{vocabulary.numbered('english', 'numbers').pattern}{LETTERS_END})"
    vague = vocabulary.numbered("english", "vague").pattern
    fraction = vocabulary.numbered("english", "fractions").pattern
    units = vocabulary.grouped("english", "units").pattern
    again = "(?:next|another)"
    exact = rf"(?P<count>{number})(?: ?(?:-|~|to|or) ?(?P<most>{number}))?(?P<half> (?:and|&) a half)?"
    return re.compile(
        rf"(?:{again} )?(?:(?P<vague>{vague}) |(?P<fraction>{fraction})[ -]|{exact}(?:(?<=\d)[ -]?| ))"
        rf"(?:more )?(?P<unit>{units}){LETTERS_END}(?P<unit_half> (?:and|&) a half{LETTERS_END})?"
    )


@cache
def _closing() -> re.Pattern[str]:
    time = r"(?: ?'s?)? time"
    after = "from (?:now|today)|later|hence|onwards?|or (?:two|so)"
    return re.compile(rf"(?: (?:{after})|{time}){LETTERS_END}| ?[以之]?[后内](?!续|面)")
