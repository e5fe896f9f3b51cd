"""The card: what stands in an inquiry's thread. Made to be read on a phone in ten seconds.

Three forms, each safer than the one before: the full card; a short one without a single word of the
buyer's; plain text. Whatever the buyer wrote is shown in rich_text or plain_text, which Slack does not parse.
"""

import re
from collections.abc import Iterator

from bot.advice.actions import (
    ACTION_CHOOSE,
    ACTION_CORRECT,
    ACTION_DRAFT,
    ACTION_MORE,
    ACTION_QUOTATION_SENT,
    ACTION_SAMPLES_SENT,
    DAYS,
    MORE,
    in_days,
    more_value,
)
from bot.advice.blocks import (
    Block,
    Line,
    Run,
    actions,
    button,
    context,
    header,
    option,
    overflow,
    rich,
    rich_bullets,
    rich_line,
    section,
    titled,
)
from bot.advice.escape import harmless, harmless_mrkdwn
from bot.advice.limits import (
    BLOCKS_PER_MESSAGE,
    MESSAGE_BLOCKS,
    MESSAGE_TEXT,
    SECTION_TEXT,
    clip,
    clip_escaped,
    size_of,
)
from bot.advice.model import Advice, ShownSign, ShownWarning, Standing
from bot.advice.wording import say
from bot.outbox.model import Form
from bot.texts import LANGUAGES, Language
from knowledge.model import NOT_AN_INQUIRY, UNCLEAR

QUOTE = 120  # units of a buyer's quoted words
VALUE = 70  # units of one fact
SENTENCE = 600  # units of one sentence of the knowledge, should a team write at length
MOST_FACTS = 10
MOST_WARNINGS = 4
MOST_NOTES = 4
MOST_STANDING = 4
ON_THE_CARD = ("product", "quantity", "incoterm", "port", "target_price", "payment_terms", "certificates",
               "delivery", "packaging", "attachment")  # fmt: skip
NOTHING_STANDS = Standing()
_USER = re.compile(r"[UW][A-Z0-9]{2,30}")


def card_forms(
    advice: Advice,
    *,
    inquiry_id: int,
    corrected_by: str | None = None,
    owner: str | None = None,
    standing: Standing = NOTHING_STANDS,
) -> tuple[Form, ...]:
    """Return the card as Slack may take it: full, short, plain text; a form beyond the limits is left out.

    `corrected_by` and `owner` are Slack user ids.
    """
    text = notification(advice)
    lines = _colleagues(advice, corrected_by, owner)
    below = (*_standing(standing), _buttons(advice, inquiry_id), _reminding(advice, inquiry_id))
    full = (*_full(advice, lines), *below)
    short = (*_short(advice, lines), *below)
    shown = tuple(Form(text, blocks) for blocks in (full, short) if fits(blocks))
    return (*shown, Form(_plain(advice)))


def fits(blocks: tuple[Block, ...]) -> bool:
    """Tell whether Slack takes these blocks in one message."""
    return len(blocks) <= BLOCKS_PER_MESSAGE and size_of(blocks) <= MESSAGE_BLOCKS


def notification(advice: Advice) -> str:
    """Return what a phone shows before the card is opened, and what screen readers read."""
    who = harmless_mrkdwn(advice.who, QUOTE).rstrip(".")  # the sentence ends with one anyhow
    buyer = say("notification_buyer", advice.language, buyer=who) if who else ""
    headline = clip_escaped(advice.headline, SENTENCE)
    if advice.dangers:
        danger = clip_escaped(say("danger", advice.language), SENTENCE)
        said = say("notification_danger", advice.language, danger=danger, headline=headline, buyer=buyer)
    else:
        step = clip_escaped(advice.next_step, SENTENCE)
        said = say("notification", advice.language, headline=headline, buyer=buyer, next_step=step)
    return said.strip()


