"""The building blocks of reply drafts as they are written: alike in all languages, no price, no promise."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.content import ASKS, BLOCKS, BUYER_PLACEHOLDERS, OUR_PLACEHOLDERS, PLACEHOLDERS
from knowledge.model import BUYER_TYPES

FOLDER = Path(__file__).parents[2] / "knowledge" / "replies"
LANGUAGES = ("en", "zh", "es", "pt", "fr", "de", "ru", "ar")
DRAFTS = (*BUYER_TYPES, "unclear")
FOLLOW_UPS = (
    "quote_arrived",
    "quote_value",
    "quote_other_channel",
    "quote_last",
    "sample_sent",
    "sample_arrived",
    "sample_impression",
    "sample_help",
    "sample_last",
    "late_answer",
    "nudge",
)
ANY_NEWS = re.compile(
    r"any news|any update|just checking|following up|有消息|有没有消息|有什么进展|跟进一下|催一下"
    r"|alguna novedad|alguna noticia|alguma novidade|alguma notícia|des nouvelles|gibt es neuigkeiten"
    r"|nachfassen|есть ли новости|هل من جديد|أي أخبار",
    re.IGNORECASE,
)
SUITS_NOT_THE_MARKET = {
    "en": "does not suit your market",
    "zh": "不太适合当地市场",
    "es": "no se adapta a su mercado",
    "pt": "não se adapta ao seu mercado",
    "fr": "ne convient pas à votre marché",
    "de": "passt nicht zu Ihrem Markt",
    "ru": "не подходит для вашего рынка",
    "ar": "لا تناسب سوقكم",
}  # S102
PLACEHOLDER = re.compile(r"\{(\w*)\}")
NAMED_RULES = "Incoterms 2020"  # the year of the rules is the one figure a draft may hold
MONEY = re.compile(r"[$€£¥₽￥]|\b(?:USD|EUR|GBP|CNY|RMB)\b|美元|人民币|欧元")
PROMISE = re.compile(
    r"guarantee|promise|at once|within the day|保证|承诺|一定会|garantiz|prometemos|garantim|garantiss"
    r"|promett|garantier|versprech|гарантир|обеща|نضمن|نعدكم",
    re.IGNORECASE,
)
FREE = re.compile(
    r"\bfree\b|免费|gratis|grátis|gratuit|sin costo|sem custo|kostenlos|kostenfrei|бесплатн|مجان",
    re.IGNORECASE,
)
SECRETS = re.compile(
    r"formula|drawing|配方|图纸|fórmula|planos técnicos|desenhos|formule|Rezeptur|Zeichnung"
    r"|рецептур|чертеж|تركيبة|رسومات",
    re.IGNORECASE,
)


def read(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def as_line(entry: str | dict[str, Any]) -> dict[str, Any]:
    return {"text": entry} if isinstance(entry, str) else entry


def lines_of(language: str, type_id: str) -> list[dict[str, Any]]:
    return [as_line(entry) for entry in read(language)["types"][type_id]["body"]]


def follow_up_of(language: str, name: str) -> list[dict[str, Any]]:
    return [as_line(entry) for entry in read(language)["follow_ups"][name]["body"]]


def all_follow_ups(language: str) -> list[dict[str, Any]]:
    return [line for name in FOLLOW_UPS for line in follow_up_of(language, name)]


def quotation_of(language: str) -> list[dict[str, Any]]:
    return [as_line(entry) for entry in read(language)["quotation"]["lines"]]


def all_lines(language: str) -> list[dict[str, Any]]:
    bodies = (line for type_id in DRAFTS for line in lines_of(language, type_id))
    return [*quotation_of(language), *bodies, *all_follow_ups(language)]


def words_of(language: str) -> Iterator[str]:
    """Yield everything a buyer may come to read, the marked blanks left out."""
    tables = read(language)
    yield tables["closing"]
    yield tables["echo"]["intro"]
    for group in (tables["greeting"], tables["asking"], tables["asks"], tables["echo"]["lines"]):
        yield from group.values()
    yield from (line["text"] for line in all_lines(language))


def placeholders_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def shown(lines: list[dict[str, Any]], known: set[str]) -> list[str]:
    return [
        line["text"]
        for line in lines
        if set(line.get("needs", ())) <= known and not known & set(line.get("lacks", ()))
    ]


def test_there_is_a_file_for_each_language_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_draft_for_each_type_and_none_for_what_is_no_inquiry(language: str) -> None:
    tables = read(language)
    assert tables["language"] == language
    assert set(tables["types"]) == set(DRAFTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_blank_and_marks_it(language: str) -> None:
    blanks = read(language)["blanks"]
    assert set(blanks) == set(PLACEHOLDERS)
    assert all(re.fullmatch("［[^［］]+］", blank) for blank in blanks.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_can_ask_for_every_detail(language: str) -> None:
    asks = read(language)["asks"]
    assert set(asks) == set(ASKS)
    assert all("?" in ask or "？" in ask or "؟" in ask for ask in asks.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_an_unknown_placeholder_or_a_stray_brace(language: str) -> None:
    for text in words_of(language):
        assert placeholders_in(text) <= {*PLACEHOLDERS, *BLOCKS}, text
        assert not re.search(r"[{}]", PLACEHOLDER.sub("", text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_stands_alone_in_its_paragraph(language: str) -> None:
    for line in all_lines(language):
        blocks = placeholders_in(line["text"]) & set(BLOCKS)
        assert not blocks or line["text"] == f"{{{blocks.pop()}}}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_depend_only_on_what_a_buyer_may_say(language: str) -> None:
    for line in all_lines(language):
        assert {*line.get("needs", ()), *line.get("lacks", ())} <= set(BUYER_PLACEHOLDERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_echo_repeats_the_one_detail_it_is_about(language: str) -> None:
    for key, line in read(language)["echo"]["lines"].items():
        assert placeholders_in(line) == {key}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [set[str](), set(BUYER_PLACEHOLDERS)], ids=["nothing known", "all known"])
def test_every_draft_thanks_and_ends_whatever_is_known(language: str, known: set[str]) -> None:
    thanks = re.compile(
        "thank|感谢|gracias|obrigado|agradecemos|merci|remerci|dank|спасибо|نشكركم", re.IGNORECASE
    )
    for type_id in DRAFTS:
        paragraphs = shown(lines_of(language, type_id), known)
        assert thanks.search(paragraphs[0]), paragraphs[0]
        assert len(paragraphs) >= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_detail_is_said_once_in_each_line_of_a_quotation(language: str) -> None:
    for known in (set[str](), {"delivery"}, {"payment_terms", "packaging"}, set(BUYER_PLACEHOLDERS)):
        said = [
            text.partition("{")[0].partition("(")[0].strip() for text in shown(quotation_of(language), known)
        ]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_names_what_a_complete_one_must_have(language: str) -> None:
    text = " ".join(shown(quotation_of(language), set()))
    due = {"product", "quantity", "price", "incoterm", "port", "moq", "lead_time", "validity_days"}
    assert due | {"our_payment_terms", "our_packing"} <= placeholders_in(text)
    assert NAMED_RULES in text


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_drafts_are_built_alike_in_all_languages(language: str) -> None:
    def shape(lines: list[dict[str, Any]]) -> list[tuple[Any, Any, set[str]]]:
        return [(line.get("needs"), line.get("lacks"), placeholders_in(line["text"])) for line in lines]

    assert shape(quotation_of(language)) == shape(quotation_of("en"))
    for type_id in DRAFTS:
        assert shape(lines_of(language, type_id)) == shape(lines_of("en", type_id)), type_id
    for name in FOLLOW_UPS:
        assert shape(follow_up_of(language, name)) == shape(follow_up_of("en", name)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_asks_for_at_most_three_details(language: str) -> None:
    for body in read(language)["types"].values():
        assert set(body["asks"]) <= set(ASKS)
        assert 1 <= body["most_asks"] <= min(3, len(body["asks"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_draft_holds_a_figure_a_price_or_a_promise(language: str) -> None:
    for text in words_of(language):
        assert not re.search(r"\d", text.replace(NAMED_RULES, "")), text
        assert not MONEY.search(text), text
        assert not PROMISE.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_draft_gives_away_samples_or_how_the_goods_are_made(language: str) -> None:
    for text in words_of(language):
        assert not FREE.search(text), text
        assert not SECRETS.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_buyer_with_a_purchase_to_make_gets_a_price(language: str) -> None:
    asked = {
        type_id: placeholders_in(" ".join(line["text"] for line in lines_of(language, type_id)))
        for type_id in DRAFTS
    }
    assert {type_id for type_id, names in asked.items() if "quotation" in names} == {"supplier_seeker"}
    assert {type_id for type_id, names in asked.items() if "price_range" in names} == {"market_entrant"}
    assert {type_id for type_id, names in asked.items() if "price" in names} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("type_id", "due"),
    [
        ("supplier_seeker", {"quotation", "answers", "quotation_sheet", "asks", "next_date", "our_phone"}),
        (
            "market_entrant",
            {"answers", "trial_order", "our_certificates", "pictures", "call_times", "next_date"},
        ),
        ("information_gatherer", {"data_sheet", "sample_fee"}),
        ("casual_browser", {"our_company", "catalogue", "asks"}),
        ("intelligence_thief", {"call_times", "our_phone", "asks"}),
        ("sample_hunter", {"sample_fee", "moq", "pictures"}),
        ("unclear", {"asks"}),
    ],
)
def test_a_draft_brings_what_its_type_needs(language: str, type_id: str, due: set[str]) -> None:
    assert due <= placeholders_in(" ".join(line["text"] for line in lines_of(language, type_id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_follow_up_and_no_other(language: str) -> None:
    tables = read(language)["follow_ups"]
    assert set(tables) == set(FOLLOW_UPS)
    assert [name for name, table in tables.items() if table.get("signed") is False] == ["quote_other_channel"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOLLOW_UPS)
@pytest.mark.parametrize("known", [set[str](), set(BUYER_PLACEHOLDERS)], ids=["nothing known", "all known"])
def test_a_follow_up_is_short_and_asks_one_question(language: str, name: str, known: set[str]) -> None:
    paragraphs = shown(follow_up_of(language, name), known)
    text = "\n".join(paragraphs)
    assert 3 <= len(paragraphs) <= 4
    assert len(text.splitlines()) <= 7
    assert len(re.findall("[?？؟]", text)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_a_follow_up_names_the_product_the_buyer_named(language: str, name: str) -> None:
    assert "{product}" in shown(follow_up_of(language, name), {"product"})[0]
    assert "{product}" not in "".join(shown(follow_up_of(language, name), set()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_follow_up_never_just_asks_for_news(language: str) -> None:
    for line in all_follow_ups(language):
        assert not ANY_NEWS.search(line["text"]), line["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("quote_arrived", {"quotation_date", "new_fact"}),
        ("quote_value", {"comparison", "alternative", "quotation_date", "validity_days"}),
        ("quote_other_channel", {"our_name", "our_company", "quotation_date", "call_times"}),
        ("quote_last", {"quotation_date"}),
        ("sample_sent", {"tracking_number", "parcel_contents", "evaluation_form"}),
        ("sample_arrived", {"tracking_number", "test_hint"}),
        ("sample_impression", {"evaluation_form"}),
        ("sample_last", {"our_phone"}),
        ("late_answer", {"next_date"}),
        ("nudge", {"new_fact"}),
    ],
)
def test_a_follow_up_brings_what_its_moment_needs(language: str, name: str, due: set[str]) -> None:
    assert due <= placeholders_in(" ".join(line["text"] for line in follow_up_of(language, name)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_follow_up_after_samples_asks_what_does_not_suit_the_market(language: str) -> None:
    question = [
        line["text"] for line in follow_up_of(language, "sample_last") if re.search("[?？؟]", line["text"])
    ]
    assert len(question) == 1
    assert SUITS_NOT_THE_MARKET[language] in question[0]


def test_what_only_we_know_is_never_taken_from_the_buyer() -> None:
    assert not set(BUYER_PLACEHOLDERS) & set(OUR_PLACEHOLDERS)
    assert not set(BLOCKS) & set(PLACEHOLDERS)
