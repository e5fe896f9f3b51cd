"""What was understood, said back at once: number, day, time, zone, inquiry, note; one click mends it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.advice.blocks import Block, Run, actions, button, context, rich, rich_line, section
from bot.advice.escape import clean, harmless
from bot.advice.limits import SECTION_TEXT, clip, clip_escaped
from bot.follow_ups.conversation.actions import (
    ACTION_CANCEL,
    ACTION_CHANGE,
    ACTION_INSTEAD,
    ACTION_OFFER,
    ACTION_OTHER,
    MOST_NOTE,
    packed,
)
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.moment import moment
from bot.follow_ups.promises.model import Reminder
from bot.outbox.model import Form

MOST_CHOICES = 5
REMARK = 500


@dataclass(frozen=True, slots=True)
class Echo:
    """A reminder that stands, and what there is to say about it."""

    reminder: Reminder
    inquiry: str  # its name, as mrkdwn
    now_ms: int
    opening: str = "set"  # set, changed, snoozed, moved or stands: a key of the texts
    remarks: Sequence[str] = ()
    instead: Sequence[int] = ()  # other moments worth a click, epoch ms
    owner_zone: ZoneInfo | None = None  # of a teammate, where it is not the reader's own


@dataclass(frozen=True, slots=True)
class Offer:
    """Moments of which one may be meant; a click sets it, and only the first click of all."""

    inquiry_id: int
    inquiry: str  # its name, as mrkdwn
    owner: str
    note: str
    why: str
    moments: Sequence[int]  # epoch ms, the likeliest first
    once: str
    now_ms: int
    reminder: int | None = None  # the one that is snoozed; None: a new one is set


def set_form(reader: Reader, echo: Echo) -> Form:
    """Return the confirmation with its buttons."""
    reminder = echo.reminder
    opening = _opening(reader, echo)
    blocks: list[Block] = [section(opening)]
    if reminder.note:
        blocks.append(_note(reader, reminder.note))
    if grey := list(_small_print(reader, echo)):
        blocks.append(context(*grey))
    blocks.append(actions(*_instead(reader, echo), *_mending(reader, reminder)))
    return Form(opening, tuple(blocks))


def offers_form(reader: Reader, offer: Offer) -> Form:
    """Return what was not clear, and a button for each moment that may be meant."""
    why = clip_escaped(offer.why, SECTION_TEXT)
    if not offer.moments:
        return Form(why, (section(why),))
    about = reader.say("offer_about", inquiry=offer.inquiry)
    buttons = [
        button(
            reader.when_short(at, offer.now_ms),
            f"{ACTION_OFFER}_{place}",
            packed(i=offer.inquiry_id, o=offer.owner, at=at, note=offer.note, n=offer.once, r=offer.reminder),
            is_primary=place == 0,
        )
        for place, at in enumerate(offer.moments[:MOST_CHOICES])
    ]
    return Form(why, (section(why), actions(*buttons), context(about)))


def sentence_form(text: str) -> Form:
    """Return an answer of words alone; also takes the place of buttons that are used up."""
    return Form(text, (section(text),))


def kept_note(note: str) -> str:
    """Return a note as it is kept: without invisible characters, cut to what a reminder shows."""
    return clip(clean(note).strip(), MOST_NOTE)


def _opening(reader: Reader, echo: Echo) -> str:
    reminder = echo.reminder
    whom = "me" if reminder.owner == reader.user else "other"
    return reader.say(
        f"{echo.opening}_{whom}",
        number=reminder.id,
        when=reader.when(reminder.due_at),
        owner=f"<@{reminder.owner}>",
        inquiry=echo.inquiry,
    )


def _note(reader: Reader, note: str) -> Block:
    return rich(rich_line((Run(reader.say("note"), bold=True), Run(harmless(note, MOST_NOTE)))))


def _small_print(reader: Reader, echo: Echo) -> Iterator[str]:
    reminder = echo.reminder
    if echo.owner_zone and echo.owner_zone.key != reader.zone.key:
        there = moment(reminder.due_at, echo.owner_zone, reader.language)
        yield reader.say("there", owner=f"<@{reminder.owner}>", when=there)
    for remark in echo.remarks:
        yield clip_escaped(remark, REMARK)


def _instead(reader: Reader, echo: Echo) -> Iterator[Block]:
    for place, at in enumerate(echo.instead[:MOST_CHOICES]):
        label = reader.say("instead", when=reader.when_short(at, echo.now_ms))
        yield button(label, f"{ACTION_INSTEAD}_{place}", packed(r=echo.reminder.id, at=at))


def _mending(reader: Reader, reminder: Reminder) -> Iterator[Block]:
    value = packed(r=reminder.id)
    yield button(reader.say("button.change"), ACTION_CHANGE, value)
    if reminder.plan_id is None:  # a plan goes with its inquiry
        yield button(reader.say("button.other"), ACTION_OTHER, value)
    yield button(reader.say("button.cancel"), ACTION_CANCEL, value)
