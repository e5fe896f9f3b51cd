"""What the buttons under an echo, an offer, a list or a plan do: each leads to a sentence or new buttons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.command import PlanName
from bot.follow_ups.conversation.echo import sentence_form
from bot.follow_ups.conversation.keeping import Move, answer_list, call_off, finish, put_off, reminder_for
from bot.follow_ups.conversation.planning import PlanWish, keep_plan, start_plan, stop_plan
from bot.follow_ups.conversation.setting import Wish, grant
from bot.outbox.model import Form
from bot.storage.model import InquiryRecord

Fields = Mapping[str, Any]


def offered(caller: Caller, fields: Fields) -> Form:
    """Set, or snooze to, the moment that was meant; of all moments offered at once, only the first click."""
    inquiry, due_at = _inquiry(caller, fields), int(fields["at"])
    if due_at <= caller.now_ms:
        return sentence_form(caller.reader.say("wrong.time_over"))
    if fields.get("r") is not None:
        return _moved(caller, fields, "snoozed", str(fields["note"]))
    if inquiry is None:
        return _gone(caller)
    wish = Wish(inquiry, str(fields["o"]), due_at, str(fields["note"]))
    return grant(replace(caller, once=str(fields["n"])), wish)


def instead(caller: Caller, fields: Fields) -> Form:
    """Move a reminder that was just set to the other moment proposed."""
    if int(fields["at"]) <= caller.now_ms:
        return sentence_form(caller.reader.say("wrong.time_over"))
    return _moved(caller, fields, "changed", None)


def cancelled(caller: Caller, fields: Fields) -> Form:
    """Call a reminder off."""
    held = reminder_for(caller, int(fields["r"]))
    return sentence_form(held if isinstance(held, str) else call_off(caller, *held))


def done_in_list(caller: Caller, fields: Fields) -> Form:
    """Close a reminder and return the list without it; a sentence while it is on its way."""
    held = reminder_for(caller, int(fields["r"]))
    if isinstance(held, str):
        return sentence_form(held)
    said = finish(caller, *held)
    fresh = caller.services.reminders.get(held[0].team, held[0].id)
    return sentence_form(said) if fresh and fresh.is_open else turned(caller, fields)


def turned(caller: Caller, fields: Fields) -> Form:
    """Return another page of the list."""
    return answer_list(caller, int(fields.get("p", 0)))


def plan_replaced(caller: Caller, fields: Fields) -> Form:
    """Start a plan in the place of the one that was asked about, and of no later one."""
    inquiry = _inquiry(caller, fields)
    if inquiry is None:
        return _gone(caller)
    wish = PlanWish(inquiry, cast(PlanName, str(fields["plan"])), str(fields["o"]))
    standing = caller.services.plans.active(inquiry.id)
    is_known = standing is not None and standing.id == fields.get("was")
    return start_plan(replace(caller, once=str(fields["n"])), wish, replaces=is_known)


def plan_kept(caller: Caller, fields: Fields) -> Form:
    """Say that the plan that runs goes on."""
    inquiry = _inquiry(caller, fields)
    return sentence_form(keep_plan(caller, inquiry)) if inquiry else _gone(caller)


def plan_stopped(caller: Caller, fields: Fields) -> Form:
    """Stop the plan that was started here."""
    inquiry = _inquiry(caller, fields)
    return sentence_form(stop_plan(caller, inquiry)) if inquiry else _gone(caller)


def _moved(caller: Caller, fields: Fields, opening: str, note: str | None) -> Form:
    held = reminder_for(caller, int(fields["r"]))
    if isinstance(held, str):
        return sentence_form(held)
    return put_off(caller, held, Move(int(fields["at"]), note, opening))


def _inquiry(caller: Caller, fields: Fields) -> InquiryRecord | None:
    found = caller.services.inquiries.get(int(fields["i"])) if "i" in fields else None
    return found if found and found.team == caller.reader.team else None


def _gone(caller: Caller) -> Form:
    return sentence_form(caller.services.say("modal.inquiry_gone", caller.reader.language))
