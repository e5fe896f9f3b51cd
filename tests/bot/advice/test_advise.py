from collections.abc import Callable

import pytest

from bot.advice import Advice, advise
from bot.reading.model import Attachment, Reading
from bot.texts import LANGUAGES, Language
from knowledge import LABELS, NOT_AN_INQUIRY, UNCLEAR, Knowledge, Verdict
from knowledge.model import Bilingual, RiskWarning, Sign

Verdicts = Callable[..., Verdict]


def on(
    known: Knowledge, text: str, verdict: Verdict, language: Language = "en", corrected_to: str | None = None
) -> Advice:
    return advise(known, Reading(text), language, verdict=verdict, corrected_to=corrected_to)


@pytest.mark.parametrize(
    ("confidence", "words", "headline"),
    [
        (0.97, "quite sure", "🎯 Supplier seeker · quite sure"),
        (0.70, "likely", "🎯 Supplier seeker · likely"),
        (0.45, "leaning towards", "🎯 Leaning towards Supplier seeker"),
    ],
    ids=["sure", "likely", "leaning"],
)
def test_confidence_is_said_in_words(
    known: Knowledge, text: str, verdict_of: Verdicts, confidence: float, words: str, headline: str
) -> None:
    advice = on(known, text, verdict_of(confidence=confidence, scores={"supplier_seeker": confidence}))
    assert (advice.confidence_words, advice.headline) == (words, headline)


def test_a_close_runner_up_is_named(known: Knowledge, text: str, verdict_of: Verdicts) -> None:
    close = verdict_of(confidence=0.5, scores={"supplier_seeker": 0.5, "sample_hunter": 0.4})
    assert on(known, text, close).runner_up == "Could also be 🎁 Sample hunter"


def test_a_distant_runner_up_is_not_named(known: Knowledge, text: str, verdict_of: Verdicts) -> None:
    assert on(known, text, verdict_of()).runner_up == ""


