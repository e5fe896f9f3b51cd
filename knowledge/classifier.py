"""Turns signs into a verdict: points add up per type, a calibration makes probabilities of them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.cues import Cue, Points, signs_in
from knowledge.evidence import Evidence, length_of
from knowledge.matcher import Matcher
from knowledge.model import LABELS, UNCLEAR, Facts, Sign
from knowledge.normalize import normalize
from knowledge.observations import observed

MAX_TEXT = 60_000  # characters judged; what a buyer wants stands before that
MAX_SUBJECT = 500
LEAST_WORDS = 3  # "ok", "thanks!": what so few words lack says nothing about the buyer


@dataclass(frozen=True, slots=True)
class Calibration:
    """How points become probabilities, and when the evidence is too little or too even."""

    bias: Mapping[str, float]
    temperature: float
    points: Points
    least_confidence: float
    least_lead: float  # of the best over the second, as probability


@dataclass(frozen=True, slots=True)
class Judgement:
    """Points and probabilities of one inquiry."""

    type: str
    scores: Mapping[str, float]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Classifier:
    """All cues, compiled, and what they are worth."""

    cues: tuple[Cue, ...]
    matcher: Matcher
    calibration: Calibration
    languages: frozenset[str]  # it has phrases in

    def evidence(self, text: str, subject: str | None, sender: str | None, facts: Facts) -> Evidence:
        """Gather what the inquiry offers to the cues."""
        subject = subject[:MAX_SUBJECT] if subject and subject.strip() else None
        matches = self.matcher.find(normalize(text[:MAX_TEXT]))
        return Evidence(
            text=text,
            subject=subject,
            matches=matches,
            subject_matches=self.matcher.find(normalize(subject)) if subject else None,
            facts=facts,
            observed=observed(text[:MAX_TEXT], subject, sender, facts),
            length=length_of(matches.words.words),
        )

    def judge(self, evidence: Evidence) -> Judgement:
        """Weigh the evidence; the type is UNCLEAR where it is too little or too even."""
        signs = signs_in(evidence, self.cues, self.calibration.points)
        scores = probabilities(signs, self.calibration)
        strongest = sorted(signs, key=lambda sign: (-abs(sign.weight), sign.start, sign.id, sign.type))
        return Judgement(_type(scores, signs, evidence.length, self.calibration), scores, tuple(strongest))


def probabilities(signs: Iterable[Sign], calibration: Calibration) -> dict[str, float]:
    """Return the probability of every label; they sum to 1."""
    points = {label: calibration.bias.get(label, 0.0) for label in LABELS}
    for sign in signs:
        points[sign.type] += sign.weight
    highest = max(points.values())
    odds = {label: math.exp((value - highest) / calibration.temperature) for label, value in points.items()}
    total = sum(odds.values())
    return {label: value / total for label, value in odds.items()}


def _type(scores: Mapping[str, float], signs: Iterable[Sign], length: int, calibration: Calibration) -> str:
    (best, first), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    is_shown = any(
        sign.type == best and sign.weight > 0 and (sign.quote or length >= LEAST_WORDS) for sign in signs
    )
    is_enough = first >= calibration.least_confidence and first - second >= calibration.least_lead
    return best if is_shown and is_enough else UNCLEAR
