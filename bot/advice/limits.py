"""Slack's limits, and cutting to them. Where Slack does not say how it counts, we count what costs most."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

BLOCKS_PER_MESSAGE = 50
SECTION_TEXT = 3_000
HEADER_TEXT = 150
BUTTON_TEXT = 75
OPTION_TEXT = 75
VIEW_TITLE = 24
INPUT_TEXT = 3_000
INPUT_LABEL = 2_000
MESSAGE_TEXT = 4_000  # chat.update refuses more; chat.postMessage would take it
MESSAGE_BLOCKS = 13_000  # undocumented: bolt-js#2509 saw msg_blocks_too_long at about 13,200

ELLIPSIS = "…"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ZERO_WIDTH_JOINER = "\u200d"


def length(text: str) -> int:
    """Count UTF-16 units, as JavaScript does: never fewer than characters."""
    return len(text) + sum(character > "\uffff" for character in text)


def size_of(blocks: Sequence[Mapping[str, Any]]) -> int:
    """Count a message's blocks with all their punctuation: an upper bound of what Slack may sum up."""
    return length(json.dumps(list(blocks), ensure_ascii=False, separators=(",", ":")))


def clip(text: str, limit: int) -> str:
    """Cut `text` to `limit` units, with an ellipsis where something is missing."""
    return _cut(text, limit, entities={})


def clip_escaped(text: str, limit: int) -> str:
    """Escape `&<>` and cut to `limit` units after escaping; an entity is kept whole or left out."""
    return _cut(text, limit, entities=_ENTITIES)


def _cut(text: str, limit: int, entities: Mapping[str, str]) -> str:
    pieces = [entities.get(character, character) for character in text]
    if sum(map(length, pieces)) <= limit:
        return "".join(pieces)
    room = limit - length(ELLIPSIS)
    for index, piece in enumerate(pieces):
        room -= length(piece)
        if room < 0:
            return "".join(pieces[:index]).rstrip().rstrip(_ZERO_WIDTH_JOINER) + ELLIPSIS
    return "".join(pieces)
