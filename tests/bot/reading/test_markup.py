import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.markup import has_deceptive_link, text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Dear Sirs,</p><p>500 <b>mugs</b>,<br>CIF Oslo</p>", "Dear Sirs,\n\n500 mugs,\nCIF Oslo"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a&nbsp;b &amp; c &#8217; &euro;", "a b & c ’ €"),
        ("<ul><li>red</li><li>blue</li></ul>", "• red\n\n• blue"),
        (
            "<table><tr><td>Mug</td><td>500</td></tr><tr><td>Cup</td><td>90</td></tr></table>",
            "Mug\t500\n\nCup\t90",
        ),
        ("<title>x</title><style>y{}</style><script>z</script><p>seen</p>", "seen"),
        ("<!-- no --><p>seen<!-- no --> too</p>", "seen too"),
        ("<p>seen</p><div style='display:none'>no<p>no</p></div>after", "seen\n\nafter"),
        ("<span style='font-size:0px'>no</span><span style='font-size:0.9em'>yes</span>", "yes"),
        ("<p hidden>no</p>yes", "yes"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("no tags", "no tags"),
        ("", ""),
        ("<a href='https://x.example/a'>here</a>", "here <https://x.example/a>"),
        ("<a href='https://www.x.example/'>x.example</a>", "x.example"),
        ("<a href='mailto:a@b.example?subject=x'>a@b.example</a>", "a@b.example"),
        ("<a href='#top'>up</a> <a href='javascript:x()'>go</a>", "up go"),
        ("<a href='https://t.example/logo'><img src='cid:1' alt='logo'></a>", ""),
        ("<?xml version='1.0' encoding='gb2312'?><p>中文</p>", "中文"),
        ("<p>a\x00b</p>", "ab"),
    ],
)
def test_what_a_person_sees_is_read(html: str, text: str) -> None:
    shown = text_of_html(html)
    assert [line for line in shown.split("\n") if line] == [line for line in text.split("\n") if line]


@pytest.mark.parametrize(
    ("link", "deceives"),
    [
        ("<a href='http://evil.example/x'>https://bank.example/login</a>", True),
        ("<a href='http://evil.example/x'>www.bank.example</a>", True),
        ("<a href='https://mail.bank.example/x'>bank.example</a>", False),
        ("<a href='https://bank.example'>https://www.bank.example/</a>", False),
        ("<a href='http://evil.example/x'>our catalogue</a>", False),
        ("<a>https://bank.example</a>", False),
        ("<a href='http://[::1'>https://bank.example</a>", False),
    ],
)
def test_a_link_that_shows_another_site_is_noticed(link: str, deceives: bool) -> None:
    assert has_deceptive_link(link) is deceives


TAGS = (
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "</table>",
    "<a href='http://",
    "'>",
    "<!--",
    "-->",
    "<style>",
    "&#x0;",
    "&",
    "\x00",
)


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=5), max_size=30).map("".join))
def test_no_markup_fails(html: str) -> None:
    text_of_html(html)
    has_deceptive_link(html)


@pytest.mark.parametrize(
    "unit", ["<div>", "<table><tr><td>", "<p>x</p>", "<br>", "<b", "&amp;", "<a href=x>y</a>", "<td>"]
)
def test_a_megabyte_of_markup_is_read_without_recursion(unit: str) -> None:
    text_of_html(unit * (1_000_000 // len(unit)))
