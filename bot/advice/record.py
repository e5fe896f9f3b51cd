"""A verdict as JSON and back: what the database keeps, so that a button years later shows the same card."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from knowledge.model import Bilingual, Fact, Facts, RiskWarning, Sign, Verdict


def verdict_to_json(verdict: Verdict) -> str:
    """Return the whole verdict as a JSON object."""
    return json.dumps(asdict(verdict), ensure_ascii=False, separators=(",", ":"))


def verdict_from_json(written: str) -> Verdict:
    """Return the verdict; fields a newer release knows are passed over, missing ones are as if unknown."""
    known = json.loads(written)
    question = known.get("deciding_question")
    return Verdict(
        type=known["type"],
        confidence=known["confidence"],
        scores=known["scores"],
        language=known.get("language", "und"),
        is_read=known.get("is_read", True),
        signs=tuple(_sign(sign) for sign in known.get("signs", ())),
        facts=_facts(known.get("facts", {})),
        completeness=known.get("completeness", 0.0),
        missing=tuple(known.get("missing", ())),
        warnings=tuple(_warning(warning) for warning in known.get("warnings", ())),
        deciding_question=_bilingual(question) if question else None,
    )


def _sign(known: Mapping[str, Any]) -> Sign:
    return Sign(**{**_of(Sign, known), "says": _bilingual(known["says"])})


def _warning(known: Mapping[str, Any]) -> RiskWarning:
    return RiskWarning(**{**_of(RiskWarning, known), "says": _bilingual(known["says"])})


def _bilingual(known: Mapping[str, str]) -> Bilingual:
    return Bilingual(**_of(Bilingual, known))


def _facts(known: Mapping[str, Any]) -> Facts:
    stated: dict[str, Any] = {key: _stated(value) for key, value in _of(Facts, known).items()}
    return Facts(**stated)


def _stated(value: Any) -> Fact | tuple[Fact, ...] | None:
    if isinstance(value, list):
        return tuple(Fact(**_of(Fact, one)) for one in value)
    return Fact(**_of(Fact, value)) if value else None


def _of(shape: type[Any], known: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(shape)}
    return {name: value for name, value in known.items() if name in names}
