"""Makes cues, matcher and calibration of the tables of the knowledge files, once they are checked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.classifier import Calibration, Classifier
from knowledge.cues import Cue, Points
from knowledge.matcher import Matcher
from knowledge.model import Bilingual
from knowledge.phrases import Part, Phrase, lines_of, phrases_of

Table = Mapping[str, Any]


def classifier_of(
    types: Iterable[Table],
    notions: Table,
    spelling: Table,
    calibration: Table,
    reweighed: frozenset[str] = frozenset(),
) -> Classifier:
    """Compile the cues of all types with their word lists; `reweighed` cues count what their file says."""
    tables = [(table["id"], cue) for table in types for cue in table.get("cues", ())]
    cues = in_order_of_need([cue_of(type_, cue) for type_, cue in tables])
    lists = {f"{type_}.{cue['id']}": tuple(_phrases(cue)) for type_, cue in tables if cue.get("phrases")}
    matcher = Matcher(
        {name: tuple(_parts(blocks)) for name, blocks in notions.items()},
        lists,
        guessed=spelling.get("words", "").split(),
        never_misspelt=spelling.get("right_as_they_stand", "").split(),
        everyday_slips=spelling.get("everyday_slips", {}),
    )
    languages = {language for _, cue in tables for language in cue.get("phrases", ())}
    return Classifier(cues, matcher, calibration_of(calibration, reweighed), frozenset(languages))


def cue_of(type_: str, table: Table) -> Cue:
    """Make a cue of its `[[cues]]` table."""
    denied = table.get("denied")
    return Cue(
        id=f"{type_}.{table['id']}",
        type=type_,
        weight=float(table["weight"]),
        says=Bilingual(**table["says"]),
        has_phrases=bool(table.get("phrases")),
        denied=Bilingual(**denied) if denied else None,
        is_deniable=table.get("deniable", True),
        against=tuple((other, float(weight)) for other, weight in table.get("against", {}).items()),
        needs=tuple(table.get("needs", ())),
        needs_any=tuple(table.get("needs_any", ())),
        lacks=tuple(table.get("lacks", ())),
        counts=tuple(table.get("counts", ())),
        at_least=table.get("at_least", 1),
        min_words=table.get("min_words", 0),
        max_words=table.get("max_words"),
        where=table.get("where"),
    )


def calibration_of(table: Table, reweighed: frozenset[str] = frozenset()) -> Calibration:
    """Make the calibration of its file, without the points of the cues named `reweighed`."""
    against = {
        f"{other}:{cue}": points for other, cues in table["against"].items() for cue, points in cues.items()
    }
    weights = {
        f"{type_}.{cue}": points for type_, cues in table["weights"].items() for cue, points in cues.items()
    }
    kept = {cue: points for cue, points in weights.items() if cue not in reweighed}
    return Calibration(
        bias=table["bias"],
        temperature=table["temperature"],
        points=Points(table["scale"], kept, against),
        least_confidence=table["unclear"]["least_confidence"],
        least_lead=table["unclear"]["least_lead"],
    )


def in_order_of_need(cues: list[Cue]) -> tuple[Cue, ...]:
    """Put every cue behind those it builds on; raises ValueError naming the cues of a circle."""
    by_id = {cue.id: cue for cue in cues}
    waiting = {cue.id: {name for name in cue.references if name in by_id} for cue in cues}
    ordered: list[Cue] = []
    while waiting:
        ready = [id_ for id_, names in waiting.items() if not names]
        if not ready:
            raise ValueError(", ".join(sorted(waiting)))
        ordered.extend(by_id[id_] for id_ in ready)
        waiting = {id_: names.difference(ready) for id_, names in waiting.items() if names}
    return tuple(ordered)


def _phrases(cue: Table) -> Iterator[Phrase]:
    for language, block in cue["phrases"].items():
        for line in lines_of(block):
            yield from phrases_of(line, language)


def _parts(blocks: Table) -> Iterator[Part]:
    for language, block in blocks.items():
        for line in lines_of(block):
            for phrase in phrases_of(line, language):
                yield phrase.parts[0]
