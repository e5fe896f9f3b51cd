"""A reply in the buyer's language, for a person to finish and send. The bot never writes to a buyer.

Every word comes from `knowledge/replies/` or from the buyer; what neither says is a marked blank.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from bot.advice.escape import one_line
from bot.advice.limits import clip
from bot.advice.model import ReplyDraft
from knowledge import Knowledge
from knowledge.content import BUYER_PLACEHOLDERS, Body, Line, ReplyLanguage
from knowledge.model import Facts, Verdict

FALLBACK = "en"
MOST_ASKED = 3  # a questionnaire of ten kills the reply
VALUE = 160  # units of one of the buyer's details
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NO_BRACES = str.maketrans("{}", "()")


def reply_draft(knowledge: Knowledge, verdict: Verdict, type_id: str) -> ReplyDraft | None:
    """Return the draft for a buyer of this type; None where no reply is due."""
    spoken = knowledge.replies.get(verdict.language) or knowledge.replies[FALLBACK]
    body = spoken.bodies.get(type_id)
    return _draft(spoken, body, verdict.facts, verdict.missing) if body else None


def follow_up_draft(knowledge: Knowledge, facts: Facts, language_code: str, name: str) -> ReplyDraft | None:
    """Return the draft `name` of a follow-up; None where the knowledge has none of that name.

    It is in English where the language has no follow-ups of its own. `facts` may be empty: then all is blank.
    """
    spoken = knowledge.replies.get(language_code)
    if spoken is None or not spoken.follow_ups:
        spoken = knowledge.replies[FALLBACK]
    body = spoken.follow_ups.get(name)
    return _draft(spoken, body, facts, missing=()) if body else None


def given_by_buyer(facts: Facts) -> Mapping[str, str]:
    """Return the buyer's details as a draft may repeat them: one line each, never a brace."""
    stated = {key: getattr(facts, key) for key in BUYER_PLACEHOLDERS if key != "certificates"}
    values = {key: fact.value for key, fact in stated.items() if fact}
    if facts.certificates:
        values["certificates"] = ", ".join(fact.value for fact in facts.certificates)
    if "contact" in values:
        values["contact"] = values["contact"].partition(", ")[0]  # nobody is addressed by name and title
    said = {key: clip(one_line(value), VALUE).translate(_NO_BRACES) for key, value in values.items()}
    return {key: value for key, value in said.items() if value}


def _draft(spoken: ReplyLanguage, body: Body, facts: Facts, missing: Collection[str]) -> ReplyDraft:
    given = given_by_buyer(facts)
    paragraphs = [_greeting(spoken, given), *_paragraphs(spoken, body, missing, given)]
    if body.is_signed:
        paragraphs.append(spoken.closing)
    text = "\n\n".join(_filled(paragraph.strip("\n"), spoken, given) for paragraph in paragraphs)
    return ReplyDraft(text, spoken.code)


def _greeting(spoken: ReplyLanguage, given: Mapping[str, str]) -> str:
    if "contact" in given:
        return spoken.greeting.named
    return spoken.greeting.company if "company" in given else spoken.greeting.unnamed


def _paragraphs(
    spoken: ReplyLanguage, body: Body, missing: Collection[str], given: Mapping[str, str]
) -> Iterable[str]:
    blocks: Mapping[str, Callable[[], str]] = {
        "{echo}": lambda: _echo(spoken, given),
        "{asks}": lambda: _asks(spoken, body, missing),
        "{quotation}": lambda: _listed(_fitting(spoken.quotation, given)),
    }
    for text in _fitting(body.paragraphs, given):
        if paragraph := blocks[text]() if text in blocks else text:
            yield paragraph


def _fitting(lines: Iterable[Line], given: Mapping[str, str]) -> Iterable[str]:
    for line in lines:
        if all(key in given for key in line.needs) and not any(key in given for key in line.lacks):
            yield line.text


def _echo(spoken: ReplyLanguage, given: Mapping[str, str]) -> str:
    lines = [line for key, line in spoken.echo.items() if key in given]
    return f"{spoken.echo_intro}\n{_listed(lines)}" if lines else ""


def _asks(spoken: ReplyLanguage, body: Body, missing: Collection[str]) -> str:
    open_ = [key for key in body.asks if key in missing and key in spoken.asks]
    questions = [spoken.asks[key] for key in open_[: min(body.most_asks, MOST_ASKED)]]
    intro = spoken.asking.one if len(questions) == 1 else spoken.asking.many
    return f"{intro}\n{_listed(questions)}" if questions else ""


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _filled(text: str, spoken: ReplyLanguage, given: Mapping[str, str]) -> str:
    """Fill all placeholders in one pass, so that nothing the buyer wrote is filled in its turn."""

    def value_of(match: re.Match[str]) -> str:
        key = match[1]
        return given.get(key) or spoken.blanks.get(key) or f"［{key.replace('_', ' ')}］"

    return _PLACEHOLDER.sub(value_of, text)
