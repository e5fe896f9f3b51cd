"""Who and what a workspace is made of."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


class Refused(Exception):
    """Slack says no: `code` is Slack's own error name, `extra` the fields that come with it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def answer(self) -> Json:
        """Return the JSON body of the refusal."""
        return {"ok": False, "error": self.code, **self.extra}


@dataclass(frozen=True, slots=True)
class Installation:
    """The one app of the workspace: its ids, its secrets and what its manifest grants it."""

    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    scopes: frozenset[str]
    events: frozenset[str]
    commands: frozenset[str]
    escaped_commands: frozenset[str]  # those that are told people as <@U1|mei>, not as @mei
    shortcuts: frozenset[str]
    bot_name: str = "Inquiry Bot"
    team: str = "T0LOCAL0001"
    team_name: str = "Local"
    domain: str = "local"
    app: str = "A0INQUIRY01"
    bot: str = "B0INQUIRY01"
    bot_user: str = "U0INQUIRY01"


@dataclass(frozen=True, slots=True)
class User:
    """A member of the workspace."""

    id: str
    name: str
    real_name: str
    locale: str = "en-US"
    tz: str = "America/New_York"
    title: str = ""
    is_bot: bool = False
    is_deleted: bool = False


@dataclass(slots=True)
class Channel:
    """A conversation. `kind` is Slack's channel_type: channel, group (private), im or mpim."""

    id: str
    name: str
    kind: str = "channel"
    members: set[str] = field(default_factory=set)
    messages: list[Json] = field(default_factory=list)
    topic: str = ""
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as Slack describes it, its bytes, and how its URL answers."""

    about: Json
    raw: bytes
    answers: str = "bytes"  # bytes, login_page, redirect, gone


@dataclass(frozen=True, slots=True)
class Mail:
    """An email on its way to a channel's address."""

    sender: str  # as a From line shows it: "Name <address>"
    subject: str
    body: str
    html: str | None = None
    attachments: tuple[str, ...] = ()
    message_id: str | None = None
    has_more: bool = False


def thread_of(message: Json) -> str:
    """Return the ts of the thread a message stands in or begins."""
    return str(message.get("thread_ts") or message["ts"])
