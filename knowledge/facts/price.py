"""The price the buyer hopes for: money beside a word such as "target", never turnover nor our quotation."""

import re
from collections.abc import Iterator

from knowledge.facts.page import Page
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact
from knowledge.numbers import Number

REACH = 36  # characters from the word to the sum
_STRONG = re.compile(
    r"target|budget|不超过|不超過|alvo|objetivo|objectif|cible|ziel|预算|預算|目标|目標|бюджет|целевая|hedef|予算|목표|예산|ميزاني|مستهدف"
    r"|mục tiêu|ngân sách|price idea|idea price|心理|presupuesto|meta|docelowa|streefprijs|preisvorstellung"
    r"|orçamento"
)
_ENDS = re.compile(r"[.!?]\s|[。！？\n]")
_OTHER_SUM = re.compile(
    r"turnover|revenue|sales of|annual|deposit|sample|freight|courier|handling|bond|salary|funding|营业额"
    r"|年销售"
)
_PRICED = re.compile(r"price|cost|pay|buy|prix|preis|precio|preço|цен|价|price")
_DIRECTLY = re.compile(r"[\s:：=~≈-]{0,3}(?:is|is about|about|around|approx\.?|约|大概|是|为|ca\.)?\s{0,2}$")
_PER = re.compile(
    r"\s?(?:/|per |each|a |por |pro |je |par |за )\s?"
    r"(?P<unit>pcs?|piece|unit|set|pair|kg|mt|tonne|ton|t|m2|sqm|m|yd|yard|dozen|stück|kilo|тонну|шт|个|件|套"
    r"|台|條|条|米|吨|公斤)(?![a-z])"
)


def find_target_price(page: Page) -> Fact | None:
    """Return the hoped-for price with its currency, None when the buyer names none."""
    return next(_sums(page), None)


def _sums(page: Page) -> Iterator[Fact]:
    for label in page.of("price_label"):
        near = (n for n in page.numbers if label.end <= n.start <= label.end + REACH)
        number = next(near, None)
        if number and not _is_cut(page, label, number) and (fact := _sum(page, label, number)):
            yield fact


def _is_cut(page: Page, label: Mention, number: Number) -> bool:
    after = page.folded[number.end : number.end + 12]
    return bool(
        _ENDS.search(page.own, label.end, number.start)
        or _OTHER_SUM.search(page.folded, label.end, number.start)
        or _OTHER_SUM.search(after)
    )


def _sum(page: Page, label: Mention, number: Number) -> Fact | None:
    last = _last_of_range(page, number)
    money = _currency_beside(page, number) or _currency_beside(page, last)
    per = _PER.match(page.folded, max(last.end, money.end if money else 0))
    if not _counts(page, label, last, money, per):
        return None
    start = min(number.start, money.start) if money else number.start
    end = per.end() if per else max(last.end, money.end) if money else last.end
    value = f"{money.id} " if money else ""
    value += page.plain[number.start : last.end] + (f"/{per['unit']}" if per else "")
    return page.fact(start, end, value)


def _last_of_range(page: Page, number: Number) -> Number:
    """Return the "66" of "62-66"."""
    after = (n for n in page.numbers if n.start > number.start)
    following = next(after, None)
    is_range = following and page.plain[number.end : following.start].strip() in (
        "-",
        "–",
        "~",
        "to",
        "到",
        "至",
    )
    return following if following and is_range else number


def _counts(
    page: Page, label: Mention, number: Number, money: Mention | None, per: re.Match[str] | None
) -> bool:
    """A strong word stands with money or directly before a bare sum; a weak one needs talk of prices too."""
    if _STRONG.search(page.folded, label.start, label.end):
        follows = page.folded[number.end : number.end + 2]
        is_bare = follows[:1] not in ("%", "'") and not follows.strip().isalpha()
        return bool(money or per or (_DIRECTLY.match(page.folded[label.end : number.start]) and is_bare))
    is_priced = _PRICED.search(page.folded, max(0, label.start - 24), label.end)
    return bool(money and (per or is_priced))


def _currency_beside(page: Page, number: Number) -> Mention | None:
    for money in page.of("currency"):
        if 0 <= number.start - money.end <= 1 or 0 <= money.start - number.end <= 1:
            return money
    return None