def test_the_type_is_supported_by_its_own_signs_with_the_words_around_them(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    signs = on(known, text, verdict_of()).signs
    assert [(sign.before, sign.quote, sign.after) for sign in signs] == [
        ("we need ", "500 pcs", " LED panel"),
        ("", "CIF Hamburg", ""),
    ]
    assert all(f"{sign.before}{sign.quote}{sign.after}" in text for sign in signs)


def test_a_lone_sign_is_joined_by_what_speaks_for_other_types(
    known: Knowledge, text: str, verdict_of: Verdicts, make_sign: Callable[..., Sign]
) -> None:
    signs = (make_sign("supplier_seeker", "500 pcs"), make_sign("sample_hunter", "free samples"))
    shown = on(known, text, verdict_of(signs=signs)).signs
    assert [(sign.quote, sign.remark) for sign in shown] == [
        ("500 pcs", ""),
        ("free samples", "speaks for Sample hunter"),
    ]


def test_at_most_five_signs_are_shown_and_no_words_twice(
    known: Knowledge, text: str, verdict_of: Verdicts, make_sign: Callable[..., Sign]
) -> None:
    words = ("Hello", "we need", "500 pcs", "500 pcs", "LED", "CIF", "Hamburg")
    signs = tuple(make_sign("supplier_seeker", quote) for quote in words)
    shown = on(known, text, verdict_of(signs=signs)).signs
    assert [sign.quote for sign in shown] == ["Hello", "we need", "500 pcs", "LED", "CIF"]


def test_a_sign_in_the_subject_says_where_it_stands(
    known: Knowledge, text: str, verdict_of: Verdicts, make_sign: Callable[..., Sign]
) -> None:
    signs = (make_sign("supplier_seeker", "RFQ", where="subject"),)
    sign, rest = on(known, text, verdict_of(signs=signs)).signs
    assert (sign.remark, sign.before, sign.after) == ("in the subject", "", "")
    assert rest.says.startswith("Nothing else in the wording stands out")


def test_only_the_heaviest_missing_details_are_named(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    advice = on(known, text, verdict_of())
    assert advice.completeness == (
        "5 of 10 details given · missing: company, target price, delivery date, company email and 2 more"
    )
    assert len(advice.missing) == 6


def test_ten_of_ten_is_never_said_while_something_is_missing(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    advice = on(known, text, verdict_of(completeness=0.96, missing=("website",)))
    assert advice.completeness == "9 of 10 details given · missing: website"
    whole = on(known, text, verdict_of(completeness=1.0, missing=()))
    assert whole.completeness == "10 of 10 details given · nothing important is missing"


def test_an_unclear_type_shows_its_best_guesses_and_the_question_that_decides(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    unclear = verdict_of(
        type=UNCLEAR,
        confidence=0.4,
        scores={"casual_browser": 0.4, "supplier_seeker": 0.3},
        deciding_question=Bilingual("What quantity do you need?", "需要多少？"),
    )
    advice = on(known, text, unclear)
    assert advice.headline == "🤔 Too early to tell the type"
    assert advice.runner_up == "Best guesses so far: 👀 Casual browser or 🎯 Supplier seeker"
    assert advice.question == "What quantity do you need?"
    assert advice.next_step.startswith("Ask three things")
    assert advice.reply_draft is not None


def test_a_language_the_knowledge_has_no_words_in_is_not_guessed_at(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    advice = on(known, text, verdict_of(type=UNCLEAR, language="th", is_read=False, signs=()))
    assert advice.next_step.startswith("I do not know the words of Thai")
    assert advice.runner_up == ""


def test_danger_puts_verification_before_the_next_step(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    danger = RiskWarning("bank_change", "danger", Bilingual("New account.", "账户变更。"), "new account")
    advice = on(known, text, verdict_of(warnings=(danger,)))
    assert advice.next_step.startswith("Verify first")
    assert [warning.id for warning in advice.dangers] == ["bank_change"]


def test_a_correction_changes_what_to_do_and_keeps_why_it_was_judged_otherwise(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    before = on(known, text, verdict_of())
    after = on(known, text, verdict_of(), corrected_to="sample_hunter")
    assert after.type == "sample_hunter" != after.verdict.type
    assert after.headline == "🎁 Sample hunter"
    assert after.next_step == known.types["sample_hunter"].next_step.en
    assert after.signs == before.signs


def test_what_is_no_inquiry_gets_neither_a_draft_nor_a_list_of_what_is_missing(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    advice = on(known, text, verdict_of(type=NOT_AN_INQUIRY))
    assert (advice.reply_draft, advice.completeness, advice.missing) == (None, "", ())


def test_attachments_are_named(known: Knowledge, text: str, verdict_of: Verdicts) -> None:
    reading = Reading(text, attachments=(Attachment("drawing.exe", "application/x-msdownload", 9),))
    shown = advise(known, reading, "en", verdict=verdict_of()).facts
    assert ("attachment (not opened)", "drawing.exe") in [(fact.name, fact.value) for fact in shown]


def test_the_buyer_is_named_from_the_words_and_the_sender_line(
    known: Knowledge, text: str, verdict_of: Verdicts
) -> None:
    reading = Reading(text, sender_name="Ana Silva", sender_email="ana@silva.example")
    advice = advise(known, reading, "zh", verdict=verdict_of())
    assert advice.who == "Ana Silva"
    assert advice.buyer == ("Ana Silva", "用英语来信", "ana@silva.example")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_id", LABELS)
def test_every_type_has_advice_in_both_languages(
    known: Knowledge, text: str, verdict_of: Verdicts, type_id: str, language: Language
) -> None:
    advice = on(known, text, verdict_of(type=type_id), language)
    assert advice.emoji
    assert advice.next_step
    assert advice.avoid
    assert ("\u4e00" <= advice.next_step[0] <= "\u9fff") == (language == "zh")


def test_the_same_text_gets_the_same_advice(known: Knowledge, text: str) -> None:
    assert advise(known, Reading(text), "en") == advise(known, Reading(text), "en")
