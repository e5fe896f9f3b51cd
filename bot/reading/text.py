"""Takes forwards, history and platforms' wrapping off the buyer's words in a text."""

import re
from dataclasses import replace

from bot.errors import Unreadable
from bot.reading import platforms
from bot.reading.clients import clients
from bot.reading.forwards import is_forward, quoted_mail
from bot.reading.limits import MAX_FORWARDS, MAX_WRAPPED, cut
from bot.reading.model import Origin, Reading
from bot.reading.people import address_in
from bot.reading.quoting import own_words, weight, without_disclaimers, without_fences

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def read_text(text: str, subject: str | None = None) -> Reading:
    """Read a typed or pasted inquiry; raises Unreadable("empty") when there is nothing in it."""
    cleaned = tidy(without_fences(clean(text)))
    if not cleaned:
        raise Unreadable("empty")
    first, subject = _subject_line(cleaned, subject)
    return buyers_words(Reading(first, subject=subject))


def buyers_words(reading: Reading) -> Reading:
    """Return `reading` with the buyer's own words and data, whatever they are wrapped in."""
    wrapped, was_cut = cut(reading.text, MAX_WRAPPED)
    unwrapped = _unwrapped(replace(reading, text=wrapped))
    own = without_disclaimers(own_words(unwrapped.text)) or unwrapped.text.strip()
    finished = platforms.unwrapped(replace(unwrapped, text=own))
    if finished.origin in (Origin.FORWARD, Origin.PLATFORM) and not finished.sender_email:
        finished = replace(finished, sender_email=address_in(finished.text, finished.sender_name))
    text, is_cut = cut(tidy(finished.text))
    is_cut = is_cut or (was_cut and weight(text) > weight(wrapped) // 2)
    return replace(finished, text=text, notes=with_note(finished.notes, "cut") if is_cut else finished.notes)


def with_note(notes: tuple[str, ...], note: str) -> tuple[str, ...]:
    """Return `notes` with one more, once."""
    return notes if note in notes else (*notes, note)


def clean(text: str) -> str:
    """Return `text` with line feeds only, and without NUL and other control characters."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def tidy(text: str) -> str:
    """Return `text` without trailing space and rows of empty lines."""
    trimmed = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", trimmed).strip()


def _unwrapped(reading: Reading) -> Reading:
    """Go from forward to forward, down to the mail that nobody passed on."""
    for _ in range(MAX_FORWARDS):
        quoted = quoted_mail(reading.text)
        if quoted is None:
            return reading
        if not is_forward(quoted, reading.subject):
            return replace(reading, text=quoted.above)
        outer = clients().without_forward(reading.subject) if reading.subject else None
        reading = Reading(
            text=quoted.inner,
            origin=Origin.FORWARD,
            subject=quoted.subject or outer,
            sender_name=quoted.name,
            sender_email=quoted.address,
            sent_at=quoted.sent_at,
            attachments=reading.attachments,
            notes=with_note(reading.notes, "headers_not_available"),
        )
    return reading


def _subject_line(text: str, subject: str | None) -> tuple[str, str | None]:
    """Take a pasted "Subject: …" off the top, when it is all the header there is."""
    first, _, rest = text.partition("\n")
    header = clients().header_in(first)
    if subject or not rest.strip() or not header or header[0] != "subject" or not header[1]:
        return text, subject
    return (text, None) if quoted_mail(text) else (rest.strip(), header[1])
