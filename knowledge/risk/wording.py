"""The wordings of the warnings: finds them in a text, and says a warning with its evidence."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import ahocorasick

from knowledge import lexicon
from knowledge.model import Bilingual, RiskWarning, Severity

EVIDENCE_AT_MOST = 120  # characters
_DENIED = re.compile(
    r"(?:\bno|\bnot|\bnever|n't|\bwithout|\bsin|\bsem|\bsans|\bkeine?|\bne|не|без|لا|无需|不需要|不用|不要|没有)\s?(?:need |want |any |ask |a |the |su |de |necesit\w{1,4} )?$"
)


def warn(key: str, seen: str, severity: Severity | None = None) -> RiskWarning:
    """Return the warning `key` with its evidence in its words."""
    details = lexicon.read().entries("warnings")[key].details
    seen = " ".join(seen.split())[:EVIDENCE_AT_MOST]
    says = Bilingual(details["en"].replace("{seen}", seen), details["zh"].replace("{seen}", seen))
    return RiskWarning(key, severity or details["severity"], says, seen)


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[str]]:
    entries = lexicon.read().entries("warnings").values()
    return {entry.id: frozenset(entry.details["signs"]) for entry in entries if "signs" in entry.details}


@lru_cache(maxsize=1)
def _wordings() -> ahocorasick.Automaton:
    owners: dict[str, list[tuple[str, str]]] = {}
    for entry in lexicon.read().entries("warnings").values():
        for group, words in entry.details.get("signs", {}).items():
            for word in words:
                owners.setdefault(word.lower(), []).append((entry.id, group))
    automaton = ahocorasick.Automaton()
    for word, who in owners.items():
        automaton.add_word(word, (word, tuple(who)))
    automaton.make_automaton()
    return automaton


def worded(flat: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the quoted evidence of every warning whose groups of signs are all in the text."""
    seen = _signs_in(flat)
    for key, groups in _groups().items():
        places = seen.get(key, {})
        if places.keys() == groups and _are_apart(list(places.values())):
            evidence = " … ".join(flat[start:end] for start, end in sorted(places.values()))
            yield key, evidence


def _signs_in(flat: str) -> dict[str, dict[str, tuple[int, int]]]:
    """Return for each warning the place of the first wording of each of its groups."""
    folded = flat.lower() if len(flat.lower()) == len(flat) else "".join(s.lower()[:1] for s in flat)
    seen: dict[str, dict[str, tuple[int, int]]] = {}
    for end, (word, owners) in _wordings().iter(folded):
        start = end + 1 - len(word)
        if _is_whole(folded, start, end + 1) and not _DENIED.search(folded, max(0, start - 24), start):
            for key, group in owners:
                seen.setdefault(key, {}).setdefault(group, (start, end + 1))
    return seen


def _are_apart(places: list[tuple[int, int]]) -> bool:
    """Whether the signs are independent words and not one word counted for two groups."""
    return len(places) < 2 or len(set(places)) > 1 or places[0][1] - places[0][0] > 16


def _is_whole(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (_joins(folded[start], before) or _joins(folded[end - 1], after))


def _joins(edge: str, neighbour: str) -> bool:
    spaced = [sign for sign in (edge, neighbour) if sign.isalnum() and ord(sign) < 0x2E80]
    return len(spaced) == 2
