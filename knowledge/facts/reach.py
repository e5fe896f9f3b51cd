"""Where the buyer can be reached: mail, phone or messenger, website."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.page import Page
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact

MAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])"
)
_SITE = re.compile(
    r"(?<![@\w.-])(?:https?://(?:www\.)?"
    r"|www\.)(?P<host>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?P<path>/[^\s<>\"'|,;)]{0,200})?"
)
_BARE_SITE = re.compile(
    r"(?:web|website|site|homepage|网址|网站|官网|sitio|saite|сайт"
    r"|الموقع)\W{1,4}(?P<host>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})\b"
)
_INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+|00(?=[1-9]))[1-9][\d ().\-/·]{6,22}\d(?!\d)")
_NATIONAL = re.compile(r"\(?\d[\d ().\-/]{5,20}\d(?:\s?(?:ext|x|转|分機|分机|доб)\.? ?\d{1,5})?(?!\d)")
_TAIL_PHONE = re.compile(
    r"(?<![\w.+/#-])(?:\(?0\d{1,4}\)?[ ./-]{0,2}\d[\d ./-]{4,12}\d|\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|1[3-9]\d{9})(?![\w%])"
)
_CHAT_ID = re.compile(r"\s{0,2}(?P<mark>[:：]|id\b|号|號)?\W{0,3}(?P<id>[A-Za-z][\w.-]{4,29}|\d{6,14})")
_LABEL_REACH = 14
_PHONE_DIGITS = range(7, 16)
_UNLABELLED_DIGITS = range(9, 14)  # fewer digits are as often a drawing or order number


@dataclass(frozen=True, slots=True)
class Sender:
    """The From line: a name, an address, either empty when absent."""

    name: str
    address: str


def sender_of(line: str | None) -> Sender:
    """Return name and address of a From line such as `Anna Weiss <anna@firm.example>`."""
    line = line or ""
    found = MAIL.search(line)
    address = found[0].lower() if found else ""
    name = line.replace(found[0], "") if found else line
    return Sender(name.replace("<", "").replace(">", "").strip(" \"'\t"), address)


@lru_cache(maxsize=512)
def is_relay(address: str) -> bool:
    """Whether the address is an automatic one, a platform's and not the buyer's."""
    local = address.partition("@")[0].lower()
    relays = lexicon.read().words("mail_domains", "relay")
    return any(
        local == relay or local.startswith((relay + "-", relay + ".", relay + "_")) for relay in relays
    )


def mailbox_kind(address: str) -> str | None:
    """Return `free`, `chinese` or `telecom` for a mailbox anybody can open, None for any other."""
    return _kind_of_domain(address.rpartition("@")[2].lower())


@lru_cache(maxsize=512)
def _kind_of_domain(domain: str) -> str | None:
    for kind in ("free", "chinese", "telecom"):
        if any(_matches(domain, known) for known in lexicon.read().words("mail_domains", kind)):
            return kind
    return None


def _matches(domain: str, known: str) -> bool:
    return domain.startswith(known) if known.endswith(".") else domain == known


def find_email(page: Page, sender: Sender) -> Fact | None:
    """Return the buyer's address, one of a firm before one of free mail, the text before the From line."""
    written = [
        page.fact(m.start(), m.end(), m[0].lower()) for m in MAIL.finditer(page.own) if not is_relay(m[0])
    ]
    if sender.address and not is_relay(sender.address):
        written.append(Fact(sender.address, sender.address, -1, -1))
    firm = [fact for fact in written if mailbox_kind(fact.value) is None]
    return next(iter(firm or written), None)


def find_website(page: Page) -> Fact | None:
    """Return the buyer's site; a shortened link or a file is none."""
    shorteners = lexicon.read().words("links", "shortener")
    for match in (*_SITE.finditer(page.folded), *_BARE_SITE.finditer(page.folded)):
        host = match["host"].removeprefix("www.")
        if host not in shorteners and not (match.groupdict().get("path") or "").rstrip("/").count("/") > 1:
            return page.fact(match.start("host"), match.end("host"), host)
    return None


def find_phone(page: Page) -> Fact | None:
    """Return a phone number or messenger account, an international number first."""
    return next(_phones(page), None)


def _phones(page: Page) -> Iterator[Fact]:
    for match in _INTERNATIONAL.finditer(page.plain):
        if _digits(match[0]) in _PHONE_DIGITS:
            yield page.fact(match.start(), match.end(), _international(match[0]))
    for label in page.of("phone_label"):
        yield from _after_label(page, label)
    for label in page.of("chat_label"):
        account = _CHAT_ID.match(page.plain, label.end)
        if account and (account["mark"] or any(sign.isdigit() for sign in account["id"])):
            name = page.plain[label.start : label.end]
            yield page.fact(label.start, account.end(), f"{name} {account['id']}")
    yield from _in_signature(page)


def _digits(written: str) -> int:
    return sum(sign.isdigit() for sign in written)


def _after_label(page: Page, label: Mention) -> Iterator[Fact]:
    if match := _NATIONAL.search(page.plain, label.end, label.end + _LABEL_REACH + 24):
        between = page.plain[label.end : match.start()]
        is_near = (
            len(between) <= _LABEL_REACH and "\n" not in between and not re.search(r"[.!?。]\s", between)
        )
        if is_near and _digits(match[0]) in _PHONE_DIGITS:
            yield page.fact(match.start(), match.end())


def _in_signature(page: Page) -> Iterator[Fact]:
    for line in page.lines[-7:]:
        for match in _TAIL_PHONE.finditer(page.plain, line.start, line.end):
            if _digits(match[0]) in _UNLABELLED_DIGITS:
                yield page.fact(match.start(), match.end())


def _international(written: str) -> str:
    """Return the number in international spelling when it is a possible one, else as written."""
    import phonenumbers  # 15 ms to load, and most inquiries hold no number

    try:
        number = phonenumbers.parse("+" + written.lstrip("+0"), None)
    except phonenumbers.NumberParseException:
        return "+" + written.lstrip("+0")
    if not phonenumbers.is_valid_number(number):
        return "+" + written.lstrip("+0")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
