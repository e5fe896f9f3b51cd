"""Rich text: sections, lists, quotes and preformatted text, and their leaves."""

from collections.abc import Mapping
from typing import Any, Final

from bot.local_slack.block_kit.compositions import ID, URL
from bot.local_slack.block_kit.rules import (
    Problems,
    Rule,
    by_type,
    fields,
    flag,
    items,
    number,
    one_of,
    text,
    typed,
)

_STYLE: Final = fields({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
_MENTION_STYLE: Final = fields(
    {},
    dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline"), flag),
)
_MOST: Final = 1_000_000  # of a leaf; the message's own limit bites first

_LEAVES: Final[Mapping[str, Rule]] = {
    "text": typed("text", {"text": text(_MOST)}, {"style": _STYLE}),
    "link": typed("link", {"url": URL}, {"text": text(_MOST), "unsafe": flag, "style": _STYLE}),
    "emoji": typed("emoji", {"name": text(100)}, {"unicode": text(100), "skin_tone": number(1, 6)}),
    "user": typed("user", {"user_id": ID}, {"style": _MENTION_STYLE}),
    "usergroup": typed("usergroup", {"usergroup_id": ID}, {"style": _MENTION_STYLE}),
    "channel": typed("channel", {"channel_id": ID}, {"style": _MENTION_STYLE}),
    "broadcast": typed("broadcast", {"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
    "color": typed("color", {"value": text(20)}),
    "date": typed(
        "date",
        {"timestamp": number(0, 99_999_999_999), "format": text(255)},
        {"url": URL, "fallback": text(255), "style": _STYLE},
    ),
}
_LEAF: Final = by_type(_LEAVES)
_PREFORMATTED_LEAF: Final = by_type({name: _LEAVES[name] for name in ("text", "link")})
_BORDER: Final = number(0, 1)
_SECTION: Final = typed("rich_text_section", {"elements": items(_LEAF, 10_000, 0)})
_LIST: Final = typed(
    "rich_text_list",
    {"style": one_of("bullet", "ordered"), "elements": items(by_type({"rich_text_section": _SECTION}), 1000)},
    {"indent": number(0, 8), "offset": number(0, 10_000), "border": _BORDER},
)
_QUOTE: Final = typed("rich_text_quote", {"elements": items(_LEAF, 10_000)}, {"border": _BORDER})
_PREFORMATTED: Final = typed(
    "rich_text_preformatted",
    {"elements": items(_PREFORMATTED_LEAF, 10_000)},
    {"border": _BORDER, "language": text(50)},
)
_PARTS: Final = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": _LIST,
        "rich_text_quote": _QUOTE,
        "rich_text_preformatted": _PREFORMATTED,
    }
)


def rich_text(value: Any, at: str) -> Problems:
    """Check a whole rich_text block."""
    yield from typed("rich_text", {"elements": items(_PARTS, 1000)}, {"block_id": ID})(value, at)