def _full(advice: Advice, colleagues: tuple[str, ...]) -> Iterator[Block]:
    yield from _danger(advice, with_evidence=True)
    yield header(advice.headline)
    if below := (*_own(advice.runner_up), *colleagues):
        yield context(*below)
    yield from _buyer(advice)
    yield from _why(advice)
    yield from _given(advice)
    yield from _cautions(advice, with_evidence=True)
    yield from _to_do(advice)
    if advice.notes:
        yield context(*(line for note in advice.notes[:MOST_NOTES] for line in _own(note)))


def _short(advice: Advice, colleagues: tuple[str, ...]) -> Iterator[Block]:
    yield from _danger(advice, with_evidence=False)
    yield header(advice.headline)
    if below := (*_own(advice.runner_up), *colleagues):
        yield context(*below)
    if advice.signs:
        says = dict.fromkeys(sign.says for sign in advice.signs)
        yield titled(say("why", advice.language), [_sentence(one) for one in says])
    if advice.completeness:
        yield rich(rich_line(_sentence(advice.completeness)))
    yield from _cautions(advice, with_evidence=False)
    yield from _to_do(advice)
    yield context(*_own(say("shortened", advice.language)))


def _danger(advice: Advice, *, with_evidence: bool) -> Iterator[Block]:
    if not advice.dangers:
        return
    yield section(f"⛔ *{clip_escaped(say('danger', advice.language), SENTENCE)}*")
    yield rich(rich_bullets(_warning(one, with_evidence, advice) for one in advice.dangers[:MOST_WARNINGS]))


def _cautions(advice: Advice, *, with_evidence: bool) -> Iterator[Block]:
    if advice.cautions:
        lines = [_warning(one, with_evidence, advice) for one in advice.cautions[:MOST_WARNINGS]]
        yield titled(f"⚠️ {say('warnings', advice.language)}", lines)


def _buyer(advice: Advice) -> Iterator[Block]:
    is_told = len(advice.buyer) > 1 or advice.verdict.language not in LANGUAGES
    if advice.buyer and is_told and advice.type != NOT_AN_INQUIRY:
        known = " · ".join(harmless(part, VALUE) for part in advice.buyer)
        yield rich(rich_line((Run(f"👤 {known}"),)))


def _why(advice: Advice) -> Iterator[Block]:
    is_unclear = advice.verdict.type == UNCLEAR
    title = say("why_unclear" if is_unclear else "why", advice.language)
    if advice.signs:
        yield titled(title, [sign_line(sign, advice.language) for sign in advice.signs])
    if advice.question:
        yield titled(say("deciding_question", advice.language), [_sentence(advice.question)])


def sign_line(sign: ShownSign, language: Language) -> Line:
    """Return a reason with the buyer's words behind it, those that gave it in bold."""
    remark = say("remark", language, remark=harmless(sign.remark, VALUE)) if sign.remark else ""
    before, after = _around(sign.before), _around(sign.after)
    quote = harmless(sign.quote, QUOTE)
    says = Run(clip(sign.says, SENTENCE) + remark)
    if not quote:
        return (says,)
    opening, closing = (say(mark, language) for mark in ("open_quote", "close_quote"))
    return (
        says,
        Run(f"{say('colon', language)}{opening}{before}"),
        Run(quote, bold=True),
        Run(f"{after}{closing}"),
    )


def _around(words: str) -> str:
    """Return words beside a quote with their outer space gone and the inner one kept."""
    shown = harmless(words, QUOTE)
    left, right = " " * words[:1].isspace(), " " * words[-1:].isspace()
    return f"{left}{shown}{right}" if shown else ""


def _warning(warning: ShownWarning, with_evidence: bool, advice: Advice) -> Line:
    said = _sentence(warning.says)
    evidence = harmless(warning.evidence, QUOTE) if with_evidence else ""
    if not evidence or warning.evidence in warning.says:
        return said
    opening, closing = (say(mark, advice.language) for mark in ("open_quote", "close_quote"))
    return (*said, Run(f" {opening}{evidence}{closing}"))


