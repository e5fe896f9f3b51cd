"""What stands between a time and its note and belongs to neither: ", to", ":", "提醒我"."""

import re

REACH = 200  # characters looked at
MARKS = re.compile(r"(?:[\s\u200b-\u200f\u2060\ufeff,，.。:：;；、!！?？|>~·]|[-–—](?!\d)|\.(?!\d))+")
QUOTES = re.compile(r"[\"'”’“‘*_`)）]+")
WORDS = re.compile(
    r"(?:(?:please|pls)\s+)?(?:remind\s+(?:me|us)(?:\s+(?:to|that|about))?|to|that|please|pls)(?=[\s,:，：])"
    r"|(?:请|請|记得|記得)?(?:提醒我一下|提醒一下我|提醒我|叫我|通知我)(?:一下)?|记得|記得|的提醒",
    re.IGNORECASE,
)


def note_of(rest: str, *, is_quoted: bool) -> str:
    """Return the note without what joins it to its time; `is_quoted`: a quote or star opened before it."""
    head = rest[:REACH]
    at = _past(MARKS, head, 0)
    if is_quoted:
        at = _past(MARKS, head, _past(QUOTES, head, at))
    at = _past(MARKS, head, _past(WORDS, head, at))
    return rest[at:].strip()


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
