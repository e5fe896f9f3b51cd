"""Names for what the knowledge knows by a key: types, details, languages, degrees of certainty."""

import re

from bot import texts
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import UNCLEAR, Verdict

# The scores are calibrated: of the verdicts called "quite sure" at least four in five hold.
SURE_FROM = 0.80
LIKELY_FROM = 0.55
CLOSE_WITHIN = 0.25  # a runner-up this near to the best type is worth naming
GUESS_FROM = 0.10  # below this a best guess of an unclear verdict is none

_HAN_COMMA = re.compile(r"(?<=[\u3400-\u9fff]), (?=[\u3400-\u9fff])")


def say(key: str, language: Language, **values: object) -> str:
    """Return a sentence of the card."""
    return texts.load().say(f"card.{key}", language, **values)


def emoji_of(knowledge: Knowledge, type_id: str) -> str:
    """Return the sign that stands for a type."""
    known = knowledge.types.get(type_id)
    return known.emoji if known else say("unclear_emoji", "en")


def type_name(knowledge: Knowledge, type_id: str, language: Language) -> str:
    """Return the name of a type."""
    known = knowledge.types.get(type_id)
    return known.name.in_(language) if known else say("unclear_type", language)


def item_name(key: str, language: Language) -> str:
    """Return the name of a detail an inquiry may give."""
    return say(f"item.{key}", language) if texts.load().has(f"card.item.{key}") else key.replace("_", " ")


def language_name(code: str, language: Language) -> str:
    """Return the name of the language with this ISO 639-1 code; the code itself when we have no name."""
    known = texts.load().has(f"card.language.{code}")
    return say(f"language.{code}", language) if known else code


def confidence_key(verdict: Verdict) -> str:
    """Return how sure the verdict is: sure, likely, leaning or unclear."""
    if verdict.type == UNCLEAR:
        return "unclear"
    if verdict.confidence >= SURE_FROM:
        return "sure"
    return "likely" if verdict.confidence >= LIKELY_FROM else "leaning"


def with_title(name: str) -> str:
    """Return a name and its title; between Chinese ones the comma is a Chinese one."""
    return _HAN_COMMA.sub("，", name)


def joined(names: tuple[str, ...], language: Language) -> str:
    """Return names as a list in one sentence."""
    return say("list_comma", language).join(names)
