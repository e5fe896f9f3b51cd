"""Normalising keeps the way back to what was written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.normalize import fold, normalize
from knowledge.words import words_of

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates and NUL too
TRICKY_TEXT = st.text("aé ß½…İıﬁ\u200b\u202e\u0301\ud800\x00免費样，Ａа٣한カ゛ｶﾞ\n", max_size=60)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("FREE Samples", "free samples"),
        ("ｆｒｅｅ　ｓａｍｐｌｅｓ", "free samples"),
        ("fr\u200bee sam\u00adples", "free samples"),
        ("\u202efree\u202c samples", "free samples"),
        ("frее sаmples", "free samples"),  # Cyrillic е and а
        ("Échantillons", "echantillons"),
        ("E\u0301chantillons", "echantillons"),
        ("免費樣品", "免费样品"),
        ("عَيِّنات", "عينات"),
        ("٥٠٠ قطعة", "500 قطعه"),
        ("ﬁnal", "final"),
        ("Straße", "strasse"),
        ("샘플 무료", "샘플 무료"),
    ],
    ids=ascii,
)
def test_ways_of_typing_come_to_one_way_of_writing(written: str, read: str) -> None:
    assert fold(written) == read


def test_words_of_one_foreign_alphabet_stay_in_it() -> None:
    assert fold("цена and price") == "цена and price"


def test_latin_letters_inside_a_cyrillic_word_become_cyrillic() -> None:
    assert fold("oбpaзцы and more") == fold("образцы and more")


@given(ANY_TEXT | TRICKY_TEXT)
def test_every_normalised_span_maps_back_into_the_text(text: str) -> None:
    normalized = normalize(text)
    for start in range(len(normalized.text)):
        begin, end = normalized.span(start, start + 1)
        assert 0 <= begin < end <= len(text)


@given(TRICKY_TEXT, TRICKY_TEXT)
def test_a_word_is_found_where_it_was_written(before: str, after: str) -> None:
    text = f"{before} zebra {after}"
    normalized = normalize(text)
    at = normalized.text.index("zebra")
    begin, end = normalized.span(at, at + len("zebra"))
    assert text[begin:end] == "zebra"


@given(ANY_TEXT | TRICKY_TEXT)
@example("\x01a")
def test_words_stand_in_order_and_inside_the_text(text: str) -> None:
    words = words_of(normalize(text))
    last = 0
    for index in range(len(words.words)):
        begin, end = words.original_span(index, index)
        assert last <= begin < end <= len(text)
        last = begin


@pytest.mark.parametrize(
    "piece",
    ["ü\u200b免費", "a\u0301" * 3, "\x00", "\ud800", "’s ", "\u202e", "½"],
    ids=ascii,
)
def test_two_hundred_kilobytes_are_taken(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(words_of(normalize(text)).source.original) == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't", ("dont",)),
        ("the customer’s", ("the", "customer")),
        ("l'exclusivité", ("l", "exclusivite")),
        ("samples, companies", ("sample", "company")),
        ("5,000 pcs", ("5,000", "pcs")),
        ("العينات", ("عينات",)),
        ("免费样品ok", ("免", "费", "样", "品", "ok")),
    ],
    ids=ascii,
)
def test_words_lose_endings_that_change_nothing(text: str, words: tuple[str, ...]) -> None:
    assert words_of(normalize(text)).words == words
