"""The person who writes: name and title from the introduction, the signature or the From line."""

import re
import unicodedata
from collections.abc import Iterator

from knowledge import lexicon
from knowledge.facts.company import sounds_like_office
from knowledge.facts.page import Line, Page
from knowledge.facts.reach import Sender, is_relay
from knowledge.facts.signature import parts_of, signature_of, tail_of
from knowledge.model import Fact

LONGEST_SIGNATURE_LINE = 80  # characters; a longer line is a sentence
_WORD = r"[A-ZÀ-ÞĀ-ŽА-ЯЁІЇĐ][\w'’.-]{0,24}"
_PERSON = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Eng|Engr|Ing|Sr|Sra|Prof|Herr|Frau)\.?\s)?{_WORD}"
    rf"(?: (?:{_WORD}|de|del|da|dos|van|von|der|el|al|bin|la|le)){{0,4}}"
)
_ARABIC_PERSON = re.compile(r"(?:[مد]\. )?[\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12}){0,3}")
_HAN_PERSON = re.compile(r"[\u4e00-\u9fff]{1,6}")
_DEVICE = re.compile(r"sent from|get outlook|envoyé de|enviado desde|von meinem|iphone|发自|来自")
_GREETING = re.compile(
    r"\b(?:dear|hello|hi|hallo|team|sir|madam|hola|olá|bonjour|sehr geehrte)\b|estimad|prezad|уважаем|您好"
    r"|你好|尊敬"
)
_OFFICE_FIRST = re.compile(
    r"(?:i\.\s?[AV]\.|p\.p\.)\s|[\u3041-\u9fff]{1,6}(?:部|课|課|处|處|科|组|担当|采购|採購)\s"
)
_TITLE_GAP = re.compile(r"\s{0,2}(?:[,/|(–—-])?\s{0,2}")
_NOT_PERSONS = (
    "title", "signoff", "trade", "loading", "destination", "country", "legal_after", "product_trigger",
    "street", "phone_label", "incoterm", "legal_joined", "chat_label", "product_hint", "currency", "greeting",
)  # fmt: skip


def find_contact(page: Page, sender: Sender, company: Fact | None) -> Fact | None:
    """Return the person, with the title when one stands beside the name."""
    for finder in (_introduced, _signing):
        if fact := next(finder(page, company), None):
            return fact
    return _of_sender(sender, company)


def _introduced(page: Page, _: Fact | None) -> Iterator[Fact]:
    for label in page.of("my_name"):
        gap = re.match(r"[\s:：]{0,3}", page.own[label.end : label.end + 3])
        start = label.end + (gap.end() if gap else 0)
        for pattern in (_PERSON, _HAN_PERSON):
            match = pattern.match(page.own, start)
            if match and _is_person(page, match.start(), match.end()) and _is_closed(page, match.end()):
                yield _with_title(page, match.start(), match.end())


def _is_closed(page: Page, end: int) -> bool:
    """Whether the name ends where its clause does, so that "I am Dutch and" is no name."""
    after = page.folded[end : end + 6]
    return (
        not after
        or after[0] in ",.，。;；(（\n/|"
        or after.startswith((" from", " and", " with", " at ", " -", " y ", " de "))
        or page.own[end] == "\n"
    )


def _signing(page: Page, company: Fact | None) -> Iterator[Fact]:
    for line in signature_of(page):
        for part in dict.fromkeys((line, tail_of(page, line))):
            if part.end - part.start <= LONGEST_SIGNATURE_LINE and not _is_address(page, part):
                yield from _at_head_of(page, part, company)


def _at_head_of(page: Page, line: Line, company: Fact | None) -> Iterator[Fact]:
    signoff = next(
        (s.end for s in page.of("signoff") if s.start == line.start and s.end <= line.end), line.start
    )
    start, end = next(parts_of(page.own, signoff, line.end), (signoff, signoff))
    found = _name_in(page, _past_office(page, start, end), end)
    is_company = company is not None and company.start <= start < company.end
    if found and not is_company and _is_person(page, *found):
        yield _with_title(page, *found)


