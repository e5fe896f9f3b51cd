"""What Slack's composer makes of typed text: mrkdwn with escapes and links, and rich text blocks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.local_slack.model import Json

# Bounded repetition keeps one pass linear on hostile text without a space in it.
_LINKS: Final = re.compile(
    r"(?P<url>https?://[^\s<>]{1,3000})"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<site>\bwww\.[^\s<>]{1,3000})"
    r"|(?P<broadcast>@(?:here|channel|everyone)\b)"
    r"|(?P<person>(?<!\w)@[\w.-]{1,80})"
    r"|(?P<channel>(?<!\w)#[\w-]{1,80})"
)
_PERSON: Final = re.compile(r"<@(\w+)>")
_TRAILING: Final = ".,;:!?)]}'\"。，；：！？）】」"


@dataclass(frozen=True, slots=True)
class Names:
    """Finds the ids of people and channels by their names; None for a name nobody has."""

    user: Callable[[str], str | None]
    channel: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of typed text: as mrkdwn, and as a leaf of a rich text section."""

    mrkdwn: str
    leaf: Json


def escape(text: str) -> str:
    """Escape the three characters of mrkdwn syntax."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compose(text: str, names: Names) -> tuple[str, list[Json]]:
    """Return the `text` and the `blocks` that Slack stores for a typed message."""
    pieces = list(_pieces(text, names))
    section = {"type": "rich_text_section", "elements": [piece.leaf for piece in pieces]}
    blocks = [{"type": "rich_text", "block_id": "typed", "elements": [section]}] if pieces else []
    return "".join(piece.mrkdwn for piece in pieces), blocks


def escaped(text: str, names: Names, name_of: Callable[[str], str]) -> str:
    """Return a command's text as Slack escapes it: links in brackets, people as <@U1|mei>."""
    return _PERSON.sub(lambda found: f"<@{found[1]}|{name_of(found[1])}>", compose(text, names)[0])


def plain_blocks(text: str) -> list[Json]:
    """Return `text` as rich text blocks without any link found in it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _pieces(text: str, names: Names) -> Iterator[Piece]:
    end = 0
    for match in _LINKS.finditer(text):
        written = match.group().rstrip(_TRAILING) if match.lastgroup in ("url", "site") else match.group()
        piece = _link(match.lastgroup or "", written, names)
        if piece is None:
            continue
        yield from _plain(text[end : match.start()])
        yield piece
        end = match.start() + len(written)
    yield from _plain(text[end:])


def _plain(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(escape(text), {"type": "text", "text": text})


def _link(kind: str, written: str, names: Names) -> Piece | None:
    if kind == "url":
        return Piece(f"<{escape(written)}>", {"type": "link", "url": written})
    if kind in ("mail", "site"):
        url = ("mailto:" if kind == "mail" else "http://") + written
        return Piece(f"<{escape(url)}|{escape(written)}>", {"type": "link", "url": url, "text": written})
    if kind == "broadcast":
        return Piece(f"<!{written[1:]}>", {"type": "broadcast", "range": written[1:]})
    return _name(kind, written[1:], names)


def _name(kind: str, name: str, names: Names) -> Piece | None:
    if kind == "person" and (user := names.user(name)):
        return Piece(f"<@{user}>", {"type": "user", "user_id": user})
    if kind == "channel" and (channel := names.channel(name)):
        return Piece(f"<#{channel}|{name}>", {"type": "channel", "channel_id": channel})
    return None
