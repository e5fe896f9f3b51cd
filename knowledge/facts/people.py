"""Who writes: company, person, address and country, from the words, the signature and the From line."""

import re
from collections.abc import Iterator

from knowledge import lexicon
from knowledge.facts.page import Line, Page
from knowledge.facts.reach import MAIL, Sender, mailbox_kind
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact

SIGNATURE_LINES = 8
_NAME_WORD = r"[A-ZÀ-ÞĀ-ŽА-ЯЁІЇ][\w'’.-]{0,24}"
_PERSON = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Eng|Engr|Ing|Sr|Sra|Prof|Herr|Frau)\.?\s)?{_NAME_WORD}(?: (?:{_NAME_WORD}|de|del|da|dos|van|von|der|el|al|bin|la|le)){{0,4}}"
)
_COMPANY_BEFORE = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž0-9А-ЯЁ&][\w&'’.+-]{0,30}|&|de|del|da|do|dos|das|e|y|et|la|of|und|i|the|for)(?: (?:[A-ZÀ-ÞĀ-Ž0-9А-ЯЁ&(][\w&'’.+)-]{0,30}|&|de|del|da|do|dos|das|e|y|et|la|of|und|i|the|for)){0,6},?$"
)
_HAN_COMPANY_BEFORE = re.compile(r"[\u4e00-\u9fff\u3041-\u30ff\uac00-\ud7a3A-Za-z0-9()（）·]{2,24}$")
_QUOTED = re.compile(r"\s{0,2}[\"«“„(]?([^\n\"»”,;()]{2,50})[\"»”]?")
_FOUNDED = re.compile(
    r"(?:we are|we're|we at|i am from|here is|here from|from|at|represent|on behalf of|company is|company name is|company name:|company:|firm:|nuestra empresa|somos|empresa|société|firma|unternehmen|компания|公司名称:|公司名称：|公司名:|公司：|会社名:|회사명:|công ty|شركة)\s{0,2}$"
)
_DEVICE = re.compile(r"sent from|get outlook|envoyé de|enviado desde|von meinem|iphone|发自|来自")
_TITLED = re.compile(r"\s{0,2}(?:[,/|–—-]|\()?\s{0,2}")
_POSTCODE = re.compile(r"\b\d{4,6}(?:-\d{3,4})?\b|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b")
_GREETING = re.compile(
    r"dear|hello|hi\b|hallo|estimad|prezad|bonjour|уважаем|您好|你好|sehr geehrte|hola|olá|team|sir|madam|尊敬"
)
_ORIGIN = re.compile(
    r"(?:(?:we are|company|based|located|shop|store|stores|importer|distributor|buyer|am|are|office|market|factory|here) (?:based |located )?(?:in|from)|\bfrom|\bin|en|em|aus|из|в|في|من|来自|我们在|我在|位于)\s{0,2}(?:the )?$"
)


def find_company(page: Page, sender: Sender) -> Fact | None:
    """Return the buyer's firm: a name with its legal form, else a signature line that is a trade name or fits the mail domain."""
    for finder in (_with_legal_form, _with_form_before, _joined, _signed):
        if fact := next(finder(page, sender), None):
            return fact
    return _company_of_sender(sender)


def _with_legal_form(page: Page, _: Sender) -> Iterator[Fact]:
    for form in page.of("legal_after"):
        written = page.plain[form.start : form.end]
        if len(written) <= 4 and not written[0].isupper():
            continue
        line_start = page.text.rfind("\n", 0, form.start) + 1
        before = page.text[max(line_start, form.start - 70) : form.start].rstrip(" ,")
        match = _COMPANY_BEFORE.search(before)
        if match and not _GREETING.match(match[0].lower()):
            start = form.start - len(page.text[max(line_start, form.start - 70) : form.start]) + match.start()
            yield page.fact(*_trimmed(page, start, form.end))


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int]:
    """Leave out the small words before a name."""
    while match := re.match(
        r"(?:de|del|da|do|e|y|et|la|of|und|i|the|for|from|at|company:?|firma|empresa)\s",
        page.folded[start:end],
    ):
        start += match.end()
    return start, end


def _with_form_before(page: Page, _: Sender) -> Iterator[Fact]:
    for form in page.of("legal_before"):
        written = page.text[form.start : form.end]
        is_letters = len(written.strip("().")) <= 3 and written[0].isalpha() and ord(written[0]) < 0x600
        if is_letters and not written.isupper():
            continue
        if match := _QUOTED.match(page.text, form.end):
            words = match[1].split()[:4]
            end = (
                match.start(1) + len(" ".join(words))
                if page.text[match.start(1) : match.end(1)] == match[1]
                else match.end(1)
            )
            if words and (words[0][0].isupper() or ord(words[0][0]) >= 0x590):
                yield page.fact(form.start, min(end, match.end(1)))


