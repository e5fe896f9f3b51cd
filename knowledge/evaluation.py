"""How well the knowledge does on labelled inquiries. A label in a row's `also` counts as right."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.base import Knowledge
from knowledge.model import LABELS, UNCLEAR

BINS = 10  # of confidence, for the calibration error
CONFIDENT = 0.8


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a row is and what it was taken for."""

    label: str
    also: tuple[str, ...]
    type: str
    confidence: float
    language: str

    @property
    def is_right(self) -> bool:
        """Tell whether the type is the label or another one that can be defended."""
        return self.type == self.label or self.type in self.also

    @property
    def truth(self) -> str:
        """Return the label it is scored against: the type itself where that can be defended."""
        return self.type if self.is_right else self.label


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """How well one type is recognised."""

    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers of about the same confidence: how many, how sure on average, how often right."""

    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one evaluation; shares are between 0 and 1."""

    count: int
    accuracy: float
    macro_f1: float  # over the types that occur
    types: Mapping[str, TypeFigures]
    confusion: Mapping[str, Mapping[str, int]]  # label -> type -> rows
    calibration_error: float
    reliability: tuple[Bin, ...]
    share_unclear: float
    share_confident: float
    accuracy_confident: float
    languages: Mapping[str, tuple[int, float]]  # language -> rows, accuracy

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values, for JSON."""
        return asdict(self)


def evaluate(knowledge: Knowledge, rows: Iterable[Mapping[str, Any]]) -> Report:
    """Judge every row ("text", "label"; "also", "subject", "sender", "lang" where given) and report."""
    return report_on([_judged(knowledge, row) for row in rows])


def report_on(judgements: Iterable[Judgement]) -> Report:
    """Make the report on judgements; all figures are 0 when there are none."""
    judged = tuple(judgements)
    types = {label: _figures(label, judged) for label in LABELS}
    occurring = [figures.f1 for figures in types.values() if figures.count]
    confident = [each for each in judged if each.confidence >= CONFIDENT and each.type != UNCLEAR]
    reliability = _reliability(judged)
    return Report(
        count=len(judged),
        accuracy=_accuracy(judged),
        macro_f1=_mean(occurring),
        types=types,
        confusion=_confusion(judged),
        calibration_error=_share(
            sum(bin_.count * abs(bin_.confidence - bin_.accuracy) for bin_ in reliability), judged
        ),
        reliability=reliability,
        share_unclear=_share(sum(each.type == UNCLEAR for each in judged), judged),
        share_confident=_share(len(confident), judged),
        accuracy_confident=_accuracy(confident),
        languages=_languages(judged),
    )


def _judged(knowledge: Knowledge, row: Mapping[str, Any]) -> Judgement:
    verdict = knowledge.classify(row["text"], subject=row.get("subject"), sender=row.get("sender"))
    language = row.get("lang") or verdict.language
    return Judgement(row["label"], tuple(row.get("also") or ()), verdict.type, verdict.confidence, language)


def _figures(label: str, judged: tuple[Judgement, ...]) -> TypeFigures:
    right = sum(each.type == label and each.is_right for each in judged)
    taken = sum(each.type == label for each in judged)
    true = sum(each.truth == label for each in judged)
    f1 = 2 * right / (taken + true) if taken + true else 0.0
    return TypeFigures(right / taken if taken else 0.0, right / true if true else 0.0, f1, true)


def _confusion(judged: tuple[Judgement, ...]) -> dict[str, dict[str, int]]:
    counts = Counter((each.truth, each.type) for each in judged)
    truths = [label for label in (*LABELS, UNCLEAR) if any(each.truth == label for each in judged)]
    return {truth: {type_: counts[truth, type_] for type_ in (*LABELS, UNCLEAR)} for truth in truths}


def _reliability(judged: tuple[Judgement, ...]) -> tuple[Bin, ...]:
    bins: dict[int, list[Judgement]] = {}
    for each in judged:
        bins.setdefault(min(int(each.confidence * BINS), BINS - 1), []).append(each)
    return tuple(
        Bin(len(rows), _mean([each.confidence for each in rows]), _accuracy(rows))
        for _, rows in sorted(bins.items())
    )


def _languages(judged: tuple[Judgement, ...]) -> dict[str, tuple[int, float]]:
    counts = Counter(each.language for each in judged)
    return {
        language: (count, _accuracy([each for each in judged if each.language == language]))
        for language, count in counts.most_common()
    }


def _accuracy(judged: Iterable[Judgement]) -> float:
    return _mean([float(each.is_right) for each in judged])


def _share(part: float, judged: tuple[Judgement, ...]) -> float:
    return part / len(judged) if judged else 0.0


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
