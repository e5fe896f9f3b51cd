from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice import advise, plain_text
from bot.advice.plain import COLUMNS, columns_of, wrapped
from bot.reading.model import Reading
from bot.texts import LANGUAGES, Language
from knowledge import Knowledge, Verdict
from knowledge.model import Bilingual, RiskWarning

MAY_NOT_BEGIN_A_LINE = set("，。、；：！？）”")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_wider_than_a_terminal_or_begins_with_a_full_stop(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict], language: Language
) -> None:
    lines = plain_text(advise(known, Reading(text), language, verdict=verdict_of(language=language))).split(
        "\n"
    )
    assert max(map(columns_of, lines)) <= COLUMNS
    assert not [line for line in lines if line.strip()[:1] in MAY_NOT_BEGIN_A_LINE and line.strip()]


@given(text=st.text(alphabet=st.sampled_from("ab 报价。，（）w👍\u0301"), max_size=400))
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    lines = wrapped(text)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns_of(line) <= COLUMNS for line in lines)


def test_danger_comes_before_everything(
    known: Knowledge, text: str, verdict_of: Callable[..., Verdict]
) -> None:
    danger = RiskWarning("fake_payment", "danger", Bilingual("A forged slip.", "水单造假。"), "slip.pdf")
    shown = plain_text(advise(known, Reading(text), "en", verdict=verdict_of(warnings=(danger,))))
    assert shown.startswith("⛔ Careful: do not pay")
    assert shown.index("A forged slip.") < shown.index("🎯 Supplier seeker")


def test_a_terminal_is_not_steered_by_a_buyer(known: Knowledge) -> None:
    hostile = "Please quote \x1b[2J 500 pcs \x9b31m LED panel \x07 and visit https://evil.example \u202e"
    shown = plain_text(advise(known, Reading(hostile, sender_name="\x1b]0;pwned\x07Ana"), "en"))
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert "https://" not in shown
