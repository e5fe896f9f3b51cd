"""Puts messages into channels and tells the bot of what it may hear: its own posts are events too."""

from typing import Any, Final

from bot.local_slack import events
from bot.local_slack.delivery import Delivery, Dispatcher
from bot.local_slack.model import Channel, Json
from bot.local_slack.workspace import Workspace

_SUBSCRIPTION: Final = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class Feed:
    """Every change of a channel goes through here. The bot hears only of channels where it is a member."""

    def __init__(self, workspace: Workspace, dispatcher: Dispatcher) -> None:
        self.workspace = workspace
        self.dispatcher = dispatcher
        self._here = workspace.installation

    def post(self, channel: str, message: Json) -> Json:
        """Post a message; returns it as stored, with its channel."""
        where = self.workspace.channel(channel)
        stored = self.workspace.put(where.id, message)
        self._tell(events.posted(stored, where), where)
        if f"<@{self._here.bot_user}>" in stored.get("text", "") and where.kind != "im":
            self._tell_if("app_mention", events.mentioned(stored, where), where)
        return {**stored, "channel": where.id}

    def change(self, channel: str, ts: str, **fields: Any) -> Json:
        """Change a message in place; returns it as it is now, with its channel."""
        where = self.workspace.channel(channel)
        before, after = self.workspace.change(where.id, ts, **fields)
        self._tell(events.changed(before, after, where, self.workspace.fresh_ts()), where)
        return {**after, "channel": where.id}

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message; one with replies becomes a tombstone, told as a change."""
        where = self.workspace.channel(channel)
        before = self.workspace.remove(where.id, ts)
        at = self.workspace.fresh_ts()
        if before.get("reply_count"):
            after = dict(self.workspace.message(where.id, ts))
            self._tell(events.changed(before, after, where, at), where)
        else:
            self._tell(events.deleted(before, where, at), where)

    def join(self, channel: str, user: str) -> None:
        """Let a person or the bot into a channel: a member event and a system line."""
        where = self.workspace.channel(channel)
        where.members.add(user)
        self._membership("member_joined_channel", user, where)
        self.post(
            where.id, {"subtype": "channel_join", "user": user, "text": f"<@{user}> has joined the channel"}
        )

    def leave(self, channel: str, user: str) -> None:
        """Let a person or the bot leave a channel."""
        where = self.workspace.channel(channel)
        self._membership("member_left_channel", user, where)
        where.members.discard(user)
        self.workspace.touch()

    def open_home(self, user: str, tab: str, view: Json | None) -> None:
        """Tell that a person opened the app's home or messages tab."""
        channel = self.workspace.direct(user, self._here.bot_user)
        event = events.home_opened(user, channel.id, tab, self.workspace.fresh_ts(), view)
        self._tell_if("app_home_opened", event, channel)

    def change_profile(self, person: Json) -> None:
        """Tell that a person changed their profile."""
        if "user_change" in self._here.events:
            self.tell(events.profile_changed(person, self.workspace.fresh_ts()))

    def tell(self, event: Json) -> Delivery:
        """Deliver an event under a fresh event id."""
        event_id = self.workspace.fresh_id("Ev")
        at_s = self.workspace.clock.now_ms() // 1000
        return self.dispatcher.event(events.envelope(event, self._here, event_id, at_s))

    def _membership(self, kind: str, user: str, where: Channel) -> None:
        ts = self.workspace.fresh_ts()
        self._tell_if(kind, events.membership(kind, user, where, self._here.team, ts), where)

    def _tell(self, event: Json, where: Channel) -> None:
        self._tell_if(_SUBSCRIPTION[where.kind], event, where)

    def _tell_if(self, subscription: str, event: Json, where: Channel) -> None:
        if subscription in self._here.events and self._here.bot_user in where.members:
            self.tell(event)
