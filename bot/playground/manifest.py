"""The Slack app of the playground: the very manifest with which people install the bot in Slack."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot.local_slack.model import Json

MANIFEST: Final = Path(__file__).parent.parent.parent / "deploy" / "manifest.json"


@cache
def manifest() -> dict[str, Any]:
    """Read the manifest; the result is shared and never changed."""
    read: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    return read


def commands() -> list[Json]:
    """Return the slash commands, as the composer offers them."""
    keys = ("command", "description", "usage_hint")
    return [{key: one.get(key, "") for key in keys} for one in manifest()["features"]["slash_commands"]]


def shortcuts() -> list[Json]:
    """Return the message shortcuts, as a message's menu offers them."""
    keys = ("callback_id", "name", "description")
    found = manifest()["features"]["shortcuts"]
    return [{key: one.get(key, "") for key in keys} for one in found if one["type"] == "message"]
