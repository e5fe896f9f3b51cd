"""Reads what one Slack message brought: decides which of its texts and files is the inquiry."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.errors import Unreadable
from bot.intake.model import Received, SlackFile, SlackMail
from bot.reading.charset import decode
from bot.reading.files import MAILS, read_file, suffix_of
from bot.reading.limits import MAX_FILE_BYTES
from bot.reading.markup import text_of_html
from bot.reading.model import Attachment, Origin, Reading
from bot.reading.people import person_of
from bot.reading.quoting import weight
from bot.reading.text import buyers_words, clean, read_text, tidy, with_note

Fetch = Callable[[SlackFile], bytes]


class Described(Exception):
    """Raised by a fetcher in place of bytes: it had to ask Slack what the file is, and `file` says it all."""

    def __init__(self, file: SlackFile) -> None:
        super().__init__(file.id)
        self.file = file


COMMENT = 200  # weight; whoever types more beside a PDF has pasted the inquiry itself
_GONE = frozenset(("tombstone", "hidden_by_limit"))
_REFUSED = {"access_denied": "no_access", "file_not_found": "gone"}


def read_received(received: Received, fetch: Fetch) -> Reading:
    """Read the inquiry in what was received; raises Unreadable when nothing of it can be read.

    A mail outranks what was typed above it, a forwarded message the comment on it. A document does only
    where the typed words are a comment's length.
    """
    mails = [file for file in received.files if _is_mail(file)]
    others = [file for file in received.files if not _is_mail(file)]
    words = _words(received)
    if not mails and words and (received.forwarded or weight(words) > COMMENT):
        return _beside(read_text(words), others)
    files = [*mails, *others]
    reading = _first_readable(files, fetch, is_needed=not words)
    if reading is None:
        return _beside(read_text(words), files)
    return reading


def _words(received: Received) -> str:
    return tidy("\n\n".join(received.forwarded) or received.text)


def _first_readable(files: list[SlackFile], fetch: Fetch, *, is_needed: bool) -> Reading | None:
    """Read the first file that can be; raises the first file's reason when one is needed and none can be."""
    first: Unreadable | None = None
    for file in files:
        try:
            reading = _read_described(file, fetch)
        except Unreadable as error:
            first = first or error
            continue
        return replace(reading, notes=with_note(reading.notes, "one_of_files")) if len(files) > 1 else reading
    if is_needed:
        raise first or Unreadable("empty")
    return None


def _beside(reading: Reading, files: list[SlackFile]) -> Reading:
    """Name the files that came with the words, unread."""
    named = tuple(Attachment(file.name, file.mimetype, file.size) for file in files if file.name)
    notes = with_note(reading.notes, "files_unread") if files else reading.notes
    return replace(reading, attachments=reading.attachments + named, notes=notes)


def _is_mail(file: SlackFile) -> bool:
    return file.mail is not None or suffix_of(file.name) in MAILS or file.mimetype == "message/rfc822"


def _read_described(file: SlackFile, fetch: Fetch) -> Reading:
    try:
        return _read(file, fetch)
    except Described as described:
        return _read(described.file, fetch)


def _read(file: SlackFile, fetch: Fetch) -> Reading:
    if file.mode in _GONE:
        raise Unreadable("gone", file.name)
    if file.file_access in _REFUSED:
        raise Unreadable(_REFUSED[file.file_access], file.name)
    if file.mail is not None:
        return _read_mail(file, file.mail, fetch)
    if file.is_external:
        raise Unreadable("external", file.name)
    if file.size > MAX_FILE_BYTES:
        raise Unreadable("too_large", file.name)
    if file.mimetype.startswith(("image/", "video/", "audio/")):
        raise Unreadable("unsupported", file.name)
    return read_file(_with_suffix(file), fetch(file))


def _with_suffix(file: SlackFile) -> str:
    """Return the file's name; a snippet's or nameless file's gets the ending its type has."""
    if suffix_of(file.name):
        return file.name
    if file.mode == "snippet" or file.mimetype == "text/plain":
        return f"{file.name}.txt"
    return f"{file.name}.eml" if file.mimetype == "message/rfc822" else file.name


def _read_mail(file: SlackFile, mail: SlackMail, fetch: Fetch) -> Reading:
    """Read an email from what Slack tells of it; the whole is fetched where Slack tells only a part."""
    told = mail.plain_text.strip() or text_of_html(mail.simplified_html)
    whole = _whole(file, mail, told, fetch)
    name, address = person_of(mail.sender or "")
    reading = Reading(
        text=tidy(clean(whole or told)),
        origin=Origin.SLACK_MAIL,
        subject=mail.subject,
        sender_name=name,
        sender_email=address,
        sent_at=mail.date,
        attachments=tuple(Attachment(one, "application/octet-stream", 0) for one in mail.attachments),
        notes=tuple(_notes(mail, told, whole)),
    )
    if not (reading.text or reading.subject or reading.attachments):
        raise Unreadable("empty", file.name)
    return buyers_words(reading)


def _notes(mail: SlackMail, told: str, whole: str) -> Iterator[str]:
    if mail.has_more and not whole:
        yield "cut"
    if not (told or whole):
        yield "no_body"


def _whole(file: SlackFile, mail: SlackMail, told: str, fetch: Fetch) -> str:
    if told and not mail.has_more:
        return ""
    try:
        page = text_of_html(decode(fetch(file)))
    except Unreadable:
        if told or mail.subject:
            return ""
        raise
    return page if len(page) > len(told) else ""
