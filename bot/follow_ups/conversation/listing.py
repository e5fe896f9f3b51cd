"""A person's follow-ups as a list: overdue first, each with what can be done about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot import texts
from bot.advice.blocks import Block, actions, button, context, header, section
from bot.advice.escape import harmless_mrkdwn
from bot.advice.limits import SECTION_TEXT
from bot.follow_ups.conversation.actions import (
    ACTION_LIST_BACK,
    ACTION_LIST_DONE,
    ACTION_LIST_ON,
    ACTION_LIST_SNOOZE,
    packed,
)
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.promises.model import Reminder
from bot.outbox.model import Form

PER_PAGE = 10  # two blocks each and their sum of characters stay far below Slack's limits
NOTE = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says beside the reminder itself; texts are mrkdwn, "" is left out."""

    inquiry: str  # its name
    age: str
    plan: str  # "step 2 of 4 after the quotation"


def list_form(
    reader: Reader,
    reminders: Sequence[Reminder],
    entry_of: Callable[[Reminder], Entry],
    *,
    now_ms: int,
    page: int = 0,
) -> Form:
    """Return one page of a person's open reminders; a page that is no longer there is the last one."""
    if not reminders:
        nothing = reader.say("list.none")
        return Form(nothing, (section(nothing),))
    ordered = sorted(reminders, key=lambda one: (not one.is_overdue(now_ms), one.due_at, one.id))
    last = (len(ordered) - 1) // PER_PAGE
    page = max(0, min(page, last))
    title = _title(reader, ordered, now_ms)
    shown = ordered[page * PER_PAGE :][:PER_PAGE]
    blocks = [header(title)]
    for reminder in shown:
        blocks += _entry(reader, reminder, entry_of(reminder), now_ms, page)
    blocks += _footer(reader, page, last)
    return Form(title, tuple(blocks))


def why_failed(code: str | None, reader: Reader) -> str:
    """Return in words why Slack did not take a reminder."""
    key = f"failure.reason.{code}"
    known = key if code and texts.load().has(key) else "failure.reason.other"
    return texts.load().say(known, reader.language, code=harmless_mrkdwn(code or "?", NOTE))


def _why_not_yet(code: str, reader: Reader) -> str:
    """Return in words what keeps a reminder that is tried again and again."""
    if texts.load().has(f"failure.reason.{code}"):
        return why_failed(code, reader)
    key = "trouble_of_slack" if code.startswith("HTTP") else "trouble_on_the_way"
    return reader.say(f"list.{key}", code=harmless_mrkdwn(code, NOTE))


def _title(reader: Reader, reminders: Sequence[Reminder], now_ms: int) -> str:
    overdue = sum(one.is_overdue(now_ms) for one in reminders)
    key = "title_overdue" if overdue else "title"
    return reader.say(f"list.{key}", count=len(reminders), overdue=overdue)


def _entry(reader: Reader, reminder: Reminder, entry: Entry, now_ms: int, page: int) -> Iterator[Block]:
    lines = [f"*#{reminder.id}* · {entry.inquiry}", how_it_stands(reader, reminder, now_ms)]
    lines.append(" · ".join(part for part in (entry.age, entry.plan) if part))
    if reminder.note:
        lines.append(f"{reader.say('note')}{harmless_mrkdwn(reminder.note, NOTE)}")
    yield section("\n".join(line for line in lines if line)[:SECTION_TEXT])
    value = packed(r=reminder.id, p=page)
    done = button(reader.say("button.done"), ACTION_LIST_DONE, value)
    snooze = button(reader.say("button.snooze"), ACTION_LIST_SNOOZE, value)
    yield {**actions(done, snooze), "block_id": f"follow_up_{reminder.id}"}


def how_it_stands(reader: Reader, reminder: Reminder, now_ms: int) -> str:
    """Return a reminder's moment, and whether it waits, came or could not be delivered."""
    when = reader.when_short(reminder.due_at, now_ms)
    if reminder.is_failed:
        return reader.say("list.failed", when=when, why=why_failed(reminder.last_error, reader))
    if reminder.has_come:
        return reader.say("list.came", when=when)
    if reminder.is_held:
        return reader.say("list.held", when=when)
    if not reminder.is_overdue(now_ms):
        return reader.say("list.waits", when=when)
    if reminder.attempts and reminder.last_error:
        why = _why_not_yet(reminder.last_error, reader)
        return reader.say("list.trouble", when=when, tries=reminder.attempts, why=why)
    return reader.say("list.coming", when=when)


def _footer(reader: Reader, page: int, last: int) -> Iterator[Block]:
    turns = []
    if page:
        turns.append(button(reader.say("button.back"), ACTION_LIST_BACK, packed(p=page - 1)))
    if page < last:
        turns.append(button(reader.say("button.on"), ACTION_LIST_ON, packed(p=page + 1)))
    if turns:
        yield actions(*turns)
    pages = reader.say("list.page", page=page + 1, pages=last + 1) if last else ""
    yield context(f"{pages}{reader.say('list.hint')}")
