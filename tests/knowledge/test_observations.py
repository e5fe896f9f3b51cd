"""What is observed on the form of an inquiry is quoted whole."""

import pytest

from knowledge.model import Facts
from knowledge.observations import observed


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("porcelain tiles 600x600 mm, matt", "600x600 mm"),
        ("panels of 1,200x600", "1,200x600"),
        ("sheet 0.35 mm thick", "0.35 mm"),
        ("flood light 100W", "100W"),
        ("厚度12毫米的玻璃", "12毫米"),
        ("bolts to DIN 933", "DIN 933"),
        ("model A-100B please", "A-100B"),
    ],
)
def test_a_measure_is_quoted_whole(text: str, quote: str) -> None:
    found = observed(text, None, None, Facts())["measures"]
    assert found.quote == quote
    assert text[found.start : found.end] == quote


@pytest.mark.parametrize("text", ["in 2026 we wrote", "call 12345678901234567890", "MOQ?"])
def test_what_is_no_measure_is_none(text: str) -> None:
    assert "measures" not in observed(text, None, None, Facts())


def test_a_hostile_sender_line_is_read_like_any_other() -> None:
    assert "free_mail" not in observed("Price?", None, "(" * 20_000, Facts())
