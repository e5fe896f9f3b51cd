"""Events as the Events API words them (the same inside HTTP bodies and Socket Mode payloads). Pure."""

from collections.abc import Mapping
from typing import Any

from bot.local_slack.model import Channel, Installation, Json


def envelope(event: Json, here: Installation, event_id: str, at_s: int) -> Json:
    """Wrap an event for delivery."""
    return {
        "token": "local",
        "team_id": here.team,
        "context_team_id": here.team,
        "context_enterprise_id": None,
        "api_app_id": here.app,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": at_s,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": here.team,
                "user_id": here.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def posted(message: Mapping[str, Any], channel: Channel) -> Json:
    """A message was posted."""
    own = {key: value for key, value in message.items() if key not in _SEEN_IN_HISTORY_ONLY}
    return {**own, "channel": channel.id, "event_ts": message["ts"], "channel_type": channel.kind}


def mentioned(message: Mapping[str, Any], channel: Channel) -> Json:
    """The bot was mentioned; the same message also comes as a plain message event."""
    kept = ("client_msg_id", "user", "text", "ts", "team", "blocks", "thread_ts", "parent_user_id", "files")
    own = {key: message[key] for key in kept if key in message}
    return {"type": "app_mention", **own, "channel": channel.id, "event_ts": message["ts"]}


def changed(before: Json, after: Json, channel: Channel, ts: str) -> Json:
    """A message was edited, unfurled or otherwise touched."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": after,
        "previous_message": before,
        "channel": channel.id,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }


def deleted(before: Json, channel: Channel, ts: str) -> Json:
    """A message without replies was deleted."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "previous_message": before,
        "deleted_ts": before["ts"],
        "channel": channel.id,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.kind,
    }


def membership(kind: str, user: str, channel: Channel, team: str, ts: str) -> Json:
    """Somebody joined or left a channel (`kind` member_joined_channel or member_left_channel)."""
    letter = "C" if channel.kind == "channel" else "G"
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": letter,
        "team": team,
        "event_ts": ts,
    }


def home_opened(user: str, channel: str, tab: str, ts: str, view: Json | None) -> Json:
    """A person opened the app's home or messages tab."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": ts}
    return event | ({"view": view} if view else {})


def profile_changed(person: Json, ts: str) -> Json:
    """A person changed their profile: name, zone, language."""
    return {"type": "user_change", "user": person, "cache_ts": int(float(ts)), "event_ts": ts}


# Slack counts replies on a parent only where history is read, not in the event of its posting.
_SEEN_IN_HISTORY_ONLY = frozenset(
    {"reply_count", "reply_users", "reply_users_count", "latest_reply", "reactions"}
)
