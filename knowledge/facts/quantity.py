"""How much the buyer wants: an amount with its unit, or containers. Sizes, years, prices and minimums are not it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.page import Page, unit_at
from knowledge.model import Fact
from knowledge.numbers import Number, readable

LABEL_REACH = 28  # characters between "we need" and the amount it speaks of
_CONTAINER = re.compile(
    r"(?<![\w.,])(?:(?P<count>\d{1,4}|[a-zа-яüéê]{1,12}|[一二两兩三四五六七八九十]{1,3})\s?(?:(?:full|fcl|pcs|nos|个|個|條|条)\s?)?"
    r"(?P<times>x|×|х|\*)?\s{0,2})?(?P<size>20|40|45)\s?(?:'|''|\"|′|ft\.?|feet|foot|-|f|尺|футов\w{0,4})?\s?"
    r"(?P<kind>gp|hq|hc|h/q|h\.q\.|dv|dc|rf|rh|reefers?|ot|fr|st|std|high cube|cont\b\.?|containers?|cntrs?|contenedor(?:es)?"
    r"|conteneurs?|contêiner(?:es)?|контейнер\w{0,2}|컨테이너|货柜|柜|櫃|高柜|(?:ft|'|feet|foot)(?=\W|$))?(?![a-z0-9])"
)
_KINDS = {
    "hc": "HQ",
    "h/q": "HQ",
    "h.q.": "HQ",
    "high cube": "HQ",
    "dv": "GP",
    "dc": "GP",
    "st": "GP",
    "std": "GP",
    "rh": "RF",
    "高柜": "HQ",
}
_PLAIN_KINDS = {"gp": "GP", "hq": "HQ", "rf": "RF", "reefer": "RF", "reefers": "RF", "ot": "OT", "fr": "FR"}
_SPACED_WORD = re.compile(r" ([a-zà-ž]{3,}(?:[ -][a-zà-ž]{3,}){0,2})")
_NOT_GOODS = frozenset(
    "years year days day hours hour weeks week months month minutes percent mins minute people persons workers employees staff"
    " countries shops stores outlets branches stations customers clients followers readers subscribers suppliers models different"
    " types kinds sizes colors colours designs styles times questions mails emails and per der für von mit aus als the or to in of"
    " for with from as at on by is are mm cm usd eur euro euros dollars rmb pct per inch inches watt watts volt volts degrees"
    " años días dias horas meses semanas anos tage jahre jahren wochen stunden monate monaten jours heures semaines mois ans"
    " lets que para con por filialen tiendas lojas magasins points hotels restaurants schools members plants more other years'".split()
)  # fmt: skip
_PER_UNIT = re.compile(r"\s?/\s?|\s?(?:per|je|pro|por|par|за|每)\s")
_PACK = re.compile(
    r"[ -]?(?:/|per |mesh|pp |woven|paper|kraft|poly|jumbo|net|bags?|sacks?|sacos?|sacs?|säcke|drums?|pails?|袋|包|桶|箱|мешк|أكياس)"
)
_MONEY_BEFORE = re.compile(r"(?:\$|€|£|¥|usd|eur|rmb|us\$)\s?$")
_MONEY_AFTER = re.compile(r"\s?(?:\$|€|£|¥|usd|eur|rmb|dollar|euro|美元|美金|元|块|руб|дол|درهم|دولار)")
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    points: int
    start: int
    end: int
    value: str


def find_quantity(page: Page) -> Fact | None:
    """Return what is ordered, None when no amount stands as one."""
    candidates = [*_containers(page), *_amounts(page), *_bare_amounts(page)]
    best = max(candidates, key=lambda each: (each.points, -each.start), default=None)
    return page.fact(best.start, best.end, best.value) if best and best.points > 0 else None


def _containers(page: Page) -> Iterator[_Candidate]:
    for match in _CONTAINER.finditer(page.folded):
        count = _count(match["count"])
        if match["kind"] is None and not (match["times"] and count):
            continue
        if match["kind"] in ("ft", "'", "feet", "foot", "fr", "st") and count is None:
            continue
        start = match.start() if count else match.start("size")
        kind = match["kind"] or ""
        label = f"{match['size']}{_KINDS.get(kind) or _PLAIN_KINDS.get(kind, 'ft')}"
        points = 5 if count else 2
        yield _Candidate(points - _denied(page, start) * 4, start, match.end(), f"{count or 1} x {label}")


def _count(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if written.isdigit() else _small_numbers().get(written)


@lru_cache(maxsize=1)
def _small_numbers() -> dict[str, int]:
    entries = lexicon.read().entries("numerals").values()
    return {word: e.details["value"] for e in entries if e.details["value"] <= 12 for word in e.words}


def _amounts(page: Page) -> Iterator[_Candidate]:
    for index, number in enumerate(page.numbers):
        if (unit := unit_at(page, number.end)) and not _is_money(page, number):
            entry, _, end = unit
            start = _range_start(page, index)
            points = _points(page, number, start, end, entry)
            yield _Candidate(points, start, end, _value(page, start, number, entry))


def _range_start(page: Page, index: int) -> int:
    """Return where the amount begins: at the first number of "5000-6000 pcs"."""
    number = page.numbers[index]
    if index == 0:
        return number.start
    between = page.folded[page.numbers[index - 1].end : number.start].strip()
    return (
        page.numbers[index - 1].start
        if between in ("-", "–", "~", "～", "to", "a", "bis", "до", "至", "到")
        else number.start
    )


def _value(page: Page, start: int, number: Number, entry: lexicon.Entry) -> str:
    first = "" if start == number.start else page.plain[start : number.start].strip(" -–~") + "-"
    label = entry.details["label"]
    amount = f"{first.replace('to-', '-').replace(' ', '')}{readable(number.value)}"
    return f"{amount} {label}"


_KIND_POINTS = {
    "count": 3,
    "weight": 3,
    "volume": 2,
    "area": 3,
    "length": 2,
    "package": 2,
    "container": 4,
    "spec": -3,
}


def _points(page: Page, number: Number, start: int, end: int, entry: lexicon.Entry) -> int:
    points: int = _KIND_POINTS[entry.details["kind"]]
    points += 3 * _labelled(page, start) - 4 * _denied(page, start)
    points -= 3 * bool(_PER_UNIT.match(page.folded, end))
    if entry.details["kind"] in ("weight", "volume") and _PACK.match(page.folded, end):
        points -= 4
    if entry.details["kind"] == "weight" and number.value < 30 and entry.id == "kg":
        points -= 2
    if number.value < 10:
        points -= 1
    return points + (number.value >= 100)


def _labelled(page: Page, start: int) -> bool:
    return any(start - LABEL_REACH <= mention.end <= start for mention in page.of("quantity_label"))


def _denied(page: Page, start: int) -> bool:
    near = [m for m in page.of("not_an_order") if start - 16 <= m.end <= start]
    return any(not re.search(r"[.;\n!?。；]", page.folded[m.end : start]) for m in near)


def _is_money(page: Page, number: Number) -> bool:
    return bool(
        _MONEY_BEFORE.search(page.before(number.start, 6)) or _MONEY_AFTER.match(page.folded, number.end)
    )


def _bare_amounts(page: Page) -> Iterator[_Candidate]:
    """Amounts whose unit is the article itself: "600 canvas totes", or a number after "Qty:"."""
    for number in page.numbers:
        if number.value < 2 or _is_money(page, number) or unit_at(page, number.end):
            continue
        if number.value != number.value.to_integral_value() or not _labelled(page, number.start):
            continue
        if (word := _SPACED_WORD.match(page.folded, number.end)) and _is_goods(word[1]):
            points = 4 - 4 * _denied(page, number.start)
            yield _Candidate(points, number.start, word.end(), f"{readable(number.value)} {word[1]}")
        elif re.search(
            r"(?:qty|quantity|quantities|数量|數量|cantidad|quantidade|menge|количество|수량|الكمية)\W{0,3}$",
            page.before(number.start, 16),
        ):
            yield _Candidate(4, number.start, number.end, readable(number.value))


def _is_goods(words: str) -> bool:
    return not _NOT_GOODS & set(words.split()[:1])
