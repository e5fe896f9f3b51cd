"""The buyer's firm: a name with its legal form, a name told, a trade name in the signature or From line."""

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.page import Page
from knowledge.facts.reach import MAIL, Sender, is_relay, mailbox_kind
from knowledge.facts.signature import parts_of, signature_of, tail_of
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact

NAME_REACH = 70  # characters before the legal form
_SMALL = r"(?:&|de|del|da|do|dos|das|e|y|et|la|of|und|i|the|for)"
_LARGE = r"[A-ZÀ-ÞĀ-Ž0-9А-ЯЁ&(][\w&'’.+)-]{0,30}"
_NAME_BEFORE = re.compile(rf"(?<![\w&]){_LARGE}(?: (?:{_LARGE}|{_SMALL})){{0,6}}$")
_LEAD = re.compile(
    r"(?:we are|we're|i am|from|at|for|of|on|the|and|dear|regards|hello|hi|company:?|firma|empresa|somos"
    r"|proforma on)\s"
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff\u3041-\u30ff\uac00-\ud7a3A-Za-z0-9()（）·&]{2,20}$")
_HAN_LEAD = re.compile(
    r".*[的是在我你您给請请想也说了要这那去和与及跟有做某各每几两为為本們们它她他被由向从到对收今日叫称家间間一位名到]"
)
_NOT_NAME_ENDS = "贵貴敝弊本个個前该該某上大小新老家"
_FORM_BEFORE = re.compile(r"\s{0,2}[\"«“„(]?([^\n\"»”“,;()。，；!?.]{2,50})")
_TOLD = re.compile(r"\s?(?P<sign>[:：]|叫)?\s{0,2}(?P<name>[A-ZÀ-Þ\u4e00-\u9fffА-Я][^\n,;|。，；(]{2,50})")
_HAN_OFFICE = re.compile(r"([\u4e00-\u9fff\u3041-\u30ff]{3,12}) [\u4e00-\u9fff]{1,4}(?:部|课|課|处|處)$")
_AFTER_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ&][\w'’-]*){1,4}")
_BLANK = re.compile(r"n/?a\b|not |non |none|unspecified|unknown|unverified|未|无|暂|http|-")


def find_company(page: Page, sender: Sender) -> Fact | None:
    """Return the buyer's firm, None when none is named."""
    for finder in (_joined, _with_form_after, _with_form_before, _told, _signed, _of_sender, _after_name):
        if fact := next(finder(page, sender), None):
            return fact
    return None


def _with_form_after(page: Page, _: Sender) -> Iterator[Fact]:
    for form in page.of("legal_after"):
        written = page.plain[form.start : form.end]
        if not written[0].isupper() and "." not in written and written not in ("gmbh", "ltd", "llc", "ltda"):
            continue
        low = max(form.start - NAME_REACH, page.own.rfind("\n", 0, form.start) + 1)
        stem = page.own[low : form.start].rstrip(" ,")
        match = _NAME_BEFORE.search(stem)
        if match and len(match[0]) > 2:
            start = low + match.start()
            while lead := _LEAD.match(page.folded[start : form.start]):
                start += lead.end()
            yield from _named(page, start, form.end)


def _words(entry: str) -> frozenset[str]:
    return lexicon.word_set("exclusions", entry)


def _is_no_name(words: str) -> bool:
    return re.split(r"\s", words, maxsplit=1)[0] in _words("no_firm_name")


@lru_cache(maxsize=1)
def _descriptions() -> re.Pattern[str]:
    words = sorted(_words("firm_description"), key=len, reverse=True)
    return re.compile(f"^(?:{'|'.join(map(re.escape, words))})*$")


def _named(page: Page, start: int, end: int) -> Iterator[Fact]:
    if end - start > 4:
        yield page.fact(start, end)


def _with_form_before(page: Page, _: Sender) -> Iterator[Fact]:
    for form in page.of("legal_before"):
        if page.own[form.start - 1 : form.start] > "\u2e80" or not _is_written_as_form(page, form):
            continue
        if page.own[form.start : form.end] in _words("common_firm_noun") and page.before(form.start, 2).strip(
            " \n"
        ) not in ("", ".", "؟", "،"):
            continue
        match = _FORM_BEFORE.match(page.own, form.end)
        if match is None or _is_no_name(match[1]):
            continue
        size = _name_size(match[1])
        if size > 1 and (match[1][0].isupper() or match[1][0] >= "\u0590"):
            yield page.fact(form.start, match.start(1) + size)


def _is_written_as_form(page: Page, form: Mention) -> bool:
    written = page.own[form.start : form.end]
    letters = written.strip("().")
    return len(letters) > 3 or letters[0] >= "\u0600" or letters.isupper()


def _name_size(words: str) -> int:
    """Return how much of the words after a legal form is the name: up to five words, no preposition."""
    size = 0
    for match in list(re.finditer(r"\S+", words))[:5]:
        if match[0].lower() in _words("name_end"):
            break
        size = match.end()
    return size


def _joined(page: Page, _: Sender) -> Iterator[Fact]:
    for form in page.of("legal_joined"):
        low = max(form.start - 20, page.own.rfind("\n", 0, form.start) + 1)
        match = _HAN_NAME.search(page.own, low, form.start)
        if match is None:
            continue
        lead = _HAN_LEAD.match(match[0])
        name = match[0][lead.end() :] if lead else match[0]
        is_plain = page.own[form.start : form.end] in ("公司", "集团", "集团公司")
        if (
            len(name) > (3 if is_plain else 1)
            and not _descriptions().match(name)
            and name[-1] not in _NOT_NAME_ENDS
        ):
            yield page.fact(form.start - len(name), form.end)


def _told(page: Page, _: Sender) -> Iterator[Fact]:
    for label in page.of("company_label"):
        words = page.folded[label.start : label.end]
        match = _TOLD.match(page.own, label.end)
        if match is None or not (match["sign"] or words.endswith((" to", " on", "叫"))):
            continue
        name = re.split(r"\.\s|\s{2}|\t", match["name"])[0].rstrip(" .")
        if not _BLANK.match(name.lower()) and re.search(r"[^\W\d_]{2}", name):
            yield page.fact(match.start("name"), match.start("name") + len(name))


def _signed(page: Page, sender: Sender) -> Iterator[Fact]:
    for line in signature_of(page):
        for start, end in parts_of(page.own, line.start, line.end):
            words = page.own[start:end]
            is_name = (
                len(words) <= 60 and words[0].isupper() and not MAIL.search(words) and words[-1] not in "?!"
            )
            if is_name and (_is_trade_name(page, start, end) or fits_domain(words, sender)):
                yield page.fact(start, start + len(words.rstrip(".")))


def _after_name(page: Page, _: Sender) -> Iterator[Fact]:
    """The firm of "Tomas, Yalu Ridge Quarry" at the very end of a message."""
    line = tail_of(page, page.lines[-1]) if page.lines else None
    if line is None or line.end - line.start > 60:
        return
    parts = list(parts_of(page.own, line.start, line.end))
    if len(parts) > 1 and re.fullmatch(
        r"[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]*)?", page.own[parts[0][0] : parts[0][1]]
    ):
        start, end = parts[1]
        is_place = any(
            start <= mention.start < end for mention in page.of("destination", "loading", "country", "title")
        )
        if _AFTER_NAME.fullmatch(page.own[start:end]) and not is_place:
            yield page.fact(start, end)


def _is_trade_name(page: Page, start: int, end: int) -> bool:
    words = page.own[start:end].split()
    is_large = 2 <= len(words) <= 6 and all(
        word[0].isupper() or not word[0].isalpha() or len(word) < 4 for word in words
    )
    return (
        is_large
        and _is_of_trade(words)
        and not {word.lower().strip(".") for word in words} & _words("office")
    )


def _is_of_trade(words: list[str]) -> bool:
    return any(word.lower().strip(".,") in _trade_words() for word in words)


@lru_cache(maxsize=1)
def _trade_words() -> frozenset[str]:
    words = lexicon.read()
    return frozenset(
        word for key in ("trade", "after") for word in words.words("legal_forms", key) if len(word) > 1
    )


def fits_domain(words: str, sender: Sender) -> bool:
    """Whether the words, run together, are the name of the mail domain or most of it."""
    if not sender.address or is_relay(sender.address) or mailbox_kind(sender.address) is not None:
        return False
    domain = sender.address.rpartition("@")[2].partition(".")[0].replace("-", "")
    squashed = re.sub(r"[\W_]", "", words.lower().replace("&", "and"))
    if min(len(squashed), len(domain)) < 4:
        return False
    return squashed.startswith(domain) or (
        domain.startswith(squashed) and len(squashed) * 10 >= len(domain) * 6
    )


def _of_sender(_: Page, sender: Sender) -> Iterator[Fact]:
    if is_relay(sender.address):
        return
    if office := _HAN_OFFICE.match(sender.name):
        yield Fact(office[1], office[1], -1, -1)
    for part in re.split(r",\s|\s[-–—|/@]\s|/|:\s", sender.name):
        words = part.split()
        lowered = {word.lower().strip(".,") for word in words}
        has_form = (
            len(words) > 1
            and words[0][0].isupper()
            and _is_of_trade(words)
            and not lowered & _words("office")
        )
        has_joined = (
            any(form in part for form in lexicon.read().words("legal_forms", "joined")) and len(part) > 4
        )
        has_form = has_form or part.startswith(tuple(_words("form_at_head")))
        if has_form or has_joined or fits_domain(part, sender):
            yield Fact(part.strip(), part.strip(), -1, -1)


def sounds_like_office(name: str) -> bool:
    """Whether the words name a desk, a trade or a firm and not a person."""
    words = set(re.findall(r"[^\W_]+", name.lower()))
    titles = {title for entry in lexicon.read().entries("titles").values() for title in entry.words}
    return (
        name.lower() in titles
        or bool(words & (_words("office") | titles | _trade_words()))
        or any(sign in name for sign in ":{}[]")
    )
