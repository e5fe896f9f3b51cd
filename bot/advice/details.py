"""What opens from a card: the draft reply, all signs and facts, the correction of the type. Modal views."""

from collections.abc import Iterator

from bot import texts
from bot.advice.actions import BLOCK_TYPE, VIEW_CORRECT, VIEW_DETAILS, VIEW_DRAFT
from bot.advice.blocks import (
    Block,
    Line,
    Run,
    asked,
    checkboxes,
    context,
    modal,
    option,
    radio,
    rich,
    rich_preformatted,
    section,
    titled,
    words,
    writing,
)
from bot.advice.card import sign_line
from bot.advice.escape import clean, defanged, harmless
from bot.advice.limits import SECTION_TEXT, clip, clip_escaped
from bot.advice.model import Advice, ShownSign
from bot.advice.wording import emoji_of, language_name, say, type_name
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import LABELS

BLOCK_DRAFT = "inquiry_draft_text"
BLOCK_CHECKLIST = "inquiry_checklist"
QUOTATION_IS_DUE = frozenset({"supplier_seeker", "market_entrant"})
TICKS = 6  # of a list of at most ten boxes, so that both halves look alike
MOST_SIGNS = 40
FACT = 300  # units of one fact
READ = 2_500  # units of the text as read


def draft_view(advice: Advice, inquiry_id: int) -> Block:
    """Return the modal with the draft to edit and copy, and what a quotation must hold where one is due."""
    draft = advice.reply_draft
    return modal(
        VIEW_DRAFT,
        _draft("title" if draft else "title_none", advice.language),
        _draft_blocks(advice),
        close=say("close", advice.language),
        inquiry_id=inquiry_id,
        # Slack demands a submit button where there is something to write.
        submit=_draft("done", advice.language) if draft else None,
    )


def details_view(knowledge: Knowledge, advice: Advice, inquiry_id: int) -> Block:
    """Return the modal with every sign, every fact, the odds of each type and the text as read."""
    return modal(
        VIEW_DETAILS,
        say("details_title", advice.language),
        _details_blocks(knowledge, advice),
        close=say("close", advice.language),
        inquiry_id=inquiry_id,
    )


def correct_view(knowledge: Knowledge, inquiry_id: int, current: str | None, language: Language) -> Block:
    """Return the modal that asks which type it is; the answer's value is a type id."""
    choices = [
        option(
            f"{emoji_of(knowledge, type_id)} {type_name(knowledge, type_id, language)}",
            type_id,
            knowledge.types[type_id].summary.in_(language),
        )
        for type_id in LABELS
    ]
    question = asked(
        _types("correct_label", language),
        BLOCK_TYPE,
        radio(choices, current),
        hint=_types("correct_hint", language),
    )
    return modal(
        VIEW_CORRECT,
        _types("correct_title", language),
        [{**question, "optional": False}],
        close=say("close", language),
        inquiry_id=inquiry_id,
        submit=_types("correct_submit", language),
    )


def _draft_blocks(advice: Advice) -> Iterator[Block]:
    spoken, draft = advice.language, advice.reply_draft
    for warning in advice.dangers[:1]:
        told = clip_escaped(_draft("danger", spoken, warning=warning.says), SECTION_TEXT - 10)
        yield section(f"⛔ *{told}*")
    if draft is None:
        yield words(_draft("none", spoken))
        return
    yield context(clip_escaped(_how_to(advice, draft.language), SECTION_TEXT))
    yield asked(_draft("label", spoken), BLOCK_DRAFT, writing(draft.text))
    if advice.type in QUOTATION_IS_DUE:
        yield from _checklist(spoken)


def _how_to(advice: Advice, written: str) -> str:
    spoken, buyers = advice.language, advice.verdict.language
    if written == buyers:
        return _draft("how_to", spoken, spoken=language_name(written, spoken))
    names = {"spoken": language_name(written, spoken), "buyers": language_name(buyers, spoken)}
    return _draft("how_to_other", spoken, **names)


def _checklist(language: Language) -> Iterator[Block]:
    items = _draft("checklist_items", language).splitlines()
    for start in range(0, len(items), TICKS):
        label = _draft("checklist_more" if start else "checklist", language)
        boxes = [option(item, str(start + n)) for n, item in enumerate(items[start : start + TICKS])]
        yield asked(label, f"{BLOCK_CHECKLIST}_{start // TICKS}", checkboxes(boxes))


def _details_blocks(knowledge: Knowledge, advice: Advice) -> Iterator[Block]:
    spoken = advice.language
    yield titled(say("details_signs", spoken), _all_signs(knowledge, advice) or [_nothing(spoken)])
    facts: list[Line] = [
        (Run(f"{fact.name}{say('colon', spoken)}"), Run(harmless(fact.value, FACT))) for fact in advice.facts
    ]
    yield titled(say("details_facts", spoken), facts or [_nothing(spoken)])
    yield titled(
        say("details_scores", spoken), [_odds(knowledge, advice, *one) for one in advice.verdict.ranked]
    )
    yield words(f"*{say('details_text', spoken)}*")
    yield rich(rich_preformatted(clip(defanged(clean(advice.reading.text)), READ) or "–"))


def _all_signs(knowledge: Knowledge, advice: Advice) -> list[Line]:
    spoken = advice.language
    lines = []
    for sign in advice.verdict.signs[:MOST_SIGNS]:
        key = "points_to" if sign.weight > 0 else "points_away"
        remark = say(key, spoken, type=type_name(knowledge, sign.type, spoken))
        lines.append(sign_line(ShownSign(sign.says.in_(spoken), sign.quote, remark), spoken))
    return lines


def _odds(knowledge: Knowledge, advice: Advice, type_id: str, probability: float) -> Line:
    name = f"{emoji_of(knowledge, type_id)} {type_name(knowledge, type_id, advice.language)}"
    return (Run(f"{probability:.0%}  ", bold=True), Run(name))


def _nothing(language: Language) -> Line:
    return (Run(say("details_none", language)),)


def _draft(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"draft.{key}", language, **values)


def _types(key: str, language: Language) -> str:
    return texts.load().say(f"types.{key}", language)
