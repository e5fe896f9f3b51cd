"""What is said when the words, the place or the certainty are missing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import texts
from bot.outbox.model import Form, Kind, Row, Utterance
from bot.texts import Language

EVENT_TYPE = "inquiry_note"

_UNSAID = {Kind.ADVICE: "failure.no_advice", Kind.REMINDER: "failure.no_reminder"}


def speechless(row: Row, language: Language) -> Utterance:
    """Say that there will be no words, where they were promised."""
    return _note(row, _say(_UNSAID.get(row.kind, "failure.no_words"), language))


def last_resort(row: Row, language: Language) -> Form:
    """Return the form that is left when Slack refused all forms."""
    return Form(_say("failure.no_form", language, number=row.id))


def as_repeat(said: Utterance, language: Language) -> Utterance:
    """Mark what may stand there already."""
    return _introduced(said, _say("failure.repeat", language))


def in_private(said: Utterance, lost: Mapping[str, Any], language: Language) -> Utterance:
    """Introduce what could not be said in its place."""
    reason = f"failure.reason.{lost['error']}"
    known = reason if texts.load().has(reason) else "failure.reason.other"
    why = _say(known, language, code=lost["error"])
    return _introduced(said, _say("failure.in_private", language, channel=f"<#{lost['channel']}>", why=why))


def _note(row: Row, text: str) -> Utterance:
    about = {} if row.inquiry_id is None else {"inquiry_id": str(row.inquiry_id)}
    return Utterance((Form(text),), EVENT_TYPE, about)


def _introduced(said: Utterance, sentence: str) -> Utterance:
    return replace(said, forms=tuple(_after(sentence, form) for form in said.forms))


def _after(sentence: str, form: Form) -> Form:
    opening = {"type": "section", "text": {"type": "mrkdwn", "text": sentence}}
    return Form(f"{sentence}\n{form.text}", (opening, *form.blocks) if form.blocks else ())


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(key, language, **values)
