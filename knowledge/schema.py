"""What the knowledge files must look like. Imported only to check files: pydantic is slow to start."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge.content import ASKS, BUYER_PLACEHOLDERS, NUDGE, PLACEHOLDERS
from knowledge.faults import Fault
from knowledge.model import LABELS
from knowledge.schema_drafts import faults_of_drafts, faults_of_placeholders
from knowledge.schema_phrases import faults_of_cues, faults_of_word_list
from knowledge.schema_plans import faults_of_plans
from knowledge.shelf import Shelf, Table

PartName = Literal["who", "wants", "sign", "odds", "do", "avoid", "diagnosis", "remark", "frame", "close"]
Label = Literal[LABELS]  # type: ignore[valid-type]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Seed = Annotated[str, Field(pattern=r"^S([1-9]|[1-9]\d|10[0-6])$")]


class Strict(BaseModel):
    """Takes the keys it names and no others, and converts nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TwoTexts(Strict):
    """A sentence in both languages."""

    en: Text
    zh: Text


class ClaimTable(TwoTexts):
    """A `[[claims]]` table."""

    part: PartName
    seed: list[Seed] = []
    weight: Annotated[float, Field(strict=False, ge=0, le=0)] | None = None


class CueTable(Strict):
    """A `[[cues]]` table."""

    id: Id
    weight: Annotated[float, Field(strict=False, ge=-3, le=3)]
    says: TwoTexts
    denied: TwoTexts | None = None
    deniable: bool = True
    phrases: dict[Code, Text] = {}
    against: dict[Label, Annotated[float, Field(strict=False, gt=0, le=3)]] = {}
    needs: list[Text] = []
    needs_any: list[Text] = []
    lacks: list[Text] = []
    counts: list[Text] = []
    at_least: Annotated[int, Field(ge=1)] = 1
    min_words: Annotated[int, Field(ge=0)] = 0
    max_words: Annotated[int, Field(ge=1)] | None = None
    where: Literal["text", "subject"] | None = None


class TypeTable(Strict):
    """A file in types/."""

    id: Label
    emoji: Text
    name: TwoTexts
    summary: TwoTexts
    odds: TwoTexts
    next_step: TwoTexts
    question: TwoTexts
    claims: list[ClaimTable]
    cues: list[CueTable] = []


class TouchTable(TwoTexts):
    """A `[[touches]]` table."""

    days: Annotated[int, Field(ge=0, le=365)]
    after: Literal["quotation", "dispatch", "arrival"]
    draft: Id = NUDGE


class SituationTable(Strict):
    """A file in situations/."""

    id: Id
    name: TwoTexts
    summary: TwoTexts
    plan: Literal["quote", "sample"]
    touches: Annotated[list[TouchTable], Field(min_length=1)]
    claims: list[ClaimTable]
    transit_days: Annotated[int, Field(ge=0, le=90)] = 0


class GuideTable(Strict):
    """guide.toml."""

    intro: TwoTexts
    closing: TwoTexts
    claims: list[ClaimTable]


class GreetingTable(Strict):
    """The `[greeting]` of a reply file."""

    named: Text
    company: Text
    unnamed: Text


class AskingTable(Strict):
    """The `[asking]` of a reply file."""

    one: Text
    many: Text


class LineTable(Strict):
    """A paragraph or list line with its conditions; a text alone has none."""

    text: Text
    needs: list[Literal[BUYER_PLACEHOLDERS]] = []  # type: ignore[valid-type]
    lacks: list[Literal[BUYER_PLACEHOLDERS]] = []  # type: ignore[valid-type]

    @model_validator(mode="before")
    @classmethod
    def _with_text(cls, written: Any) -> Any:
        return {"text": written} if isinstance(written, str) else written


class QuotationTable(Strict):
    """The `[quotation]` of a reply file."""

    lines: list[LineTable]


class EchoTable(Strict):
    """The `[echo]` of a reply file."""

    intro: Text
    lines: dict[str, Text]


class BodyTable(Strict):
    """A `[types.<type>]` table of a reply file."""

    body: list[LineTable]
    asks: list[Literal[ASKS]] = []  # type: ignore[valid-type]
    most_asks: Annotated[int, Field(ge=0, le=5)] = 0


class FollowUpTable(Strict):
    """A `[follow_ups.<name>]` table of a reply file."""

    body: Annotated[list[LineTable], Field(min_length=1)]
    signed: bool = True


