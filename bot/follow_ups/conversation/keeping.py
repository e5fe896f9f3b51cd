"""What people do with the reminders they have: list, done, snooze, cancel, change."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.command import Mark, person_in_note
from bot.follow_ups.conversation.echo import kept_note, sentence_form
from bot.follow_ups.conversation.hearing import hear
from bot.follow_ups.conversation.listing import Entry, list_form
from bot.follow_ups.conversation.planning import step_says
from bot.follow_ups.conversation.setting import doubt, echo
from bot.follow_ups.naming import age_of
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.when import Doubtful, NotATime, remark_says
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord

Held = tuple[Reminder, InquiryRecord]


@dataclass(frozen=True, slots=True)
class Move:
    """Another moment for a reminder, epoch ms; without a note it keeps the one it has."""

    due_at: int
    note: str | None = None
    opening: str = "snoozed"
    remarks: Sequence[str] = ()
    instead: Sequence[int] = ()


def answer_list(caller: Caller, page: int = 0) -> Form:
    """Return what the person has open."""
    mine = caller.services.reminders.of_person(caller.reader.team, caller.user)
    return list_form(caller.reader, mine, lambda one: _entry(caller, one), now_ms=caller.now_ms, page=page)


def answer_mark(caller: Caller, asked: Mark) -> Form:
    """Do what was asked with a reminder, or say why not."""
    held = reminder_for(caller, asked.number)
    if isinstance(held, str):
        return sentence_form(held)
    if asked.verb == "snooze":
        return _snooze(caller, held, asked.words)
    return sentence_form(finish(caller, *held) if asked.verb == "done" else call_off(caller, *held))


def reminder_for(caller: Caller, number: int) -> Held | str:
    """Return a reminder this person may change, with its inquiry; a sentence why there is none."""
    reminder = caller.services.reminders.get(caller.reader.team, number)
    inquiry = caller.inquiry_of(reminder) if reminder else None
    if reminder is None or inquiry is None:
        return caller.reader.say("wrong.number", number=number)
    if not caller.services.reminders.may_change(reminder, inquiry, caller.user):
        return caller.reader.say("wrong.not_yours", number=number, owner=f"<@{reminder.owner}>")
    return reminder, inquiry


def finish(caller: Caller, reminder: Reminder, inquiry: InquiryRecord) -> str:
    """Note that somebody is done with a reminder; return the sentence that says so."""
    if not caller.services.reminders.close(reminder, caller.user):
        return why_not(caller, reminder)
    caller.services.renew_card(inquiry, by=caller.user)
    return caller.reader.say("done", number=reminder.id, inquiry=caller.name(inquiry))


def call_off(caller: Caller, reminder: Reminder, inquiry: InquiryRecord) -> str:
    """Call a reminder off; return the sentence that says so."""
    if not caller.services.reminders.cancel(reminder, caller.user):
        return why_not(caller, reminder)
    caller.services.renew_card(inquiry, by=caller.user)
    key = "called_off" if reminder.has_come else "cancelled"
    return caller.reader.say(key, number=reminder.id, inquiry=caller.name(inquiry))


def put_off(caller: Caller, held: Held, move: Move) -> Form:
    """Let a reminder come at another moment, with another note if one is given; echo it."""
    reminder, inquiry = held
    reminders = caller.services.reminders
    if move.note is None:
        is_moved = reminders.snooze(reminder, move.due_at, caller.user)
    else:
        is_moved = reminders.change(reminder, due_at=move.due_at, note=move.note, by=caller.user)
    if not is_moved:
        return sentence_form(why_not(caller, reminder))
    caller.services.renew_card(inquiry, by=caller.user)
    fresh = reminders.get(reminder.team, reminder.id) or reminder
    return echo(caller, fresh, inquiry, move.opening, move.remarks, move.instead)


def why_not(caller: Caller, reminder: Reminder) -> str:
    """Return why nothing can be done with a reminder any more, or not at this moment."""
    fresh = caller.services.reminders.get(reminder.team, reminder.id) or reminder
    key = "in_flight" if fresh.is_open else "ended"
    return caller.reader.say(f"wrong.{key}", number=reminder.id)


def _snooze(caller: Caller, held: Held, words: str) -> Form:
    reminder, inquiry = held
    if not reminder.is_open:
        return sentence_form(why_not(caller, reminder))
    heard = hear(caller, words)
    if isinstance(heard, str):
        return sentence_form(heard)
    if isinstance(heard, NotATime):
        key = "no_time_to_snooze" if words else "until_when"
        return sentence_form(caller.reader.say(f"wrong.{key}", number=reminder.id))
    note = kept_note(person_in_note(heard.note)[1])
    if isinstance(heard, Doubtful):
        kept = note or reminder.note
        return doubt(caller, heard, inquiry, reminder.owner, kept, reminder.id)
    remarks = [remark_says(remark, caller.reader.language) for remark in heard.remarks]
    return put_off(caller, held, Move(heard.due_at, note or None, "snoozed", remarks, heard.instead))


def _entry(caller: Caller, reminder: Reminder) -> Entry:
    inquiry, reader = caller.inquiry_of(reminder), caller.reader
    if inquiry is None:
        return Entry(reader.say("nameless"), "", "")
    age = reader.say("list.age", age=age_of(inquiry, caller.now_ms, reader.language))
    return Entry(caller.name(inquiry), age, step_says(caller, reminder))
