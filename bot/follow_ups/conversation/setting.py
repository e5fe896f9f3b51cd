"""Sets reminders as people ask for them, and says back what was understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.advice.escape import harmless_mrkdwn
from bot.follow_ups.conversation.actions import MOST_NOTE
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.command import Set, person_in_note
from bot.follow_ups.conversation.echo import Echo, Offer, kept_note, offers_form, sentence_form, set_form
from bot.follow_ups.conversation.hearing import hear
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.when import Doubtful, NotATime, Understood, remark_says, why_says
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord

ARGUMENT = 60  # characters of an argument repeated to the person who typed it


@dataclass(frozen=True, slots=True)
class Wish:
    """A reminder somebody wants."""

    inquiry: InquiryRecord
    owner: str
    due_at: int  # epoch ms
    note: str = ""
    remarks: Sequence[str] = ()
    instead: Sequence[int] = ()


def answer_set(caller: Caller, asked: Set) -> Form:
    """Set what was asked for, or say what is not clear; nothing is set by halves."""
    inquiry = caller.inquiry_meant(asked.place)
    if isinstance(inquiry, str):
        return sentence_form(inquiry)
    heard = hear(caller, asked.words)
    if isinstance(heard, str):
        return sentence_form(heard)
    if isinstance(heard, NotATime):
        return sentence_form(no_time(caller, asked.words))
    named, note = person_in_note(heard.note)
    if wrong := wrong_person(caller, asked.person or named):
        return sentence_form(wrong)
    owner = asked.person or named or caller.user
    if isinstance(heard, Doubtful):
        return doubt(caller, heard, inquiry, owner, kept_note(note))
    return grant(caller, _wish(caller, heard, inquiry, owner, note))


def grant(caller: Caller, wish: Wish) -> Form:
    """Set a reminder once, and echo it; what was dealt with before is echoed as it stands."""
    number = caller.services.reminders.set(
        wish.inquiry,
        owner=wish.owner,
        by=caller.user,
        due_at=wish.due_at,
        note=wish.note,
        once=caller.once,
    )
    if number is None:
        return _stands_already(caller, wish)
    caller.services.renew_card(wish.inquiry, by=caller.user)
    reminder = caller.services.reminders.get(caller.reader.team, number)
    if reminder is None:
        return sentence_form(caller.reader.say("wrong.number", number=number))
    return echo(caller, reminder, wish.inquiry, "set", wish.remarks, wish.instead)


def echo(
    caller: Caller,
    reminder: Reminder,
    inquiry: InquiryRecord,
    opening: str,
    remarks: Sequence[str] = (),
    instead: Sequence[int] = (),
) -> Form:
    """Return a reminder as it stands now, with its buttons."""
    owner, people = reminder.owner, caller.services.people
    is_there_known = owner != caller.user and people.renew(reminder.team, owner)
    return set_form(
        caller.reader,
        Echo(
            reminder=reminder,
            inquiry=caller.name(inquiry),
            now_ms=caller.now_ms,
            opening=opening,
            remarks=remarks,
            instead=[at for at in instead if at > caller.now_ms],
            owner_zone=people.zone_of(reminder.team, owner) if is_there_known else None,
        ),
    )


def doubt(
    caller: Caller,
    heard: Doubtful,
    inquiry: InquiryRecord,
    owner: str,
    note: str,
    reminder: int | None = None,
) -> Form:
    """Return what may be meant, one button each."""
    offer = Offer(
        inquiry_id=inquiry.id,
        inquiry=caller.name(inquiry),
        owner=owner,
        note=note,
        why=why_says(heard, caller.reader.language),
        moments=heard.offers,
        once=f"offer {caller.once}",
        now_ms=caller.now_ms,
        reminder=reminder,
    )
    return offers_form(caller.reader, offer)


def no_time(caller: Caller, words: str) -> str:
    """Return that no time stands at the beginning of what was typed, and how one is typed."""
    if not words.strip(" .!?。！？"):
        return caller.reader.say("wrong.when_missing")
    return caller.reader.say("wrong.no_time", argument=harmless_mrkdwn(words, ARGUMENT))


def wrong_person(caller: Caller, person: str | None) -> str:
    """Return why nobody can be reminded who was named; "" when all is well."""
    if person is None or person == caller.user:
        return ""
    if person == caller.bot_user:
        return caller.reader.say("wrong.own_name")
    return "" if caller.is_person(person) else caller.reader.say("wrong.no_person", person=f"<@{person}>")


def _wish(caller: Caller, heard: Understood, inquiry: InquiryRecord, owner: str, note: str) -> Wish:
    kept = kept_note(note)
    remarks = [remark_says(remark, caller.reader.language) for remark in heard.remarks]
    if len(kept) < len(note.strip()):
        remarks.append(caller.reader.say("note_cut", count=MOST_NOTE))
    return Wish(inquiry, owner, heard.due_at, kept, remarks, heard.instead)


def _stands_already(caller: Caller, wish: Wish) -> Form:
    """Return what a former run of the same command or click set; it may have come or ended since."""
    reminder = caller.services.reminders.set_before(wish.inquiry.id, caller.once)
    if reminder is None:
        return sentence_form(caller.reader.say("wrong.clicked_before"))
    if not reminder.is_open:
        return sentence_form(caller.reader.say("wrong.ended", number=reminder.id))
    return echo(caller, reminder, wish.inquiry, "stands")
