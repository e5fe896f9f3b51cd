"""How much the buyer wants: an amount with its unit, or containers; no size, year, price or minimum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.page import Page, unit_at
from knowledge.model import Fact
from knowledge.numbers import Number, readable

LABEL_REACH = 28  # characters between "we need" and the amount it speaks of
DENIAL_REACH = 16  # characters between "minimum" and the amount it takes away
_CONTAINER = re.compile(
    r"(?<![\d.,])(?P<size>20|40|45)\s?(?P<foot>'{1,2}|\"|′|ft\.?|feet|foot|-|f(?![a-z])|尺|футов\w{0,4})?\s?"
    r"(?P<kind>gp|hq|hc|h/q|dv|dc|rf|rh|reefers?|ot|std|high cube|cont\b\.?|containers?|cntrs?"
    r"|contenedor(?:es)?"
    r"|conteneurs?|contêiner(?:es)?|контейнер\w{0,2}|컨테이너|货柜|高柜|柜|櫃|fcl)?(?![a-z0-9])"
)
_COUNT = re.compile(
    r"(?<![\w.,])(?P<count>\d{1,4}|[a-zа-яüéêç]{1,8}|[一二两兩三四五六七八九十]{1,3})\s?"
    r"(?:(?:full|fcl|pcs|nos|个|個|條|条|containers?|contenedor(?:es)?|conteneurs?|container"
    r"|контейнера?)\s?(?:of|de|à)?\s?)?"
    r"(?P<times>x|×|х|\*)?\s?$"
)
_MIXED = re.compile(r"(?:mixed|full|fcl|loaded|one|a)\s$")
_BOX_KINDS = {
    "hq": "HQ", "hc": "HQ", "h/q": "HQ", "high cube": "HQ", "高柜": "HQ", "gp": "GP", "dv": "GP", "dc": "GP",
    "std": "GP", "rf": "RF", "rh": "RF", "reefer": "RF", "reefers": "RF", "ot": "OT",
}  # fmt: skip
_SPACED_WORD = re.compile(r"(?: ?[x×])? ([a-zà-ž]{3,}(?:[ -][a-zà-ž]{3,}){0,2})")
_WORDED = re.compile(r" (?P<count>[a-z]{3,6}) (?P<goods>[a-z]{3,}(?: [a-z]{3,}){0,2})")
_PER_UNIT = re.compile(r"\s?/\s?|\s?(?:per|je|pro|por|par|за|每)\s")
_PACK = re.compile(
    r"[ -]?(?:/|per |mesh|pp |woven|paper|kraft|poly|jumbo|net\b|bags?\b|sacks?\b|sacos?|sacs?\b|säcke"
    r"|drums?|pails?|袋|包|桶|箱|мешк|أكياس)"
)
_MONEY_BEFORE = re.compile(r"(?:\$|€|£|¥|usd|eur|rmb)\s?$")
_MONEY_AFTER = re.compile(r"\s?(?:\$|€|£|¥|usd|eur|rmb|dollar|euro|美元|美金|元|块|руб|дол|درهم|دولار)")
_OTHER_HAN = re.compile(r"月|星期|小时|工作日|礼拜|人|国家|城市|问题|点|字|仓|店|厂|门面|省|市")
_SMALL_HAN = frozenset("一二两兩三四五六七八九")
_QUANTITY_BESIDE = re.compile(
    r"(?:qty|quantity|quantities|数量|數量|cantidad|quantidade|quantité|menge|количество|수량|الكمية|miktar"
    r"|số lượng)\W{0,3}$"
)
_RANGE_SIGNS = frozenset(("-", "–", "~", "～", "to", "a", "bis", "до", "至", "到"))
_KIND_POINTS = {
    "count": 3,
    "weight": 2,
    "volume": 2,
    "area": 3,
    "length": 1,
    "package": 2,
    "container": 4,
    "spec": -3,
}
_FEW = {"weight": 100, "length": 100, "volume": 10}  # below this an amount is rather a size


@dataclass(frozen=True, slots=True)
class _Candidate:
    points: int
    start: int
    end: int
    value: str


def find_quantity(page: Page) -> Fact | None:
    """Return what is ordered, None when no amount stands as one."""
    candidates = [*_containers(page), *_amounts(page), *_bare_amounts(page), *_in_words(page)]
    best = max(candidates, key=lambda each: (each.points, -each.start), default=None)
    return page.fact(best.start, best.end, best.value) if best and best.points > 0 else None


def _containers(page: Page) -> Iterator[_Candidate]:
    for match in _CONTAINER.finditer(page.folded):
        before = _COUNT.search(page.folded, max(0, match.start() - 28), match.start())
        count = _count(before["count"]) if before else None
        kind = match["kind"] or ""
        is_size = match["foot"] in ("foot", "ft", "'") and bool(_MIXED.search(page.before(match.start(), 12)))
        if not kind and not is_size and not (match["foot"] and before and before["times"]):
            continue
        start = before.start() if before and count else match.start()
        label = f"{match['size']}{_BOX_KINDS.get(kind, 'ft')}"
        points = (5 if count else 2) - 4 * _denied(page, start)
        yield _Candidate(points, start, match.end(), f"{count or 1} x {label}")


def _count(written: str) -> int | None:
    return int(written) if written.isdigit() else _small_numbers().get(written)


@lru_cache(maxsize=1)
def _small_numbers() -> dict[str, int]:
    entries = lexicon.read().entries("numerals").values()
    return {word: e.details["value"] for e in entries if e.details["value"] <= 12 for word in e.words}


def _amounts(page: Page) -> Iterator[_Candidate]:
    for index, number in enumerate(page.numbers):
        unit = _counted_unit(page, number.end)
        if unit and not _is_money(page, number) and not _counts_otherwise(page, number, unit[2]):
            start = _range_start(page, index)
            points = _points(page, number, start, unit[2], unit[0])
            yield _Candidate(points, start, unit[2], _value(page, start, number, unit))


def _counted_unit(page: Page, position: int) -> tuple[lexicon.Entry, int, int] | None:
    """Return the unit at `position`; in 两个高柜 it is the container and not the 个 before it."""
    unit = unit_at(page, position)
    if unit and page.folded[unit[2] - 1] in "个個":
        container = unit_at(page, unit[2])
        return container if container and container[0].details["kind"] == "container" else unit
    return unit


def _counts_otherwise(page: Page, number: Number, end: int) -> bool:
    """一个月, 三个人, 3000平仓库: the unit counts something else than goods."""
    is_han = page.folded[end - 1] >= "\u2e80"
    return is_han and bool(_OTHER_HAN.match(page.folded, end))


def _range_start(page: Page, index: int) -> int:
    """Return where the amount begins: at the first number of "5000-6000 pcs"."""
    number = page.numbers[index]
    if index == 0:
        return number.start
    before = page.numbers[index - 1]
    between = page.folded[before.end : number.start].strip()
    return before.start if between in _RANGE_SIGNS and before.value < number.value else number.start


def _value(page: Page, start: int, number: Number, unit: tuple[lexicon.Entry, int, int]) -> str:
    first = next((n.value for n in page.numbers if n.start == start), number.value)
    amount = (
        readable(number.value) if start == number.start else f"{readable(first)}-{readable(number.value)}"
    )
    entry, begin, end = unit
    return f"{amount} {entry.details['label'] or page.plain[begin:end]}"


def _points(page: Page, number: Number, start: int, end: int, entry: lexicon.Entry) -> int:
    kind = entry.details["kind"]
    points: int = _KIND_POINTS[kind] + 3 * _labelled(page, start) - 8 * _denied(page, start)
    points -= 3 * bool(_PER_UNIT.match(page.folded, end))
    if kind in ("weight", "volume") and _PACK.match(page.folded, end):
        points -= 4
    if entry.id != "tons" and number.value < _FEW.get(kind, 0):
        points -= 3
    if number.value < 1:
        points -= 5
    if page.plain[number.start] in _SMALL_HAN and kind in ("count", "package"):
        points -= 3
    return points + (number.value >= 100) - (number.value < 10)


def _labelled(page: Page, start: int) -> bool:
    return any(start - LABEL_REACH <= mention.end <= start for mention in page.of("quantity_label"))


def _denied(page: Page, start: int) -> bool:
    near = [m for m in page.of("not_an_order") if start - DENIAL_REACH <= m.end <= start]
    # "price for 500" asks for a step of the price; "looking for 500" and "quote for 500" order.
    asked = page.of("quantity_label")
    near = [m for m in near if not any(a.start <= m.start and m.end <= a.end for a in asked)]
    return any(not re.search(r"[.;,\n!?。；，]", page.own[m.end : start]) for m in near)


def _is_money(page: Page, number: Number) -> bool:
    before = page.before(number.start, 6)
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(page.folded, number.end))


def _bare_amounts(page: Page) -> Iterator[_Candidate]:
    """Amounts whose unit is the article itself ("600 canvas totes"), or a number after "Qty:"."""
    for number in page.numbers:
        if number.value < 2 or number.value != number.value.to_integral_value():
            continue
        if _labelled(page, number.start) and not _is_money(page, number) and not unit_at(page, number.end):
            yield from _bare(page, number)


def _bare(page: Page, number: Number) -> Iterator[_Candidate]:
    word = _SPACED_WORD.match(page.folded, number.end)
    if (
        word
        and not _opens_line(page, number)
        and word[1].split()[0] not in lexicon.word_set("exclusions", "not_goods")
    ):
        points = 4 - 4 * _denied(page, number.start) - (number.value < 10)
        yield _Candidate(points, number.start, word.end(), f"{readable(number.value)} {word[1]}")
    elif _QUANTITY_BESIDE.search(page.before(number.start, 16)):
        yield _Candidate(4, number.start, number.end, readable(number.value))


def _in_words(page: Page) -> Iterator[_Candidate]:
    """ "Need two screw compressors": a small number word right after the word that asks."""
    for label in page.of("product_hint", "product_trigger"):
        match = _WORDED.match(page.folded, label.end)
        value = _small_numbers().get(match["count"]) if match else None
        is_goods = match and match["goods"].split()[0] not in lexicon.word_set("exclusions", "not_goods")
        if (
            match
            and is_goods
            and value
            and (value > 1 or match["count"] == "one")
            and not unit_at(page, match.end("count"))
        ):
            yield _Candidate(2, match.start("count"), match.end("goods"), f"{value} {match['goods']}")


def _opens_line(page: Page, number: Number) -> bool:
    """Whether the number is the "3" of a numbered question."""
    return number.value < 20 and not page.own[: number.start].rpartition("\n")[2].strip()
