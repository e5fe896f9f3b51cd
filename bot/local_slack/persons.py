"""People of the workspace as actors: `slack.person("mei").types("#inquiries", "…")`.

Messages go in and out as plain dicts, the message as Slack stores it with its `channel`.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.local_slack import posts
from bot.local_slack.feed import Feed
from bot.local_slack.files import Files
from bot.local_slack.interactions import Interactions, Outcome
from bot.local_slack.methods.conversations import described
from bot.local_slack.model import Channel, Json, Refused, User, thread_of
from bot.local_slack.mrkdwn import compose
from bot.local_slack.parts import Parts


class Person:
    """One member of the workspace, and all that a member can do in Slack."""

    def __init__(self, user: User, parts: Parts, files: Files, interactions: Interactions) -> None:
        self.user = user
        self._parts = parts
        self._feed: Feed = parts.feed
        self._files = files
        self._interactions = interactions

    @property
    def id(self) -> str:
        """Return the user id."""
        return self.user.id

    # speaking

    def types(self, channel: str, text: str, *, thread: Json | None = None, broadcast: bool = False) -> Json:
        """Type or paste a message into #channel, or `@bot` for the direct message with it."""
        message = posts.typed(self.user, text, self._parts.here.team, self._parts.names(), self._message_id())
        return self._feed.post(self._where(channel).id, message | _in_thread(thread, broadcast))

    def replies(self, message: Json, text: str, *, broadcast: bool = False) -> Json:
        """Reply in the thread of a message, or of the thread it stands in."""
        parent = self._parts.workspace.message(message["channel"], thread_of(message))
        return self.types(message["channel"], text, thread=parent, broadcast=broadcast)

    def forwards(self, message: Json, to: str, comment: str = "") -> Json:
        """Share a message of another channel, with or without a comment."""
        source = self._parts.workspace.channel(message["channel"])
        author = self._parts.workspace.users.get(message.get("user", ""), self.user)
        share = posts.shared(self.user, message, author, source, self._parts.here, self._comment(comment))
        return self._feed.post(self._where(to).id, share)

    def uploads(
        self, channel: str, *files: tuple[str, bytes], comment: str = "", answers: str = "bytes", **more: Any
    ) -> Json:
        """Upload files as (name, bytes); `answers` says how their URLs behave (see Files.upload)."""
        stored = [self._files.upload(self.id, name, raw, answers=answers) for name, raw in files]
        return self.brings(channel, stored, comment, **more)

    def pastes_snippet(
        self,
        channel: str,
        text: str,
        *,
        name: str = "Untitled",
        comment: str = "",
        thread: Json | None = None,
    ) -> Json:
        """Paste what the composer turns into a snippet."""
        return self.brings(channel, [self._files.snippet(self.id, name, text)], comment, thread=thread)

    def brings(
        self, channel: str, files: Iterable[Json], comment: str = "", *, thread: Json | None = None
    ) -> Json:
        """Post file objects that exist already, such as an email shared out of another place."""
        message = posts.uploaded(self.user, files, self._comment(comment))
        return self._feed.post(self._where(channel).id, message | _in_thread(thread, is_broadcast=False))

    def edits(self, message: Json, text: str) -> Json:
        """Edit one of one's own messages; raises cant_update_message for any other."""
        self._own(message, "cant_update_message")
        encoded, blocks = compose(text, self._parts.names())
        edited = {"user": self.id, "ts": self._parts.workspace.fresh_ts()}
        return self._feed.change(
            message["channel"], message["ts"], text=encoded, blocks=blocks, edited=edited
        )

    def deletes(self, message: Json) -> None:
        """Delete one of one's own messages; raises cant_delete_message for any other."""
        self._own(message, "cant_delete_message")
        self._feed.delete(message["channel"], message["ts"])

    # coming and going

    def joins(self, channel: str) -> None:
        """Join a channel."""
        self._feed.join(self._where(channel).id, self.id)

    def leaves(self, channel: str) -> None:
        """Leave a channel."""
        self._feed.leave(self._where(channel).id, self.id)

    def invites_bot(self, channel: str) -> None:
        """Invite the bot into a channel."""
        self._feed.join(self._where(channel).id, self._parts.here.bot_user)

    def sets_topic(self, channel: str, topic: str) -> Json:
        """Set a channel's topic."""
        where = self._where(channel)
        where.topic = topic
        line = posts.system("channel_topic", self.user, f"set the channel topic: {topic}", topic=topic)
        return self._feed.post(where.id, line)

    def moves(self, tz: str, locale: str = "") -> None:
        """Set one's time zone, and one's language if one is named, in the preferences."""
        self.user = replace(self.user, tz=tz, locale=locale or self.user.locale)
        self._parts.workspace.users[self.id] = self.user
        self._feed.change_profile(described(self._parts, self.user, has_locale=True))

    def opens_home(self) -> None:
        """Open the app's home tab."""
        self._feed.open_home(self.id, "home", self._parts.views.home(self.id))

    # interaction

    def runs(self, line: str, channel: str = "#inquiries", *, in_thread: bool = False) -> Outcome:
        """Run a slash command such as `/inquiry types`."""
        return self._interactions.run(self.user, self._where(channel), line, in_thread=in_thread)

    def uses_shortcut(self, callback_id: str, message: Json) -> Outcome:
        """Use a message shortcut."""
        return self._interactions.use_shortcut(self.user, callback_id, message)

    def clicks(self, message: Json, action_id: str, value: Any = None, *, block_id: str = "") -> Outcome:
        """Click a button, or choose `value` in a menu, of a message (also one only this person sees)."""
        return self._interactions.click(self.user, message, action_id, value, block_id=block_id)

    def clicks_in(
        self, view: Json, action_id: str, values: dict[str, Any] | None = None, *, block_id: str = ""
    ) -> Outcome:
        """Click or choose in a modal or home tab."""
        return self._interactions.click_in_view(self.user, view, action_id, values or {}, block_id=block_id)

    def submits(self, view: Json, values: dict[str, Any] | None = None) -> Outcome:
        """Submit a modal with `values` by action id."""
        return self._interactions.submit(self.user, view, values or {})

    def closes(self, view: Json) -> Outcome:
        """Close the top modal."""
        return self._interactions.close(self.user, view)

    # seeing

    @property
    def modal(self) -> Json | None:
        """Return the modal that stands on top, if any."""
        stack = self._parts.views.stack(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> Json | None:
        """Return the home tab as last published."""
        return self._parts.views.home(self.id)

    @property
    def ephemerals(self) -> tuple[Json, ...]:
        """Return what only this person sees, oldest first."""
        return tuple(m for m in self._parts.workspace.ephemerals if m["user_seeing"] == self.id)

    # inside

    def _own(self, message: Json, code: str) -> None:
        if message.get("user") != self.id:
            raise Refused(code)

    def _where(self, channel: str) -> Channel:
        if channel == "@bot":
            return self._parts.workspace.direct(self.id, self._parts.here.bot_user)
        return self._parts.workspace.channel(channel)

    def _comment(self, text: str) -> Json:
        encoded, blocks = compose(text, self._parts.names())
        return {"text": encoded, "blocks": blocks}

    def _message_id(self) -> str:
        return self._parts.workspace.fresh_id("93e27a88-b87f-48e9-9b41-")


def _in_thread(parent: Json | None, is_broadcast: bool) -> Json:
    if parent is None:
        return {}
    place: Json = {"thread_ts": parent["ts"]}
    if "user" in parent:
        place["parent_user_id"] = parent["user"]
    return place | ({"subtype": "thread_broadcast", "root": dict(parent)} if is_broadcast else {})
