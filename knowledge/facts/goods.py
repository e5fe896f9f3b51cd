"""The goods asked for: what follows "interested in", a label or an amount, else subject or model number."""

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge import lexicon
from knowledge.facts.measures import is_measure, past_measures
from knowledge.facts.page import Page, unit_at
from knowledge.facts.people import is_han_person
from knowledge.model import Fact

WORDS_AT_MOST = 8
TAIL_REACH = 30  # characters between the head of the goods and the verb that follows them
_PHRASE = re.compile(r"[^\n,;:!?。，；：！？、()（）\[\]|\"“”<>•]{2,90}")
_MODEL = re.compile(
    r"(?<![\w@./-])(?=[A-Z0-9-]{0,12}\d)[A-Z]{1,5}-?\d{2,6}(?:[A-Z0-9]|-[A-Z0-9]){0,10}(?![\w@])"
)
_HS_CODE = re.compile(
    r"(?:\bhs|h\.s\.|hscode|tariff|海关编码|\bncm|partida arancelaria|zolltarifnummer|тн ?вэд)\W{0,3}(?:code"
    r"|no|编码|код)?\W{0,4}(\d{4}[. ]?\d{2}(?:[. ]?\d{2}){0,2})(?!\d)"
)
_QUOTED = re.compile(r"[\"“「『«](?P<goods>[^\"”」』»]{3,50})[\"”」』»]")
_AMOUNT = re.compile(
    r"\b\d{1,4} ?[x×*] ?\d\d'?\w{0,3}\b|\b\d[\d.,]{0,9} ?(?:pcs|sets|pairs|units|kg|tons?|mt|containers?"
    r"|m2|sqm)\b",
    re.IGNORECASE,
)
_NAMING = re.compile(r"\w*[^\W\d_]{2}\w*|[\u3041-\u9fff\uac00-\ud7a3]")  # "20k" names nothing
_CONTAINER_OF = re.compile(r"\b(?:20|40|45) ?(?:['’]|ft|hq|hc|gp|dv|fcl){1,3}(?: containers?)? of ")
_BORDER = re.compile(r"[。．、，：【】「」!?？！:\n]|[.,](?!\d)")
_TALK = re.compile("[我你您他她们們]|的话|的話|如果|可以")
_GLUE = re.compile(r"(?:(?:of|de|di|von|des|do|da|x|×|pcs) |d'|[-–:x×] )?", re.IGNORECASE)


def find_product(page: Page, subject: str | None = None) -> Fact | None:
    """Return the goods asked for, None when the buyer names none."""
    for finder in (_labelled, _counted, _asked_for):
        for fact in finder(page):
            return fact
    return _of_subject(page, subject) or next(_weaker(page), None)


def _weaker(page: Page) -> Iterator[Fact]:
    for finder in (_hinted, _before_tail, _before_amount, _coded):
        yield from finder(page)


def _labelled(page: Page) -> Iterator[Fact]:
    for label in page.of("product_label"):
        position = label.end
        if page.folded[label.end - 1] not in ":：":
            match = re.match(r"\s{0,3}[:：=]", page.folded[position : position + 5])
            if match is None:
                continue
            position += match.end()
        yield from _phrase(page, position, is_labelled=True)


def _asked_for(page: Page) -> Iterator[Fact]:
    yield from _after(page, "product_trigger")


def _hinted(page: Page) -> Iterator[Fact]:
    yield from _after(page, "product_hint")


def _after(page: Page, triggers: str) -> Iterator[Fact]:
    # 采购 asks for goods, 采购主管 is somebody's title.
    titles = [(title.start, title.end) for title in page.of("title")]
    for trigger in page.of(triggers):
        if not any(start <= trigger.start and trigger.end < end for start, end in titles):
            yield from _phrase(page, trigger.end)


def _counted(page: Page) -> Iterator[Fact]:
    """The goods after "5,000 pcs of", or after an amount asked for: "Need 600 kg urea", "3000件T恤"."""
    for container in _CONTAINER_OF.finditer(page.folded):
        yield from _phrase(page, container.end())
    asked = [*page.of("quantity_label"), *page.of("product_trigger"), *page.of("product_hint")]
    for number in page.numbers:
        unit = unit_at(page, number.end)
        if unit is None or unit[0].details["kind"] == "spec":
            continue
        rest = page.folded[unit[2] : unit[2] + 4]
        is_of = rest.lstrip().startswith(("of ", "de ", "d'", "di ", "von "))
        if not is_of and (unit[0].details["kind"] == "container" or number.value < 2):
            continue
        opens = not page.own[: number.start].rpartition("\n")[2].strip()
        is_asked = opens or any(number.start - 12 <= mention.end <= number.start for mention in asked)
        is_packed = unit[0].details["kind"] == "package" and not is_of
        if is_packed and is_asked:
            yield from _phrase(page, unit[2])
            yield from _phrase(page, unit[1])
        elif is_of or (is_asked and rest[:1] == " ") or (is_asked and "\u3400" < rest[:1] < "\u9fff"):
            yield from _phrase(page, unit[2])


