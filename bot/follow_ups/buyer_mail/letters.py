"""Who wrote the mails a Slack message brought: the sender at the top of each, never one quoted below.

Our own mail to a buyer quotes the buyer's; only what somebody forwards counts as that one's mail.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.errors import Unreadable
from bot.intake.model import Received, SlackFile, SlackMail
from bot.reading.charset import decode
from bot.reading.clients import clients
from bot.reading.files import MAILS, read_as_sent, read_file, suffix_of
from bot.reading.forwards import Quoted, is_forward, quoted_mail
from bot.reading.model import Origin, Reading
from bot.reading.people import ADDRESS, person_of
from bot.reading.quoting import weight
from bot.reading.received import Described
from bot.reading.text import clean, tidy

Fetch = Callable[[SlackFile], bytes]

# Subjects of mail programs that answer while their owner is away (RFC 3834 asks for a header, few add it).
AUTOMATIC = re.compile(
    r"^\s*(?:\[?auto(?:matic)?[ -]?(?:reply|response)|auto:|out of (?:the )?office|"
    r"自动回复|自動回覆|自動回復|自動応答|abwesenheits|automatische antwort|réponse automatique|"
    r"respuesta automática|resposta automática|risposta automatica|автоматический ответ|автоответ|"
    r"رد تلقائي|الرد التلقائي|otomatik yanıt)",
    re.IGNORECASE,
)
LISTS = frozenset(("bulk", "auto_reply", "junk"))  # of the header Precedence


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: who sent it, and what it says."""

    address: str
    name: str | None
    text: str
    is_automatic: bool = False
    passed_on_to: frozenset[str] = frozenset()  # addresses the mail that forwards it went to, lower case


def brings_mail(received: Received) -> bool:
    """Tell whether a message may hold a mail, without fetching anything."""
    if any(is_mail(file) or _is_text(file) for file in received.files):
        return True
    return any(_top_of(text) for text in _texts(received))


def letters_in(received: Received, fetch: Fetch) -> Iterator[Letter]:
    """Yield the mails of a message; raises Unreadable("unreachable") when Slack hands no file over now."""
    yield from letters_told(received)
    for file in received.files:
        try:
            yield from _described(file, fetch)
        except Unreadable as error:
            if error.reason == "unreachable":
                raise


def letters_told(received: Received) -> Iterator[Letter]:
    """Yield the mails that stand in a message's texts, and those Slack itself tells of."""
    for text in _texts(received):
        if quoted := _top_of(text):
            yield _quoted_letter(quoted)
    for file in received.files:
        if file.mail:
            yield from _letters_of(_slack_mail(file.mail))


def letters_read(reading: Reading) -> Iterator[Letter]:
    """Yield the mail an inquiry was read from, where its own headers name the sender."""
    if reading.origin in (Origin.ORIGINAL_MAIL, Origin.PLATFORM) and reading.sender_email:
        yield _letter(reading, frozenset())


def is_mail(file: SlackFile) -> bool:
    """Tell whether a file is a mail; one Slack hides until asked may be."""
    return (
        file.mail is not None
        or suffix_of(file.name) in MAILS
        or file.mimetype == "message/rfc822"
        or file.file_access == "check_file_info"
    )


def _is_text(file: SlackFile) -> bool:
    # Slack makes a snippet of a long text somebody pastes.
    return file.mode == "snippet" or suffix_of(file.name) == ".txt"


def _texts(received: Received) -> tuple[str, ...]:
    return tuple(tidy(clean(text)) for text in (*received.forwarded, received.text) if text.strip())


def _described(file: SlackFile, fetch: Fetch) -> Iterator[Letter]:
    if file.mail:
        return  # one of letters_told
    try:
        yield from _letters_in_file(file, fetch)
    except Described as described:
        if described.file.mail:
            yield from _letters_of(_slack_mail(described.file.mail))
        else:
            yield from _letters_in_file(described.file, fetch)


def _letters_in_file(file: SlackFile, fetch: Fetch) -> Iterator[Letter]:
    if _is_text(file):
        if quoted := _top_of(tidy(clean(decode(fetch(file))))):
            yield _quoted_letter(quoted)
    elif suffix_of(file.name) == ".msg":
        yield from letters_read(read_file(file.name, fetch(file)))
    elif is_mail(file):
        raw = fetch(file)
        outer = read_as_sent(file.name, raw)
        yield from _letters_of(outer)
        yield from _attached(file, raw, outer)


def _letters_of(mail: Reading) -> Iterator[Letter]:
    """Yield a mail and, if it only passes another on, that one."""
    if mail.sender_email:
        yield _letter(mail, frozenset())
    quoted = quoted_mail(mail.text)
    if quoted and quoted.address and _is_passed_on(quoted, mail.subject):
        yield replace(_quoted_letter(quoted), passed_on_to=_recipients(mail))


def _attached(file: SlackFile, raw: bytes, outer: Reading) -> Iterator[Letter]:
    """Yield the mail that hangs at another one as a file."""
    name = file.name if suffix_of(file.name) == ".eml" else f"{file.name}.eml"
    inner = read_file(name, raw)
    if inner.origin is Origin.ORIGINAL_MAIL and inner.sender_email not in (None, outer.sender_email):
        yield _letter(inner, _recipients(outer))


def _is_passed_on(quoted: Quoted, subject: str | None) -> bool:
    if not weight(quoted.above):
        return True
    is_marked = quoted.marker == "forward" or clients().prefix_of(subject or "") == "forward"
    return is_marked and is_forward(quoted, subject)


def _top_of(text: str) -> Quoted | None:
    """Return the mail whose header stands at the top of a text; below words of our own it is a quotation."""
    quoted = quoted_mail(text)
    return (
        quoted
        if quoted and quoted.address and not weight(quoted.above) and quoted.marker != "reply"
        else None
    )


def _quoted_letter(quoted: Quoted) -> Letter:
    return Letter(
        address=str(quoted.address),
        name=quoted.name,
        text=quoted.inner,
        is_automatic=bool(AUTOMATIC.match(quoted.subject or "")),
    )


def _letter(mail: Reading, passed_on_to: frozenset[str]) -> Letter:
    return Letter(
        address=str(mail.sender_email),
        name=mail.sender_name,
        text=mail.text,
        is_automatic=_is_automatic(mail),
        passed_on_to=passed_on_to,
    )


def _is_automatic(mail: Reading) -> bool:
    headers = {name.lower(): value.strip().lower() for name, value in mail.headers}
    return (
        headers.get("auto-submitted", "no").split(";")[0].strip() != "no"
        or "x-autoreply" in headers
        or "x-autorespond" in headers
        or headers.get("precedence") in LISTS
        or bool(AUTOMATIC.match(mail.subject or ""))
    )


def _recipients(mail: Reading) -> frozenset[str]:
    lines = [value for name, value in mail.headers if name.lower() in ("to", "cc")]
    return frozenset(found[0].lower() for line in lines for found in ADDRESS.finditer(line))


def _slack_mail(told: SlackMail) -> Reading:
    name, address = person_of(told.sender or "")
    return Reading(
        text=tidy(clean(told.plain_text)),
        origin=Origin.SLACK_MAIL,
        subject=told.subject,
        sender_name=name,
        sender_email=address,
    )
