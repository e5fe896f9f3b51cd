"""The reminder as it stands in the inquiry's thread: whom it is for, who the buyer is, what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import texts
from bot.advice.blocks import Block, Run, actions, button, context, rich, rich_line, section
from bot.advice.escape import harmless, harmless_mrkdwn
from bot.advice.limits import MESSAGE_TEXT, clip_escaped
from bot.follow_ups.recall import LINE
from bot.outbox.model import Form
from bot.texts import Language

ACTION_REMINDER_DONE = "follow_up_done"
NAME = 80
SENTENCE = 600


@dataclass(frozen=True, slots=True)
class Told:
    """What a reminder says, in the owner's language; buyer's words are raw, "" is left out."""

    owner: str  # Slack user id
    buyer: str
    came_in: str
    late: str
    product: str
    type: str
    words: str
    next_step: str
    note: str


def reminder_forms(told: Told, reminder_id: int, language: Language) -> tuple[Form, ...]:
    """Return the reminder with its button, and as text alone should Slack refuse the blocks."""
    text = _notification(_due(told, language), told.next_step)
    done = actions(button(_say("done", language), ACTION_REMINDER_DONE, str(reminder_id), is_primary=True))
    return (Form(text, (*_blocks(told, language), done)), Form(text))


def done_form(blocks: Sequence[Block], done: str) -> Form:
    """Return a reminder that is done: the blocks that stood there, a line for its button."""
    return Form(done, (*(block for block in blocks if block.get("type") != "actions"), context(done)))


def _blocks(told: Told, language: Language) -> Iterator[Block]:
    yield section(f"⏰ {_due(told, language)}")
    yield context(*(line for line in _circumstances(told, language) if line))
    if told.words:
        yield rich(_line(_say("words", language)), _quote(told.words))
    if told.next_step:
        yield rich(_line(f"👉 {_say('next_step', language)}", told.next_step))
    if told.note:
        yield rich(_line(_say("note", language), harmless(told.note, SENTENCE)))


def _due(told: Told, language: Language) -> str:
    owner = f"<@{told.owner}>"
    if not told.buyer:
        return _say("due_no_buyer", language, owner=owner)
    return _say("due", language, owner=owner, buyer=harmless_mrkdwn(told.buyer, NAME))


def _notification(mrkdwn: str, own_words: str) -> str:
    room = MESSAGE_TEXT - len(mrkdwn) - 1
    return f"{mrkdwn}\n{clip_escaped(own_words, min(room, SENTENCE))}".strip()


def _circumstances(told: Told, language: Language) -> Iterator[str]:
    yield clip_escaped(told.came_in, SENTENCE)
    if told.product:
        yield _say("about_product", language, product=harmless_mrkdwn(told.product, NAME))
    yield clip_escaped(told.type, SENTENCE)
    yield clip_escaped(told.late, SENTENCE)


def _line(title: str, rest: str = "") -> Block:
    return rich_line((Run(title, bold=True), Run(f"  {rest}" if rest else "")))


def _quote(words: str) -> Block:
    return {"type": "rich_text_quote", "elements": [{"type": "text", "text": harmless(words, LINE)}]}


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"reminder.{key}", language, **values)
