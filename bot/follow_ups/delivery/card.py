"""The reminder as it stands in the inquiry's thread: who owes whom an answer, and what to write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import texts
from bot.advice.actions import ACTION_DRAFT
from bot.advice.blocks import (
    Block,
    Run,
    actions,
    button,
    context,
    date_picker,
    option,
    rich,
    rich_line,
    rich_preformatted,
    section,
    select,
)
from bot.advice.escape import harmless
from bot.advice.limits import MESSAGE_TEXT, clip, clip_escaped
from bot.follow_ups.delivery.card_actions import (
    ACTION_ARRIVED,
    ACTION_BUYER_REPLIED,
    ACTION_DONE,
    ACTION_SNOOZE,
    ACTION_STOP_PLAN,
    SNOOZES,
    arrival_block,
    snooze_value,
)
from bot.follow_ups.delivery.recall import LINE
from bot.outbox.model import Form
from bot.texts import Language

SENTENCE = 600
DRAFT = 2_400  # units; the whole message must stay below Slack's limit with it


@dataclass(frozen=True, slots=True)
class Told:
    """What a reminder says, in the owner's language; "" is left out.

    `opening` and `circumstances` are mrkdwn, escaped already; the rest is raw.
    """

    opening: str
    circumstances: tuple[str, ...]
    late: str = ""  # in the notification; the circumstances say it at length
    words: str = ""  # the buyer's
    note_title: str = ""
    note: str = ""
    to_do: str = ""
    draft_title: str = ""
    draft: str = ""
    answer_to: int | None = None  # the inquiry whose full answer can be opened
    has_plan: bool = False
    asks_for_arrival: bool = False
    arrived_on: date | None = None


def reminder_forms(told: Told, reminder_id: int, language: Language) -> tuple[Form, ...]:
    """Return the reminder with its buttons: with the draft, without it, and as text alone."""
    text = _notification(told)
    buttons = tuple(_buttons(told, reminder_id, language))
    head, draft = tuple(_head(told, language)), tuple(_draft(told))
    full, short = Form(text, (*head, *draft, *buttons)), Form(text, (*head, *buttons))
    return (full, short, Form(text)) if draft else (full, Form(text))


def fresh_menus(blocks: Sequence[Mapping[str, Any]], mark: int) -> tuple[Mapping[str, Any], ...]:
    """Return the same blocks with menus as if never used: Slack remembers a choice by the block's id."""
    return tuple(
        {**block, "block_id": f"follow_up_{mark}"} if block.get("type") == "actions" else block
        for block in blocks
    )


def _head(told: Told, language: Language) -> Iterator[Block]:
    yield section(f"⏰ {told.opening}")
    if told.circumstances:
        yield context(*told.circumstances)
    if told.words:
        yield rich(rich_line((Run(_say("words", language), bold=True),)), _quote(told.words))
    if told.note:
        yield rich(_titled(f"📝 {told.note_title}", harmless(told.note, SENTENCE)))
    if told.to_do:
        yield rich(_titled(f"👉 {_say('to_do', language)}", clip(told.to_do, SENTENCE)))


def _draft(told: Told) -> Iterator[Block]:
    if told.draft:
        title = rich_line((Run(f"✉️ {told.draft_title}", bold=True),))
        yield rich(title, rich_preformatted(clip(told.draft, DRAFT)))


def _buttons(told: Told, reminder_id: int, language: Language) -> Iterator[Block]:
    value = str(reminder_id)
    if told.asks_for_arrival:
        picker = date_picker(ACTION_ARRIVED, _say("arrived_placeholder", language), told.arrived_on)
        asked = section(f"📦 {_say('arrived_label', language)}", beside=picker)
        yield {**asked, "block_id": arrival_block(reminder_id)}
    row = [
        button(_say("done", language), ACTION_DONE, value, is_primary=True),
        select(ACTION_SNOOZE, _say("snooze", language), _snoozes(reminder_id, language)),
        button(_say("buyer_replied", language), ACTION_BUYER_REPLIED, value),
    ]
    if told.answer_to is not None:
        row.append(button(_say("full_answer", language), ACTION_DRAFT, str(told.answer_to)))
    if told.has_plan:
        row.append(button(_say("stop_plan", language), ACTION_STOP_PLAN, value))
    yield actions(*row)


def _snoozes(reminder_id: int, language: Language) -> Iterator[Block]:
    for choice in SNOOZES:
        yield option(_say(f"snooze_{choice}", language), snooze_value(choice, reminder_id))


def _notification(told: Told) -> str:
    more = told.note or told.to_do
    head = f"{told.opening}\n{told.late}" if told.late else told.opening
    room = MESSAGE_TEXT - len(head) - 1
    return f"{head}\n{clip_escaped(harmless(more, SENTENCE), min(room, SENTENCE))}".strip()


def _titled(title: str, rest: str) -> Block:
    return rich_line((Run(f"{title}  ", bold=True), Run(rest)))


def _quote(words: str) -> Block:
    return {"type": "rich_text_quote", "elements": [{"type": "text", "text": harmless(words, LINE)}]}


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"reminder.{key}", language, **values)
