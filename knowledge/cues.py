"""What counts for and against a buyer type, and how it is recognised in one inquiry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.evidence import Evidence, Found
from knowledge.model import Bilingual, Sign, Where


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign to look for, as a `[[cues]]` table states it."""

    id: str  # "<type>.<cue>"
    type: str
    weight: float
    says: Bilingual
    has_phrases: bool = False
    denied: Bilingual | None = None  # what its denial says, which counts as much the other way
    is_deniable: bool = True
    against: tuple[tuple[str, float], ...] = ()  # other types it speaks against, with positive weights
    needs: tuple[str, ...] = ()
    needs_any: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    at_least: int = 1
    min_words: int = 0
    max_words: int | None = None
    where: Where | None = None

    @property
    def references(self) -> Iterator[str]:
        """Yield the names of facts, notions and other cues it depends on."""
        yield from (*self.needs, *self.needs_any, *self.lacks, *self.counts)


@dataclass(frozen=True, slots=True)
class Points:
    """What each cue is worth: fitted where a fit knows it, else its own weight times `scale`."""

    scale: float
    weights: Mapping[str, float]  # cue id -> points for its own type
    against: Mapping[str, float]  # "<type>:<cue id>" -> points, negative

    def of(self, cue: Cue) -> float:
        """Return the points `cue` adds to its own type."""
        return self.weights.get(cue.id, cue.weight * self.scale)

    def of_against(self, cue: Cue, other: str, weight: float) -> float:
        """Return the points, negative, that `cue` adds to the type `other`."""
        return self.against.get(f"{other}:{cue.id}", -weight * self.scale)


def signs_in(evidence: Evidence, cues: Iterable[Cue], points: Points) -> list[Sign]:
    """Return every sign that counts, in the order of `cues`; later cues may build on earlier ones."""
    signs: list[Sign] = []
    for cue in cues:
        found = _recognised(cue, evidence)
        if found is None:
            continue
        if not found.is_denied:
            evidence.note(cue.id, found)
        signs.extend(_signs(cue, found, points))
    return signs


def _signs(cue: Cue, found: Found, points: Points) -> Iterator[Sign]:
    worth = points.of(cue)
    if found.is_denied:
        if worth and cue.denied is not None:
            yield _sign(cue, found, cue.type, -worth, cue.denied)
        return
    if worth:
        yield _sign(cue, found, cue.type, worth, cue.says)
    for other, weight in cue.against:
        if cost := points.of_against(cue, other, weight):
            yield _sign(cue, found, other, cost, cue.says)


def _sign(cue: Cue, found: Found, type_: str, worth: float, says: Bilingual) -> Sign:
    return Sign(
        cue.id, type_, says, found.quote, found.start, found.end, found.similarity,
        worth * found.similarity, found.where,
    )  # fmt: skip


def _recognised(cue: Cue, evidence: Evidence) -> Found | None:
    found = evidence.phrase(cue.id, cue.where, cue.is_deniable) if cue.has_phrases else None
    if (cue.has_phrases and found is None) or not _is_long_enough(cue, evidence.length):
        return None
    companions = [each for name in cue.needs if (each := evidence.found(name))]
    if len(companions) < len(cue.needs) or any(evidence.found(name) for name in cue.lacks):
        return None
    alternatives = [each for name in cue.needs_any if (each := evidence.found(name))]
    if cue.needs_any and not alternatives:
        return None
    counted = [each for name in cue.counts if (each := evidence.found(name))]
    if len(counted) < cue.at_least and cue.counts:
        return None
    shown = [each for each in (found, *companions, *alternatives, *counted) if each]
    return max(shown, key=_is_quotable, default=evidence.nothing) if found is None else found


def _is_quotable(found: Found) -> bool:
    return len(found.quote) > 1  # a bare question mark tells the reader nothing


def _is_long_enough(cue: Cue, length: int) -> bool:
    return cue.min_words <= length and (cue.max_words is None or length <= cue.max_words)
