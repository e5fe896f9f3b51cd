"""Payloads of commands and interactions as Slack words them. Pure."""

from typing import Any

from bot.local_slack.model import Channel, Installation, Json, User

_SHOWN_NAMES = {"im": "directmessage", "group": "privategroup", "mpim": "privategroup"}


def command(
    here: Installation, user: User, channel: Channel, name: str, text: str, trigger: str, url: str
) -> Json:
    """A slash command: all strings, no thread, no message."""
    return {
        "token": "local",
        "team_id": here.team,
        "team_domain": here.domain,
        "channel_id": channel.id,
        "channel_name": _SHOWN_NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": here.app,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def interaction(kind: str, here: Installation, user: User, **fields: Any) -> Json:
    """What every interaction has in common."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": here.team},
        "api_app_id": here.app,
        "token": "local",
        "team": {"id": here.team, "domain": here.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        **fields,
    }


def place(channel: Channel) -> Json:
    """The channel as interactions carry it."""
    return {"id": channel.id, "name": _SHOWN_NAMES.get(channel.kind, channel.name)}


def container(message: Json) -> Json:
    """Where a clicked element stands."""
    own: Json = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": message["channel"],
        "is_ephemeral": bool(message.get("is_ephemeral")),
    }
    return own | ({"thread_ts": message["thread_ts"]} if "thread_ts" in message else {})


def without_channel(message: Json) -> Json:
    """The message itself, without what this Slack notes beside it."""
    return {k: v for k, v in message.items() if k not in ("channel", "is_ephemeral", "user_seeing")}
