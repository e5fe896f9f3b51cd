"""Tells the writer's own words from what was said before, and from lawyers' boilerplate."""

import re

from bot.reading.clients import Clients, clients

_QUOTED = re.compile(r"^[ \t\u00a0]{0,3}>")
_ONE_MARK = re.compile(r"^[ \t\u00a0]{0,3}>[ \t\u00a0]?")
_FENCE = re.compile(r"^`{3,}\w{0,12}$")
_WIDE = re.compile(r"[\u1100-\u11ff\u3040-\u9fff\uac00-\ud7ff\uf900-\ufaff]")
_SPACE = re.compile(r"\s")
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")
INTRO_LINES = 3  # "On … wrote:" may be wrapped that often
REMARK = 24  # weight of a colleague's "new one, see:" above a quote


def weight(text: str) -> int:
    """Return how much `text` says: letters and signs, a Chinese character counting as two."""
    return len(_SPACE.sub("", text)) + len(_WIDE.findall(text))


def is_quoted(line: str) -> bool:
    """Tell whether a line starts with a quotation mark of mail, ">"."""
    return bool(_QUOTED.match(line))


def unquoted(line: str, levels: int = 1) -> str:
    """Return `line` without up to `levels` quotation marks."""
    for _ in range(levels):
        line = _ONE_MARK.sub("", line)
    return line


def own_words(text: str) -> str:
    """Return what the writer added: no quoted lines, no history below an "On … wrote:".

    Where hardly more than a colon or a colleague's remark is left, the quote is the message: somebody
    pasted it that way. Below an "On … wrote:" it is history, whatever stands above.
    """
    lines = text.split("\n")
    kept = _without_history(lines, clients())
    own = "\n".join(line for line in kept if not is_quoted(line))
    is_history = len(kept) < len(lines)
    if _is_lead_in(own, is_history) and any(is_quoted(line) for line in lines):
        return "\n".join(unquoted(line) for line in lines if is_quoted(line)).strip()
    return own.strip()


def without_disclaimers(text: str) -> str:
    """Return `text` without confidentiality notices; the line such a notice starts in goes with it."""
    phrases = clients().disclaimers
    folded = text.casefold()
    if not any(phrase in folded for phrase in phrases):
        return text
    kept, is_legal = [], False
    for line in text.split("\n"):
        is_legal = bool(line.strip()) and (is_legal or any(phrase in line.casefold() for phrase in phrases))
        if not is_legal:
            kept.append(line)
    return "\n".join(kept).strip().rstrip("_-=* \n")  # the rule above a notice goes with it


def without_fences(text: str) -> str:
    """Return `text` without the back-ticks somebody pasted it between."""
    lines = [line for line in text.split("\n") if not _FENCE.match(line.strip())]
    bare = "\n".join(lines).strip()
    return bare.removeprefix("```").removesuffix("```").strip() if bare.startswith("```") else bare


def _is_lead_in(own: str, is_history: bool) -> bool:
    said = own.strip()
    is_remark = said.endswith((":", "：")) or not (is_history or said.endswith(_SENTENCE_ENDS))
    return not said or (weight(said) <= REMARK and is_remark)


def _without_history(lines: list[str], marks: Clients) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        length = _intro_at(lines, at, marks)
        if not length:
            kept.append(lines[at])
            at += 1
        elif _is_followed_by_quote(lines, at + length):
            at += length
        elif _is_dated(lines[at : at + length]) and any(weight(line) for line in kept):
            return kept
        else:
            kept += lines[at : at + length]
            at += length
    return kept


def _intro_at(lines: list[str], at: int, marks: Clients) -> int:
    """Return how many lines the "On … wrote:" that starts here takes, 0 when none starts."""
    joined = ""
    for length, line in enumerate(lines[at : at + INTRO_LINES], 1):
        stripped = line.strip()
        if not stripped or len(stripped) > 300:
            return 0
        joined = f"{joined} {stripped}".strip()
        if stripped.endswith((":", "：")):
            return length if marks.is_intro(joined) else 0
    return 0


def _is_dated(intro: list[str]) -> bool:
    """Tell a mail program's "On 2 Feb … wrote:" from a buyer's "our engineer wrote:"."""
    return any(sign.isdigit() or sign == "@" for line in intro for sign in line)


def _is_followed_by_quote(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 3] if line.strip()), "")
    return is_quoted(following)
