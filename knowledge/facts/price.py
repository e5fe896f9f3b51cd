"""The price the buyer hopes for: money beside a word such as "target", never their turnover nor our quotation."""

import re
from collections.abc import Iterator

from knowledge.facts.page import Page, unit_at
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact
from knowledge.numbers import Number

REACH = 36  # characters from the word to the sum
_STRONG = re.compile(
    r"target|budget|alvo|objetivo|objectif|cible|ziel|预算|預算|目标|目標|бюджет|целевая|hedef|予算|목표|ميزاني|مستهدف|mục tiêu|price idea|idea price|心理|ngân sách|presupuesto|meta"
)
_ENDS = re.compile(r"[.!?。！？\n]\s|\n")
_OTHER_SUM = re.compile(
    r"turnover|revenue|sales of|annual|deposit|sample|freight|courier|salary|funding|营业额|年销售"
)
_PER = re.compile(
    r"\s?(?:/|per|each|a|por|pro|je|par|за)\s?(?P<unit>pc|pcs|piece|unit|set|pair|kg|mt|ton|tonne|t|m2|sqm|m|yd|yard|dozen|stück|kilo|тонну|шт|个|件|套|台|條|条|米|吨|公斤)\b|(?:一|每)?(?:个|件|套|台|条|吨)"
)


def find_target_price(page: Page) -> Fact | None:
    """Return the hoped-for price with its currency, None when the buyer names none."""
    return next(_sums(page), None)


def _sums(page: Page) -> Iterator[Fact]:
    for label in page.of("price_label"):
        is_strong = bool(_STRONG.search(page.folded[label.start : label.end]))
        for number in page.numbers:
            if label.end <= number.start <= label.end + REACH and not _is_cut(page, label, number):
                if fact := _sum(page, number, is_strong):
                    yield fact
                break


def _is_cut(page: Page, label: Mention, number: Number) -> bool:
    between = page.folded[label.end : number.start]
    return bool(_ENDS.search(page.plain[label.end : number.start]) or _OTHER_SUM.search(between))


def _sum(page: Page, number: Number, is_strong: bool) -> Fact | None:
    money = _currency_beside(page, number)
    if money is None and (
        not is_strong or unit_at(page, number.end) or page.folded[number.end : number.end + 1] == "%"
    ):
        return None
    start = min(number.start, money.start) if money else number.start
    end = max(number.end, money.end) if money else number.end
    per = _PER.match(page.folded, end)
    written = page.plain[number.start : number.end]
    value = f"{money.id} {written}" if money else written
    unit = f"/{per['unit']}" if per and per["unit"] else ""
    return page.fact(start, per.end() if per and per["unit"] else end, value + unit)


def _currency_beside(page: Page, number: Number) -> Mention | None:
    for money in page.of("currency"):
        before = 0 <= number.start - money.end <= 1
        after = 0 <= money.start - number.end <= 1
        if before or after:
            return money
    return None
