import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.limits import MESSAGE_BLOCKS, MESSAGE_TEXT, length, size_of
from bot.advice.type_page import meant, type_page, types_page
from bot.local_slack.block_kit.messages import check_blocks
from bot.outbox.model import Form
from bot.texts import LANGUAGES, Language
from knowledge import BUYER_TYPES, LABELS, Knowledge


def assert_accepted(form: Form) -> None:
    assert 0 < length(form.text) <= MESSAGE_TEXT
    assert size_of(form.blocks) <= MESSAGE_BLOCKS
    check_blocks(json.loads(json.dumps(form.blocks)))


def said_in(form: Form) -> str:
    return json.dumps(form.blocks, ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_all_six_types_between_the_words_of_the_guide(
    known: Knowledge, language: Language
) -> None:
    page = types_page(known, language)
    assert_accepted(page)
    said = said_in(page)
    for type_id in BUYER_TYPES:
        assert known.types[type_id].name.in_(language) in said
        assert known.types[type_id].emoji in page.text
    first, last = (
        json.dumps(words.in_(language), ensure_ascii=False)[1:-1]
        for words in (known.guide.intro, known.guide.closing)
    )
    assert (
        said.index(first) < said.index(known.types[BUYER_TYPES[0]].summary.in_(language)) < said.index(last)
    )


def test_the_list_says_why_inquiries_are_sorted_at_all(known: Knowledge) -> None:
    said = said_in(types_page(known, "zh"))
    assert {seed for claim in known.guide.claims for seed in claim.seed} == {
        "S1", "S2", "S3", "S4", "S5", "S104", "S105", "S106"
    }  # fmt: skip
    assert all(json.dumps(claim.says.zh, ensure_ascii=False)[1:-1] in said for claim in known.guide.claims)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type_id", LABELS)
def test_the_page_of_a_type_says_all_that_is_known(
    known: Knowledge, type_id: str, language: Language
) -> None:
    page = type_page(known, type_id, language)
    assert_accepted(page)
    for claim in known.types[type_id].claims:
        if claim.part not in ("frame", "close"):
            assert json.dumps(claim.says.in_(language), ensure_ascii=False)[1:-1] in said_in(page)


@pytest.mark.parametrize(
    ("name", "type_id"),
    [
        ("sample_hunter", "sample_hunter"),
        ("Sample hunter", "sample_hunter"),
        ("sample", "sample_hunter"),
        ("sampel hunter", "sample_hunter"),
        ("SUPPLIER", "supplier_seeker"),
        ("market", "market_entrant"),
        ("thief", "intelligence_thief"),
        ("browser", "casual_browser"),
        ("gatherer", "information_gatherer"),
        ("索要样品型", "sample_hunter"),
        ("窃取情报", "intelligence_thief"),
        ("样品", "sample_hunter"),
        ("not an inquiry", "not_an_inquiry"),
    ],
)
def test_a_type_is_found_by_the_name_people_use(known: Knowledge, name: str, type_id: str) -> None:
    found = meant(known, name)
    assert found is not None
    assert found.id == type_id


@pytest.mark.parametrize("name", ["banana", "", "型", "x", "the", "???", "报价"])
def test_a_name_that_means_no_type_gets_the_list(known: Knowledge, name: str) -> None:
    assert meant(known, name) is None
    page = type_page(known, name, "en")
    assert_accepted(page)
    assert page.text.startswith("I know no type")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(name=st.text(max_size=200))
def test_any_name_gets_an_answer_slack_takes(known: Knowledge, name: str) -> None:
    assert_accepted(type_page(known, name, "zh"))
