"""What somebody types behind `/followup`, or to the bot by name, as one of a few commands. Pure.

Texts come as Slack encodes them (`should_escape`): people as <@U1|mei>, links in angle brackets, &<> as
entities. English and Chinese words both count, in any case, half or full width.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.intake.mrkdwn import decode

PlanName = Literal["quote", "sample"]
Verb = Literal["done", "cancel", "snooze"]
PLANS: dict[str, PlanName] = {
    **dict.fromkeys(("quote", "quotes", "quotation", "报价", "报价后"), "quote"),
    **dict.fromkeys(("sample", "samples", "样品", "寄样", "样品后", "寄样后"), "sample"),
}
VERBS: dict[str, Verb] = {
    **dict.fromkeys(("done", "finished", "完成", "做完", "做完了", "已完成", "搞定"), "done"),
    **dict.fromkeys(("cancel", "delete", "remove", "取消", "删除", "撤销"), "cancel"),
    **dict.fromkeys(("snooze", "postpone", "推迟", "延后", "延期", "改期"), "snooze"),
}
HELP = ("", "help", "?", "h", "帮助", "怎么用", "用法")
LIST = ("list", "ls", "mine", "列表", "清单", "我的")
# A text to the bot that is longer, or has more lines, is a buyer's and no call for a reminder.
LONGEST_CALL = 500
MOST_LINES = 3
SHORT_CALL = 80

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_PERSON = r"<@(?P<person>[UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>"
_PERMALINK = re.compile(
    r"<?https?://[\w.-]{1,200}/archives/(?P<channel>[A-Z0-9]{2,30})/p(?P<seconds>\d{10})(?P<rest>\d{6})"
    r"(?:\?(?P<query>[^\s<>|]{0,300}))?(?:\|[^<>]{0,3000})?>?"
)
_THREAD = re.compile(r"thread_ts=(\d{10}\.\d{6})")
_NUMBER = re.compile(r"(?:no\.?|第)?\s*#?\s*(?P<number>\d{1,18})\s*号?", re.IGNORECASE)
_LEAD = re.compile(
    r"\s*/?(?:(?:please|请|麻烦|帮忙)\s*)?"
    r"(?P<lead>remind(?:\s+me)?(?![a-z])|follow-?\s?up(?![a-z])|me(?![a-z])|提醒(?:一下)?我?|跟进|叫我)[\s,:，：]*",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\s*(?:for|remind|提醒|给|叫|让)?\s*{_PERSON}[\s,:，：]*", re.IGNORECASE)
_BEHIND = re.compile(rf"[\s,:，：]*(?:for|to|remind|提醒|给|叫|让)?\s*{_PERSON}[\s,:，：]*", re.IGNORECASE)
_ME_BEHIND = re.compile(
    r"[\s,:，：]*(?:(?:please|请|记得)\s*)?(?:remind\s+me(?:\s+(?:to|about|of))?(?![a-z])|提醒(?:一下)?我(?:一下)?|叫我)[\s,:，：]*",
    re.IGNORECASE,
)
_FOR = re.compile(rf"(?:\b(?:for|to)\s*|给\s*)?{_PERSON}", re.IGNORECASE)
_TO_DO = re.compile(r"^to\s+(?=[a-z])")  # "remind me tomorrow to call"; not "to Anna"
_UNKNOWN = re.compile(r"\s*(?:for|给|提醒)?\s*(?P<name>@[\w.-]{1,80})")


@dataclass(frozen=True, slots=True)
class Place:
    """A message somebody linked to."""

    channel: str
    ts: str
    thread_ts: str | None


@dataclass(frozen=True, slots=True)
class Help:
    """How this is used."""


@dataclass(frozen=True, slots=True)
class List:
    """What the person has open."""


@dataclass(frozen=True, slots=True)
class Set:
    """A new reminder. `words` hold WHEN and the note, people still as <@U1>."""

    words: str
    person: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something done to a reminder by its number; `words` say until when it is snoozed."""

    verb: Verb
    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class StartPlan:
    """A whole plan of reminders."""

    plan: PlanName
    person: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A command whose argument is missing or wrong: a key of the texts, and what was typed."""

    key: str
    argument: str = ""


Command = Help | List | Set | Mark | StartPlan | Unclear


def number_in(asked: Command) -> int | None:
    """Return the reminder a command does something to; None for all other commands."""
    return asked.number if isinstance(asked, Mark) else None


def command_of(text: str) -> Command:
    """Return what was typed behind the command's name."""
    words, place = _without_permalink(text)
    return _verb(words, place) or _set(words, place)


