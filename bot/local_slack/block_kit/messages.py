"""What a message may carry: blocks within all their limits, and metadata."""

import json
import re
from typing import Any, Final

from bot.local_slack.block_kit.blocks import MOST_MARKDOWN, MOST_TEXT, message_problems, text_length
from bot.local_slack.model import Json, Refused

MOST_METADATA: Final = 8000  # characters of event_payload as JSON
_EVENT_TYPE: Final = re.compile(r"[A-Za-z0-9_]{1,255}")


def check_blocks(blocks: Any) -> list[Json]:
    """Return the blocks; raises invalid_blocks with every fault, or msg_blocks_too_long."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if problems := [str(problem) for problem in message_problems(blocks)]:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_blocks", errors=problems, response_metadata={"messages": messages})
    markdown = sum(len(b["text"]) for b in blocks if b["type"] == "markdown")
    if text_length(blocks) > MOST_TEXT or markdown > MOST_MARKDOWN:
        raise Refused("msg_blocks_too_long")
    return blocks


def check_metadata(metadata: Any) -> Json:
    """Return the metadata; raises Slack's errors about its form and size."""
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(event_type, str) or not _EVENT_TYPE.fullmatch(event_type):
        raise Refused("invalid_metadata_schema")
    if not isinstance(payload, dict) or not all(map(_is_simple, payload.values())):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(payload)) > MOST_METADATA:
        raise Refused("metadata_too_large")
    return metadata


def _is_simple(value: Any, *, depth: int = 0) -> bool:
    if isinstance(value, str | int | float):  # bool is an int
        return True
    if isinstance(value, dict) and depth < 2:
        return all(_is_simple(item, depth=depth + 1) for item in value.values())
    if isinstance(value, list) and depth < 1:
        return all(isinstance(i, dict) and _is_simple(i, depth=depth + 1) for i in value)
    return False