def _past_office(page: Page, start: int, end: int) -> int:
    """Return where the name begins when the office comes first: "采购 谢敏", "i.A. Gruber"."""
    office = _OFFICE_FIRST.match(page.own, start, end)
    if office:
        return office.end()
    title = next((m for m in page.of("title") if m.start == start and m.end < end), None)
    return title.end + 1 if title and page.own[title.end] in " :：" else start


def _is_address(page: Page, line: Line) -> bool:
    return any(line.start <= mention.start < line.end for mention in page.of("street"))


def _name_in(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Return where the name stands in a part of a line: all of it, or its head before a title or phone."""
    stop = min((m.start for m in page.of("title", "phone_label") if start < m.start < end), default=end)
    digits = re.search(r"\s[+(]?\d", page.plain[start:stop])
    stop = start + digits.start() if digits else stop
    words = page.own[start:stop].rstrip(" .,:(")
    for pattern in (_PERSON, _HAN_PERSON, _ARABIC_PERSON):
        if words and pattern.fullmatch(words):
            return start, start + len(words)
    return None


def _is_person(page: Page, start: int, end: int) -> bool:
    words, folded = page.own[start:end], page.folded[start:end]
    if (
        not words.strip()
        or _DEVICE.search(folded)
        or _GREETING.search(folded)
        or any(sign.isdigit() for sign in words)
    ):
        return False
    if words[0] >= "\u3400":
        return is_han_person(words)
    inside = any(start <= mention.start < end for mention in page.of(*_NOT_PERSONS))
    return (
        not inside
        and len(words) > 1
        and len(words.split()) <= 5
        and folded not in lexicon.word_set("exclusions", "generic_goods")
        and not sounds_like_office(words)
    )


def is_han_person(words: str) -> bool:
    """Whether one to four Han signs are a name: by surname or form of address."""
    surnames, honorifics = (lexicon.read().words("surnames", key) for key in ("surnames", "honorifics"))
    bare = next((words.removesuffix(each) for each in honorifics if words.endswith(each)), None)
    if bare is not None:
        return 1 <= len(bare) <= 3 and (bare.startswith(surnames) or bare[0] in "小阿老")
    return 1 <= len(words) <= 4 and words.startswith(surnames)


def _with_title(page: Page, start: int, end: int) -> Fact:
    """Return the person; the title comes from beside the name or from the line below."""
    gap = _TITLE_GAP.match(page.folded, end)
    position = gap.end() if gap else end
    title = next(
        (
            t
            for t in page.of("title")
            if t.start == position or (t.start > end and not page.own[end : t.start].strip())
        ),
        None,
    )
    words = page.own[start:end].strip()
    return page.fact(start, end, f"{words}, {page.own[title.start : title.end]}" if title else words)


def _of_sender(sender: Sender, company: Fact | None) -> Fact | None:
    name = re.split(r",\s|\s[-–—|/@]\s|\(", sender.name, maxsplit=1)[0].strip(" \"'")
    last = name.rpartition(" ")[2]
    if last != name and last[0] >= "\u3400" and is_han_person(last):
        return Fact(last, last, -1, -1)
    if office := _OFFICE_FIRST.match(name):
        return Fact(name[office.end() :], name[office.end() :], -1, -1)
    if (
        not name
        or is_relay(sender.address)
        or (company and company.value == name)
        or sounds_like_office(name)
    ):
        return None
    if is_han_person(name) if name[0] >= "\u3400" else _is_name_of(name, sender.address):
        return Fact(name, name, -1, -1)
    return None


def _is_name_of(name: str, address: str) -> bool:
    """Whether a name of one to four large words fits the mailbox: the names of people recur before the @."""
    words = name.split()
    if (
        not 1 <= len(words) <= 4
        or any(sign.isdigit() for sign in name)
        or not all(w[0].isupper() or len(w) < 4 for w in words)
    ):
        return False
    local = address.partition("@")[0]
    if not local:
        return len(words) > 1
    if set(re.split(r"[._-]", local)) & lexicon.word_set("exclusions", "office_box"):
        return name.startswith(("Mr", "Ms", "Dr", "Eng")) or len(words) == 2
    bare = [
        unicodedata.normalize("NFD", w.lower()).encode("ascii", "ignore").decode().strip(".'") for w in words
    ]
    return any(len(word) > 2 and word[:4] in local for word in bare) or len(words) > 1
