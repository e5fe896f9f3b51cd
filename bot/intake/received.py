"""Takes words and files out of a Slack message, however it was shared."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.intake.model import Received, SlackFile, SlackMail
from bot.intake.mrkdwn import decode, without_mention
from bot.intake.rich_text import text_of_blocks
from bot.intake.shape import mapping_at, mappings_at, number_at, text_at

# On attachments that Slack adds for a link or a shared message.
LINKED = ("is_share", "is_msg_unfurl", "is_app_unfurl", "original_url", "from_url", "service_name")


def received_of(message: Mapping[str, Any], *, bot_user_id: str = "") -> Received:
    """Return what a message brought; the bot's own mention at the start or end is no part of it."""
    shared = [one for one in mappings_at(message, "attachments") if one.get("is_share") is True]
    carriers = (message, *shared)
    files = [file_of(file) for carrier in carriers for file in mappings_at(carrier, "files")]
    return Received(
        text=_words(message, bot_user_id).strip(),
        forwarded=tuple(text for one in shared if (text := _shared_words(one).strip())),
        files=tuple(_unlike(files)),
        edited_ts=text_at(mapping_at(message, "edited"), "ts"),
    )


def has_mail(message: Mapping[str, Any]) -> bool:
    """Tell whether a message carries an email that Slack received."""
    return any(text_at(file, "mode") == "email" for file in mappings_at(message, "files"))


def _words(message: Mapping[str, Any], bot_user_id: str) -> str:
    written = text_at(message, "text")
    # An app's `text` is often but the notification of what its blocks and attachments say.
    if text_at(message, "bot_id") and len(shown := _shown_by_app(message)) > len(written):
        return shown
    if written.strip():
        return decode(without_mention(written, bot_user_id) if bot_user_id else written)
    typed = text_of_blocks(mappings_at(message, "blocks"))
    return typed.removeprefix(f"@{bot_user_id}") if bot_user_id else typed


def _shown_by_app(message: Mapping[str, Any]) -> str:
    """Return what an app's post shows, as of a web form's: blocks, then attachments that preview no link."""
    attached = (one for one in mappings_at(message, "attachments") if not any(map(one.get, LINKED)))
    shown = (text_of_blocks(mappings_at(message, "blocks")), *map(_attached_words, attached))
    return "\n".join(text for text in shown if text.strip())


def _attached_words(attachment: Mapping[str, Any]) -> str:
    """Return an attachment's texts, each field as a line."""
    lines = [decode(text_at(attachment, key)) for key in ("pretext", "title", "text")]
    lines.extend(map(_field, mappings_at(attachment, "fields")))
    lines.append(text_of_blocks(mappings_at(attachment, "blocks")))
    return "\n".join(line for line in lines if line.strip())


def _field(field: Mapping[str, Any]) -> str:
    return ": ".join(decode(part) for key in ("title", "value") if (part := text_at(field, key)))


def _shared_words(shared: Mapping[str, Any]) -> str:
    if written := text_at(shared, "text"):
        return decode(written)
    inner = (mapping_at(block, "message") for block in mappings_at(shared, "message_blocks"))
    return "\n".join(text_of_blocks(mappings_at(message, "blocks")) for message in inner)


def _unlike(files: list[SlackFile]) -> Iterator[SlackFile]:
    seen: set[str] = set()
    for file in files:
        if file.id not in seen:
            yield file
        if file.id:
            seen.add(file.id)


def file_of(file: Mapping[str, Any]) -> SlackFile:
    """Return a file as Slack's file object describes it."""
    mode = text_at(file, "mode")
    is_mail = mode == "email" or text_at(file, "filetype") == "email"
    return SlackFile(
        id=text_at(file, "id"),
        name=text_at(file, "name") or text_at(file, "title"),
        mimetype=text_at(file, "mimetype"),
        filetype=text_at(file, "filetype"),
        mode=mode,
        size=number_at(file, "size"),
        url=text_at(file, "url_private_download") or text_at(file, "url_private") or None,
        is_external=file.get("is_external") is True,
        file_access=text_at(file, "file_access"),
        mail=_mail(file) if is_mail else None,
    )


def _mail(file: Mapping[str, Any]) -> SlackMail:
    headers = mapping_at(file, "headers")
    return SlackMail(
        subject=text_at(file, "subject") or text_at(file, "title") or None,
        sender=_sender(file),
        plain_text=text_at(file, "plain_text") or text_at(file, "preview_plain_text"),
        simplified_html=text_at(file, "simplified_html"),
        has_more=file.get("has_more") is True,
        date=text_at(headers, "date") or None,
        message_id=text_at(headers, "message_id") or None,
        reply_to=text_at(headers, "reply_to") or None,
        attachments=tuple(
            name for one in mappings_at(file, "attachments") if (name := _attachment_name(one))
        ),
    )


def _sender(file: Mapping[str, Any]) -> str | None:
    for person in mappings_at(file, "from"):
        name, address = text_at(person, "name"), text_at(person, "address")
        if name and address and name != address:
            return f"{name} <{address}>"
        return address or name or text_at(person, "original") or None
    return None


def _attachment_name(attachment: Mapping[str, Any]) -> str:
    # Slack does not document these items: each key has been seen or is likely.
    keys = ("filename", "name", "title")
    return next((name for key in keys if (name := text_at(attachment, key))), "")