class ReplyTable(Strict):
    """A file in replies/."""

    language: Code
    closing: Text
    greeting: GreetingTable
    blanks: dict[Literal[PLACEHOLDERS], Text]  # type: ignore[valid-type]
    asking: AskingTable
    asks: dict[Literal[ASKS], Text]  # type: ignore[valid-type]
    echo: EchoTable
    quotation: QuotationTable
    types: dict[str, BodyTable]
    follow_ups: dict[Id, FollowUpTable] = {}


class UnclearTable(Strict):
    """The `[unclear]` of the calibration."""

    least_confidence: Annotated[float, Field(ge=0, le=1)]
    least_lead: Annotated[float, Field(ge=0, le=1)]


class CalibrationTable(Strict):
    """calibration.toml."""

    scale: Annotated[float, Field(gt=0)]
    temperature: Annotated[float, Field(gt=0)]
    unclear: UnclearTable
    bias: dict[Label, float]
    weights: dict[Label, dict[str, float]]
    against: dict[Label, dict[str, float]]


SHAPES: dict[str, type[Strict]] = {
    "types": TypeTable,
    "situations": SituationTable,
    "guide": GuideTable,
    "replies": ReplyTable,
    "calibration": CalibrationTable,
}


def faults_in(shelf: Shelf, only: set[tuple[str, str]] | None = None) -> list[Fault]:
    """Return the faults of complete tables; `only` names those to look at, by kind and id."""
    faults: list[Fault] = []
    for (kind, id_), file in shelf.files.items():
        if only is None or (kind, id_) in only:
            faults += _faults_of(kind, shelf.of(kind)[id_], file)
    if not faults:
        faults += [*faults_of_plans(shelf), *faults_of_drafts(shelf), *faults_of_cues(shelf)]
    return faults


def faults_of_overlay(above: Shelf, below: Shelf) -> list[Fault]:
    """Return what keeps the tables of a team's folder from being laid over the built-in ones."""
    faults = []
    for (kind, id_), file in above.files.items():
        table = above.of(kind)[id_]
        if kind == "types" and id_ not in LABELS:
            faults.append(Fault(file, "id", f"{id_!r} is no type; the types are {', '.join(LABELS)}"))
        elif kind == "types":
            faults += _faults_of_cue_ids(table, below.of(kind).get(id_, {}), file)
    return faults


def _faults_of_cue_ids(table: Table, below: Table, file: str) -> Iterator[Fault]:
    cues, removed = table.get("cues", []), table.get("remove", [])
    if not isinstance(cues, list) or not all(isinstance(cue, dict) for cue in cues):
        yield Fault(file, "cues", "must be [[cues]] tables")
        return
    ids = [cue.get("id") for cue in cues]
    for at, id_ in enumerate(ids, 1):
        if not isinstance(id_, str):
            yield Fault(file, f"cues, number {at}", "has no id")
        elif id_ in ids[: at - 1]:
            yield Fault(file, f"cues.{id_}", "stands there twice")
    for cue in cues:
        if not isinstance(cue.get("phrases", {}), dict):
            yield Fault(
                file, f"cues.{cue.get('id')}.phrases", "must hold a block of phrases for each language"
            )
    known = {cue["id"] for cue in below.get("cues", ())}
    if not isinstance(removed, list):
        yield Fault(file, "remove", "must be a list of ids of cues")
        return
    yield from (Fault(file, "remove", f"there is no cue {id_!r}") for id_ in removed if id_ not in known)


def _faults_of(kind: str, table: Table, file: str) -> Iterable[Fault]:
    if kind == "lexicon":
        return faults_of_word_list(table, file)
    try:
        SHAPES[kind].model_validate(table)
    except ValidationError as error:
        return [Fault(file, _key(each["loc"], table), _reason(each)) for each in error.errors()]
    return faults_of_placeholders(table, file) if kind == "replies" else ()


def _key(location: tuple[int | str, ...], table: Any) -> str:
    """Return the place in the file; a table of a list is named by its id where it has one."""
    names: list[str] = []
    here = table
    for step in location:
        here = _entered(here, step)
        if isinstance(step, int):
            names.append(str(here["id"]) if isinstance(here, dict) and "id" in here else f"number {step + 1}")
        elif here is not None or step == location[-1]:
            names.append(step)
    return ".".join(names)


def _entered(here: Any, step: int | str) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


def _reason(error: Any) -> str:
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a key that may stand here"
        case "string_too_short" | "string_pattern_mismatch" if not str(error["input"]).strip():
            return "is empty"
        case "string_pattern_mismatch":
            return f"{error['input']!r} is not written as it must be"
        case _:
            return f"{error['msg'][0].lower()}{error['msg'][1:]}, not {error['input']!r:.60}"
