"""Turns Slack's encoded text back into what the person typed."""

import re

_TOKEN = re.compile(r"<([^<>]*)>|&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_ENTITY = re.compile(r"&(amp|lt|gt);")
_SCHEME = re.compile(r"(?i)^(?:https?://|mailto:|tel:)")
_LINK = re.compile(r"(?i)^(?:https?|ftps?|mailto|tel|sip|skype|file):")


def decode(text: str) -> str:
    """Return `text` as a person reads it; whatever follows no rule of Slack's stays as it is.

    A link keeps its target beside its label when the two differ. Emoji and formatting marks stay.
    """
    return _TOKEN.sub(_decoded, text)


def without_mention(text: str, bot_user: str) -> str:
    """Return encoded `text` without the bot's own mentions at either end."""
    mention = rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>"
    start = re.match(rf"\s*(?:{mention}[\s,:，：]*)+", text)
    rest = text[start.end() :] if start else text
    end = re.search(rf"{mention}\s{{0,9}}\Z", rest)
    return rest[: end.start()].strip() if end else rest


def mentions(text: str, bot_user: str) -> bool:
    """Tell whether encoded `text` names the bot."""
    return f"<@{bot_user}>" in text or f"<@{bot_user}|" in text


def shown_link(label: str, target: str) -> str:
    """Return a link as plain text: the label alone when it says where the link goes, else both."""
    label = label.strip()
    address = _SCHEME.sub("", target) if _SCHEME.match(target) else target
    if not label:
        return address if target.lower().startswith(("mailto:", "tel:")) else target
    if _bare(label) == _bare(target):
        return label
    return f"{label} <{address if target.lower().startswith('mailto:') else target}>"


def _bare(link: str) -> str:
    return _SCHEME.sub("", link.strip()).rstrip("/").lower()


def _decoded(match: re.Match[str]) -> str:
    if match[2]:
        return _ENTITIES[match[2]]
    inside = _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], match[1])
    head, _, label = inside.partition("|")
    if head.startswith(("@", "#")) and len(head) > 1:
        return head[0] + (label.lstrip("@#") or head[1:])
    if head.startswith("!"):
        return _special(head[1:], label)
    if _LINK.match(head):
        return shown_link(label, head)
    return f"<{inside}>"


def _special(command: str, label: str) -> str:
    if command.startswith("date^"):
        return label or command.split("^")[-1]
    name = label or command.split("^")[0]
    return name if name.startswith("@") else f"@{name}"
