"""What the app may do, as its Slack manifest says it."""

import secrets
from collections.abc import Mapping
from typing import Any

from bot.local_slack.model import Installation

SCOPES = frozenset(
    (
        *("app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read"),
        *("groups:history", "groups:read", "im:history", "im:write", "mpim:history", "reactions:write"),
        "users:read",
    )
)
EVENTS = frozenset(
    (
        *("app_home_opened", "app_mention", "app_uninstalled", "tokens_revoked", "user_change"),
        *("member_joined_channel", "member_left_channel"),
        *("message.channels", "message.groups", "message.im", "message.mpim"),
    )
)
COMMANDS = frozenset({"/inquiry", "/followup"})
ESCAPED = frozenset({"/followup"})
SHORTCUTS = frozenset({"classify_inquiry", "set_follow_up"})


def install(manifest: Mapping[str, Any] | None) -> Installation:
    """Install the app of `manifest` under fresh secrets; None installs it with all this Slack knows."""
    if manifest is None:
        return _installation(SCOPES, EVENTS, COMMANDS, ESCAPED, SHORTCUTS)
    commands = manifest["features"].get("slash_commands", ())
    return _installation(
        frozenset(manifest["oauth_config"]["scopes"]["bot"]),
        frozenset(manifest["settings"]["event_subscriptions"]["bot_events"]),
        frozenset(command["command"] for command in commands),
        frozenset(command["command"] for command in commands if command.get("should_escape")),
        frozenset(shortcut["callback_id"] for shortcut in manifest["features"].get("shortcuts", ())),
    )


def _installation(
    scopes: frozenset[str],
    events: frozenset[str],
    commands: frozenset[str],
    escaped_commands: frozenset[str],
    shortcuts: frozenset[str],
) -> Installation:
    return Installation(
        bot_token=f"xoxb-local-{secrets.token_hex(12)}",
        app_token=f"xapp-1-local-{secrets.token_hex(12)}",
        signing_secret=secrets.token_hex(16),
        scopes=scopes,
        events=events,
        commands=commands,
        escaped_commands=escaped_commands,
        shortcuts=shortcuts,
    )
