"""Makes other people's words harmless: nothing they write can ping, format, link or reorder a card.

`harmless` is for places Slack shows as they are (rich_text, plain_text, a terminal), `harmless_mrkdwn`
for places it parses.
"""

import re
import unicodedata

from bot.advice.limits import ELLIPSIS, clip, clip_escaped

_JOINERS = frozenset("\u200c\u200d")  # Persian words and family emoji need them
_WORD_JOINER = "\u2060"
_WEB = re.compile(r"(?i)http(s?)\[:\]//")
# rich_text does not parse it; a copy of it, or another program that reads the card, might.
_MENTION = re.compile(r"<(?=[@!#])")
_BARE_DOMAIN = re.compile(r"(?i)(?<![@\w])((?:[\w-]{1,63}\.){1,8})(?=[a-z\u00a1-\uffff]{2})")
_SHOUT = re.compile(r"(?i)@(?=here|channel|everyone|group)")
_EMOJI = re.compile(r":(?=[\w+'-]{1,100}:)")
_LONE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# No backslash escapes these in mrkdwn; a look-alike is certain where an invisible character is a guess.
_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_LOOK_ALIKE_UNDERSCORE = "ˍ"


def clean(text: str) -> str:
    """Drop NUL, control, bidirectional and other invisible characters; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space made one space."""
    return " ".join(clean(text).split())


def defanged(text: str) -> str:
    """Return `text` with URLs and Slack's own mentions written so that no client brings them to life."""
    return _WEB.sub(r"hxxp\1://", _MENTION.sub("‹", text.replace("://", "[:]//")))


def harmless(text: str, limit: int) -> str:
    """Return one safe line of at most `limit` units for a place that Slack shows as it is."""
    return clip(defanged(one_line(text)), limit)


def harmless_mrkdwn(text: str, limit: int) -> str:
    """Return one safe line of at most `limit` units, escaping included, for a place that Slack parses."""
    line = _BARE_DOMAIN.sub(_dead_domain, defanged(one_line(text)))
    line = _SHOUT.sub("@" + _WORD_JOINER, line)
    line = _LONE_UNDERSCORE.sub(_LOOK_ALIKE_UNDERSCORE, line.translate(_LOOK_ALIKES))
    line = _EMOJI.sub(":" + _WORD_JOINER, line)
    # Slack makes a quotation of a line that begins with the escaped sign as well.
    cut = clip_escaped("›" + line[1:] if line.startswith(">") else line, limit)
    return cut.removesuffix(f"_{ELLIPSIS}") + ELLIPSIS if cut.endswith(f"_{ELLIPSIS}") else cut


def _visible(character: str) -> str:
    if character in "\n\u2028\u2029\r":
        return "\n"
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") and character not in _JOINERS else character


def _dead_domain(match: re.Match[str]) -> str:
    return match[1].replace(".", "." + _WORD_JOINER)
