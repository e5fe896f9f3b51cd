"""How sure the judgement is, and that one word of refusal does not hide a later wish."""

from dataclasses import replace

import pytest

import knowledge
from knowledge.classifier import probabilities


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


def test_a_higher_temperature_makes_less_sure(known: knowledge.Knowledge) -> None:
    signs = known.classify("We need 4,000 pcs, CIF Oslo, before 15 May.").signs
    cool = replace(known.classifier.calibration, temperature=0.5)
    warm = replace(known.classifier.calibration, temperature=2.0)
    assert max(probabilities(signs, cool).values()) > max(probabilities(signs, warm).values())


def test_a_wish_after_several_refusals_is_still_seen(known: knowledge.Knowledge) -> None:
    refusals = "We want no free samples. Last year: no free samples. "
    refused = known.classify(refusals)
    wished = known.classify(refusals + "Now please send free samples.")
    assert _weight(refused) < 0 < _weight(wished)


def _weight(verdict: knowledge.Verdict) -> float:
    own = (sign for sign in verdict.signs if sign.id == "sample_hunter.free_sample")
    return sum(sign.weight for sign in own if sign.type == "sample_hunter")
