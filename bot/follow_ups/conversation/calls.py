"""Which texts to the bot, by name or in a direct message, are calls about follow-ups. Pure.

In the thread of an inquiry a word to the bot is about that inquiry. Anywhere else it may be one itself, so
only what no buyer would write is a call there.
"""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.follow_ups.calendar.working_days import WorkingDays
from bot.follow_ups.conversation.command import (
    BEHIND,
    LEAD,
    ME_BEHIND,
    POLITE,
    UNKNOWN,
    Command,
    Place,
    Set,
    Unclear,
    command_of,
    decoded_but_people,
    mark_in,
    person_in_note,
    plan_in,
    verb_in,
    wish_in,
    without_permalink,
)
from bot.follow_ups.when import Asker, Doubtful, Heard, NotATime, read_when

# A text to the bot that is longer, or has more lines, is a buyer's and no call for a reminder.
LONGEST_CALL = 500
MOST_LINES = 3
LONGEST_TALK = 200
SHORT_CALL = 80
SHORT_NOTE = 60  # bytes of UTF-8: about ten words, or twenty Chinese characters

_REMINDING = ("remind", "set", "提醒", "设", "叫")
_TASK = re.compile(
    r"(?:ask|call|check|chase|contact|e-?mail|mail|message|ping|phone|write|send|reply|answer|respond|talk|speak"
    r"|meet|visit|confirm|prepare|follow|remind|nudge|update|review|discuss|tell|inform|see|look|try|wait|share"
    r"|forward|finish|thank|whatsapp|wechat|feedback|reminder)(?![a-z])"
    r"|(?:再|去|记得|得)?(?:问|催|打|联系|联络|跟进|回复|回|发|寄|确认|看|查|约|拜访|通知|准备|聊|谈|找|追|核|提醒|告诉"
    r"|[给跟和](?=客户|买家|对方|他|她|[a-z]))",
    re.IGNORECASE,
)
_BUYERS = re.compile(
    r"\d|[?？]|\b(?:we|our|us|i|i'?m|my|me|you|your|dear|hi|hello|please|pls|kindly|needs?|wants?|best|regards"
    r"|interested|looking)\b|[请您贵我]|你们|需要|采购|想要|求购|多少|吗",
    re.IGNORECASE,
)
_MARKS = " \t\n.,;:!?~…。，；：！？～"

IsTime = Callable[[str], str | None]


def call_of(text: str, is_time: IsTime, *, is_about_inquiry: bool = False) -> Command | None:
    """Return what is asked of the bot by name; None for everything that may be an inquiry.

    `text` is without the bot's own name. `is_time` returns what follows the time a text begins with, None
    where it begins with none. `is_about_inquiry`: it is said in the thread of one.
    """
    if len(text) > LONGEST_CALL or text.strip().count("\n") >= MOST_LINES:
        return None
    words, place = without_permalink(text)
    if lead := LEAD.match(words):
        found = _led(words, lead, place, is_time)
    else:
        found = _numbered(words, place) or _said_behind(words, place, is_time)
    if found or not words:
        return found
    return _in_thread(text, is_time) if is_about_inquiry else _nothing_else(text, is_time)


def is_talk(text: str) -> bool:
    """Tell whether a text is a short word among colleagues and no mail somebody pasted."""
    return len(text) <= LONGEST_TALK and text.strip().count("\n") < MOST_LINES


def behind_time(said_ms: int) -> IsTime:
    """Return how the time a text begins with is found, for something said then (epoch ms)."""
    # Whether words name a time does not hang on where their writer lives.
    asker = Asker(said_ms, ZoneInfo("UTC"), None, WorkingDays(None))

    def behind(text: str) -> str | None:
        heard = read_when(text, asker)
        if isinstance(heard, NotATime) or _is_guess(heard):
            return None
        _, is_found, rest = text.partition(heard.taken or text)
        return rest if is_found else heard.note

    return behind


def _is_guess(heard: Heard) -> bool:
    """Tell whether words hardly name a time: "500 pcs", "now we need"."""
    if not isinstance(heard, Doubtful) or not heard.note:
        return False
    return heard.why == "no_unit" or heard.detail == "now"


def _led(words: str, lead: re.Match[str], place: Place | None, is_time: IsTime) -> Command | None:
    is_reminding = lead["lead"].lower().startswith(_REMINDING)
    rest = words[lead.end() :]
    if not is_reminding and len(words) > SHORT_CALL:
        return None  # "Follow up: two weeks ago we asked for…" is a buyer's mail
    if not is_reminding and (asked := verb_in(rest, place)):
        return asked
    found = wish_in(words, place)
    if isinstance(found, Unclear) or is_time(found.words) is not None:
        return found
    return found if is_reminding and len(words) <= SHORT_CALL else None


def _numbered(words: str, place: Place | None) -> Command | None:
    """Return a command nobody could mistake for a text: a plan by its name, a reminder by its number."""
    found = plan_in(words, place) or mark_in(words)
    return None if isinstance(found, Unclear) else found


def _said_behind(words: str, place: Place | None, is_time: IsTime) -> Set | None:
    """Return a reminder whose time comes first: "明天下午三点提醒我…"."""
    words = decoded_but_people(_plainly(words)).strip()
    note = is_time(words)
    is_asked = note is not None and (ME_BEHIND.match(note) or _is_for_other(note))
    return Set(words, None, place) if is_asked else None


def _is_for_other(note: str) -> bool:
    found = BEHIND.match(note)
    return bool(found and re.match(r"[\s,:，：]*(?:remind|提醒|叫)", note, re.IGNORECASE))


def _in_thread(text: str, is_time: IsTime) -> Command | None:
    """Return a short text read as behind `/followup`, where it is a command or begins with a time."""
    if not is_talk(text):
        return None
    asked = command_of(_plainly(text))
    if isinstance(asked, Unclear) and asked.key == "unknown_person":
        return asked if is_time(UNKNOWN.sub("", _plainly(text), count=1).strip()) is not None else None
    return asked if not isinstance(asked, Set) or is_time(asked.words) is not None else None


def _nothing_else(text: str, is_time: IsTime) -> Command | None:
    """Return a command or a time with nothing behind it but a few words of what to do then."""
    if len(text) > SHORT_CALL or "\n" in text.strip():
        return None
    asked = command_of(text.strip(_MARKS) or text)
    if isinstance(asked, Unclear):
        return None if asked.argument else asked
    if isinstance(asked, Set):
        note = is_time(asked.words)
        return asked if note is not None and _is_task(note) else None
    return asked


def _is_task(note: str) -> bool:
    person, words = person_in_note(note)
    words = words.strip(_MARKS)
    if not words:
        return True
    if len(words.encode()) > SHORT_NOTE or _BUYERS.search(words):
        return False
    return person is not None or _TASK.match(words) is not None


def _plainly(words: str) -> str:
    """Return words without what is said for politeness before them."""
    polite = POLITE.match(words)
    return words[polite.end() :] if polite else words