def _phrase(page: Page, position: int, is_labelled: bool = False) -> Iterator[Fact]:
    start = past_measures(page.folded, _past_lead(page, position))
    match = _PHRASE.match(page.own, start)
    crossed = page.own[position:start]
    if match is None or ("\n" in crossed and not re.search(r"[:：]", page.own[position - 1 : start])):
        return
    end = _without_amount(page, start, _cut(page, start, match.end(), is_labelled))
    phrase = page.folded[start:end]
    is_other = is_generic(phrase) or _starts_otherwise(phrase) or is_measure(phrase) or is_han_person(phrase)
    if end > start and not is_other and page.longest_at(start, "greeting") is None:
        yield page.fact(start, end)


def _without_amount(page: Page, start: int, end: int) -> int:
    """Return where the goods end before an amount that follows them: "strollers 100 pcs", "まな板500枚"."""
    for number in page.numbers:
        unit = unit_at(page, number.end) if start < number.start < end else None
        if unit and unit[2] == end and unit[0].details["kind"] not in ("spec", "length", "area"):
            return start + len(page.folded[start : number.start].rstrip(" x×*-–"))
    return end


def _starts_otherwise(phrase: str) -> bool:
    """Whether the phrase begins like something else than goods: "know what they pay"."""
    starts = _words("not_product_start")
    first = re.split(r"[\s'’/]", phrase, maxsplit=1)[0]
    if first[:1] >= "\u3400":
        return any(first.startswith(word) for word in starts if word[0] >= "\u3400")
    return first in starts or first.isdigit()


def _past_lead(page: Page, position: int) -> int:
    """Return where the goods begin, past articles, small verbs and the amount."""
    for _ in range(4):
        before = position
        lead = _lead().match(page.folded[position : position + 60])
        position = _past_verb(page, position + (lead.end() if lead else 0))
        number = next((n for n in page.numbers if n.start == position), None)
        unit = unit_at(page, number.end) if number else None
        if unit and unit[0].details["kind"] != "spec":
            glue = _GLUE.match(page.folded, unit[2] + (page.folded[unit[2] : unit[2] + 1] == " "))
            position = glue.end() if glue else unit[2]
        elif number and (
            word := re.match(r"(?: ?[x×])? (?=[^\W\d_]{2})", page.folded[number.end : number.end + 5])
        ):
            position = number.end + word.end()
        if position == before:
            break
    return position


def _past_verb(page: Page, position: int) -> int:
    for words in _verbs():
        if page.folded.startswith(words + " ", position):
            return position + len(words) + 1
    return position


@lru_cache(maxsize=1)
def _verbs() -> tuple[str, ...]:
    return tuple(sorted(_words("carry_on"), key=len, reverse=True))


def _cut(page: Page, start: int, end: int, is_labelled: bool) -> int:
    folded = page.folded[start:end] + " "
    is_han = any("\u3400" <= sign <= "\u9fff" for sign in folded[:6])
    cut = _joined_end().search(folded, 1) if is_han else None if is_labelled else _end().search(folded)
    end = start + (cut.start() if cut else len(folded) - 1)
    words = list(re.finditer(r"\S+", page.folded[start:end]))[:WORDS_AT_MOST]
    return start + words[-1].end() if words else start


def _words(entry: str) -> frozenset[str]:
    return lexicon.word_set("exclusions", entry)


def is_generic(folded: str) -> bool:
    """Whether a phrase names no goods: "your products", "more details"."""
    phrase = folded.strip(" .'’-")
    words = _NAMING.findall(phrase)
    generic = _words("generic_goods")
    return len(phrase) < 2 or phrase in generic or all(word in generic for word in words)


def _before_tail(page: Page) -> Iterator[Fact]:
    """Goods that stand before their verb, as in Japanese, Korean and Turkish."""
    for tail in page.of("product_tail"):
        window = max(0, tail.start - TAIL_REACH)
        borders = [match.end() for match in _BORDER.finditer(page.own, window, tail.start)]
        line_start = borders[-1] if borders else window
        start = _past_lead(page, line_start)
        end = start + len(page.folded[start : tail.start].rstrip())
        phrase = page.folded[start:end]
        if (
            end > start
            and not is_generic(phrase)
            and not _starts_otherwise(phrase)
            and len(phrase.split()) <= 5
        ):
            yield page.fact(start, _without_amount(page, start, end))


