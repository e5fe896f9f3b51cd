"""When the goods are wanted, told from words that only look like a date."""

import pytest

from knowledge.facts import gather


@pytest.mark.parametrize(
    ("text", "delivery"),
    [
        ("Delivery DAP Basra. Depending on your lead time we may split the order.", None),
        ("Delivery in May please.", "May"),
        ("Please ship by 20 may.", "20 may"),
        ("Shipment before end of May.", "end of May"),
    ],
)
def test_a_small_may_is_a_month_only_beside_a_day(text: str, delivery: str | None) -> None:
    found = gather(text, "en", None, None).delivery
    assert (found.value if found else None) == delivery
