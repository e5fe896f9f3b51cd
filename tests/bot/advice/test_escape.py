import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.advice.escape import clean, harmless, harmless_mrkdwn
from bot.advice.limits import length

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&*_~`@#:|!^/. \n\t\x00\u202e\u2066\u200b\ufeff"),
        st.characters(exclude_categories=()),
    ),
    max_size=200,
)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<!channel>",
            "<@U111>",
            "<#C1|x>",
            "<!subteam^S1>",
            "@here",
            "@everyone",
            "<https://evil.example|bank>",
            "https://evil.example/a_b",
            "HTTP://EVIL.EXAMPLE",
            "Tel: +49 30",
            "www.evil.example",
            "*bold*",
            "_it_",
            "~no~",
            "`code`",
            "```",
            ":tada:",
            "&amp;",
            "> quoted",
            "\u202eevil",
            "\ud800",
            "😀",
            "报价",
            " ",
            "\n",
        ]
    ),
    max_size=30,
).map("".join)


@given(text=st.one_of(HOSTILE, FRAGMENTS), limit=st.integers(1, 200))
@example(text="> a", limit=50)
@example(text=":`:", limit=3)
@example(text="a&" * 50, limit=7)
@example(text="part_number", limit=6)
def test_nothing_a_buyer_writes_is_alive_in_mrkdwn(text: str, limit: int) -> None:
    shown = harmless_mrkdwn(text, limit)
    assert length(shown) <= limit
    assert not set(shown) & set("<>*~`\n")
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)
    assert not re.search(r"(?i)@(here|channel|everyone|group)|(?<!hxxp)(?<!hxxps)://", shown)
    assert not re.search(r":[\w+'-]+:", shown)
    assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", shown)
    assert not shown.startswith("&gt;")


@given(text=st.one_of(HOSTILE, FRAGMENTS), limit=st.integers(1, 200))
def test_nothing_a_buyer_writes_is_a_link_or_moves_the_text_where_slack_does_not_parse(
    text: str, limit: int
) -> None:
    shown = harmless(text, limit)
    assert length(shown) <= limit
    assert not re.search(r"(?<!hxxp)(?<!hxxps)://", shown)
    assert "\n" not in shown
    shown.encode("utf-8")


@given(text=HOSTILE)
def test_no_invisible_character_survives(text: str) -> None:
    cleaned = clean(text)
    assert all(
        unicodedata.category(character) not in ("Cc", "Cf", "Cs") or character in "\n\u200c\u200d"
        for character in cleaned
    )
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Please quote 500 pcs & send price < 3 USD", "Please quote 500 pcs & send price < 3 USD"),
        ("see https://pay.example/login", "see hxxps://pay.example/login"),
        ("line one\r\n  line two", "line one line two"),
        ("سعر\u202e القطعة", "سعر القطعة"),
        ("报价\x00单", "报价单"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
    ids=["plain", "link", "lines", "bidi", "nul", "persian"],
)
def test_honest_words_stay_as_they_are(written: str, shown: str) -> None:
    assert harmless(written, 200) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A & B <a@b.example>", "A &amp; B &lt;a@b.example&gt;"),
        ("part_no_12 for us", "part_no_12 for us"),
        ("*now* or ~never~", "∗now∗ or ∼never∼"),
        ("<!channel> hello", "‹!channel&gt; hello"),
    ],
    ids=["entities", "part number", "formatting", "mention"],
)
def test_mrkdwn_keeps_honest_words_readable(written: str, shown: str) -> None:
    assert harmless_mrkdwn(written, 200) == shown
