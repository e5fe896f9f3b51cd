"""Hours in English: "9am", "at 9", "half past two", "14:30", "noon", "in the afternoon"."""

import re
from collections.abc import Iterator
from functools import cache

from bot.follow_ups.when import numerals, vocabulary
from bot.follow_ups.when.hours import HALVES, PARTS, Hours, clock
from bot.follow_ups.when.vocabulary import WORD_ENDS

Found = tuple[Hours, int]
HALF = r"(?P<half>[ap]\.m\.?|[ap]m|[ap])"
AT_END = r"(?= ?$| ?[:,;] | - )"
END_OF = re.compile(r"(?:the )?end of(?= (?:today|tomorrow|tmrw?|tmr))")
HALF_DAY = re.compile(rf"([ap]m){WORD_ENDS}")
HALF_DAYS = {"am": "morning", "pm": "afternoon"}
MINUTES_OF = {"half": 30, "quarter": 15, "a quarter": 15}
WITH_HALF = re.compile(rf"(\d\d?)(?:[:.](\d\d)(?::\d\d)?)? ?{HALF}{WORD_ENDS}")
RANGE = re.compile(rf"(\d\d?)(?:[:.](\d\d))? ?(?:-|~|to) ?\d\d?(?:[:.]\d\d)? ?{HALF}{WORD_ENDS}")
COLON = re.compile(r"(\d\d?):(\d\d)(?::\d\d)?(?![\d:])(?: ?(?:hrs?|h|o'?clock)(?![a-z]))?")
O_CLOCK = re.compile(r"(\d\d?) ?(?:o'?clock|oclock)(?![a-z])")
MILITARY = re.compile(r"(0\d)h?([0-5]\d)(?!\d)|([01]\d|2[0-4])([0-5]\d) ?(?:hrs|hours|h)(?![a-z])")
BARE = re.compile(rf"(\d\d?){AT_END}")
MARKED = re.compile(r"(\d\d?)(?:[.h]([0-5]\d)|h)?(?![\d/:.%]|-\d|[a-z]| ?(?:pcs|pieces|units|samples))")
MARKED_LONG = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?![\d/:.])")
# "at 930", "at 9 30", "tomorrow 1430": figures that nothing follows which they could count.
SHORT_OF_MARKED = re.compile(rf"(\d)(00|15|30|45){AT_END}|(\d\d?) (00|15|30|45){AT_END}")
LONG = re.compile(rf"(\d)(15|30|45){AT_END}|(1\d|2[0-3])(00|15|30|45){AT_END}")


def readings(text: str, at: int, *, is_marked: bool, is_beside_day: bool) -> Iterator[Found]:
    """Return every hour that may stand at a place, and where it ends.

    `is_marked`: "at" stands before it, so a bare number is an hour. `is_beside_day`: a bare number is one as
    well where nothing follows that could be counted.
    """
    for hours, end in _clocks(text, at, is_marked=is_marked, is_beside_day=is_beside_day):
        yield hours, _past_end(text, end)
    yield from _parts(text, at)
    if found := END_OF.match(text, at):
        yield PARTS["close"], found.end()
    if is_beside_day and (found := HALF_DAY.match(text, at)):
        yield PARTS[HALF_DAYS[found[1]]], found.end()


def part_after(text: str, at: int) -> tuple[str, int] | None:
    """Return the part of the day that stands at a place, and where it ends."""
    found = _part().match(text, at)
    if not found:
        return None
    return vocabulary.grouped("english", "parts").meaning[" ".join(found["part"].split())], found.end()


def _parts(text: str, at: int) -> Iterator[Found]:
    if found := part_after(text, at):
        yield PARTS[found[0]], found[1]


def _clocks(text: str, at: int, *, is_marked: bool, is_beside_day: bool) -> Iterator[Found]:
    for pattern in (WITH_HALF, RANGE):
        if found := pattern.match(text, at):
            part = HALVES[found["half"].replace(".", "")]
            yield from _made(int(found[1]), int(found[2] or 0), found, part)
    if found := COLON.match(text, at):
        is_exact = found[1].startswith("0")
        yield from _in_part(text, int(found[1]), int(found[2]), found, is_exact=is_exact)
    if found := MILITARY.match(text, at):
        yield from _made(int(found[1] or found[3]), int(found[2] or found[4]), found, is_exact=True)
    if found := O_CLOCK.match(text, at):
        yield from _in_part(text, int(found[1]), 0, found)
    yield from _spoken(text, at, is_marked=is_marked)
    yield from _with_part(text, at)
    if is_marked:
        yield from _marked(text, at)
    if is_beside_day:
        yield from _beside_day(text, at)


