"""What somebody types behind `/followup`, or to the bot by name, as one of a few commands. Pure.

Texts come as Slack encodes them (`should_escape`): people as <@U1|mei>, links in angle brackets, &<> as
entities. English and Chinese words both count, in any case, half or full width.
"""

import re
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
LIST = ("list", "ls", "mine", "my list", "reminders", "my reminders", "列表", "清单", "我的", "我的提醒")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_PERSON = r"<@(?P<person>[UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>"
_PERMALINK = re.compile(
    r"<?https?://[\w.-]{1,200}/archives/(?P<channel>[A-Z0-9]{2,30})/p(?P<seconds>\d{10})(?P<rest>\d{6})"
    r"(?:\?(?P<query>[^\s<>|]{0,300}))?(?:\|[^<>]{0,3000})?>?"
)
_SLACK_LINK = re.compile(
    r"<?https?://(?:[\w-]{1,80}\.){1,4}slack\.com/archives(?:/[^\s<>|]{0,300})?(?:\|[^<>]{0,3000})?>?"
)
_THREAD = re.compile(r"thread_ts=(\d{10}\.\d{6})")
_NUMBER = re.compile(r"(?:no\.?|第)?\s*#?\s*(?P<number>\d{1,18})\s*号?", re.IGNORECASE)
POLITE = re.compile(
    r"\s*(?:(?:hi|hey|hello|please|pls|kindly|(?:can|could|would|will)\s+(?:you|u)"
    r"|请|麻烦|帮忙|帮我|你|能不能|可不可以|可以|能否|能)[\s,，]*)*",
    re.IGNORECASE,
)
LEAD = re.compile(
    rf"{POLITE.pattern}/?"
    r"(?P<lead>remind(?:\s+me)?(?![a-z])|set\s+(?:me\s+)?(?:up\s+)?(?:a|another)\s+(?:reminder|follow-?\s?up)(?![a-z])"
    r"|(?:ping|nudge)\s+me(?![a-z])|follow-?\s?up(?![a-z])|me(?![a-z])"
    r"|提醒(?:一下)?我?|设(?:置|定)?一?个?提醒|跟进|叫我)[\s,:，：]*",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\s*(?:for|remind|提醒|给|叫|让)?\s*{_PERSON}[\s,:，：]*", re.IGNORECASE)
BEHIND = re.compile(rf"[\s,:，：]*(?:for|to|remind|提醒|给|叫|让)?\s*{_PERSON}[\s,:，：]*", re.IGNORECASE)
ME_BEHIND = re.compile(
    r"[\s,:，：]*(?:(?:please|请|记得)\s*)?(?:remind\s+me(?:\s+(?:to|about|of))?(?![a-z])|提醒(?:一下)?我(?:一下)?|叫我)[\s,:，：]*",
    re.IGNORECASE,
)
_FOR = re.compile(rf"(?:\b(?:for|to)\s*|给\s*)?{_PERSON}", re.IGNORECASE)
_TO_DO = re.compile(r"^to\s+(?=[a-z])")  # "remind me tomorrow to call"; not "to Anna"
UNKNOWN = re.compile(r"\s*(?:for|给|提醒)?\s*(?P<name>@[\w.-]{1,80})")


@dataclass(frozen=True, slots=True)
class Place:
    """A message somebody linked to."""

    channel: str
    ts: str
    thread_ts: str | None


NOWHERE = Place("", "", None)  # where a link leads that names no message


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


def command_of(text: str) -> Command:
    """Return what was typed behind the command's name."""
    words, place = without_permalink(text)
    return verb_in(words, place) or wish_in(words, place)


def person_in_note(note: str) -> tuple[str | None, str]:
    """Return whom a reminder is for when the note begins with a person, and the note as people read it."""
    person = None
    if found := BEHIND.match(note):
        person, note = found["person"], note[found.end() :]
    elif found := ME_BEHIND.match(note):
        note = note[found.end() :]
    return person, _TO_DO.sub("", decode(note).strip())


def unknown_person(note: str) -> str | None:
    """Return a name with @ that a text begins with and Slack did not know; None when there is none."""
    found = UNKNOWN.match(note)
    return found["name"] if found else None


def verb_in(words: str, place: Place | None) -> Command | None:
    """Return the command that words begin with; None where they begin with none."""
    word = _plain(words)
    if word in HELP and place is None:
        return Help()
    if word in LIST:
        return List()
    return plan_in(words, place) or mark_in(words)


def plan_in(words: str, place: Place | None) -> Command | None:
    """Return the plan that is to start, for whom stands before or behind it; None where words name none."""
    before = _BEFORE.match(words)
    person = before["person"] if before else None
    rest = _behind(words[before.end() :] if before else words, ("plan", "计划", "跟进计划"))
    if rest is None:
        return None
    if found := _FOR.search(rest):
        person, rest = found["person"], rest[: found.start()] + rest[found.end() :]
    plan = PLANS.get(_plain(rest))
    return StartPlan(plan, person, place) if plan else Unclear("which_plan", decode(rest).strip())


def mark_in(words: str) -> Command | None:
    """Return what is to be done to a reminder; None where words begin with no such verb."""
    for word, verb in sorted(VERBS.items(), key=lambda one: -len(one[0])):
        rest = _behind(words, (word,))
        if rest is None:
            continue
        number = _NUMBER.match(rest.translate(_HALF_WIDTH))
        behind = rest[number.end() :].strip() if number else ""
        if number is None or (behind and verb != "snooze"):
            return Unclear(f"which_{verb}", decode(rest).strip())
        return Mark(verb, int(number["number"]), decoded_but_people(behind))
    return None


def wish_in(words: str, place: Place | None) -> Set | Unclear:
    """Return words as those of a new reminder."""
    lead = LEAD.match(words)
    if lead and not _BEFORE.match(words):
        words = words[lead.end() :]
    person = None
    if found := _BEFORE.match(words):
        person, words = found["person"], words[found.end() :]
    words = decoded_but_people(words).strip()
    if person is None and (name := unknown_person(words)):
        return Unclear("unknown_person", name)
    return Set(words, person, place)


def _behind(words: str, names: tuple[str, ...]) -> str | None:
    """Return what stands behind one of `names`; None where the text begins otherwise."""
    half = words.translate(_HALF_WIDTH)
    for name in names:
        is_latin = name.isascii()
        found = re.match(rf"\s*/?{name}{'(?![a-z])' if is_latin else ''}[\s:,，：]*", half, re.IGNORECASE)
        if found:
            return words[found.end() :]
    return None


def without_permalink(text: str) -> tuple[str, Place | None]:
    """Return a text without the first link to a message, and where that leads."""
    found = _PERMALINK.search(text)
    place = _place_of(found) if found else NOWHERE
    found = found or _SLACK_LINK.search(text)
    if found is None:
        return text.strip(), None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), place


def _place_of(found: re.Match[str]) -> Place:
    thread = _THREAD.search(found["query"] or "")
    return Place(found["channel"], f"{found['seconds']}.{found['rest']}", thread[1] if thread else None)


def _plain(words: str) -> str:
    return words.translate(_HALF_WIDTH).strip().lower()


def decoded_but_people(words: str) -> str:
    """Return a text decoded, with people still as Slack writes them."""
    pieces = re.split(r"(<@[UW][A-Z0-9]{1,30}(?:\|[^<>]*)?>)", words)
    return "".join(piece if place % 2 else decode(piece) for place, piece in enumerate(pieces))
