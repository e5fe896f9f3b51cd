"""Which reasons are shown, and with which of the buyer's words."""

import re

from bot.advice.model import ShownSign
from bot.advice.wording import joined, say, type_name
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import UNCLEAR, Sign, Verdict

MOST_SIGNS = 5
FEWEST_SIGNS = 2
AROUND = 40  # characters of the clause on each side of a quote
# A comma inside 5,000 and a full stop inside 8.5 end nothing.
_ENDS_CLAUSE = re.compile(r"[.,;:!?](?=\s|$)|[\n。，；：！？、…]")


def signs_shown(
    knowledge: Knowledge, verdict: Verdict, text: str, language: Language
) -> tuple[ShownSign, ...]:
    """Return the strongest reasons for the verdict; others fill up only where there is nearly nothing."""
    likely = {verdict.type} if verdict.type != UNCLEAR else {label for label, _ in verdict.ranked[:2]}
    favourable = [sign for sign in verdict.signs if sign.weight > 0]
    own = [sign for sign in favourable if sign.type in likely]
    others = [sign for sign in favourable if sign.type not in likely]
    chosen = _varied(own)
    if len(chosen) < FEWEST_SIGNS:
        chosen = [*chosen, *_varied(others)][: FEWEST_SIGNS + 1]
    shown = tuple(_shown(knowledge, verdict, sign, text, language) for sign in chosen)
    if len(shown) >= FEWEST_SIGNS or not verdict.is_read:
        return shown
    return (*shown, ShownSign(say("few_signs", language), ""))


def _varied(signs: list[Sign]) -> list[Sign]:
    """Return the strongest signs, each with words of its own; the same words twice only if need be."""
    by_words = {(sign.where, sign.start, sign.end): sign for sign in reversed(signs)}
    strongest = [sign for sign in signs if by_words[sign.where, sign.start, sign.end] is sign]
    return (strongest if len(strongest) >= FEWEST_SIGNS else signs)[:MOST_SIGNS]


def _shown(knowledge: Knowledge, verdict: Verdict, sign: Sign, text: str, language: Language) -> ShownSign:
    remarks = []
    if sign.type != verdict.type:
        remarks.append(say("points_to", language, type=type_name(knowledge, sign.type, language)))
    if sign.where != "text":
        remarks.append(say(f"in_{sign.where}", language))
    before, after = _clause(text, sign) if sign.where == "text" else ("", "")
    return ShownSign(sign.says.in_(language), sign.quote, joined(tuple(remarks), language), before, after)


def _clause(text: str, sign: Sign) -> tuple[str, str]:
    left, right = text[max(0, sign.start - AROUND) : sign.start], text[sign.end : sign.end + AROUND]
    is_cut = (sign.start > AROUND, sign.end + AROUND < len(text))
    begins = max((match.end() for match in _ENDS_CLAUSE.finditer(left)), default=None)
    ends = _ENDS_CLAUSE.search(right)
    before = left[begins:] if begins is not None else _whole_words(left, is_cut[0])
    after = right[: ends.start()] if ends else _whole_words(right[::-1], is_cut[1])[::-1]
    return before.lstrip(), after.rstrip()


def _whole_words(left: str, is_cut: bool) -> str:
    """Drop the half word at the beginning; in writing without spaces there is none."""
    if not is_cut:
        return left
    first, space, rest = left.partition(" ")
    return f"…{rest}" if space and first.isascii() else f"…{left}"
