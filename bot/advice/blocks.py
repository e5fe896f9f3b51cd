"""The pieces of Block Kit that every Slack client knows, as plain dicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.advice.limits import (
    BUTTON_TEXT,
    HEADER_TEXT,
    INPUT_LABEL,
    INPUT_TEXT,
    OPTION_TEXT,
    SECTION_TEXT,
    VIEW_TITLE,
    clip,
    clip_escaped,
)

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one style. Slack shows it as it is, so nothing in it can ping or format."""

    text: str
    bold: bool = False


Line = tuple[Run, ...]


def plain(text: str, limit: int) -> Block:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def header(text: str) -> Block:
    """Return a header."""
    return {"type": "header", "text": plain(text, HEADER_TEXT)}


def section(mrkdwn: str, beside: Block | None = None) -> Block:
    """Return a section of mrkdwn that is already escaped, with one element beside it."""
    accessory = {"accessory": beside} if beside else {}
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}, **accessory}


def words(text: str) -> Block:
    """Return a section of our own words, escaped here."""
    return section(clip_escaped(text, SECTION_TEXT))


def context(*lines: str) -> Block:
    """Return small grey lines of mrkdwn that is already escaped."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": line, "verbatim": True} for line in lines],
    }


def divider() -> Block:
    """Return a thin line."""
    return {"type": "divider"}


def rich(*elements: Block) -> Block:
    """Return a rich_text block."""
    return {"type": "rich_text", "elements": list(elements)}


def titled(title: str, lines: Sequence[Line]) -> Block:
    """Return a bold title with bullets under it, or with the only line under it."""
    if len(lines) > 1:
        return rich(rich_line((Run(title, bold=True),)), rich_bullets(lines))
    # Clients differ on whether two sections of one block stand on one line: a line break is certain.
    return rich(rich_line((Run(f"{title}\n", bold=True), *lines[0])))


def rich_line(line: Line) -> Block:
    """Return a paragraph of rich_text."""
    return {"type": "rich_text_section", "elements": _runs(line)}


def rich_bullets(lines: Iterable[Line]) -> Block:
    """Return a bulleted list of rich_text."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [rich_line(line) for line in lines]}


def rich_preformatted(text: str) -> Block:
    """Return a box of rich_text that is easily copied as a whole."""
    return {"type": "rich_text_preformatted", "elements": _runs((Run(text),))}


def actions(*elements: Block) -> Block:
    """Return a row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def button(
    text: str, action_id: str, value: str, *, is_primary: bool = False, spoken: str | None = None
) -> Block:
    """Return a button; `spoken` is what a screen reader says where the label alone is too short."""
    style = {"style": "primary"} if is_primary else {}
    label = {"accessibility_label": clip(spoken, BUTTON_TEXT)} if spoken else {}
    return {
        "type": "button",
        "text": plain(text, BUTTON_TEXT),
        "action_id": action_id,
        "value": value,
        **style,
        **label,
    }


def option(text: str, value: str, description: str = "") -> Block:
    """Return an entry of a menu, of radio buttons or of a tick list."""
    about = {"description": plain(description, OPTION_TEXT)} if description else {}
    return {"text": plain(text, OPTION_TEXT), "value": value, **about}


def overflow(action_id: str, options: Iterable[Block]) -> Block:
    """Return the menu behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def select(action_id: str, placeholder: str, options: Iterable[Block]) -> Block:
    """Return a menu that shows `placeholder` until something is chosen."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, OPTION_TEXT),
        "options": list(options),
    }


def date_picker(action_id: str, placeholder: str, chosen: date | None) -> Block:
    """Return a calendar, open at `chosen` or at today."""
    initial = {"initial_date": chosen.isoformat()} if chosen else {}
    return {
        "type": "datepicker",
        "action_id": action_id,
        "placeholder": plain(placeholder, OPTION_TEXT),
        **initial,
    }


def asked(label: str, block_id: str, element: Block, hint: str = "") -> Block:
    """Return an input whose element's action_id is its block_id; it may be left as it is."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, INPUT_LABEL),
        "element": {**element, "action_id": block_id},
        "optional": True,
        **({"hint": plain(hint, INPUT_LABEL)} if hint else {}),
    }


def writing(initial: str) -> Block:
    """Return a field of many lines that starts with `initial`."""
    return {"type": "plain_text_input", "multiline": True, "initial_value": clip(initial, INPUT_TEXT)}


def checkboxes(options: Iterable[Block]) -> Block:
    """Return boxes to tick."""
    return {"type": "checkboxes", "options": list(options)}


def radio(options: Sequence[Block], initial: str | None) -> Block:
    """Return choices of which one is taken, `initial` by its value beforehand."""
    taken = [one for one in options if one["value"] == initial]
    return {
        "type": "radio_buttons",
        "options": list(options),
        **({"initial_option": taken[0]} if taken else {}),
    }


def modal(
    callback_id: str,
    title: str,
    blocks: Iterable[Block],
    *,
    close: str,
    inquiry_id: int,
    submit: str | None = None,
) -> Block:
    """Return a modal about an inquiry, whose id comes back as `private_metadata`."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, VIEW_TITLE),
        "close": plain(close, VIEW_TITLE),
        "blocks": list(blocks),
        "private_metadata": str(inquiry_id),
        **({"submit": plain(submit, VIEW_TITLE)} if submit else {}),
    }


def _runs(line: Line) -> list[Block]:
    # Slack refuses an empty text element.
    return [_run(run) for run in line if run.text] or [{"type": "text", "text": " "}]


def _run(run: Run) -> Block:
    return {"type": "text", "text": run.text, **({"style": {"bold": True}} if run.bold else {})}
