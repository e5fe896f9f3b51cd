"""The wordings of the warnings: finds them in a text, and says a warning with its evidence."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import ahocorasick

from knowledge import lexicon
from knowledge.model import Bilingual, RiskWarning, Severity

EVIDENCE_AT_MOST = 120  # characters
SPANS_AT_MOST = 8  # of one group of signs
_DENIED = re.compile(
    r"(?:\bno|\bnot|\bnever|n't|\bwithout|\bsin|\bsem|\bsans|\bkeine?n?|\bне|без|لا|无需|不需要|不用|不要|没有)"
    r"\s?(?:(?:need|want|any|ask|a|an|the|for|to|su|de|necesit\w{1,4}) ){0,4}$"
)
_ADVICE = re.compile(
    r"(?:never|do not|don't|不要|切勿|请勿|不会)\s?"
    r"(?:share|disclose|give|reveal|send|ask|asks|tell|provide|泄露|透露"
    r"|提供|告诉|索要)[^.!?。！？]{0,50}$"
)

Span = tuple[int, int]


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
        if places.keys() == groups and (spans := _apart(list(places.values()))):
            yield key, " … ".join(flat[start:end] for start, end in spans)


def _signs_in(flat: str) -> dict[str, dict[str, list[Span]]]:
    """Return for each warning the places of the wordings of each of its groups."""
    folded = flat.lower() if len(flat.lower()) == len(flat) else "".join(sign.lower()[:1] for sign in flat)
    seen: dict[str, dict[str, list[Span]]] = {}
    for end, (word, owners) in _wordings().iter(folded):
        start = end + 1 - len(word)
        if not _is_whole(folded, start, end + 1) or _is_denied(folded, start):
            continue
        for key, group in owners:
            spans = seen.setdefault(key, {}).setdefault(group, [])
            if len(spans) < SPANS_AT_MOST:
                spans.append((start, end + 1))
    return seen


def _is_denied(folded: str, start: int) -> bool:
    """Whether the wording is said not to be so, or stands in a platform's advice on safety."""
    return bool(
        _DENIED.search(folded, max(0, start - 28), start) or _ADVICE.search(folded, max(0, start - 70), start)
    )


def _apart(groups: list[list[Span]]) -> list[Span]:
    """Return one place per group in the order of the text, no two overlapping; empty when that cannot be."""
    chosen: list[Span] = []
    for spans in sorted(groups, key=len):
        free = [s for s in spans if all(s[1] <= other[0] or other[1] <= s[0] for other in chosen)]
        if not free:
            return []
        chosen.append(free[0])
    return sorted(chosen)


def _is_whole(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (_joins(folded[start], before) or _joins(folded[end - 1], after))


def _joins(edge: str, neighbour: str) -> bool:
    spaced = [sign for sign in (edge, neighbour) if sign.isalnum() and ord(sign) < 0x2E80]
    return len(spaced) == 2
