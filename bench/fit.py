"""Fits what each sign is worth to labelled inquiries and writes knowledge/calibration.toml.

A linear model over the signs, made probabilities by softmax. Every sign keeps its direction: what speaks
for a type in the type files never comes to speak against it. Weights are drawn to those of the type files,
so that a sign seen rarely stays near what its author thought. Run it after editing cues: python -m bench.fit
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import knowledge
from bot.command_line.inquiries import reading_of_row
from knowledge import LABELS, UNCLEAR, Knowledge
from knowledge.cues import Points, signs_in
from knowledge.evaluation import Judgement, Report, report_on
from knowledge.facts import gather
from knowledge.files import BUILT_IN
from knowledge.language import language_of

Shown = tuple[int, int, float]  # weight, label, strength

CORPUS = Path(__file__).parent / "corpus"
SCALE = 0.6  # points an unfitted weight of the type files is worth
PRIOR = 0.4  # points a weight of the type files is worth before anything is seen
PULL = 1.0  # of a weight to what its author gave it
EVEN = 4.0  # pull of the biases to zero: where little is said, no type has a great head start
EPOCHS = 250
STEP = 0.3
CAUTION = 1.2  # mails of other trades are harder than the authors left out
ALSO_SHARE = 0.25  # of the target goes to labels that can be defended too
LEAST_CONFIDENCE, LEAST_LEAD = 0.23, 0.01


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled inquiry: which signs it shows and how strongly, and what it is."""

    author: str
    label: str
    also: tuple[str, ...]
    language: str
    signs: tuple[Shown, ...]
    target: tuple[float, ...]


@dataclass(slots=True)
class Model:
    """Weights of signs, the bounds of each, and the bias of each label."""

    names: list[tuple[str, str]]  # cue id, type
    prior: list[float]
    weights: list[float]
    bias: list[float]


def main() -> None:
    """Fit, say how well authors left out are recognised, and write the calibration."""
    known = knowledge.load()
    start = model_of(known)
    examples: list[Example] = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        examples += examples_in(path, known, start)
    temperature = left_out(start, examples)
    model = fitted(start, examples)
    (BUILT_IN / "calibration.toml").write_text(as_toml(model, temperature), encoding="utf-8")
    print(f"Fitted to {len(examples)} inquiries; {len(model.names)} weights written.")


def model_of(known: Knowledge) -> Model:
    """Return a model with the weights of the type files."""
    names, prior = [], []
    for cue in known.classifier.cues:
        for type_, weight in ((cue.type, cue.weight), *((other, -weight) for other, weight in cue.against)):
            names.append((cue.id, type_))
            prior.append(weight * PRIOR)
    return Model(names, prior, list(prior), [0.0] * len(LABELS))


def examples_in(path: Path, known: Knowledge, model: Model) -> Iterator[Example]:
    """Read a labelled file; rows whose label is no type teach nothing and are left out."""
    index = {name: at for at, name in enumerate(model.names)}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["label"] in LABELS:
            also = tuple(label for label in row.get("also") or () if label in LABELS)
            signs = tuple(_signs(row, known, index))
            yield Example(path.stem, row["label"], also, row["lang"], signs, _target(row["label"], also))


def left_out(start: Model, examples: list[Example]) -> float:
    """Print how every author is judged by a model of the others; return the temperature that fits best."""
    scored: list[tuple[Example, list[float]]] = []
    for author in sorted({example.author for example in examples}):
        model = fitted(start, [example for example in examples if example.author != author])
        own = [(example, points(model, example)) for example in examples if example.author == author]
        print(author, _figures(_report(own, 1.0)))
        scored += own
    temperature = min(
        (0.6 + step * 0.05 for step in range(21)), key=lambda value: _report(scored, value).calibration_error
    )
    temperature *= CAUTION
    print(f"every author left out, temperature {temperature:.2f}:", _figures(_report(scored, temperature)))
    return temperature


def fitted(start: Model, examples: Iterable[Example]) -> Model:
    """Return the model that fits best, by adaptive gradient steps; weights keep their side of zero."""
    rows = tuple(examples)
    model = replace(start, weights=list(start.prior), bias=[0.0] * len(LABELS))
    seen = [1e-8] * len(model.weights)
    seen_bias = [1e-8] * len(LABELS)
    for _ in range(EPOCHS):
        slope = [PULL * (weight - prior) for weight, prior in zip(model.weights, model.prior, strict=True)]
        slope_bias = [EVEN * bias for bias in model.bias]
        for row in rows:
            _add_slopes(model, row, slope, slope_bias)
        _step(model.weights, slope, seen)
        _step(model.bias, slope_bias, seen_bias)
        _keep_sides(model)
    return model


def _keep_sides(model: Model) -> None:
    for at, prior in enumerate(model.prior):
        model.weights[at] = max(0.0, model.weights[at]) if prior > 0 else min(0.0, model.weights[at])