def call_of(text: str, is_time: Callable[[str], str | None]) -> Command | None:
    """Return what is asked of the bot by name; None for everything that may be an inquiry.

    `text` is without the bot's own name. `is_time` returns what follows the time a text begins with, None
    where it begins with none.
    """
    if len(text) > LONGEST_CALL or text.strip().count("\n") >= MOST_LINES:
        return None
    words, place = _without_permalink(text)
    lead = _LEAD.match(words)
    if lead is None:
        return _numbered(words, place) or _said_behind(words, place, is_time)
    is_reminding = lead["lead"].lower().startswith(("remind", "提醒", "叫"))
    rest = words[lead.end() :]
    if not is_reminding and len(words) > SHORT_CALL:
        return None  # "Follow up: two weeks ago we asked for…" is a buyer's mail
    if not is_reminding and (asked := _verb(rest, place)):
        return asked
    found = _set(words, place)
    if isinstance(found, Unclear) or is_time(found.words) is not None:
        return found
    return found if is_reminding and len(words) <= SHORT_CALL else None


def person_in_note(note: str) -> tuple[str | None, str]:
    """Return whom a reminder is for when the note begins with a person, and the note as people read it."""
    person = None
    if found := _BEHIND.match(note):
        person, note = found["person"], note[found.end() :]
    elif found := _ME_BEHIND.match(note):
        note = note[found.end() :]
    return person, _TO_DO.sub("", decode(note).strip())


def unknown_person(note: str) -> str | None:
    """Return a name with @ that a text begins with and Slack did not know; None when there is none."""
    found = _UNKNOWN.match(note)
    return found["name"] if found else None


def _verb(words: str, place: Place | None) -> Command | None:
    word = _plain(words)
    if word in HELP and place is None:
        return Help()
    if word in LIST:
        return List()
    return _plan(words, place) or _mark(words)


def _numbered(words: str, place: Place | None) -> Command | None:
    """Return a command nobody could mistake for a text: a plan by its name, a reminder by its number."""
    found = _plan(words, place) or _mark(words)
    return None if isinstance(found, Unclear) else found


def _plan(words: str, place: Place | None) -> Command | None:
    rest = _behind(words, ("plan", "计划", "跟进计划"))
    if rest is None:
        return None
    person = None
    if found := _FOR.search(rest):
        person, rest = found["person"], rest[: found.start()] + rest[found.end() :]
    plan = PLANS.get(_plain(rest))
    return StartPlan(plan, person, place) if plan else Unclear("which_plan", decode(rest).strip())


def _mark(words: str) -> Command | None:
    for word, verb in sorted(VERBS.items(), key=lambda one: -len(one[0])):
        rest = _behind(words, (word,))
        if rest is None:
            continue
        number = _NUMBER.match(rest.translate(_HALF_WIDTH))
        behind = rest[number.end() :].strip() if number else ""
        if number is None or (behind and verb != "snooze"):
            return Unclear(f"which_{verb}", decode(rest).strip())
        return Mark(verb, int(number["number"]), _decoded_but_people(behind))
    return None


def _set(words: str, place: Place | None) -> Set | Unclear:
    lead = _LEAD.match(words)
    if lead and not _BEFORE.match(words):
        words = words[lead.end() :]
    person = None
    if found := _BEFORE.match(words):
        person, words = found["person"], words[found.end() :]
    words = _decoded_but_people(words).strip()
    if person is None and (name := unknown_person(words)):
        return Unclear("unknown_person", name)
    return Set(words, person, place)


def _said_behind(words: str, place: Place | None, is_time: Callable[[str], str | None]) -> Set | None:
    """Return a reminder whose time comes first: "明天下午三点提醒我…"."""
    words = _decoded_but_people(words).strip()
    note = is_time(words)
    is_asked = note is not None and (_ME_BEHIND.match(note) or _is_for_other(note))
    return Set(words, None, place) if is_asked else None


def _is_for_other(note: str) -> bool:
    found = _BEHIND.match(note)
    return bool(found and re.match(r"[\s,:，：]*(?:remind|提醒|叫)", note, re.IGNORECASE))


def _behind(words: str, names: tuple[str, ...]) -> str | None:
    """Return what stands behind one of `names`; None where the text begins otherwise."""
    half = words.translate(_HALF_WIDTH)
    for name in names:
        is_latin = name.isascii()
        found = re.match(rf"\s*/?{name}{'(?![a-z])' if is_latin else ''}[\s:,，：]*", half, re.IGNORECASE)
        if found:
            return words[found.end() :]
    return None


def _without_permalink(text: str) -> tuple[str, Place | None]:
    found = _PERMALINK.search(text)
    if found is None:
        return text.strip(), None
    thread = _THREAD.search(found["query"] or "")
    place = Place(found["channel"], f"{found['seconds']}.{found['rest']}", thread[1] if thread else None)
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), place


def _plain(words: str) -> str:
    return words.translate(_HALF_WIDTH).strip().lower()


def _decoded_but_people(words: str) -> str:
    """Return a text decoded, with people still as Slack writes them."""
    pieces = re.split(r"(<@[UW][A-Z0-9]{1,30}(?:\|[^<>]*)?>)", words)
    return "".join(piece if place % 2 else decode(piece) for place, piece in enumerate(pieces))
