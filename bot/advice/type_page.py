"""What the knowledge says of the buyer types, for `/inquiry types` and `/inquiry type NAME`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from rapidfuzz import fuzz, process, utils

from bot import texts
from bot.advice.blocks import (
    Block,
    Run,
    context,
    divider,
    header,
    rich,
    rich_bullets,
    titled,
    words,
)
from bot.advice.escape import harmless_mrkdwn
from bot.advice.limits import MESSAGE_TEXT, clip, clip_escaped
from bot.outbox.model import Form
from bot.texts import Language
from knowledge import Knowledge
from knowledge.content import BuyerType, Part, Situation
from knowledge.model import BUYER_TYPES, Bilingual

MEANT_FROM = 78  # of 100: "sampel" means sample_hunter, "banana" means nothing
LONG_ENOUGH = 5  # letters of a word that names a type by itself
NAME = 60  # units of a name repeated to the person who typed it
SENTENCE = 400
MOST_CLAIMS = 12
PARTS: tuple[Part, ...] = tuple(part for part in get_args(Part) if part not in ("frame", "close"))


def types_page(knowledge: Knowledge, language: Language) -> Form:
    """Return all types, a line each, between the words of the guide."""
    lines = [_line(known, language) for known in _in_order(knowledge)]
    beside = [_line(known, language) for id_, known in knowledge.types.items() if id_ not in BUYER_TYPES]
    blocks = (
        header(_say("title", language)),
        words(knowledge.guide.intro.in_(language)),
        rich(rich_bullets(lines)),
        *([titled(_say("beside", language), beside)] if beside else []),
        *_situations(knowledge.situations.values(), language),
        *_part("frame", [claim.says for claim in knowledge.guide.claims], language),
        words(knowledge.guide.closing.in_(language)),
        context(_say("hint", language)),
    )
    return Form(_text(_say("title", language), lines), blocks)


def type_page(knowledge: Knowledge, name: str, language: Language) -> Form:
    """Return all about the type that `name` means; the list of types when it means none."""
    if known := meant(knowledge, name):
        return _page(known, language)
    page = types_page(knowledge, language)
    unknown = _say("unknown", language, name=harmless_mrkdwn(name, NAME))
    return Form(unknown, (context(unknown), *page.blocks))


def meant(knowledge: Knowledge, name: str) -> BuyerType | None:
    """Return the type whose id, English or Chinese name or emoji `name` is, slips of typing forgiven."""
    wanted = utils.default_process(name.replace("_", " "))
    kinds = tuple(knowledge.types.values())
    if not wanted:
        return _only(known for known in kinds if known.emoji == name.strip())
    # Two Chinese characters are a whole word: nearness in letters says nothing there.
    if not wanted.isascii():
        return _only(known for known in kinds if wanted in known.name.zh)
    # Never partial_ratio: it finds "the" in "gatherer".
    names = {word: known for known in kinds for word in _names(known)}
    found = process.extractOne(wanted, list(names), scorer=fuzz.ratio, score_cutoff=MEANT_FROM)
    return names[found[0]] if found else None


def _only(found: Iterable[BuyerType]) -> BuyerType | None:
    kinds = tuple(found)
    return kinds[0] if len(kinds) == 1 else None


def _names(known: BuyerType) -> Iterator[str]:
    for written in (known.id.replace("_", " "), known.name.en):
        name = utils.default_process(written)
        yield name
        yield from (word for word in name.split() if len(word) >= LONG_ENOUGH)


def _page(known: BuyerType, language: Language) -> Form:
    title = f"{known.emoji} {known.name.in_(language)}"
    says = {part: [claim.says for claim in known.claims_of(part)] for part in PARTS}
    says["odds"].insert(0, known.odds)
    blocks = (
        header(title),
        words(known.summary.in_(language)),
        words(f"👉 {known.next_step.in_(language)}"),
        divider(),
        *(block for part in PARTS for block in _part(part, says[part], language)),
        *_part("question", [known.question], language),
    )
    said = [(Run(known.summary.in_(language)),), (Run(known.next_step.in_(language)),)]
    return Form(_text(title, said), blocks)


def _part(key: str, says: Sequence[Bilingual], language: Language) -> Iterator[Block]:
    lines = [(Run(clip(one.in_(language), SENTENCE)),) for one in says[:MOST_CLAIMS]]
    if lines:
        yield titled(_say(key, language), lines)


def _situations(situations: Iterable[Situation], language: Language) -> Iterator[Block]:
    lines = [
        (Run(one.name.in_(language), bold=True), Run(f"  {clip(one.summary.in_(language), SENTENCE)}"))
        for one in situations
    ]
    if lines:
        yield titled(_say("situations", language), lines)


def _line(known: BuyerType, language: Language) -> tuple[Run, Run]:
    name = Run(f"{known.emoji} {known.name.in_(language)}", bold=True)
    return name, Run(f"  {clip(known.summary.in_(language), SENTENCE)}")


def _in_order(knowledge: Knowledge) -> Iterator[BuyerType]:
    return (knowledge.types[type_id] for type_id in BUYER_TYPES if type_id in knowledge.types)


def _text(title: str, lines: Iterable[tuple[Run, ...]]) -> str:
    said = ["".join(run.text for run in line) for line in lines]
    return clip_escaped("\n".join([title, *said]), MESSAGE_TEXT)


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"types.{key}", language, **values)