def _given(advice: Advice) -> Iterator[Block]:
    stated = [fact for fact in advice.facts if fact.key in ON_THE_CARD][:MOST_FACTS]
    line: list[Run] = []
    if stated:
        given = " · ".join(f"{fact.name} {harmless(fact.value, VALUE)}" for fact in stated)
        line += [Run(f"{say('facts', advice.language)}  ", bold=True), Run(f"{given}\n")]
    line += _sentence(advice.completeness)
    if advice.completeness:
        yield rich(rich_line(tuple(line)))


def _to_do(advice: Advice) -> Iterator[Block]:
    yield titled(f"👉 {say('next_step', advice.language)}", [_sentence(advice.next_step)])
    if advice.avoid:
        yield titled(f"✋ {say('avoid', advice.language)}", [_sentence(one) for one in advice.avoid])


def _standing(standing: Standing) -> Iterator[Block]:
    if standing.lines:
        yield context(*(line[:SENTENCE] for line in standing.lines[:MOST_STANDING]))


def _buttons(advice: Advice, inquiry_id: int) -> Block:
    value, spoken = str(inquiry_id), advice.language
    has_type = advice.type != UNCLEAR
    entries = [choice for choice in MORE if choice != "about_type" or has_type]
    return actions(
        button(say("draft_button", spoken), ACTION_DRAFT, value, is_primary=True),
        button(say("quotation_sent_button", spoken), ACTION_QUOTATION_SENT, value),
        button(say("samples_sent_button", spoken), ACTION_SAMPLES_SENT, value),
        button(say("correct_button", spoken), ACTION_CORRECT, value),
        overflow(
            ACTION_MORE,
            (option(say(f"more_{choice}", spoken), more_value(choice, inquiry_id)) for choice in entries),
        ),
    )


def _reminding(advice: Advice, inquiry_id: int) -> Block:
    value, spoken = str(inquiry_id), advice.language
    clock = "⏰ "  # what the row is about; a line of its own would cost a phone more room
    after = [
        button(
            f"{clock if days == DAYS[0] else ''}{say('in_days_button', spoken, days=days)}",
            in_days(days),
            value,
            spoken=say("in_days_spoken", spoken, days=days),
        )
        for days in DAYS
    ]
    chosen = say("choose_spoken", spoken)
    return actions(*after, button(say("choose_button", spoken), ACTION_CHOOSE, value, spoken=chosen))


def _colleagues(advice: Advice, corrected_by: str | None, owner: str | None) -> tuple[str, ...]:
    spoken = advice.language
    lines = []
    if corrected_by:
        shown = clip_escaped(advice.type_name, SENTENCE)
        lines.append(
            say("corrected_line", spoken, user=_mention(corrected_by), emoji=advice.emoji, type=shown)
        )
    if owner:
        lines.append(say("owner_line", spoken, user=_mention(owner)))
    return tuple(lines)


def _mention(user: str) -> str:
    return f"<@{user}>" if _USER.fullmatch(user) else harmless_mrkdwn(user, VALUE)


def _plain(advice: Advice) -> str:
    spoken, lines = advice.language, []
    if advice.dangers:
        lines.append(f"⛔ {say('danger', spoken)}")
        lines.extend(f"• {warning.says}" for warning in advice.dangers[:MOST_WARNINGS])
    lines.extend(part for part in (advice.headline, advice.runner_up) if part)
    lines.extend(f"• {says}" for says in dict.fromkeys(sign.says for sign in advice.signs))
    lines.extend(part for part in (advice.question, advice.completeness) if part)
    lines.append(f"{say('next_step', spoken)}{say('colon', spoken)}{advice.next_step}")
    lines.extend(f"{say('avoid', spoken)}{say('colon', spoken)}{one}" for one in advice.avoid)
    return clip_escaped("\n".join(clip(line, SENTENCE) for line in lines), MESSAGE_TEXT)


def _sentence(text: str) -> Line:
    return (Run(clip(text, SENTENCE)),)


def _own(text: str) -> tuple[str, ...]:
    return (clip_escaped(text, SECTION_TEXT),) if text else ()
