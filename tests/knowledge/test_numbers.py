"""Amounts as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbers import numbers_in, readable, western

WRITTEN = [
    ("1,000 pcs", "en", "1000"),
    ("1.000 Stück", "de", "1000"),
    ("1.000 piezas", "es", "1000"),
    ("1.000 pcs", "en", "1"),
    ("5,000 piezas", "es", "5000"),
    ("2,5 t", "de", "2.5"),
    ("2.5 tons", "en", "2.5"),
    ("1 000 шт", "ru", "1000"),
    ("12 500 pièces", "fr", "12500"),
    ("10 000 pcs", "en", "10000"),
    ("1'000 Stk", "de", "1000"),
    ("1,250,000.50", "en", "1250000.5"),
    ("1.250.000,50", "pt", "1250000.5"),
    ("10k pcs", "en", "10000"),
    ("1.5k units", "en", "1500"),
    ("2M pcs", "en", "2000000"),
    ("3 million pcs", "en", "3000000"),
    ("3 millones de tapas", "es", "3000000"),
    ("5 mil peças", "pt", "5000"),
    ("20 тыс. штук", "ru", "20000"),
    ("5万个", "zh", "50000"),
    ("1.2万件", "zh", "12000"),
    ("十万个", "zh", "100000"),
    ("三千件", "zh", "3000"),
    ("两百套", "zh", "200"),
    ("一百二十套", "zh", "120"),
    ("十二台", "zh", "12"),
    ("5만 개", "ko", "50000"),
    ("1 lakh pcs", "en", "100000"),
    ("1,00,000 nos", "en", "100000"),
    ("2 crore", "en", "20000000"),
    ("٥٠٠٠ قطعة", "ar", "5000"),
    ("5 آلاف قطعة", "ar", "5000"),
    ("５０００個", "ja", "5000"),
    ("１，０００個", "ja", "1000"),
]
NOT_SCALED = [
    ("5000K light", "5000"),
    ("100 kg", "100"),
    ("5千克", "5"),
    ("10 mil film", "10"),
    ("50 m rope", "50"),
]


@pytest.mark.parametrize(
    ("text", "language", "value"), WRITTEN, ids=[f"{t} [{lang}]" for t, lang, _ in WRITTEN]
)
def test_an_amount_is_read_by_the_habit_of_its_language(text: str, language: str, value: str) -> None:
    assert numbers_in(text, language)[0].value == Decimal(value)


@pytest.mark.parametrize(("text", "value"), NOT_SCALED, ids=[text for text, _ in NOT_SCALED])
def test_a_unit_is_not_a_thousand(text: str, value: str) -> None:
    assert numbers_in(text, "en")[0].value == Decimal(value)


@pytest.mark.parametrize("text", ["M8x", "ABC123", "IP67", "v2_10", "千万别发", "百货"])
def test_signs_that_belong_to_a_word_are_no_amount(text: str) -> None:
    assert numbers_in(text, "zh") == ()


def test_two_numbers_side_by_side_stay_two_in_english() -> None:
    assert [number.value for number in numbers_in("size 500 100 pcs", "en")] == [500, 100]


@pytest.mark.parametrize(
    ("value", "shown"), [("5000", "5000"), ("1E+5", "100000"), ("2.50", "2.50"), ("3.0", "3")]
)
def test_an_amount_is_shown_plainly(value: str, shown: str) -> None:
    assert readable(Decimal(value)) == shown


@given(st.text(), st.sampled_from(["en", "de", "zh", "ar", "und"]))
def test_amounts_stand_where_they_say_and_in_order(text: str, language: str) -> None:
    numbers = numbers_in(text, language)
    assert all(0 <= number.start < number.end <= len(text) for number in numbers)
    assert [number.start for number in numbers] == sorted(number.start for number in numbers)


@given(st.text())
def test_plain_signs_take_no_more_room_than_foreign_ones(text: str) -> None:
    assert len(western(text)) == len(text)


@given(st.integers(min_value=1, max_value=999_999_999))
def test_grouping_never_changes_an_amount(amount: int) -> None:
    assert numbers_in(f"{amount:,} pcs", "en")[0].value == amount
    assert numbers_in(f"{amount:,} Stk".replace(",", "."), "de")[0].value == amount
