"""Advice as one JSON object: what `classify --json` prints. Its keys are a promise to other programs."""

from collections.abc import Iterable
from typing import Any

from bot.advice.advise import SINGLE_FACTS
from bot.advice.model import Advice
from knowledge.model import Sign


def as_json(advice: Advice, id: str | None) -> dict[str, Any]:  # noqa: A002 - the contract's key
    """Return the object; what is unknown is None, never left out.

    `signs` are those found in the text, so that `text[start:end] == quote`; those of the subject and the
    sender line are `context_signs`.
    """
    verdict, spoken = advice.verdict, advice.language
    return {
        "id": id,
        "text": advice.reading.text,
        "type": advice.type,
        "confidence": verdict.confidence,
        "scores": dict(verdict.scores),
        "language": verdict.language,
        "signs": _signs((sign for sign in verdict.signs if sign.where == "text"), advice),
        "context_signs": _signs((sign for sign in verdict.signs if sign.where != "text"), advice),
        "facts": _facts(advice),
        "completeness": verdict.completeness,
        "missing": list(verdict.missing),
        "warnings": [
            {
                "id": warning.id,
                "severity": warning.severity,
                "says": warning.says.in_(spoken),
                "evidence": warning.evidence,
            }
            for warning in verdict.warnings
        ],
        "deciding_question": advice.question or None,
        "notes": list(advice.notes),
        "next_step": advice.next_step,
        "avoid": list(advice.avoid),
        "reply_draft": advice.reply_draft.text if advice.reply_draft else None,
    }


def _signs(signs: Iterable[Sign], advice: Advice) -> list[dict[str, Any]]:
    return [
        {
            "id": sign.id,
            "type": sign.type,
            "says": sign.says.in_(advice.language),
            "quote": sign.quote,
            "start": sign.start,
            "end": sign.end,
            "similarity": sign.similarity,
            "weight": sign.weight,
            **({} if sign.where == "text" else {"where": sign.where}),
        }
        for sign in signs
    ]


def _facts(advice: Advice) -> dict[str, Any]:
    facts = advice.verdict.facts
    single = {key: fact.value if (fact := getattr(facts, key)) else None for key in SINGLE_FACTS}
    return {**single, "certificates": [fact.value for fact in facts.certificates]}
