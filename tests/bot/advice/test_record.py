import json
from collections.abc import Callable

from bot.advice.record import verdict_from_json, verdict_to_json
from knowledge import UNCLEAR, Knowledge, Verdict
from knowledge.model import Bilingual


def test_a_verdict_survives_the_database(known: Knowledge, text: str) -> None:
    verdict = known.classify(text, subject="RFQ", sender="Ana <ana@gmail.com>", attachments=("a.exe",))
    assert verdict_from_json(verdict_to_json(verdict)) == verdict


def test_a_deciding_question_survives_too(verdict_of: Callable[..., Verdict]) -> None:
    verdict = verdict_of(type=UNCLEAR, deciding_question=Bilingual("How many?", "多少？"))
    assert verdict_from_json(verdict_to_json(verdict)) == verdict


def test_what_a_newer_release_wrote_is_still_understood(verdict_of: Callable[..., Verdict]) -> None:
    written = json.loads(verdict_to_json(verdict_of()))
    written["mood"] = "cheerful"
    written["facts"]["colour"] = {"value": "red"}
    written["signs"][0]["mood"] = "cheerful"
    assert verdict_from_json(json.dumps(written)) == verdict_of()
