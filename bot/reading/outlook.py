"""Reads Outlook's own mail files (.msg)."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from bot.reading.headers import Headers
from bot.reading.limits import MAX_PARTS
from bot.reading.mail import original_of
from bot.reading.markup import text_of_html
from bot.reading.model import Attachment, Reading
from bot.reading.people import person_of
from bot.reading.text import buyers_words, clean

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE; old Word and Excel files share it


def read_outlook(raw: bytes) -> Reading:
    """Read a .msg file; fails in the ways its libraries do when the file is damaged or no mail."""
    from oxmsg import Message
    from oxmsg.domain import constants

    message = Message.load(BytesIO(raw))
    if not message.message_class.upper().startswith("IPM"):
        raise ValueError("an OLE file, but no mail")
    written = message.properties.str_prop_value(constants.PID_TRANSPORT_MESSAGE_HEADERS) or ""
    headers = Headers.of(written.encode("utf-8", "replace"))
    text = clean(message.body or text_of_html(message.html_body or ""))
    reading = original_of(headers, text, tuple(_attachments(message)))
    return buyers_words(_completed(reading, message))


def _completed(reading: Reading, message: Any) -> Reading:
    """Fill from Outlook's own properties what the headers do not say; drafts and sent mails have none."""
    name, address = person_of(message.sender or "")
    sent = message.sent_date
    return replace(
        reading,
        subject=reading.subject or clean(message.subject).strip() or None,
        sender_name=reading.sender_name or name,
        sender_email=reading.sender_email or address,
        sent_at=reading.sent_at or (sent.isoformat() if sent else None),
        notes=reading.notes if reading.text.strip() else (*reading.notes, "no_body"),
    )


def _attachments(message: Any) -> Iterator[Attachment]:
    for _, attachment in zip(range(MAX_PARTS), message.attachments, strict=False):
        name = clean(attachment.file_name or "attached mail.msg")[:255]
        yield Attachment(name, attachment.mime_type or "application/octet-stream", attachment.size)