def _marked(text: str, at: int) -> Iterator[Found]:
    if found := MARKED.match(text, at):
        yield from _in_part(text, int(found[1]), int(found[2] or 0), found)
    if found := MARKED_LONG.match(text, at):
        yield from _made(int(found[1]), int(found[2]), found, is_exact=True)
    if found := SHORT_OF_MARKED.match(text, at):
        yield from _in_part(text, int(found[1] or found[3]), int(found[2] or found[4]), found)


def _beside_day(text: str, at: int) -> Iterator[Found]:
    if found := BARE.match(text, at):
        yield from _in_part(text, int(found[1]), 0, found)
    if found := LONG.match(text, at):
        yield from _in_part(text, int(found[1] or found[3]), int(found[2] or found[4]), found)


def _spoken(text: str, at: int, *, is_marked: bool) -> Iterator[Found]:
    if found := _past_or_to().match(text, at):
        hour, minute = _number(found["hour"]), MINUTES_OF.get(found["minute"]) or _number(found["minute"])
        if found["way"] == "to":
            hour, minute = (hour - 1) or 12, 60 - minute
        yield from _in_part(text, hour, minute, found)
    if (found := _in_words().match(text, at)) and (is_marked or found["half"] or found["clock"]):
        part = HALVES[found["half"].replace(".", "")] if found["half"] else ""
        yield from _in_part(text, _number(found["hour"]), 0, found, part)


def _with_part(text: str, at: int) -> Iterator[Found]:
    found = re.compile(r"(\d\d?)(?= in the | at night| tonight)").match(text, at)
    if found:
        yield from (each for each in _in_part(text, int(found[1]), 0, found) if each[1] > found.end())


def _in_part(
    text: str, hour: int, minute: int, found: re.Match[str], part: str = "", *, is_exact: bool = False
) -> Iterator[Found]:
    end = found.end()
    following = None if part else re.compile(r" (?:in the |at )(?=\w)").match(text, end)
    if following and (named := part_after(text, following.end())):
        part, end = named
    hours = clock(hour, minute, part=part, said=found[0].strip(), is_exact=is_exact)
    if hours:
        yield hours, end


def _made(
    hour: int, minute: int, found: re.Match[str], part: str = "", *, is_exact: bool = False
) -> Iterator[Found]:
    if hours := clock(hour, minute, part=part, is_exact=is_exact):
        yield hours, found.end()


def _past_end(text: str, at: int) -> int:
    found = re.compile(rf" ?(?:-|~|to|till?) ?\d\d?(?:[:.]\d\d|(?:[:.]\d\d)? ?[ap]m){WORD_ENDS}").match(
        text, at
    )
    found = found or re.compile(r"[ -]?(?:sharp|ish)(?![a-z])|整|左右|前后|[之以][前后]").match(text, at)
    return found.end() if found else at


def _number(said: str) -> int:
    return int(numerals.english(said))


@cache
def _numbers() -> str:
    words = vocabulary.numbered("english", "numbers").meaning
    return vocabulary.any_of(word for word in words if word not in ("a", "an"))


@cache
def _part() -> re.Pattern[str]:
    return re.compile(
        rf"(?:in the |the )?(?P<part>{vocabulary.grouped('english', 'parts').pattern}){WORD_ENDS}"
    )


@cache
def _past_or_to() -> re.Pattern[str]:
    minute = rf"(?P<minute>half|(?:a )?quarter|[1-5]?\d|{_numbers()})"
    return re.compile(rf"{minute} (?P<way>past|to) (?P<hour>\d\d?|{_numbers()}){WORD_ENDS}")


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(rf"(?P<hour>{_numbers()})(?P<clock> o'?clock)?(?: {HALF})?{WORD_ENDS}")
