"""The figures of an evaluation are what they say."""

from pathlib import Path

import pytest

import knowledge
from knowledge import LABELS, UNCLEAR
from knowledge.evaluation import Judgement, evaluate, report_on

SEEKER, BROWSER, HUNTER = "supplier_seeker", "casual_browser", "sample_hunter"


def judged(
    label: str, type_: str, confidence: float = 0.9, also: tuple[str, ...] = (), language: str = "en"
) -> Judgement:
    return Judgement(label, also, type_, confidence, language)


def test_figures_of_each_type_and_of_all() -> None:
    report = report_on(
        [judged(SEEKER, SEEKER), judged(SEEKER, BROWSER), judged(BROWSER, BROWSER), judged(HUNTER, HUNTER)]
    )
    assert report.count == 4
    assert report.accuracy == pytest.approx(0.75)
    assert report.types[SEEKER].precision == 1
    assert report.types[SEEKER].recall == pytest.approx(0.5)
    assert report.types[SEEKER].f1 == pytest.approx(2 / 3)
    assert report.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_another_type_that_can_be_defended_counts_as_right() -> None:
    report = report_on([judged(SEEKER, BROWSER, also=(BROWSER,))])
    assert report.accuracy == 1
    assert report.types[BROWSER].recall == 1
    assert report.types[SEEKER].count == 0
    assert report.confusion == {BROWSER: {**dict.fromkeys((*LABELS, UNCLEAR), 0), BROWSER: 1}}


def test_unclear_is_wrong_unless_it_is_the_label() -> None:
    report = report_on([judged(SEEKER, UNCLEAR, 0.3), judged(UNCLEAR, UNCLEAR, 0.3)])
    assert report.accuracy == pytest.approx(0.5)
    assert report.share_unclear == 1
    assert report.accuracy_confident == 0


def test_calibration_error_is_the_gap_between_sureness_and_truth() -> None:
    sure_and_half_right = [judged(SEEKER, SEEKER, 0.95), judged(SEEKER, BROWSER, 0.95)]
    assert report_on(sure_and_half_right).calibration_error == pytest.approx(0.45)
    assert report_on([judged(SEEKER, SEEKER, 1.0)]).calibration_error == pytest.approx(0)


def test_languages_are_told_apart() -> None:
    report = report_on(
        [judged(SEEKER, SEEKER, language="zh"), judged(SEEKER, BROWSER), judged(SEEKER, SEEKER)]
    )
    assert report.languages == {"en": (2, 0.5), "zh": (1, 1.0)}


def test_no_rows_give_zeros() -> None:
    report = report_on([])
    assert (report.count, report.accuracy, report.macro_f1, report.calibration_error) == (0, 0, 0, 0)


def test_a_report_is_plain_values_for_json() -> None:
    assert report_on([judged(SEEKER, SEEKER)]).as_dict()["types"][SEEKER]["f1"] == 1


def test_the_corpus_it_was_fitted_to_is_known_well() -> None:
    import json

    corpus = Path(__file__).parents[2] / "bench" / "corpus" / "tune.jsonl"
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    assert evaluate(knowledge.load(), rows).macro_f1 >= 0.8