def points(model: Model, example: Example) -> list[float]:
    """Return the points of every label."""
    total = list(model.bias)
    for weight, label, strength in example.signs:
        total[label] += model.weights[weight] * strength
    return total


def as_toml(model: Model, temperature: float) -> str:
    """Write the model as the calibration file."""
    weights: dict[str, list[str]] = {}
    against: dict[str, list[str]] = {}
    for (cue, type_), weight in zip(model.names, model.weights, strict=True):
        owner, name = cue.split(".")
        if owner == type_:
            weights.setdefault(owner, []).append(f"{name} = {_plain(weight)}")
        else:
            against.setdefault(type_, []).append(f'"{cue}" = {_plain(weight)}')
    bias = [f"{label} = {value:.2f}" for label, value in zip(LABELS, model.bias, strict=True)]
    return "\n".join(
        (*_head(temperature), *_tables("weights", weights), *_tables("against", against), "[bias]", *bias, "")
    )


def _plain(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # no minus before a zero


def _signs(row: Mapping[str, Any], known: Knowledge, index: Mapping[tuple[str, str], int]) -> Iterator[Shown]:
    reading = reading_of_row(dict(row))
    text, subject, sender = reading.text, reading.subject, reading.sender
    facts = gather(text, language_of(text), sender, subject)
    cues = known.classifier.cues
    one_point = Points(
        0.0,
        {cue.id: 1.0 for cue in cues},
        {f"{other}:{cue.id}": -1.0 for cue in cues for other, _ in cue.against},
    )
    for sign in signs_in(known.classifier.evidence(text, subject, sender, facts), cues, one_point):
        is_own = sign.id.startswith(sign.type + ".")
        yield index[sign.id, sign.type], LABELS.index(sign.type), sign.weight if is_own else -sign.weight


def _target(label: str, also: tuple[str, ...]) -> tuple[float, ...]:
    share = ALSO_SHARE / len(also) if also else 0.0
    own = 1 - ALSO_SHARE if also else 1.0
    return tuple(own if each == label else share if each in also else 0.0 for each in LABELS)


def _add_slopes(model: Model, row: Example, slope: list[float], slope_bias: list[float]) -> None:
    shares = _softmax(points(model, row), 1.0)
    errors = [share - target for share, target in zip(shares, row.target, strict=True)]
    for label, error in enumerate(errors):
        slope_bias[label] += error
    for weight, label, strength in row.signs:
        slope[weight] += errors[label] * strength


def _step(values: list[float], slope: list[float], seen: list[float]) -> None:
    for at, gradient in enumerate(slope):
        seen[at] += gradient * gradient
        values[at] -= STEP * gradient / math.sqrt(seen[at])


def _softmax(values: list[float], temperature: float) -> list[float]:
    highest = max(values)
    odds = [math.exp((value - highest) / temperature) for value in values]
    total = sum(odds)
    return [value / total for value in odds]


def _report(scored: Iterable[tuple[Example, list[float]]], temperature: float) -> Report:
    return report_on(_judgement(row, _softmax(values, temperature)) for row, values in scored)


def _judgement(row: Example, shares: list[float]) -> Judgement:
    ranked = sorted(zip(shares, LABELS, strict=True), reverse=True)
    is_clear = ranked[0][0] >= LEAST_CONFIDENCE and ranked[0][0] - ranked[1][0] >= LEAST_LEAD
    return Judgement(row.label, row.also, ranked[0][1] if is_clear else UNCLEAR, ranked[0][0], row.language)


def _figures(report: Report) -> str:
    return (
        f"accuracy {report.accuracy:.3f}, macro-F1 {report.macro_f1:.3f}, unclear {report.share_unclear:.3f},"
        f" calibration error {report.calibration_error:.3f}, right when sure {report.accuracy_confident:.3f}"
        f" ({report.share_confident:.2f} of all)"
    )


def _head(temperature: float) -> tuple[str, ...]:
    return (
        "# What signs are worth, and when the evidence is too little. Written by: python -m bench.fit",
        "# A sign missing here is worth its weight in the type file times scale, and so is a sign",
        "# whose weight a team's own file changes. Points against stand under the type they speak against.",
        "# 校准数据，由 python -m bench.fit 生成。这里没有的特征，分值＝类型文件里的 weight × scale；",
        "# 自己的文件里改过 weight 的也一样。",
        "",
        f"scale = {SCALE}",
        f"temperature = {temperature:.2f}",
        "",
        "[unclear]",
        f"least_confidence = {LEAST_CONFIDENCE}",
        f"least_lead = {LEAST_LEAD}",
        "",
    )


def _tables(kind: str, tables: Mapping[str, list[str]]) -> Iterator[str]:
    for type_ in LABELS:
        yield from (f"[{kind}.{type_}]", *tables.get(type_, ()), "")


if __name__ == "__main__":
    main()
