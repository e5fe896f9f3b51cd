"""The state of one workspace: people, channels, messages. Pure: no network, time by the clock given.

Every method takes the lock; whoever waits for something to happen waits on `changed`.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.local_slack.model import SLACKBOT, Channel, Installation, Json, Refused, StoredFile, User


class Workspace:
    """People, channels, messages, files and what only one person sees."""

    def __init__(self, installation: Installation, clock: Clock) -> None:
        self.installation = installation
        self.clock = clock
        self.changed = threading.Condition(threading.RLock())
        self.changes = 0
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, StoredFile] = {}
        self.ephemerals: list[Json] = []
        self._last_ts = 0
        self._numbers: dict[str, int] = {}
        self.add_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
        self.add_user(User(installation.bot_user, "inquiry_bot", installation.bot_name, is_bot=True))

    def touch(self) -> None:
        """Count a change and wake everybody who waits for one."""
        with self.changed:
            self.changes += 1
            self.changed.notify_all()

    def next_change(self, seen: int, timeout_s: float) -> int:
        """Return the count of changes once it is no longer `seen`, or after `timeout_s`."""
        with self.changed:
            self.changed.wait_for(lambda: self.changes != seen, timeout_s)
            return self.changes

    def empty(self) -> None:
        """Forget every message, file and ephemeral; people and channels stay."""
        with self.changed:
            for channel in self.channels.values():
                channel.messages.clear()
            self.files.clear()
            self.ephemerals.clear()
            self.touch()

    def remembered(self) -> Json:
        """Return what a restart must not lose, as plain JSON: all but people, and the bytes of files."""
        with self.changed:
            return {
                "last_ts": self._last_ts,
                "numbers": self._numbers,
                "channels": [
                    {**asdict(channel), "members": sorted(channel.members)}
                    for channel in self.channels.values()
                ],
                "files": {file_id: file.about for file_id, file in self.files.items()},
                "ephemerals": self.ephemerals,
            }

    def recall(self, remembered: Json, raw_of: Callable[[str], bytes]) -> None:
        """Be again what was `remembered`; `raw_of` gives the bytes of a file by its id."""
        with self.changed:
            self._last_ts = max(self._last_ts, int(remembered["last_ts"]))
            self._numbers = dict(remembered["numbers"])
            self.channels = {
                one["id"]: Channel(**{**one, "members": set(one["members"])})
                for one in remembered["channels"]
            }
            self.files = {
                file_id: StoredFile(about, raw_of(file_id)) for file_id, about in remembered["files"].items()
            }
            self.ephemerals = list(remembered["ephemerals"])
            self.touch()

    def fresh_id(self, prefix: str) -> str:
        """Return the next id of a kind, such as F00000001."""
        with self.changed:
            self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
            return f"{prefix}{self._numbers[prefix]:09d}"

    def fresh_ts(self) -> str:
        """Return a message ts: the clock's seconds with six digits, never the same twice, never backwards."""
        with self.changed:
            self._last_ts = max(self._last_ts + 1, self.clock.now_ms() * 1000)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # people and channels

    def add_user(self, user: User) -> None:
        """Let a person (or bot) into the workspace."""
        with self.changed:
            self.users[user.id] = user

    def update_user(self, user: str, **changes: str | bool) -> None:
        """Change a person's profile, such as locale or tz."""
        with self.changed:
            self.users[user] = replace(self.user(user), **changes)  # type: ignore[arg-type]

    def user(self, user: str) -> User:
        """Return a person by id; raises user_not_found."""
        if user not in self.users:
            raise Refused("user_not_found")
        return self.users[user]

    def user_named(self, name: str) -> User:
        """Return a person by name; raises user_not_found."""
        for user in self.users.values():
            if name.lstrip("@") in (user.name, user.id):
                return user
        raise Refused("user_not_found")

    def offset_s(self, user: User) -> int:
        """Return a person's present offset from UTC in seconds."""
        offset = self.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0

    def add_channel(self, name: str, members: Iterable[str], *, kind: str = "channel") -> Channel:
        """Open a channel; a direct message has no name of its own."""
        with self.changed:
            prefix = {"im": "D", "mpim": "G"}.get(kind, "C")
            channel = Channel(self.fresh_id(prefix), name.lstrip("#"), kind, set(members))
            self.channels[channel.id] = channel
            self.touch()
            return channel

    def channel(self, name: str) -> Channel:
        """Return a channel by id or #name; raises channel_not_found."""
        if name in self.channels:
            return self.channels[name]
        for channel in self.channels.values():
            if channel.kind in ("channel", "group") and channel.name == name.removeprefix("#"):
                return channel
        raise Refused("channel_not_found")

    def direct(self, *users: str) -> Channel:
        """Return the direct message among `users`, opened at first use."""
        with self.changed:
            kind = "im" if len(users) == 2 else "mpim"
            for channel in self.channels.values():
                if channel.kind == kind and channel.members == set(users):
                    return channel
            return self.add_channel("", users, kind=kind)

    # messages

    def put(self, channel: str, message: Json) -> Json:
        """Append a message; it gets its ts unless it has one, and its parent counts the reply."""
        with self.changed:
            stored = {"type": "message", "ts": self.fresh_ts(), **message}
            self.channel(channel).messages.append(stored)
            self._count(channel, stored)
            self.touch()
            return stored

    def _count(self, channel: str, reply: Json) -> None:
        if reply.get("thread_ts", reply["ts"]) == reply["ts"]:
            return
        parent = self.message(channel, reply["thread_ts"])
        users = [*parent.get("reply_users", ()), reply.get("user") or reply.get("bot_id", "")]
        parent.update(
            thread_ts=parent["ts"],
            reply_count=parent.get("reply_count", 0) + 1,
            reply_users=list(dict.fromkeys(users)),
            reply_users_count=len(set(users)),
            latest_reply=reply["ts"],
        )

    def message(self, channel: str, ts: str) -> Json:
        """Return a stored message (not a copy); raises message_not_found."""
        for message in reversed(self.channel(channel).messages):
            if message["ts"] == ts:
                return message
        raise Refused("message_not_found")

    def change(self, channel: str, ts: str, **fields: object) -> tuple[Json, Json]:
        """Change a message; returns it as it was and as it is now."""
        with self.changed:
            message = self.message(channel, ts)
            before = dict(message)
            message.update(fields)
            self.touch()
            return before, dict(message)

    def remove(self, channel: str, ts: str) -> Json:
        """Delete a message; a parent with replies leaves a tombstone. Returns the message as it was."""
        with self.changed:
            message = self.message(channel, ts)
            before = dict(message)
            if message.get("reply_count"):
                _bury(message)
            else:
                self.channel(channel).messages.remove(message)
            self.touch()
            return before

    def replies(self, channel: str, ts: str) -> tuple[Json, ...]:
        """Return the replies in the thread of `ts`, oldest first, each a copy with its channel."""
        with self.changed:
            where = self.channel(channel)
            return tuple(
                {**m, "channel": where.id}
                for m in where.messages
                if m.get("thread_ts") == ts and m["ts"] != ts
            )


def _bury(message: Json) -> None:
    for key in ("blocks", "files", "attachments", "metadata", "client_msg_id"):
        message.pop(key, None)
    message.update(subtype="tombstone", text="This message was deleted.", user=SLACKBOT, hidden=True)
