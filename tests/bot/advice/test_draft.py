import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.draft import given_by_buyer, reply_draft
from knowledge import BUYER_TYPES, NOT_AN_INQUIRY, UNCLEAR, Knowledge, Verdict
from knowledge.content import ASKS, BUYER_PLACEHOLDERS, ReplyLanguage
from knowledge.model import Fact, Facts

SINGLE = tuple(key for key in BUYER_PLACEHOLDERS if key != "certificates")
PLACEHOLDER = re.compile(r"\{\w+\}")
Verdicts = Callable[..., Verdict]


def facts_of(values: Mapping[str, str]) -> Facts:
    single = {key: Fact(value, value, 0, len(value)) for key, value in values.items()}
    certificates = single.pop("certificates", None)
    return Facts(**single, certificates=(certificates,) if certificates else ())


def templates_of(spoken: ReplyLanguage) -> Iterator[str]:
    yield from (spoken.greeting.named, spoken.greeting.company, spoken.greeting.unnamed, spoken.closing)
    yield from (spoken.asking.one, spoken.asking.many, spoken.echo_intro)
    yield from (*spoken.asks.values(), *spoken.echo.values(), *(line.text for line in spoken.quotation))
    yield from (line.text for body in spoken.bodies.values() for line in body.paragraphs)


def own_lines(spoken: ReplyLanguage) -> set[str]:
    lines = (line for template in templates_of(spoken) for line in template.splitlines())
    return {PLACEHOLDER.sub("", line).removeprefix("- ").strip() for line in lines} | {""}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    stated=st.sets(st.sampled_from(BUYER_PLACEHOLDERS)),
    type_id=st.sampled_from((*BUYER_TYPES, UNCLEAR)),
    code=st.sampled_from(("en", "zh", "es", "pt", "fr", "de", "ru", "ar")),
)
def test_a_draft_holds_only_the_teams_words_the_buyers_details_and_marked_blanks(
    known: Knowledge, verdict_of: Verdicts, stated: set[str], type_id: str, code: str
) -> None:
    values = {key: f"⟦{key}⟧" for key in stated}
    draft = reply_draft(known, verdict_of(facts=facts_of(values), language=code, missing=ASKS), type_id)
    assert draft is not None
    assert draft.language == code
    spoken = known.replies[code]
    filled = sorted([*values.values(), *spoken.blanks.values()], key=len, reverse=True)
    told = re.compile("|".join(map(re.escape, filled)))
    left = {told.sub("", line).removeprefix("- ").strip() for line in draft.text.splitlines()}
    assert left <= own_lines(spoken)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(values=st.dictionaries(st.sampled_from(SINGLE), st.text(min_size=1, max_size=300)))
def test_a_hostile_detail_stays_one_line_without_braces(
    known: Knowledge, verdict_of: Verdicts, values: dict[str, str]
) -> None:
    verdict = verdict_of(facts=facts_of(values))
    draft = reply_draft(known, verdict, "supplier_seeker")
    assert draft is not None
    assert not set(draft.text) & set("{}\x00\u202e")
    assert all(len(value.splitlines()) == 1 for value in given_by_buyer(verdict.facts).values())


@pytest.mark.parametrize("type_id", [*BUYER_TYPES, UNCLEAR])
def test_a_draft_asks_for_at_most_three_things(known: Knowledge, verdict_of: Verdicts, type_id: str) -> None:
    draft = reply_draft(known, verdict_of(facts=Facts(), missing=ASKS), type_id)
    assert draft is not None
    asked = [question for question in known.replies["en"].asks.values() if question in draft.text]
    assert len(asked) <= 3


def test_a_draft_never_asks_for_what_the_buyer_gave(known: Knowledge, verdict_of: Verdicts) -> None:
    draft = reply_draft(known, verdict_of(missing=("company",)), UNCLEAR)
    assert draft is not None
    asks = known.replies["en"].asks
    assert asks["company"] in draft.text
    assert asks["product"] not in draft.text
    assert asks["quantity"] not in draft.text


def test_the_standard_quotation_names_the_buyers_details_and_leaves_prices_to_people(
    known: Knowledge, verdict_of: Verdicts
) -> None:
    draft = reply_draft(known, verdict_of(), "supplier_seeker")
    assert draft is not None
    assert "- Product: LED panel\n- Quantity: 500 pcs\n- Unit price: ［unit price, currency］" in draft.text
    assert "CE, RoHS" in draft.text


def test_a_language_without_building_blocks_is_answered_in_english(
    known: Knowledge, verdict_of: Verdicts
) -> None:
    draft = reply_draft(known, verdict_of(language="ko"), "casual_browser")
    assert draft is not None
    assert draft.language == "en"


def test_what_is_no_inquiry_is_not_answered(known: Knowledge, verdict_of: Verdicts) -> None:
    assert reply_draft(known, verdict_of(), NOT_AN_INQUIRY) is None
