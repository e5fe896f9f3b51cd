"""What the Web API's methods work with."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.local_slack.feed import Feed
from bot.local_slack.model import Channel, Installation, Refused
from bot.local_slack.mrkdwn import Names
from bot.local_slack.views import Triggers, Views
from bot.local_slack.workspace import Workspace

_FAMILY: Final = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The workspace and what hangs on it."""

    here: Installation
    workspace: Workspace
    feed: Feed
    views: Views
    triggers: Triggers
    socket_address: Callable[[], str]

    def names(self) -> Names:
        """Return what people and channels are called when somebody types; @bot is the bot."""
        users = {user.name: user.id for user in self.workspace.users.values()} | {"bot": self.here.bot_user}
        channels = {channel.name: channel.id for channel in self.workspace.channels.values()}
        return Names(users.get, channels.get)

    def need(self, scope: str) -> None:
        """Raise missing_scope unless the app holds `scope`."""
        if scope not in self.here.scopes:
            provided = ",".join(sorted(self.here.scopes))
            raise Refused("missing_scope", needed=scope, provided=provided)

    def need_for(self, channel: Channel, right: str) -> None:
        """Raise missing_scope unless the app may do `right` (read, history) in this kind of channel."""
        self.need(f"{_FAMILY[channel.kind]}:{right}")

    def is_member(self, channel: Channel) -> bool:
        """Return whether the bot is a member."""
        return self.here.bot_user in channel.members

    def visible(self, name: str) -> Channel:
        """Return a channel the bot may know of: private ones only as a member."""
        channel = self.workspace.channel(name)
        if channel.kind != "channel" and not self.is_member(channel):
            raise Refused("channel_not_found")
        return channel

    def joined(self, name: str) -> Channel:
        """Return a channel the bot is a member of; raises not_in_channel."""
        channel = self.visible(name)
        if not self.is_member(channel):
            raise Refused("not_in_channel")
        return channel


class Args:
    """The arguments of one call, from a form or from JSON; unknown ones are never looked at."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def text(self, key: str, default: str = "") -> str:
        """Return a string argument."""
        value = self.given.get(key)
        return default if value is None else str(value)

    def need(self, key: str) -> str:
        """Return a string argument; raises invalid_arguments without it."""
        if not (value := self.text(key)):
            message = f"[ERROR] missing required field: {key}"
            raise Refused("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def flag(self, key: str) -> bool:
        """Return a boolean: true, 1 and their spellings."""
        return self.given.get(key) in (True, 1, "1", "true", "True")

    def number(self, key: str, default: int, most: int) -> int:
        """Return a whole number, capped."""
        try:
            return max(1, min(int(self.given.get(key) or default), most))
        except ValueError as error:
            raise Refused("invalid_arguments") from error

    def value(self, key: str, code: str) -> Any:
        """Return a structured argument, which forms carry as JSON text; raises `code` when it is not JSON."""
        value = self.given.get(key)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise Refused(code) from error
