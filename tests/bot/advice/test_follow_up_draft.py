"""The draft a reminder brings: in the buyer's language, with what is unknown left blank."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.draft import follow_up_draft, given_by_buyer
from knowledge import Knowledge
from knowledge.content import BUYER_PLACEHOLDERS, NUDGE
from knowledge.model import Fact, Facts

LANGUAGES = ("en", "zh", "es", "pt", "fr", "de", "ru", "ar")
SINGLE = tuple(key for key in BUYER_PLACEHOLDERS if key != "certificates")
BLANK = re.compile("［[^［］]+］")


def fact(value: str) -> Fact:
    return Fact(value, value, 0, len(value))


def facts_of(values: Mapping[str, str]) -> Facts:
    stated: dict[str, Any] = {key: fact(value) for key, value in values.items()}
    return Facts(**stated)


SOME = Facts(contact=fact("Ana Souza"), product=fact("LED panel"), quantity=fact("500 pcs"))


def names_of(known: Knowledge) -> set[str]:
    return {touch.draft for situation in known.situations.values() for touch in situation.touches} | {NUDGE}


def text_of(known: Knowledge, facts: Facts, language: str, name: str) -> str:
    draft = follow_up_draft(known, facts, language, name)
    assert draft is not None
    assert draft.language == language
    return draft.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [Facts(), SOME], ids=["erased", "known"])
def test_every_step_of_every_plan_has_a_draft_in_every_language(
    known: Knowledge, language: str, facts: Facts
) -> None:
    for name in names_of(known):
        text = text_of(known, facts, language, name)
        assert not set(text) & set("{}"), text
        assert not re.search(r"\d", text.replace("500 pcs", "")), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_names_buyer_and_product_where_they_are_known(known: Knowledge, language: str) -> None:
    for name in names_of(known):
        text = text_of(known, SOME, language, name)
        assert "Ana Souza" in text.splitlines()[0]
        assert "LED panel" in text
    assert "500 pcs" in text_of(known, SOME, language, "sample_help")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_facts_a_draft_greets_anybody_and_blanks_only_what_we_know_ourselves(
    known: Knowledge, language: str
) -> None:
    spoken = known.replies[language]
    of_the_buyer = {spoken.blanks[key] for key in BUYER_PLACEHOLDERS}
    for name in names_of(known):
        text = text_of(known, Facts(), language, name)
        assert text.startswith(spoken.greeting.unnamed)
        assert not set(BLANK.findall(text)) & of_the_buyer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_short(known: Knowledge, language: str) -> None:
    for name in names_of(known):
        said = text_of(known, SOME, language, name).removesuffix(signature_of(known, language))
        assert 4 <= len([line for line in said.splitlines() if line]) <= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_is_signed_and_a_chat_message_introduces_itself(known: Knowledge, language: str) -> None:
    signature = signature_of(known, language)
    signed = {name for name in names_of(known) if text_of(known, SOME, language, name).endswith(signature)}
    assert signed == names_of(known) - {"quote_other_channel"}
    spoken = text_of(known, SOME, language, "quote_other_channel")
    blanks = known.replies[language].blanks
    assert blanks["our_name"] in spoken
    assert blanks["our_company"] in spoken


def signature_of(known: Knowledge, language: str) -> str:
    spoken = known.replies[language]
    return re.sub(r"\{(\w+)\}", lambda match: spoken.blanks[match[1]], spoken.closing).strip("\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    values=st.dictionaries(st.sampled_from(SINGLE), st.text(min_size=1, max_size=300)),
    language=st.sampled_from(LANGUAGES),
)
def test_a_hostile_detail_stays_one_line_without_braces(
    known: Knowledge, values: dict[str, str], language: str
) -> None:
    facts = facts_of(values)
    plain = facts_of(dict.fromkeys(given_by_buyer(facts), "x"))
    for name in ("quote_arrived", "sample_help", NUDGE):
        text = text_of(known, facts, language, name)
        assert not set(text) & set("{}\x00\u202e")
        assert len(text.splitlines()) == len(text_of(known, plain, language, name).splitlines())


def test_a_detail_that_looks_like_a_placeholder_is_not_filled_in(known: Knowledge) -> None:
    text = text_of(known, Facts(product=fact("{our_phone}")), "en", "quote_arrived")
    assert "our quotation for (our_phone)." in text


def test_the_last_draft_after_samples_asks_what_does_not_suit_and_takes_leave(known: Knowledge) -> None:
    assert text_of(known, SOME, "en", "sample_last") == (
        "Dear Ana Souza,\n\n"
        "Our samples of LED panel have been with you for a while, and I do not want to press you.\n\n"
        "If they are not right for you, that is perfectly fine; knowing why would help us a great deal.\n\n"
        "Which point does not suit your market: the product itself, the packing, the price, the papers, "
        "or something else?\n\n"
        "One line is enough, and we will take it to heart. Thank you for the time you gave them; should you "
        "need us later, you reach me at ［phone / WhatsApp］.\n\n"
        "Best regards,\n［your name］\n［your company］\n［phone / WhatsApp］"
    )


def test_the_last_draft_after_a_quotation_asks_whether_to_close_the_file(known: Knowledge) -> None:
    text = text_of(known, Facts(), "en", "quote_last")
    assert "shall I close the file, or is the purchase only postponed?" in text
    assert "only if you would like that" in text


@pytest.mark.parametrize("language", ["ko", "und", ""])
def test_a_language_without_drafts_is_written_to_in_english(known: Knowledge, language: str) -> None:
    draft = follow_up_draft(known, SOME, language, NUDGE)
    assert draft is not None
    assert draft.language == "en"


def test_there_is_no_draft_of_an_unknown_name(known: Knowledge) -> None:
    assert follow_up_draft(known, SOME, "en", "supplier_seeker") is None
