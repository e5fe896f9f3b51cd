"""What becomes of typed text, as Slack's composer makes it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local_slack.mrkdwn import Names, compose

NAMES = Names({"mei": "U1"}.get, {"inquiries": "C1"}.get)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("see https://x.cn/?a=1&b=2.", "see <https://x.cn/?a=1&amp;b=2>."),
        ("a.b+c@x-y.co.uk", "<mailto:a.b+c@x-y.co.uk|a.b+c@x-y.co.uk>"),
        ("www.x.cn, ok", "<http://www.x.cn|www.x.cn>, ok"),
        ("@mei and @nobody in #inquiries or #nowhere", "<@U1> and @nobody in <#C1|inquiries> or #nowhere"),
        ("@here @channel @everyone", "<!here> <!channel> <!everyone>"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("(https://x.cn)", "(<https://x.cn>)"),
    ],
)
def test_typed_text_is_escaped_and_linked(typed: str, stored: str) -> None:
    assert compose(typed, NAMES)[0] == stored


def test_the_blocks_carry_the_text_as_typed() -> None:
    _, (block,) = compose("a <b> & mail c@d.eu, @mei", NAMES)
    assert block["elements"][0]["elements"] == [
        {"type": "text", "text": "a <b> & mail "},
        {"type": "link", "url": "mailto:c@d.eu", "text": "c@d.eu"},
        {"type": "text", "text": ", "},
        {"type": "user", "user_id": "U1"},
    ]


def test_an_empty_text_has_no_blocks() -> None:
    assert compose("", NAMES) == ("", [])


@given(st.text(max_size=300))
def test_nothing_typed_is_lost(typed: str) -> None:
    text, _ = compose(typed, NAMES)
    unwrapped = re.sub(r"<@U1>", "@mei", re.sub(r"<#C1\|inquiries>", "#inquiries", text))
    unwrapped = re.sub(r"<!(\w+)>", r"@\1", unwrapped)
    unwrapped = re.sub(r"<(?:[^<>|]*\|)?([^<>|]*)>", r"\1", unwrapped)
    assert html.unescape(unwrapped.replace("&amp;", "&#38;")) == html.unescape(
        typed.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    )