def _before_amount(page: Page) -> Iterator[Fact]:
    """Goods at the head of a clause that an amount ends: "Red onion 45-65 mm, 12 tons"."""
    for number in page.numbers:
        unit = unit_at(page, number.end)
        if unit is None or unit[0].details["kind"] not in ("count", "weight", "length", "area"):
            continue
        head = max(page.own.rfind(mark, 0, number.start) for mark in "\n.;:!?。；：，") + 1
        for start in (head, *(comma + 1 for comma in _commas(page, head, number.start))):
            is_talk = _TALK.search(page.own, start, number.start)
            if 2 < number.start - start < 120 and not is_talk:
                yield from _phrase(page, start)


def _commas(page: Page, start: int, end: int) -> list[int]:
    return [start + match.start() for match in re.finditer(",", page.folded[start:end])][:3]


def _coded(page: Page) -> Iterator[Fact]:
    if match := _HS_CODE.search(page.folded):
        yield page.fact(match.start(1), match.end(1), f"HS {match[1]}")
    for match in _MODEL.finditer(page.plain):
        if not _not_a_model().match(match[0]):
            yield page.fact(match.start(), match.end())


def _of_subject(page: Page, subject: str | None) -> Fact | None:
    """Return the goods the subject names, placed in the text where the text names them too."""
    subject = (subject or "")[:200]
    quoted = _QUOTED.search(subject)
    name = quoted["goods"] if quoted else _bare_subject(subject)
    folded = name.lower()
    is_short = name and "?" not in subject and "{" not in name and len(name.split()) <= WORDS_AT_MOST
    if not is_short or is_generic(folded) or _starts_otherwise(folded):
        return None
    if (start := page.folded.find(folded)) >= 0:
        return page.fact(start, start + len(name), name)
    is_asked = len(name.split()) <= 4 and _asking().search(page.folded, 0, 300)
    is_meant = quoted or _asking().search(subject) or is_asked or _is_named_again(folded, page)
    return Fact(name, name, -1, -1) if is_meant else None


def _is_named_again(name: str, page: Page) -> bool:
    """Whether the text speaks of it: the first letters of a longer word recur, or two Han signs."""
    words = re.findall(r"[a-z\u00df-\u06ff]{4,}|[\u3041-\u9fff\uac00-\ud7a3]{2}", name)
    return any(word[:4] in page.folded for word in words)


def _bare_subject(subject: str) -> str:
    rest = _subject_noise().sub(" ", _AMOUNT.sub(" ", subject))
    parts = re.split(r"\s[-–—|/]\s|[:：;,，、]\s?", re.sub(r"\([^)]{0,60}\)", " ", rest))
    names = [" ".join(part.split()).strip(" -–—:,.!/|*·") for part in parts]
    return next((name for name in names if name and not is_generic(name.lower())), "")


def _one_of(entry: str) -> str:
    """Return a pattern for the words of an entry, the longest first."""
    words = sorted(lexicon.read().words("goods", entry), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, words)) + ")"


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    mark = r"[\s\-–—*#.•:：'’]|\d+[.)]\s"
    return re.compile(f"^(?:{mark}|{_one_of('lead')}\\s|{_one_of('lead_joined')}){{1,6}}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _end() -> re.Pattern[str]:
    return re.compile(rf"\.(?:\s|$)|\s[-–—]\s|\s{_one_of('end')}\s")


@lru_cache(maxsize=1)
def _joined_end() -> re.Pattern[str]:
    return re.compile(rf"[，。,.;；:：\s、]|的?{_one_of('end_joined')}")


@lru_cache(maxsize=1)
def _asking() -> re.Pattern[str]:
    return re.compile(_one_of("asking"), re.IGNORECASE)


@lru_cache(maxsize=1)
def _not_a_model() -> re.Pattern[str]:
    return re.compile(rf"{_one_of('not_a_model')}-?\d")


@lru_cache(maxsize=1)
def _subject_noise() -> re.Pattern[str]:
    words, joined = _one_of("subject_noise"), _one_of("subject_noise_joined")
    mark = rf"\b{_one_of('reply_mark')}\s?:|【[^】]{{0,20}}】|\[[^\]]{{0,40}}\]"
    return re.compile(rf"{mark}|\b{words}\b|{joined}", re.IGNORECASE)
