"""Reads an original mail (.eml, or one attached to another): its words, its sender, its files by name."""

from dataclasses import dataclass, replace

from bot.errors import Unreadable
from bot.reading.clients import clients
from bot.reading.headers import Headers
from bot.reading.limits import MAX_FILE_BYTES, MAX_LEVELS
from bot.reading.markup import has_deceptive_link, text_of_html
from bot.reading.mime import MAX_WORDS, Budget, Part, children_of, leaves_of, part_of
from bot.reading.model import Attachment, Origin, Reading
from bot.reading.people import person_of
from bot.reading.quoting import weight
from bot.reading.text import buyers_words, clean, tidy

REMARK = 200  # weight of what a colleague writes above an attached mail
TNEF = "winmail.dat"
_HTML_HINTS = ("view this email in", "html-capable", "does not support html", "您的邮件客户端不支持")


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail taken apart."""

    headers: Headers
    text: str
    words: Part | None  # the part the text is from
    files: tuple[Part, ...]
    is_cut: bool


def read_mail(raw: bytes) -> Reading:
    """Read a mail from its bytes.

    A mail attached by a colleague is the inquiry; files are named and never opened. Raises Unreadable:
    "too_large", "broken" when it has no headers, "empty" when it has neither words nor subject.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise Unreadable("too_large")
    mail = _innermost(raw)
    if not mail.headers:
        raise Unreadable("broken")
    reading = _finished(mail, buyers_words(_outer(mail)))
    if not (reading.text or reading.subject or reading.attachments):
        raise Unreadable("empty")
    return reading


def as_sent(raw: bytes) -> Reading:
    """Read a mail as it was sent, nothing unwrapped: who sent it, and all that stands in it."""
    return _outer(_taken_apart(part_of(raw[:MAX_FILE_BYTES]), Budget()))


def original_of(headers: Headers, text: str, attachments: tuple[Attachment, ...]) -> Reading:
    """Return a mail as its headers and body give it, nothing unwrapped yet."""
    name, address = person_of(headers.text("From") or headers.text("Sender") or "")
    return Reading(
        text=text,
        origin=Origin.ORIGINAL_MAIL,
        subject=headers.text("Subject"),
        sender_name=name,
        sender_email=address,
        sent_at=headers.text("Date"),
        attachments=attachments,
        headers=headers.all(),
    )


def _innermost(raw: bytes) -> _Mail:
    """Go down to the mail that nobody attached to a remark of his own."""
    budget = Budget()
    mail = _taken_apart(part_of(raw), budget)
    for _ in range(MAX_LEVELS):
        attached = next((part for part in mail.files if part.is_mail), None)
        if attached is None or not _is_passed_on(mail):
            return mail
        inner = _taken_apart(part_of(attached.content), budget)
        if not inner.headers:
            return mail
        mail = inner
    return replace(mail, is_cut=True)


def _is_passed_on(mail: _Mail) -> bool:
    if mail.headers.content_type == "multipart/report":  # a bounce brings our own mail back
        return False
    is_forward = clients().prefix_of(mail.headers.text("Subject") or "") == "forward"
    return is_forward or weight(mail.text) <= REMARK


def _taken_apart(part: Part, budget: Budget) -> _Mail:
    bodies: list[Part] = []
    files: list[Part] = []
    for leaf in _chosen(part, budget, 0):
        (files if leaf.is_file else bodies).append(leaf)
    texts = [(one, _text_of(one)) for one in bodies]
    said = [(one, text) for one, text in texts if text.strip()]
    return _Mail(
        headers=part.headers,
        text=tidy("\n\n".join(text for _, text in said)),
        words=said[0][0] if said else None,
        files=tuple(files),
        is_cut=budget.is_spent or any(len(one.body) > 2 * MAX_WORDS for one in bodies),
    )


def _chosen(part: Part, budget: Budget, level: int) -> list[Part]:
    """Return the leaves of a mail, of alternatives only the best one and the files beside it."""
    if not part.is_multipart or level >= MAX_LEVELS:
        return [part]
    children = children_of(part, budget)
    if part.headers.content_type != "multipart/alternative":
        return [leaf for child in children for leaf in _chosen(child, budget, level + 1)]
    leaves = [leaf for child in children for leaf in leaves_of(child, budget, level + 1)]
    bodies = [leaf for leaf in leaves if not leaf.is_file]
    files = [
        leaf for leaf in leaves if leaf.is_file and not leaf.headers.content_type.startswith("text/calendar")
    ]
    return ([_best(bodies)] if bodies else []) + files


def _best(bodies: list[Part]) -> Part:
    """Return the plain alternative, unless it hides what the HTML shows."""
    plain = next((one for one in bodies if one.headers.content_type == "text/plain"), None)
    rich = next((one for one in bodies if one.headers.content_type == "text/html"), None)
    if plain is None or rich is None:
        return plain or rich or bodies[0]
    text = plain.text
    said, shown = weight(text), rich.text
    if said < 40 and weight(text_of_html(shown)) > 2 * said:
        return rich
    is_stand_in = said < 400 and any(hint in text.casefold() for hint in _HTML_HINTS)
    return rich if is_stand_in or has_deceptive_link(shown) else plain


def _text_of(part: Part) -> str:
    text = part.text
    return clean(text_of_html(text) if part.headers.content_type == "text/html" or _is_html(text) else text)


def _is_html(text: str) -> bool:
    start = text[:200].lstrip().lower()
    return start.startswith(("<!doctype html", "<html"))


def _outer(mail: _Mail) -> Reading:
    attachments = tuple(_attachment(part) for part in mail.files if _is_noteworthy(part))
    notes = [
        *(("cut",) if mail.is_cut else ()),
        *(("winmail",) if any((part.headers.filename or "").lower() == TNEF for part in mail.files) else ()),
        *(("no_body",) if not mail.text else ()),
    ]
    return replace(original_of(mail.headers, mail.text, attachments), notes=tuple(notes))


def _finished(mail: _Mail, reading: Reading) -> Reading:
    """Keep the headers only where they are the buyer's; the words' own charset belongs to them."""
    if reading.origin is Origin.FORWARD:
        return replace(reading, headers=())
    headers = mail.headers.all()
    if mail.words and mail.words.headers is not mail.headers:
        own = mail.words.headers.text("Content-Type")
        headers += (("Content-Type", own),) if own else ()
    return replace(reading, headers=headers)


def _is_noteworthy(part: Part) -> bool:
    """Tell a file somebody attached from a picture that belongs to the mail's looks."""
    is_picture = part.headers.content_type.startswith("image/")
    is_inline = part.headers.disposition != "attachment" and part.headers.text("Content-ID") is not None
    return not (is_picture and is_inline) and not part.headers.content_type.startswith("multipart/")


def _attachment(part: Part) -> Attachment:
    kind = part.headers.content_type
    name = part.headers.filename or _nameless(kind)
    return Attachment(name[:255], kind, len(part.content))


def _nameless(kind: str) -> str:
    return {"message/rfc822": "attached mail.eml", "text/calendar": "invitation.ics"}.get(
        kind, kind.replace("/", ".")
    )
