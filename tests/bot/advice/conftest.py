from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import knowledge
from knowledge import LABELS, Knowledge, Verdict
from knowledge.model import Bilingual, Fact, Facts, RiskWarning, Sign

TEXT = "Hello, we need 500 pcs LED panel, CIF Hamburg. Please send us free samples first."


@pytest.fixture(scope="session")
def known() -> Knowledge:
    return knowledge.load()


def scores_of(**given: float) -> dict[str, float]:
    rest = (1 - sum(given.values())) / (len(LABELS) - len(given))
    return {label: given.get(label, rest) for label in LABELS}


def sign_of(type_id: str, quote: str, weight: float = 1.0, where: Any = "text") -> Sign:
    start = TEXT.find(quote) if where == "text" else 0
    says = Bilingual(f"Says {quote}", f"说了{quote}")
    return Sign(f"{type_id}.{quote}", type_id, says, quote, start, start + len(quote), 1.0, weight, where)


def fact_of(value: str) -> Fact:
    return Fact(value, value, TEXT.find(value), TEXT.find(value) + len(value))


STANDARD = Verdict(
    type="supplier_seeker",
    confidence=0.9,
    scores=scores_of(supplier_seeker=0.9),
    language="en",
    is_read=True,
    signs=(
        sign_of("supplier_seeker", "500 pcs", 2.0),
        sign_of("supplier_seeker", "CIF Hamburg", 1.5),
        sign_of("sample_hunter", "free samples", 1.2),
        sign_of("sample_hunter", "500 pcs", -0.6),
    ),
    facts=Facts(
        product=fact_of("LED panel"),
        quantity=fact_of("500 pcs"),
        incoterm=fact_of("CIF"),
        port=fact_of("Hamburg"),
        certificates=(Fact("CE", "CE", 0, 2), Fact("RoHS", "RoHS", 0, 4)),
    ),
    completeness=0.47,
    missing=("company", "target_price", "delivery", "email", "payment_terms", "phone"),
    warnings=(RiskWarning("free_mail", "note", Bilingual("A free mailbox.", "免费邮箱。"), "ana@gmail.com"),),
    deciding_question=None,
)


@pytest.fixture
def verdict_of() -> Callable[..., Verdict]:
    """Return the standard verdict with some of it changed; `scores` may be given in part."""

    def made(**changes: Any) -> Verdict:
        if "scores" in changes:
            changes["scores"] = scores_of(**changes["scores"])
        return replace(STANDARD, **changes)

    return made


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def make_sign() -> Callable[..., Sign]:
    return sign_of
