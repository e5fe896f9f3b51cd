"""What the page shows to one person, as plain JSON: the workspace as it is, never more than they may see."""

from typing import Any

from bot.clock import Clock
from bot.local_slack import LocalSlack
from bot.local_slack.model import Channel, Json, User
from bot.people import language_of_locale
from bot.playground.manifest import commands, shortcuts
from bot.playground.previews import with_previews
from bot.settings import Settings
from bot.texts import Language

ACTORS = ("emma", "mei", "david")
CHANNELS = ("inquiries", "general")


def language_of(user: User, settings: Settings) -> Language:
    """Return the language a person reads; INQUIRY_LANGUAGE decides for everybody when it is set."""
    return (
        language_of_locale(user.locale) if settings.inquiry_language == "auto" else settings.inquiry_language
    )


def channels_of(slack: LocalSlack, user: User) -> tuple[Channel, ...]:
    """Return the conversations a person sees, in the order of the sidebar."""
    public = (slack.workspace.channel(name) for name in CHANNELS)
    return (*public, slack.workspace.direct(user.id, slack.here.bot_user))


def workspace_as(slack: LocalSlack, user: User, settings: Settings) -> Json:
    """Return everything of the workspace that the page shows to `user`."""
    with slack.workspace.changed:
        channels = channels_of(slack, user)
        return {
            "me": _person(user, settings),
            "actors": [_person(slack.workspace.user_named(name), settings) for name in ACTORS],
            "users": {one.id: _name(one) for one in slack.workspace.users.values()},
            "bot": {"user": slack.here.bot_user, "bot_id": slack.here.bot, "name": slack.here.bot_name},
            "channels": [_channel(one, user) for one in channels],
            "messages": {one.id: _messages(one, slack) for one in channels},
            "ephemerals": [dict(one) for one in slack.person(user.name).ephemerals],
            "modals": list(slack.views.stack(user.id)),
            "home": slack.views.home(user.id),
            "commands": commands(),
            "shortcuts": shortcuts(),
        }


def _messages(channel: Channel, slack: LocalSlack) -> list[Json]:
    return [with_previews(one, slack.workspace.files) for one in channel.messages]


def clock_as(now: Clock, moved_ms: int, next_reminder_ms: int | None) -> dict[str, Any]:
    """Return what the page shows of the time."""
    return {"now_ms": now.now_ms(), "moved_ms": moved_ms, "next_reminder_ms": next_reminder_ms}


def _person(user: User, settings: Settings) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "locale": user.locale,
        "language": language_of(user, settings),
        "title": user.title,
    }


def _name(user: User) -> Json:
    return {"name": user.name, "real_name": user.real_name, "is_bot": user.is_bot}


def _channel(channel: Channel, user: User) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "is_member": user.id in channel.members,
    }
