"""Loads the knowledge: the built-in files, a team's own laid over them, every fault of those told at once."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.base import Knowledge
from knowledge.compiling import classifier_of
from knowledge.content_tables import buyer_type_of, guide_of, reply_language_of, situation_of
from knowledge.faults import Fault, KnowledgeFaults
from knowledge.files import BUILT_IN
from knowledge.model import LABELS
from knowledge.shelf import Shelf, merged_shelf, read_shelf, unread_files


def load(overlay: Path | None = None) -> Knowledge:
    """Load the knowledge with the folder `overlay` laid over it; raises KnowledgeFaults."""
    if overlay is None:
        shelf, faults = read_shelf(BUILT_IN)
    else:
        shelf, faults = _checked(overlay)
    if faults:
        raise KnowledgeFaults(tuple(faults))
    return knowledge_of(shelf, reweighed=_reweighed(shelf) if overlay else frozenset())


def check(folder: Path | None) -> tuple[Fault, ...]:
    """Return every fault of the folder as laid over the built-in files; None checks those alone."""
    return tuple(_checked(folder)[1])


def knowledge_of(shelf: Shelf, reweighed: frozenset[str] = frozenset()) -> Knowledge:
    """Make the knowledge of checked tables; no fitted points count for the cues named `reweighed`."""
    words = shelf.of("lexicon")
    notions = {**words["notions"], **words["negation"]}
    types = shelf.of("types")
    return Knowledge(
        types={label: buyer_type_of(types[label]) for label in LABELS},
        situations={id_: situation_of(table) for id_, table in shelf.of("situations").items()},
        guide=guide_of(shelf.of("guide")["guide"]),
        replies={id_: reply_language_of(table) for id_, table in shelf.of("replies").items()},
        classifier=classifier_of(
            types.values(), notions, words["spelling"], shelf.of("calibration")["calibration"], reweighed
        ),
    )


def _checked(folder: Path | None) -> tuple[Shelf, list[Fault]]:
    from knowledge.schema import faults_in, faults_of_overlay

    built_in, faults = read_shelf(BUILT_IN)
    if folder is None:
        return built_in, sorted([*faults, *faults_in(built_in)])
    above, faults = read_shelf(folder)
    faults += unread_files(folder) + (misshapen := faults_of_overlay(above, built_in))
    # What cannot be laid over is left out, so that the faults of all other files are told as well.
    above = above.without({fault.file for fault in misshapen})
    merged = merged_shelf(built_in, above)
    return merged, sorted([*faults, *faults_in(merged, only=set(above.files))])


def _reweighed(shelf: Shelf) -> frozenset[str]:
    """Return the cues whose weight a team's own file changes: its word outranks the fit."""
    fitted = {each[:2]: each[2] for each in _weights(read_shelf(BUILT_IN)[0])}
    return frozenset(
        f"{type_}.{id_}" for type_, id_, weight in _weights(shelf) if fitted.get((type_, id_)) != weight
    )


def _weights(shelf: Shelf) -> Iterator[tuple[str, str, float]]:
    for type_, table in shelf.of("types").items():
        for cue in table.get("cues", ()):
            yield type_, cue["id"], cue["weight"]