def _joined(page: Page, _: Sender) -> Iterator[Fact]:
    for form in page.of("legal_joined"):
        low = max(form.start - 24, page.text.rfind("\n", 0, form.start) + 1)
        match = _HAN_COMPANY_BEFORE.search(page.text, low, form.start)
        if match is None or _is_spoken_of(match[0]):
            continue
        yield page.fact(match.start() + _spoken_lead(match[0]), form.end)


def _is_spoken_of(words: str) -> bool:
    return len(words) < 2 or words.endswith(
        (
            "我",
            "我们",
            "我司",
            "贵",
            "敝",
            "本",
            "你们",
            "这家",
            "一家",
            "家",
            "的",
            "了",
            "个",
            "小",
            "大",
            "外贸",
            "上市",
            "同",
            "分",
            "母",
            "子",
            "其他",
            "别的",
            "找",
            "快递",
            "物流",
            "货代",
            "御社",
            "貴",
            "弊",
        )
    )


def _spoken_lead(words: str) -> int:
    lead = re.match(
        r"(?:你好|您好)?(?:我们是|我们公司是|我是|我司是|这里是|来自|公司名称|本公司是|敝司是)?", words
    )
    return lead.end() if lead else 0


def _signature(page: Page) -> tuple[Line, ...]:
    """Return the lines after the last leave-taking, else the last lines of the page."""
    lines = page.lines
    for index in range(len(lines) - 1, max(-1, len(lines) - 14), -1):
        if any(s.start == lines[index].start and lines[index].end - s.end < 30 for s in page.of("signoff")):
            return lines[index : index + SIGNATURE_LINES]
    return lines[-4:] if len(lines) > 2 else ()


def _signed(page: Page, sender: Sender) -> Iterator[Fact]:
    for line in _signature(page):
        for start, end in _parts(line):
            words = page.text[start:end]
            if len(words) <= 60 and words[:1].isupper() and not MAIL.search(words):
                if _is_trade_name(page, start, end) or _fits_domain(words, sender):
                    yield page.fact(start, end)


def _parts(line: Line) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^|,/•·–—]+", line.text):
        words = match[0].strip()
        start = line.start + match.start() + len(match[0]) - len(match[0].lstrip())
        if len(words) > 1:
            yield start, start + len(words)


def _is_trade_name(page: Page, start: int, end: int) -> bool:
    words = page.text[start:end].split()
    is_name = 2 <= len(words) <= 6 and all(
        word[0].isupper() or not word[0].isalpha() or len(word) < 4 for word in words
    )
    has_title = any(start <= title.start < end for title in page.of("title"))
    return is_name and not has_title and any(start < trade.start < end for trade in page.of("trade"))


def _fits_domain(words: str, sender: Sender) -> bool:
    """Whether the words, run together, are the name of the mail domain."""
    domain = sender.address.rpartition("@")[2].partition(".")[0].replace("-", "")
    squashed = re.sub(r"[\W_]", "", words.lower())
    if mailbox_kind(sender.address) is not None or len(squashed) < 4 or len(domain) < 4:
        return False
    return domain.startswith(squashed) or squashed.startswith(domain)


def _company_of_sender(sender: Sender) -> Fact | None:
    words = set(sender.name.lower().replace(",", " ").split())
    forms = {form for key in ("after", "trade") for form in lexicon.read().words("legal_forms", key)}
    han = any(form in sender.name for form in lexicon.read().words("legal_forms", "joined"))
    is_firm = bool(words & forms) and len(sender.name.split()) > 1
    if sender.name and (is_firm or han or _fits_domain(sender.name, sender)):
        return Fact(sender.name, sender.name, -1, -1)
    return None


def find_contact(page: Page, sender: Sender, company: Fact | None) -> Fact | None:
    """Return the person, with the title when one stands beside the name."""
    for finder in (_introduced, _signing):
        if fact := next(finder(page, company), None):
            return fact
    return _person_of_sender(sender, company)


def _introduced(page: Page, _: Fact | None) -> Iterator[Fact]:
    for label in page.of("my_name"):
        match = re.compile(r"[\s:：]{0,3}").match(page.text, label.end)
        start = match.end() if match else label.end
        person = _PERSON.match(page.text, start) or re.compile(
            r"[\u4e00-\u9fff]{2,4}(?=[，。,\s（(]|$)"
        ).match(page.text, start)
        if person and _is_person(page, person.start(), person.end()):
            yield _with_title(page, person.start(), person.end())


def _signing(page: Page, company: Fact | None) -> Iterator[Fact]:
    for line in _signature(page):
        for start, end in _name_parts(page, line):
            person = _PERSON.fullmatch(page.text, start, end) or re.compile(
                r"[\u4e00-\u9fff]{2,4}(?:先生|女士|小姐|经理|總|总)?"
            ).fullmatch(page.text, start, end)
            is_company = company is not None and company.start <= start < company.end
            if person and not is_company and _is_person(page, start, end):
                yield _with_title(page, start, end)


