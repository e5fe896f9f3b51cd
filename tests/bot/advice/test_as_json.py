import json
from collections.abc import Callable

from bot.advice import advise, as_json
from bot.reading.model import Reading
from knowledge import BUYER_TYPES, NOT_AN_INQUIRY, Knowledge, Verdict
from knowledge.model import Sign

PROMISED = {
    "id", "text", "type", "confidence", "scores", "language", "signs", "facts", "completeness", "missing",
    "warnings", "next_step", "avoid", "reply_draft",
}  # fmt: skip
FACTS = {
    "product", "quantity", "incoterm", "port", "target_price", "payment_terms", "certificates", "delivery",
    "packaging", "company", "contact", "email", "phone", "website", "address", "country",
}  # fmt: skip


def test_every_promised_key_is_there_and_unknown_is_null(known: Knowledge) -> None:
    told = as_json(advise(known, Reading("Hello"), "en"), None)
    assert set(told) >= PROMISED
    assert set(told["facts"]) == FACTS
    assert told["facts"]["certificates"] == []
    assert told["facts"]["product"] is None
    assert told["id"] is None
    assert set(told["scores"]) == {*BUYER_TYPES, NOT_AN_INQUIRY}
    json.dumps(told)


def test_signs_of_the_text_quote_it_and_others_stand_apart(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict], make_sign: Callable[..., Sign]
) -> None:
    signs = (make_sign("supplier_seeker", "500 pcs"), make_sign("casual_browser", "RFQ", where="subject"))
    told = as_json(advise(known, Reading(text), "zh", verdict=verdict_of(signs=signs)), "en-001")
    (sign,) = told["signs"]
    assert text[sign["start"] : sign["end"]] == sign["quote"] == "500 pcs"
    assert sign["says"] == "说了500 pcs"
    assert set(sign) == {"id", "type", "says", "quote", "start", "end", "similarity", "weight"}
    assert [(other["quote"], other["where"]) for other in told["context_signs"]] == [("RFQ", "subject")]


def test_facts_are_plain_values(known: Knowledge, text: str, verdict_of: Callable[..., Verdict]) -> None:
    told = as_json(advise(known, Reading(text), "en", verdict=verdict_of()), "en-001")
    assert told["facts"]["port"] == "Hamburg"
    assert told["facts"]["certificates"] == ["CE", "RoHS"]
    assert told["warnings"] == [
        {"id": "free_mail", "severity": "note", "says": "A free mailbox.", "evidence": "ana@gmail.com"}
    ]


def test_what_needs_no_reply_has_a_null_draft(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    advice = advise(known, Reading(text), "en", verdict=verdict_of(type=NOT_AN_INQUIRY))
    assert as_json(advice, None)["reply_draft"] is None
