"""The blocks themselves and their limits (slack-facts: Block Kit and text)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.local_slack.block_kit.compositions import ID, URL, either, mrkdwn, plain
from bot.local_slack.block_kit.elements import ACCESSORY, ACTIONS, IMAGE, INPUT
from bot.local_slack.block_kit.rich_text import rich_text
from bot.local_slack.block_kit.rules import (
    Problem,
    Problems,
    Rule,
    anything,
    at_least_one,
    by_type,
    each,
    exactly_one,
    fields,
    flag,
    items,
    one_of,
    text,
    typed,
)

MOST_TEXT: Final = 13_200  # characters over all blocks of a message: undocumented, bolt-js#2509
MOST_MARKDOWN: Final = 12_000  # characters over all markdown blocks of a payload

_BLOCK_ID: Final[Mapping[str, Rule]] = {"block_id": ID}
_CELL: Final = by_type(
    {
        "raw_text": typed("raw_text", {"text": text(3000)}),
        "raw_number": typed("raw_number", {"value": anything}, {"text": text(3000)}),
        "rich_text": rich_text,
    }
)
_COLUMN: Final = fields({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})

_MESSAGE_BLOCKS: Final[Mapping[str, Rule]] = {
    "section": each(
        typed(
            "section",
            {},
            {
                **_BLOCK_ID,
                "text": either(3000),
                "fields": items(either(2000), 10),
                "accessory": ACCESSORY,
                "expand": flag,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "header": typed("header", {"text": plain(150)}, _BLOCK_ID),
    "divider": typed("divider", {}, _BLOCK_ID),
    "context": typed(
        "context",
        {"elements": items(by_type({"image": IMAGE, "plain_text": plain(3000), "mrkdwn": mrkdwn(3000)}), 10)},
        _BLOCK_ID,
    ),
    "actions": typed("actions", {"elements": items(ACTIONS, 25)}, _BLOCK_ID),
    "image": each(
        typed(
            "image",
            {"alt_text": text(2000)},
            {**_BLOCK_ID, "image_url": URL, "slack_file": anything, "title": plain(2000)},
        ),
        exactly_one("image_url", "slack_file"),
    ),
    "input": typed(
        "input",
        {"label": plain(2000), "element": INPUT},
        {**_BLOCK_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": rich_text,
    "markdown": typed("markdown", {"text": text(MOST_MARKDOWN)}, _BLOCK_ID),
    "table": typed(
        "table",
        {"rows": items(items(_CELL, 20), 100)},
        {**_BLOCK_ID, "column_settings": items(_COLUMN, 20, 0)},
    ),
    "file": typed("file", {"external_id": ID, "source": one_of("remote")}, _BLOCK_ID),
}
_VIEW_BLOCKS: Final = {
    name: rule for name, rule in _MESSAGE_BLOCKS.items() if name not in ("markdown", "table", "file")
}
_MESSAGE: Final = items(by_type(_MESSAGE_BLOCKS), 50, 0)
_VIEW: Final = items(by_type(_VIEW_BLOCKS), 100, 0)


def message_problems(blocks: Any) -> list[Problem]:
    """Return what is wrong with the blocks of a message."""
    return [*_MESSAGE(blocks, "/blocks"), *_unique(blocks, "/blocks"), *_one_table(blocks)]


def view_problems(blocks: Any, at: str) -> Problems:
    """Yield what is wrong with the blocks of a modal or a home tab."""
    yield from _VIEW(blocks, at)
    yield from _unique(blocks, at)


def text_length(value: Any) -> int:
    """Return how many characters people would read in blocks, the sum Slack limits."""
    return sum(len(part) for part in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            else:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _unique(blocks: Any, at: str) -> Problems:
    """Block ids are unique; so are the action ids within one block."""
    seen: set[str] = set()
    for place, block in enumerate(blocks if isinstance(blocks, list) else ()):
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if isinstance(block_id, str) and block_id in seen:
            yield Problem(f"{at}/{place}/block_id", f"block_id already exists: {block_id}")
        seen.add(str(block_id))
        yield from _unique_actions(block, f"{at}/{place}")


def _unique_actions(block: Any, at: str) -> Problems:
    elements = block.get("elements") if isinstance(block, dict) and block.get("type") == "actions" else ()
    ids = [e.get("action_id") for e in elements or () if isinstance(e, dict)]
    for place, action_id in enumerate(ids):
        if action_id in ids[:place]:
            yield Problem(f"{at}/elements/{place}/action_id", f"action_id already exists: {action_id}")


def _one_table(blocks: Any) -> Problems:
    tables = [
        place
        for place, block in enumerate(blocks if isinstance(blocks, list) else ())
        if isinstance(block, dict) and block.get("type") == "table"
    ]
    for place in tables[1:]:
        yield Problem(f"/blocks/{place}", "only_one_table_allowed")
