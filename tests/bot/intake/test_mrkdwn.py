import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.mrkdwn import decode, mentions, without_mention


@pytest.mark.parametrize(
    ("encoded", "plain"),
    [
        ("R&amp;D &lt;b&gt; 5 &lt; 6", "R&D <b> 5 < 6"),
        ("&amp;lt;", "&lt;"),
        ("&nbsp; &copy;", "&nbsp; &copy;"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<mailto:a@b.example>", "a@b.example"),
        ("<mailto:a@b.example|Ahmed>", "Ahmed <a@b.example>"),
        ("From: Ahmed &lt;<mailto:a@b.example|a@b.example>&gt;", "From: Ahmed <a@b.example>"),
        ("<tel:+4912345|+49 123 45>", "+49 123 45 <tel:+4912345>"),
        ("<https://www.alibaba.com/x|this>", "this <https://www.alibaba.com/x>"),
        ("<http://buyer.example|buyer.example>", "buyer.example"),
        ("<https://buyer.example/>", "https://buyer.example/"),
        (
            "<http://evil.example/login|https://bank.example>",
            "https://bank.example <http://evil.example/login>",
        ),
        ("<https://x.example/?a=1&amp;b=2>", "https://x.example/?a=1&b=2"),
        ("<@U123> and <@U123|mei>", "@U123 and @mei"),
        ("<#C123|sales> <#C123|>", "#sales #C123"),
        ("<!here> <!subteam^S1|@desk> <!subteam^S1>", "@here @desk @subteam"),
        ("<!date^1767254400^{date_short}|1 Jan 2026>", "1 Jan 2026"),
        ("hello :wave:", "hello :wave:"),
        ("a < b and c > d <unknown>", "a < b and c > d <unknown>"),
        ("<>", "<>"),
    ],
)
def test_text_reads_as_it_was_typed(encoded: str, plain: str) -> None:
    assert decode(encoded) == plain


@given(st.text())
def test_decoding_undoes_escaping(text: str) -> None:
    assert decode(html.escape(text, quote=False)) == text


@given(st.text(alphabet=st.sampled_from("<>&|@#!^;:abchtps/ampltg.")))
def test_decoding_never_fails(text: str) -> None:
    decode(text)


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("<@U0BOT> 500 pcs", "500 pcs"),
        ("  <@U0BOT|inquiry-bot>: 500 pcs", "500 pcs"),
        ("<@U0BOT> <@U0BOT> 500 pcs", "500 pcs"),
        ("500 pcs <@U0BOT> ", "500 pcs"),
        ("<@U0BOT>", ""),
        ("ask <@U0BOT> what it is", "ask <@U0BOT> what it is"),
        ("<@U0OTHER> 500 pcs", "<@U0OTHER> 500 pcs"),
    ],
)
def test_the_bots_name_at_either_end_is_no_part_of_an_inquiry(written: str, rest: str) -> None:
    assert without_mention(written, "U0BOT") == rest


def test_a_mention_is_seen_anywhere() -> None:
    assert mentions("please <@U0BOT|bot> look", "U0BOT")
    assert not mentions("please <@U0BOTTOM> look", "U0BOT")
