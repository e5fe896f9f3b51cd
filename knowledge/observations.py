"""Plain observations on the form of an inquiry, by name, for cues to build on."""

import re
from collections.abc import Iterator

from knowledge.evidence import FACT_NAMES, MANY_NUMBERS, MANY_QUESTIONS, Found, fact_found
from knowledge.facts.reach import is_relay, mailbox_kind, sender_of
from knowledge.model import Fact, Facts

_SIGNATURE_PARTS = ("phone", "company", "website", "address")
_NEEDS = ("quantity", "incoterm", "port", "target_price", "delivery")
_QUESTION = re.compile(r"[?？؟]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNITS = (
    "mm cm mtrs? m2 m3 g gsm kg kgs kw kva w v ah mah ml l ltr hz bar hp inch micron mic denier den dpi nm"
)
_FIGURE = r"(?<![\d.,])\d{1,9}(?:[.,]\d{1,4})?"
_MEASURE = re.compile(
    rf"{_FIGURE} ?(?:(?:{_UNITS.replace(' ', '|')})\b"
    r"|\"|''|°|毫米|厘米|公分|寸|瓦|伏|克|毫升|升|英寸|吋|目|度)"
    rf"|{_FIGURE}(?:[x×*]\d{{1,9}}(?:[.,]\d{{1,4}})?){{1,3}}(?: ?[cm]?m\b)?"
    r"|ø ?\d{1,6}|\bral ?\d{4}|\b[a-z]{1,5}-?\d{2,}[a-z\d-]*\b"
    r"|\b(?:din|en|iso|astm|gb|jis|iec|aisi|ansi) ?\d{1,9}",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[ \t]*(?:[-*•–·]|\(?[0-9a-hA-H一二三四五六七八九十][.)、）]|[①-⑳]|Q\d)", re.MULTILINE)
_MENTION = re.compile(r"(?:^|\s)@\w", re.MULTILINE)
_MANY_ITEMS = 3


def observed(text: str, subject: str | None, sender: str | None, facts: Facts) -> dict[str, Found]:
    """Return everything observed, with where it is seen."""
    seen = dict(_facts(facts))
    seen.update(_of_sender(sender))
    seen.update(_of_form(text, subject))
    if facts.contact and sum(name in seen for name in _SIGNATURE_PARTS) >= 2:
        seen["signature"] = seen["contact"]
    if need := next((seen[name] for name in _NEEDS if name in seen), None):
        seen["need"] = need
    return seen


def _facts(facts: Facts) -> Iterator[tuple[str, Found]]:
    for name in FACT_NAMES:
        value: Fact | tuple[Fact, ...] | None = getattr(facts, name)
        first = value[0] if isinstance(value, tuple) and value else value
        if isinstance(first, Fact):
            yield name, fact_found(first)


def _of_sender(line: str | None) -> Iterator[tuple[str, Found]]:
    sender = sender_of(line)
    if sender.name:
        yield "sender_name", Found(sender.name, where="sender")
    if sender.address and not is_relay(sender.address):
        kind = "free_mail" if mailbox_kind(sender.address) else "company_domain"
        yield kind, Found(sender.address, where="sender")


def _of_form(text: str, subject: str | None) -> Iterator[tuple[str, Found]]:
    if subject and subject.strip():
        yield "subject", Found(subject, where="subject")
    if match := _MENTION.search(text):
        yield "mention", Found(match.group(), *match.span())
    yield from _many("question", "many_questions", _QUESTION, text, MANY_QUESTIONS)
    yield from _many("numbers", "many_numbers", _NUMBER, text, MANY_NUMBERS)
    yield from _many("measures", "many_measures", _MEASURE, text, MANY_NUMBERS)
    yield from _many("item", "listed_items", _ITEM, text, _MANY_ITEMS)


def _many(one: str, many: str, mark: re.Pattern[str], text: str, least: int) -> Iterator[tuple[str, Found]]:
    seen = [match for match, _ in zip(mark.finditer(text), range(least), strict=False)]
    if seen:
        found = Found(seen[0].group(), *seen[0].span())
        yield one, found
        if len(seen) >= least:
            yield many, found
