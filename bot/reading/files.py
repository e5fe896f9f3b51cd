"""Reads a file by its name and first bytes."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from bot.errors import Unreadable
from bot.reading import outlook, pdf
from bot.reading.charset import decode
from bot.reading.limits import MAX_FILE_BYTES, MAX_WRAPPED
from bot.reading.mail import as_sent, read_mail
from bot.reading.markup import text_of_html
from bot.reading.model import Reading
from bot.reading.text import buyers_words, clean, read_text, tidy

Format = Literal["mail", "outlook", "text", "html", "pdf"]

FORMATS: dict[str, Format] = {
    ".eml": "mail",
    ".msg": "outlook",
    ".txt": "text",
    ".text": "text",
    ".csv": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}
MAILS = frozenset((".eml", ".msg"))
_HEADER_LINE = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]", re.MULTILINE)
_MAIL_ONLY = re.compile(
    rb"^(?:MIME-Version|Received|Message-ID|Return-Path|Content-Type|DKIM-Signature|X-Mailer|Delivered-To):",
    re.MULTILINE | re.IGNORECASE,
)
_HTML_START = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<meta|<div|<table|<p>)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
# What no charset reads, and control characters that no text holds. Of random bytes every ninth is one.
_NO_TEXT = re.compile(r"[\ufffd\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4_000  # bytes that tell what a file is


def read_as_sent(name: str, raw: bytes) -> Reading:
    """Read a mail as it was sent, nothing unwrapped; raises Unreadable with its name."""
    return _guarded(lambda _name, raw: as_sent(raw), name, raw)


def read_file(name: str, raw: bytes) -> Reading:
    """Read a file; raises Unreadable with its name.

    Reasons: empty, too_large, unsupported, encrypted, scanned, broken.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise Unreadable("too_large", name)
    if not raw.strip():
        raise Unreadable("empty", name)
    kind = format_of(name, raw)
    if kind is None:
        raise Unreadable("unsupported", name)
    reading = _guarded(_READERS[kind], name, raw)
    if not (reading.text or reading.subject or reading.attachments):
        raise Unreadable("empty", name)
    return reading


def format_of(name: str, raw: bytes) -> Format | None:
    """Return how a file is to be read: its first bytes outrank its name; None when it cannot be."""
    named = FORMATS.get(suffix_of(name))
    head = raw[:_HEAD].lstrip()
    if head.startswith(pdf.MAGIC):
        return "pdf"
    if head.startswith(outlook.MAGIC):
        return "outlook" if named else None
    if named in ("text", "mail", None) and _is_mail(head):
        return "mail"
    if named in ("pdf", "outlook"):
        return "html" if _HTML_START.match(head) else None
    if named is None and _HTML_START.match(head):
        return "html"
    if named == "mail":
        return "text"
    return named or ("text" if not suffix_of(name) and _is_text(head) else None)


def suffix_of(name: str) -> str:
    """Return the ending of a file's name in lower case, ".eml"; "" when it has none."""
    return PurePath(name.replace("\x00", "").strip()).suffix.lower()


def _guarded(reader: Callable[[str, bytes], Reading], name: str, raw: bytes) -> Reading:
    try:
        return reader(name, raw)
    except Unreadable as error:
        raise Unreadable(error.reason, error.name or name) from error
    except Exception as error:
        raise Unreadable("broken", name) from error


def _is_mail(head: bytes) -> bool:
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return (
        bool(_HEADER_LINE.match(top)) and len(_HEADER_LINE.findall(top)) >= 2 and bool(_MAIL_ONLY.search(top))
    )


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _read_plain(name: str, raw: bytes) -> Reading:
    text = decode(raw[: 4 * MAX_WRAPPED])
    if len(_NO_TEXT.findall(text)) > len(text) // 20:
        raise Unreadable("broken", name)
    return read_text(text)


def _read_html(name: str, raw: bytes) -> Reading:
    found = _META_CHARSET.search(raw, 0, _HEAD)
    text = text_of_html(decode(raw, found[1].decode("ascii", "replace") if found else None))
    return buyers_words(Reading(tidy(clean(text))))


_READERS: dict[Format, Callable[[str, bytes], Reading]] = {
    "mail": lambda name, raw: read_mail(raw),
    "outlook": lambda name, raw: outlook.read_outlook(raw),
    "text": _read_plain,
    "html": _read_html,
    "pdf": lambda name, raw: pdf.read_pdf(raw, name),
}
