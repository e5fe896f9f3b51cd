"""Advice for a terminal: 80 columns, Chinese characters counted as the two columns they take."""

import unicodedata
from collections.abc import Iterator

from bot.advice.escape import harmless
from bot.advice.model import Advice, ShownSign, ShownWarning
from bot.advice.wording import say
from knowledge.model import NOT_AN_INQUIRY, UNCLEAR

COLUMNS = 80
LONGEST_WORD = 60
QUOTE = 120
VALUE = 100
_INDENT = "  "
_BULLET = "  • "


def plain_text(advice: Advice) -> str:
    """Return the whole advice as lines of at most 80 columns, without any control character."""
    return "\n".join(_lines(advice))


def columns_of(text: str) -> int:
    """Return how many terminal columns `text` takes."""
    return sum(map(_width, text))


def wrapped(text: str, first: str = "", indent: str = "") -> list[str]:
    """Break `text` into lines of at most 80 columns; Latin words stay whole, Chinese breaks anywhere."""
    lines, line = [], first
    for piece in _pieces(text):
        if columns_of(line) + columns_of(piece.rstrip()) > COLUMNS and line.strip():
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _lines(advice: Advice) -> Iterator[str]:
    spoken = advice.language
    if advice.dangers:
        yield from wrapped(f"⛔ {say('danger', spoken)}")
        for warning in advice.dangers:
            yield from _bullet(_with_evidence(warning, advice))
        yield ""
    yield from wrapped(advice.headline)
    yield from wrapped(advice.runner_up, _INDENT, _INDENT) if advice.runner_up else ()
    if advice.buyer and advice.type != NOT_AN_INQUIRY:
        yield from wrapped(" · ".join(harmless(part, VALUE) for part in advice.buyer), _INDENT, _INDENT)
    yield from _why(advice)
    yield from _given(advice)
    if advice.cautions:
        yield from _titled(say("warnings", spoken), [_with_evidence(one, advice) for one in advice.cautions])
    yield from _titled(say("next_step", spoken), [advice.next_step])
    yield from _titled(say("avoid", spoken), list(advice.avoid))
    for note in advice.notes:
        yield ""
        yield from wrapped(note)
    yield from _draft(advice)


def _why(advice: Advice) -> Iterator[str]:
    title = say("why_unclear" if advice.verdict.type == UNCLEAR else "why", advice.language)
    yield from _titled(title, list(_signs(advice)))
    if advice.question:
        yield from _titled(say("deciding_question", advice.language), [advice.question])


def _given(advice: Advice) -> Iterator[str]:
    facts = [
        f"{fact.name}{say('colon', advice.language)}{harmless(fact.value, VALUE)}" for fact in advice.facts
    ]
    yield from _titled(say("facts", advice.language), facts)
    if advice.completeness:
        yield ""
        yield from wrapped(advice.completeness)


def _draft(advice: Advice) -> Iterator[str]:
    if not advice.reply_draft:
        return
    yield ""
    yield f"── {say('draft_button', advice.language)} ──"
    for paragraph in advice.reply_draft.text.split("\n"):
        yield from wrapped(paragraph)


def _titled(title: str, bullets: list[str]) -> Iterator[str]:
    if not bullets:
        return
    yield ""
    yield title
    for bullet in bullets:
        yield from _bullet(bullet)


def _bullet(text: str) -> list[str]:
    return wrapped(text, _BULLET, " " * len(_BULLET))


def _signs(advice: Advice) -> Iterator[str]:
    """Show each sign with its clause; where that stands above already, with the telling words alone."""
    shown: set[str] = set()
    for sign in advice.signs:
        clause = f"{sign.before}{sign.quote}{sign.after}" if sign.quote else ""
        yield _sign(sign, sign.quote if clause in shown else clause, advice)
        shown.add(clause)


def _sign(sign: ShownSign, words: str, advice: Advice) -> str:
    remark = say("remark", advice.language, remark=sign.remark) if sign.remark else ""
    return f"{sign.says}{remark}{_quoted(words, say('colon', advice.language), advice)}"


def _with_evidence(warning: ShownWarning, advice: Advice) -> str:
    evidence = "" if warning.evidence in warning.says else warning.evidence
    return warning.says + _quoted(evidence, " ", advice)


def _quoted(words: str, joint: str, advice: Advice) -> str:
    shown = harmless(words, QUOTE)
    opening, closing = (say(mark, advice.language) for mark in ("open_quote", "close_quote"))
    return f"{joint}{opening}{shown}{closing}" if shown else ""


def _pieces(text: str) -> Iterator[str]:
    """Cut where a line may break: after a space, and before a Chinese character or an opening mark.

    So no line begins with a full stop or a comma. A word longer than a line is cut anyway.
    """
    piece = ""
    for character in text:
        if piece and (_may_begin_line(character) or columns_of(piece) >= LONGEST_WORD):
            yield piece
            piece = ""
        piece += character
        if character == " ":
            yield piece
            piece = ""
    yield piece


def _may_begin_line(character: str) -> bool:
    category = unicodedata.category(character)
    return _width(character) == 2 and (category.startswith("L") or category in ("Ps", "Pi"))


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
