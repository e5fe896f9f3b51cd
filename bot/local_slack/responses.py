"""Response URLs: five uses within thirty minutes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.local_slack import posts
from bot.local_slack.methods.chat import content_of, show_to
from bot.local_slack.model import Json, Refused
from bot.local_slack.parts import Parts

MOST_USES: Final = 5
LIFE_MS: Final = 30 * 60 * 1000


@dataclass(slots=True)
class _Url:
    channel: str
    user: str
    until_ms: int
    message: Json | None  # what the click was on; None for a command
    uses: int = 0


class ResponseUrls:
    """Hands out URLs and takes what is posted to them."""

    def __init__(self, parts: Parts, address: Callable[[], str]) -> None:
        self._parts = parts
        self._address = address
        self._urls: dict[str, _Url] = {}

    def issue(self, channel: str, user: str, message: Json | None = None) -> str:
        """Return a fresh URL for what `user` has done in `channel`."""
        token = secrets.token_hex(12)
        until = self._parts.workspace.clock.now_ms() + LIFE_MS
        self._urls[token] = _Url(channel, user, until, message)
        return f"{self._address()}respond/{token}"

    def take(self, token: str, body: Json) -> None:
        """Do what was posted; raises used_url, expired_url and what is wrong with the content."""
        url = self._urls.get(token)
        if url is None or url.uses >= MOST_USES:
            raise Refused("used_url")
        if self._parts.workspace.clock.now_ms() > url.until_ms:
            raise Refused("expired_url")
        url.uses += 1
        if body.get("delete_original") and url.message:
            self._delete(url.message)
        elif body.get("replace_original") and url.message:
            self._replace(url.message, content_of(body))
        else:
            self.answer(url.channel, url.user, body)

    def answer(self, channel: str, user: str, body: Json) -> Json:
        """Show an answer: to the person alone, or with `in_channel` to everybody."""
        message = posts.by_app(self._parts.here, content_of(body))
        if thread_ts := body.get("thread_ts"):
            message["thread_ts"] = thread_ts
        if body.get("response_type") == "in_channel":
            return self._parts.feed.post(channel, message)
        return show_to(self._parts, channel, user, message)

    def _replace(self, message: Json, content: Json) -> None:
        fields = {"text": content["text"], "blocks": content.get("blocks", [])}
        if not message.get("is_ephemeral"):
            self._parts.feed.change(message["channel"], message["ts"], **fields)
            return
        with self._parts.workspace.changed:
            message.update(fields)
            self._parts.workspace.touch()

    def _delete(self, message: Json) -> None:
        if not message.get("is_ephemeral"):
            self._parts.feed.delete(message["channel"], message["ts"])
            return
        with self._parts.workspace.changed:
            self._parts.workspace.ephemerals.remove(message)
            self._parts.workspace.touch()
