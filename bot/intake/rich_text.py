"""The words in Slack's blocks, for messages that come without `text`."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.intake.mrkdwn import decode, shown_link
from bot.intake.shape import mapping_at, mappings_at, number_at, text_at

DEEPEST = 12  # levels of elements in elements; Slack nests three


def text_of_blocks(blocks: list[Mapping[str, Any]]) -> str:
    """Return the text of rich_text, section and header blocks, one line each; other kinds hold no words."""
    lines = (_block(block) for block in blocks)
    return "\n".join(line for line in lines if line.strip())


def _block(block: Mapping[str, Any]) -> str:
    if block.get("type") == "rich_text":
        return "".join(_parts(block, 0)).rstrip("\n")
    texts = [mapping_at(block, "text"), *mappings_at(block, "fields")]
    return "\n".join(_text_object(text) for text in texts if text)


def _text_object(text: Mapping[str, Any]) -> str:
    written = text_at(text, "text")
    return decode(written) if text.get("type") == "mrkdwn" else written


def _parts(element: Mapping[str, Any], level: int) -> Iterator[str]:
    if level > DEEPEST:
        return
    kind = text_at(element, "type")
    for number, child in enumerate(mappings_at(element, "elements"), 1):
        if kind == "rich_text_list":
            yield "  " * min(number_at(element, "indent"), 8) + _bullet(element, number)
        yield from _parts(child, level + 1)
        if kind == "rich_text_list" or child.get("type") == "rich_text_section":
            yield "\n"
    yield _leaf(element, kind)


def _bullet(element: Mapping[str, Any], number: int) -> str:
    return f"{number + number_at(element, 'offset')}. " if element.get("style") == "ordered" else "• "


def _leaf(element: Mapping[str, Any], kind: str) -> str:
    if kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        return "\n" if kind != "rich_text_section" else ""
    if kind == "link":
        return shown_link(text_at(element, "text"), text_at(element, "url"))
    if kind == "emoji":
        return f":{text_at(element, 'name')}:"
    if kind == "broadcast":
        return f"@{text_at(element, 'range')}"
    if kind == "date":
        return text_at(element, "fallback")
    for key, mark in (("user_id", "@"), ("usergroup_id", "@"), ("channel_id", "#"), ("text", "")):
        if name := text_at(element, key):
            return mark + name
    return ""