def _name_parts(page: Page, line: Line) -> Iterator[tuple[int, int]]:
    """Yield the parts of a signature line in which a name may stand, past "Best regards,"."""
    signoff = next((s for s in page.of("signoff") if s.start == line.start), None)
    begin = signoff.end if signoff and signoff.end <= line.end else line.start
    for start, end in _parts(Line(page.text[begin : line.end], begin, line.end)):
        yield start, end


def _is_person(page: Page, start: int, end: int) -> bool:
    words, folded = page.text[start:end], page.folded[start:end]
    if _DEVICE.search(folded) or _GREETING.search(folded) or any(sign.isdigit() for sign in words):
        return False
    kinds = (
        "title",
        "signoff",
        "trade",
        "loading",
        "destination",
        "country",
        "legal_after",
        "product_trigger",
        "street",
        "phone_label",
        "incoterm",
        "generic",
    )
    inside = any(start <= m.start < end for m in page.of(*kinds))
    return not inside and len(words) > 1 and len(words.split()) <= 5 and folded not in _common()


def _common() -> frozenset[str]:
    return frozenset(lexicon.read().words("labels", "generic_goods"))


def _with_title(page: Page, start: int, end: int) -> Fact:
    """Return the person; the title in the value comes from beside the name or the line below it."""
    after = _TITLED.match(page.folded, end)
    position = after.end() if after else end
    title = next(
        (
            t
            for t in page.of("title")
            if t.start == position or (t.start > end and not page.text[end : t.start].strip())
        ),
        None,
    )
    words = page.text[start:end].strip()
    return page.fact(start, end, f"{words}, {page.text[title.start : title.end]}" if title else words)


def _person_of_sender(sender: Sender, company: Fact | None) -> Fact | None:
    name = sender.name
    is_company = company is not None and company.value == name
    has_han = 2 <= len(name) <= 4 and all("\u4e00" <= sign <= "\u9fff" for sign in name)
    words = name.split()
    is_name = (
        2 <= len(words) <= 4
        and all(word[0].isupper() for word in words)
        and not any(sign.isdigit() for sign in name)
    )
    if not name or is_company or not (has_han or is_name) or _sounds_like_office(name):
        return None
    return Fact(name, name, -1, -1)


def _sounds_like_office(name: str) -> bool:
    words = set(re.findall(r"[^\W_]+", name.lower()))
    office = {
        "purchasing",
        "purchase",
        "sales",
        "team",
        "desk",
        "dept",
        "department",
        "info",
        "office",
        "buying",
        "sourcing",
        "global",
        "notifications",
        "service",
        "support",
        "research",
        "buyer",
        "via",
        "message",
        "dm",
        "form",
        "line",
    }
    titles = {title for entry in lexicon.read().entries("titles").values() for title in entry.words}
    return bool(words & (office | titles | set(lexicon.read().words("legal_forms", "trade"))))


def find_address(page: Page) -> Fact | None:
    """Return the postal address: the words after "Address:", else a signature line with street and number."""
    for label in page.of("address_label"):
        if fact := _labelled_address(page, label):
            return fact
    for line in page.lines[-9:]:
        street = any(line.start <= m.start < line.end for m in page.of("street"))
        if (
            street
            and len(line.text) < 120
            and any(sign.isdigit() for sign in line.text)
            and line.text.count(",") >= 1
        ):
            if not MAIL.search(line.text) and not page.plain[line.end - 1] == "?":
                return page.fact(line.start, line.end)
    return None


def _labelled_address(page: Page, label: Mention) -> Fact | None:
    match = re.compile(r"[\s:：]{0,3}(?:is\s)?([^\n]{8,140})").match(page.text, label.end)
    has_colon = match and (
        ":" in page.plain[label.end - 1 : match.start(1)]
        or " is " in page.folded[label.end - 3 : match.start(1)]
    )
    if match and has_colon and not MAIL.search(match[1]):
        return page.fact(match.start(1), match.start(1) + len(match[1].rstrip()))
    return None


def find_country(page: Page) -> Fact | None:
    """Return the country the buyer names as theirs: beside "we are in", in the signature, else the only one named."""
    countries = page.of("country")
    for mention in countries:
        if _ORIGIN.search(page.before(mention.start, 40)):
            return page.fact(mention.start, mention.end)
    signature = _signature(page)
    for mention in countries:
        if signature and mention.start >= signature[0].start:
            return page.fact(mention.start, mention.end)
    return None


def title_in(page: Page) -> Mention | None:
    """Return the first title of a person in the text."""
    return next(iter(page.of("title")), None)
