"""Opens the dialogs of follow-ups with what stands now, and does what was chosen in them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.advice.blocks import Block
from bot.follow_ups.conversation.actions import BLOCK_PERSON, BLOCK_TIME
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.dialogs import (
    MORNING,
    MOST_INQUIRIES,
    Choosing,
    Chosen,
    Stands,
    choose_view,
    faults,
    instant,
    other_view,
)
from bot.follow_ups.conversation.echo import kept_note, sentence_form
from bot.follow_ups.conversation.keeping import Held, Move, put_off, reminder_for, why_not
from bot.follow_ups.conversation.meant import latest_in
from bot.follow_ups.conversation.setting import Wish, echo, grant, wrong_person
from bot.follow_ups.naming import age_of, named_plainly
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord


def new_dialog(caller: Caller, inquiry: InquiryRecord, choosing: Choosing) -> Block | str:
    """Return the dialog that sets a reminder about an inquiry: next working day at nine, for oneself.

    A sentence where nobody knows in which zone the person would choose.
    """
    if unknown := caller.no_zone(caller.user):
        return unknown
    stands = Stands(next_morning(caller), owner=caller.user)
    return choose_view(caller.reader, replace(choosing, inquiry=inquiry.id), caller.name(inquiry), stands)


def change_dialog(caller: Caller, fields: Mapping[str, Any], choosing: Choosing) -> Block | str:
    """Return the dialog that puts a reminder to another time; a sentence where it cannot be changed."""
    held = caller.no_zone(caller.user) or _changeable(caller, int(fields["r"]))
    if isinstance(held, str):
        return held
    reminder, inquiry = held
    due_at = reminder.due_at if reminder.due_at > caller.now_ms else next_morning(caller)
    about = replace(
        choosing, inquiry=inquiry.id, reminder=reminder.id, snoozes=reminder.due_at <= caller.now_ms
    )
    return choose_view(caller.reader, about, caller.name(inquiry), Stands(due_at, reminder.note))


def other_dialog(caller: Caller, fields: Mapping[str, Any], choosing: Choosing) -> Block | str:
    """Return the dialog that asks which inquiry a reminder is about; a sentence where there is no choice."""
    held = _changeable(caller, int(fields["r"]))
    if isinstance(held, str):
        return held
    reminder, inquiry = held
    if not reminder.is_waiting or reminder.plan_id is not None:
        return caller.reader.say("wrong.no_move", number=reminder.id)
    known = _latest(caller, choosing.channel) or _latest(caller, inquiry.channel)
    if not [one for one in known if one.id != inquiry.id]:
        return caller.reader.say("wrong.only_inquiry")
    about = replace(choosing, inquiry=inquiry.id, reminder=reminder.id)
    return other_view(caller.reader, about, [_choice(caller, one) for one in known], inquiry.id)


def what_is_wrong(caller: Caller, choosing: Choosing, chosen: Chosen) -> dict[str, str]:
    """Return what to say at which field; empty when the dialog may close."""
    if unknown := caller.no_zone(caller.user):
        return {BLOCK_TIME: unknown}
    wrong = faults(chosen, caller.reader, caller.now_ms)
    if choosing.reminder is None and (sorry := wrong_person(caller, chosen.owner)):
        wrong[BLOCK_PERSON] = sorry
    return wrong


def chosen_form(caller: Caller, choosing: Choosing, chosen: Chosen) -> Form:
    """Do what the dialog "Choose…" says, and return the echo."""
    due_at, note = instant(chosen, caller.reader), kept_note(chosen.note)
    inquiry = caller.services.inquiries.get(choosing.inquiry)
    if due_at is None or inquiry is None or inquiry.team != caller.reader.team:
        return sentence_form(caller.services.say("modal.inquiry_gone", caller.reader.language))
    if choosing.reminder is None:
        return grant(caller, Wish(inquiry, chosen.owner or caller.user, due_at, note))
    held = reminder_for(caller, choosing.reminder)
    if isinstance(held, str):
        return sentence_form(held)
    return put_off(caller, held, Move(due_at, note, "snoozed" if choosing.snoozes else "changed"))


def moved_form(caller: Caller, choosing: Choosing, inquiry_id: int) -> Form:
    """Let a reminder speak of another inquiry, and return the echo."""
    held = reminder_for(caller, choosing.reminder or 0)
    inquiry = caller.services.inquiries.get(inquiry_id)
    if isinstance(held, str):
        return sentence_form(held)
    if inquiry is None or inquiry.team != caller.reader.team:
        return sentence_form(caller.services.say("modal.inquiry_gone", caller.reader.language))
    reminder, former = held
    if not caller.services.reminders.move_to(reminder, inquiry):
        key = "no_move" if reminder.is_open else "ended"
        return sentence_form(caller.reader.say(f"wrong.{key}", number=reminder.id))
    for one in (former, inquiry):
        caller.services.renew_card(one, by=caller.user)
    fresh = caller.services.reminders.get(reminder.team, reminder.id) or reminder
    return echo(caller, fresh, inquiry, "moved")


def next_morning(caller: Caller) -> int:
    """Return nine o'clock of the person's next working day after today, epoch ms."""
    today = datetime.fromtimestamp(caller.now_ms / 1000, UTC).astimezone(caller.reader.zone).date()
    day = caller.asker.days.next_working(today + timedelta(days=1))
    return int(datetime.combine(day, MORNING, caller.reader.zone).timestamp() * 1000)


def _changeable(caller: Caller, number: int) -> Held | str:
    held = reminder_for(caller, number)
    if isinstance(held, str) or held[0].is_open:
        return held
    return why_not(caller, held[0])


def _latest(caller: Caller, channel: str) -> list[InquiryRecord]:
    services = caller.services
    numbers = latest_in(services.database, caller.reader.team, channel, MOST_INQUIRIES)
    return [one for number in numbers if (one := services.inquiries.get(number))]


def _choice(caller: Caller, inquiry: InquiryRecord) -> tuple[int, str, str]:
    language = caller.reader.language
    name = named_plainly(caller.services.knowledge, inquiry, language)
    return inquiry.id, name, age_of(inquiry, caller.now_ms, language)
