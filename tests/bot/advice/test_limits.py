import html

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.limits import ELLIPSIS, clip, clip_escaped, length, size_of


@given(text=st.text(), limit=st.integers(1, 60))
def test_cutting_keeps_the_limit_and_the_beginning(text: str, limit: int) -> None:
    cut = clip(text, limit)
    assert length(cut) <= limit
    assert cut == text or (cut.endswith(ELLIPSIS) and text.startswith(cut[:-1]))


@given(text=st.text(alphabet="&<>a😀报 "), limit=st.integers(1, 60))
def test_cutting_never_halves_an_entity(text: str, limit: int) -> None:
    cut = clip_escaped(text, limit)
    assert length(cut) <= limit
    kept = html.unescape(cut)
    assert kept == text or text.startswith(kept.removesuffix(ELLIPSIS))


def test_an_emoji_counts_as_the_two_units_it_is_stored_in() -> None:
    assert length("a😀") == 3
    assert clip("😀😀😀", 5) == "😀😀…"


def test_blocks_are_counted_with_their_punctuation() -> None:
    assert size_of([{"type": "divider"}]) == len('[{"type":"divider"}]')
