"""The price term and its place: FOB takes the port of loading, CIF and CFR the destination."""

import re
from collections.abc import Iterator

from knowledge import lexicon
from knowledge.facts.page import Page
from knowledge.facts.vocabulary import Mention
from knowledge.model import Fact

SHORT_MESSAGE = 3  # lines; in a longer one a lone place belongs to the signature
PLACES = ("loading", "destination", "country")
_FILLER = re.compile(
    r"(?:[\s,:;()\-–—/]|incoterms?|2020|2010|prices?|basis|terms?|value|quotes?|per|to|at|in|for|port of"
    r"|port|the|"
    r"цена|порт|puerto de|puerto|porto de|port de|hafen|ميناء|价|的|到|至){0,6}\s{0,2}"
)
_CAPITALISED = re.compile(
    r"[A-ZÀ-ÞА-Я][a-zà-ÿа-я'’.-]{2,}(?: (?:[A-ZÀ-ÞА-Я][a-zà-ÿа-я'’-]+|de|del|la|el|al|do|da"
    r"|es))?(?: [A-ZÀ-ÞА-Я][a-zà-ÿа-я'’-]+)?"
)
_HAN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}港")
_HAN_PORT_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,6}港) ?$")
_TAX_ID = re.compile(r"\s{0,2}[:.]?\s{0,2}(?:n[ºo°]\.?\s?)?[a-z]?-?\d{7,8}-?[a-z]?\b")
_LAW = re.compile(r"\s?(?:title |part |§|21\b|\d{2,4}\.\d)")
_FERTILISER = re.compile(r"\b(?:urea|npk|ammonium|phosphate|fertili[sz]er|18-46|map|tsp|ssp|mop|карбамид)\b")
_NEEDS_KNOWN_PLACE = frozenset(("FAS", "DAT", "DES", "DEQ", "DAF", "CPT", "CIP"))
_PLACE_ENDS = " ,.;\n)/，。、港-?!(（？'’"


def find_terms(page: Page) -> tuple[Fact | None, Fact | None]:
    """Return the price term and the port or destination, each None when not stated."""
    terms = [mention for mention in page.of("incoterm") if _is_term(page, mention)]
    placed = [
        (term, place) for term in terms if (place := place_after(page, term.end) or _place_before(page, term))
    ]
    chosen = placed[0][0] if placed else terms[0] if terms else None
    term = page.fact(chosen.start, chosen.end, chosen.id) if chosen else None
    return term, placed[0][1] if placed else _labelled_place(page)


def _is_term(page: Page, mention: Mention) -> bool:
    if mention.id == "CIF" and _TAX_ID.match(page.folded, mention.end):
        return False
    if mention.id == "CFR" and (
        _LAW.match(page.folded, mention.end) or page.before(mention.start, 3).strip().isdigit()
    ):
        return False
    if mention.id == "DAP" and _FERTILISER.search(page.folded, max(0, mention.start - 40), mention.end + 40):
        return False
    if mention.id in _NEEDS_KNOWN_PLACE and page.folded[mention.start] < "\u2e80":
        return _known_place(page, _skip(page, mention.end)) is not None
    return True


def _skip(page: Page, position: int) -> int:
    match = _FILLER.match(page.folded, position)
    return match.end() if match else position


def place_after(page: Page, position: int) -> Fact | None:
    """Return the place named within a few words after `position`."""
    start = _skip(page, position)
    if "\n" in page.own[position:start].rstrip(" ")[:1]:
        return None
    return _known_place(page, start) or _written_place(page, start)


def _known_place(page: Page, start: int) -> Fact | None:
    longest = page.longest_at(start, *PLACES)
    return page.fact(longest.start, longest.end) if longest else None


def _written_place(page: Page, start: int) -> Fact | None:
    match = _CAPITALISED.match(page.plain, start) or _HAN_PLACE.match(page.plain, start)
    first = match[0].split()[0].lower().strip(".") if match else ""
    excluded = any(first in lexicon.word_set("exclusions", key) for key in ("not_place", "generic_goods"))
    if match is None or excluded:
        return None
    return page.fact(match.start(), match.end())


def _place_before(page: Page, term: Mention) -> Fact | None:
    if match := _HAN_PORT_BEFORE.search(page.own, max(0, term.start - 8), term.start):
        return page.fact(match.start(1), match.end(1))
    for mention in page.of(*PLACES):
        if mention.end <= term.start and not page.folded[mention.end : term.start].strip(" ,("):
            return page.fact(mention.start, mention.end)
    return None


def _labelled_place(page: Page) -> Fact | None:
    return next(_places_beside_labels(page), None)


def _places_beside_labels(page: Page) -> Iterator[Fact]:
    for label in page.of("destination_label"):
        start = _skip(page, label.end)
        is_strong = page.folded[label.start : label.end] not in lexicon.word_set(
            "exclusions", "weak_destination"
        )
        place = _port_at(page, start, is_strong) or (_written_place(page, start) if is_strong else None)
        if place and page.own[place.end : place.end + 1] in _PLACE_ENDS:
            yield place
    for mention in page.of("loading", "destination"):
        if re.match(
            r" ?(?:port\b|港|limanı|teslim|항\b|着|도착|까지)", page.folded[mention.end : mention.end + 8]
        ):
            yield page.fact(mention.start, mention.end)
    yield from _places_apart(page)


def _places_apart(page: Page) -> Iterator[Fact]:
    """A port that is a sentence of its own in a short message: "4 containers 60x60. Tema." """
    if len(page.lines) > SHORT_MESSAGE:
        return
    for mention in page.of("destination"):
        before, after = page.before(mention.start, 2).strip(), page.folded[mention.end : mention.end + 5]
        if before in (".", ",", ";", ":") and (
            after[:1] in ("", ".", ",", ";") or after in (" week", " befo")
        ):
            yield page.fact(mention.start, mention.end)


def _port_at(page: Page, start: int, is_strong: bool) -> Fact | None:
    """A bare "to" may lead to a port of destination, not to the loading port a visitor travels to."""
    kinds = ("loading", "destination") if is_strong else ("destination",)
    longest = page.longest_at(start, *kinds)
    return page.fact(longest.start, longest.end) if longest else None
