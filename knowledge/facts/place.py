"""Where the buyer is: postal address and the country they name as theirs. Shown to people, never scored."""

import re
from collections.abc import Iterator

from knowledge.facts.page import Line, Page
from knowledge.facts.reach import MAIL
from knowledge.facts.signature import signature_of
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact

SIGNED_AT_MOST = 90  # characters of a line of a signature
_AFTER_LABEL = re.compile(r"[\s:：]{0,3}(?:is\s)?([^\n]{6,140})")
_END = re.compile(
    r"\.\s+(?=[A-Z])|[?!。;；]|\s(?:tel\b|phone|mob|you pay|need |when |电话|手机)", re.IGNORECASE
)
_HAN_ADDRESS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}[省市县縣区區镇鎮]){1,3}[\u4e00-\u9fff\w-]{1,24}(?:[号號楼樓栋棟室园園]|大厦|大廈|工业区|工業區)\d{0,5}"
)
_LIST_ITEM = re.compile(r"[•*\-–]|\d{1,5}\s?(?:x|st\.|pcs|stk)")
_SENTENCE = re.compile(
    r"\b(?:please|pls|send|we|our|your|need|want|would|can|will|is|are|for|with|quote|price)\b"
)
_OTHERS = re.compile(
    r"(?:principal|who buys|buys from|somebody|anybody|exclusive|via|plant|ship|customer|buyer"
    r"|client|whom|else|sell"
    r"|competitor|factory|made|produc|supplier|manufactur|distributor you|agent|dealer you"
    r"|clientes?|distribuidor|ventes|kunden|клиент|客户|用户|买家|市场|发到|卖到|同行|supply|deliver|import(?:s"
    r"|ed)? from|buy(?:ing)? from|company from)[^.!?。\n]{0,30}$"
)
_OURS = re.compile(
    r"(?:\b(?:in|from|at|across|of|en|em|aus|de|au|du|к|из|в)|في|من|来自|在|是|位于"
    r"|country[:：]?)\s{0,2}(?:the )?[(]?$"
)
_COUNTRY_FIELD = re.compile(r"(?:country|país|pays|land|страна|国家|國家)[^\n:：]{0,12}[:：]\s{0,2}$")


def find_address(page: Page) -> Fact | None:
    """Return the postal address: what follows "Address:", else a signature line with street and number."""
    for finder in (_labelled, _han, _lines):
        if fact := next(finder(page), None):
            return fact
    return None


def _labelled(page: Page) -> Iterator[Fact]:
    for label in page.of("address_label"):
        match = _AFTER_LABEL.match(page.own, label.end)
        if match is None or MAIL.search(match[1]):
            continue
        is_told = page.plain[label.end - 1] == ":" or page.plain[label.end : match.start(1)].strip(" is") in (
            ":",
            "：",
        )
        end = _END.search(match[1])
        words = match[1][: end.start()] if end else match[1]
        if (is_told or _has_street(page, match.start(1), match.start(1) + len(words))) and len(
            words.strip()
        ) > 5:
            yield page.fact(match.start(1), match.start(1) + len(words.rstrip(" .,")))


def _has_street(page: Page, start: int, end: int) -> bool:
    return any(start <= mention.start < end for mention in page.of("street"))


def _han(page: Page) -> Iterator[Fact]:
    for match in _HAN_ADDRESS.finditer(page.own):
        yield page.fact(match.start(), match.end())


def _lines(page: Page) -> Iterator[Fact]:
    for line in page.lines[-9:]:
        if _is_address_line(page, line):
            phone = re.search(
                r",?\s[|]?\s?(?:tel\S{0,3}\s|t\s)?[+0]\d[\d ]{6,}$", page.folded[line.start : line.end]
            )
            yield page.fact(line.start, line.start + phone.start() if phone else line.end)


def _is_address_line(page: Page, line: Line) -> bool:
    if line.end - line.start > 110 or not _has_street(page, line.start, line.end):
        return False
    folded = page.folded[line.start : line.end]
    is_list = _LIST_ITEM.match(folded) or _SENTENCE.search(folded) or MAIL.search(line.text)
    has_number = any(sign.isdigit() for sign in folded)
    return has_number and "," in folded and not is_list and not any(sign >= "\u3400" for sign in line.text)


def find_country(page: Page) -> Fact | None:
    """Return the country that stands as the buyer's own: a form's field, "we are in Chile", the signature."""
    for finder in (_in_field, _ours, _signed):
        if mention := next(finder(page), None):
            return page.fact(mention.start, mention.end)
    return None


def _countries(page: Page) -> list[Mention]:
    places = page.of("destination", "loading")
    named = [c for c in page.of("country") if not any(p.start <= c.start < p.end for p in places)]
    return [
        c for c in named if not re.match(r"\s?\d", page.plain[c.end : c.end + 2])
    ]  # قطر is a diameter too


def _in_field(page: Page) -> Iterator[Mention]:
    yield from (c for c in _countries(page) if _COUNTRY_FIELD.search(page.before(c.start, 24)))


def _ours(page: Page) -> Iterator[Mention]:
    for country in _countries(page):
        before = page.before(country.start, 46)
        if _OURS.search(before) and not _OTHERS.search(before):
            yield country


def _signed(page: Page) -> Iterator[Mention]:
    """Countries in the signature of a mail of several lines."""
    lines = signature_of(page) if len(page.lines) > 1 else ()
    for country in _countries(page):
        is_signed = any(
            line.start <= country.start < line.end <= line.start + SIGNED_AT_MOST for line in lines
        )
        ends = page.own[country.end : country.end + 1] in ("", "\n", ",", ".", " ", "|")
        if is_signed and ends and not _OTHERS.search(page.before(country.start, 46)):
            yield country
