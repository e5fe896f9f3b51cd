"""Slack gives a name to every block and element that has none."""

from itertools import count
from typing import Any

from bot.local_slack.model import Json


def named(blocks: list[Json]) -> list[Json]:
    """Return the blocks with every block_id and action_id in its place."""
    taken = {block.get("block_id") for block in blocks}
    free = (name for name in map("b{}".format, count()) if name not in taken)
    return [_named(block, str(block.get("block_id") or next(free))) for block in blocks]


def _named(block: Json, block_id: str) -> Json:
    done = {**block, "block_id": block_id}
    if block["type"] == "actions":
        done["elements"] = [_element(e, f"{block_id}.{n}") for n, e in enumerate(block["elements"])]
    elif block["type"] == "input":
        done["element"] = _element(block["element"], block_id)
    elif block.get("accessory", {}).get("type", "image") != "image":
        done["accessory"] = _element(block["accessory"], block_id)
    return done


def _element(element: dict[str, Any], name: str) -> Json:
    return {"action_id": name, **element}
