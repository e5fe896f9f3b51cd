"""Checks what stands inside cues and word lists: phrases, and the names they refer to."""

from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.compiling import cue_of, in_order_of_need
from knowledge.evidence import FACT_NAMES, OBSERVATIONS
from knowledge.faults import Fault
from knowledge.phrases import NUMBER, BadPhrase, Phrase, lines_of, phrases_of
from knowledge.shelf import Shelf, Table
from knowledge.words import is_unspaced

SHORTEST_WORD, SHORTEST_STEM, SHORTEST_UNSPACED = 3, 3, 2  # letters of a phrase that stands alone
_KNOWN = frozenset({*FACT_NAMES, *OBSERVATIONS})


def faults_of_cues(shelf: Shelf) -> list[Fault]:
    """Return the faults of all cues: phrases that cannot be used, unknown names, cues in a circle."""
    types = shelf.of("types")
    lists = {name for id_ in ("notions", "negation") for name in shelf.of("lexicon").get(id_, {})}
    cues = [(type_, cue) for type_, table in types.items() for cue in table.get("cues", ())]
    ids = {f"{type_}.{cue['id']}" for type_, cue in cues}
    names = _KNOWN | ids | {f"@{name}" for name in lists}
    faults = [*_faults_of_twins(shelf)]
    for type_, cue in cues:
        file = shelf.files["types", type_]
        faults += (
            Fault(file, f"cues.{cue['id']}.{key}", reason) for key, reason in _faults_of_cue(cue, names)
        )
    return faults or _faults_of_order(shelf, cues)


def faults_of_word_list(table: Table, file: str) -> list[Fault]:
    """Return the faults of a file of word lists."""
    faults = []
    for name, blocks in table.items():
        if not isinstance(blocks, dict):
            if not isinstance(blocks, str):
                faults.append(Fault(file, name, "must be a text or a table of texts"))
            continue
        for language, block in blocks.items():
            if not isinstance(block, str):
                faults.append(Fault(file, f"{name}.{language}", "must be a text, one wording a line"))
            elif not file.endswith("spelling.toml"):
                faults += (
                    Fault(file, f"{name}.{language}", reason) for reason in _faults_of_words(block, language)
                )
    return faults


def _faults_of_cue(cue: Table, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    if not cue["weight"]:
        yield "weight", "is 0: a cue must count for or against"
    if not any(cue.get(key) for key in ("phrases", "needs", "needs_any", "lacks", "counts")):
        yield "", "has neither phrases nor conditions"
    for language, block in cue.get("phrases", {}).items():
        for reason in _faults_of_block(block, language, names, cue.get("where") == "subject"):
            yield f"phrases.{language}", reason
    for key in ("needs", "needs_any", "lacks", "counts"):
        for name in cue.get(key, ()):
            if name not in names:
                yield key, f"{name!r} is no fact, word list or cue"


def _faults_of_block(block: str, language: str, names: frozenset[str], may_be_short: bool) -> Iterator[str]:
    for line in lines_of(block):
        try:
            phrases = phrases_of(line, language)
        except BadPhrase as error:
            yield f"{line!r} {error}"
            continue
        for name in {part.notion for phrase in phrases for part in phrase.parts if part.notion}:
            if f"@{name}" not in names:
                yield f"{line!r} refers to the word list {name!r}, which does not exist"
        if not may_be_short and any(map(_is_too_short, phrases)):
            yield f"{line!r} is too short: it would be found in almost any text"


def _faults_of_words(block: str, language: str) -> Iterator[str]:
    for line in lines_of(block):
        try:
            phrases = phrases_of(line, language)
        except BadPhrase as error:
            yield f"{line!r} {error}"
            continue
        if any(len(phrase.parts) > 1 or phrase.parts[0].notion for phrase in phrases):
            yield f"{line!r} must be words side by side; a star may stand at the very end only"


def _is_too_short(phrase: Phrase) -> bool:
    if len(phrase.parts) > 1 or phrase.parts[0].notion:
        return False
    part = phrase.parts[0]
    if part.words == (NUMBER,):
        return True
    letters = sum(map(len, part.words))
    if is_unspaced(part.words[0]):
        return letters < SHORTEST_UNSPACED
    return len(part.words) == 1 and letters < (SHORTEST_STEM if part.is_stem else SHORTEST_WORD)


def _faults_of_twins(shelf: Shelf) -> Iterator[Fault]:
    for type_, table in shelf.of("types").items():
        ids = [cue["id"] for cue in table.get("cues", ())]
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield Fault(shelf.files["types", type_], f"cues.{id_}", "stands there twice")


def _faults_of_order(shelf: Shelf, cues: Iterable[tuple[str, dict[str, Any]]]) -> list[Fault]:
    try:
        in_order_of_need([cue_of(type_, cue) for type_, cue in cues])
    except ValueError as error:
        return [Fault("types", str(error), "build on each other in a circle")]
    return []
