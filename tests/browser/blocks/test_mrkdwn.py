"""mrkdwn, rich text and moments as a viewer reads them."""

from typing import Any

import pytest

from tests.browser.blocks.stage import Stage

MAY_4_20_05_UTC = 1_777_925_100  # 16:05 in New York, 04:05 the next day in Shanghai
MEI = {"id": "UMEI", "tz": "Asia/Shanghai", "language": "zh"}


def tags(stage: Stage, text: str, **changes: Any) -> str:
    """Return the nodes without their attributes."""
    root = stage.text(text, **changes)
    shown: str = root.locator(".bk-text").first.evaluate(
        "(node) => node.innerHTML.replace(/<(\\w+)[^>]*>/g, '<$1>').replace(/<\\/?span>/g, '')"
    )
    return shown


STYLES = {
    "bold": ("*two* words", "<strong>two</strong> words"),
    "italic": ("_two_ words", "<em>two</em> words"),
    "strike": ("~two~ words", "<s>two</s> words"),
    "code": ("say `a*b*c` now", "say <code>a*b*c</code> now"),
    "nested": ("*_both_*", "<strong><em>both</em></strong>"),
    "nested the other way": ("_*both*_", "<em><strong>both</strong></em>"),
    "in brackets": ("(*two*)", "(<strong>two</strong>)"),
    "before a full stop": ("*two*.", "<strong>two</strong>."),
    "crossed": ("*a _b* c_", "<strong>a _b</strong> c_"),
    "snake case": ("one_two_three", "one_two_three"),
    "a product": ("2*3*4", "2*3*4"),
    "space inside": ("* two *", "* two *"),
    "over a line break": ("*one\ntwo*", "*one\ntwo*"),
    "never closed": ("*one", "*one"),
    "marks alone": ("** __ ~~ ``", "** __ ~~ ``"),
    "Chinese": ("*下一步*：报价", "<strong>下一步</strong>：报价"),
    "a list of stars": ("* one\n* two", "* one\n* two"),
    "entities": ("a &lt;b&gt; &amp;amp; c", "a &lt;b&gt; &amp;amp; c"),
    "entity in code": ("`&lt;b&gt;`", "<code>&lt;b&gt;</code>"),
    "fence": ("see\n```\na *b*\n```\nend", "see<pre>a *b*</pre>end"),
    "fence in a line": ("see ```x``` end", "see <pre>x</pre> end"),
    "open fence": ("see ```x", "see ```x"),
    "quote": ("> one\n> two\nthree", "<blockquote>one\ntwo</blockquote>three"),
    "quote as people type it": ("&gt; one", "<blockquote>one</blockquote>"),
    "quote to the end": ("&gt;&gt;&gt;one\ntwo", "<blockquote>one\ntwo</blockquote>"),
    "greater within": ("1 &gt; 0", "1 &gt; 0"),
    "known emoji": (":tada: :no_such_thing:", "🎉 :no_such_thing:"),
    "a time is no emoji": ("at 10:30:45", "at 10:30:45"),
    "skin tone": (":+1::skin-tone-3:", "👍"),
    "person": ("<@UMEI>", "@Mei Lin"),
    "unknown person": ("<@U0NOBODY>", "@U0NOBODY"),
    "channel": ("<#CINQ>", "#inquiries"),
    "channel with a name": ("<#C0ELSE|elsewhere>", "#elsewhere"),
    "here": ("<!here>", "@here"),
    "group": ("<!subteam^S1|@sales>", "@sales"),
    "link": ("<https://a.example/x|the *page*>", "<a>the *page*</a>"),
    "link alone": ("<https://a.example/?a=1&amp;b=2>", "<a>https://a.example/?a=1&amp;b=2</a>"),
    "mail": ("<mailto:a@b.example|a@b.example>", "<a>a@b.example</a>"),
    "bare address": ("see https://a.example/x, then", "see <a>https://a.example/x</a>, then"),
    "no address": ("a < b and c > d", "a &lt; b and c &gt; d"),
    "tag": ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
}


@pytest.mark.parametrize(("text", "shown"), STYLES.values(), ids=STYLES.keys())
def test_mrkdwn_is_read_as_slack_reads_it(stage: Stage, text: str, shown: str) -> None:
    assert tags(stage, text) == shown


def test_a_verbatim_text_makes_no_link_of_its_own(stage: Stage) -> None:
    text = {"type": "mrkdwn", "text": "https://a.example <https://b.example|b>", "verbatim": True}
    root = stage.show({"type": "section", "text": text})
    assert root.locator("a").all_inner_texts() == ["b"]


def test_a_link_leaves_no_trace_of_the_page(stage: Stage) -> None:
    link = stage.text("<https://a.example|a>").locator("a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


def test_a_link_to_a_message_of_this_workspace_opens_it_here(stage: Stage) -> None:
    url = "https://w.slack.com/archives/CINQ/p1777925100000200?thread_ts=1777925000.000100&cid=CINQ"
    root = stage.text(f"<{url.replace('&', '&amp;')}|the card>")
    root.get_by_role("button", name="the card").click()
    opened = stage.page.evaluate("() => stage.opened")
    assert opened == [["CINQ", "1777925100.000200", "1777925000.000100"]]


DATES = {
    "pretty today": ("{date_short_pretty} at {time}", {}, "today at 4:05 PM"),
    "pretty in Chinese": ("{date_short_pretty} {time}", {"me": MEI}, "明天 04:05"),
    "long": ("{date_long}", {}, "Monday, May 4, 2026"),
    "number": ("{date_num}", {"me": MEI}, "2026-05-05"),
    "seconds": ("{time_secs}", {}, "4:05:00 PM"),
    "ahead": ("{ago}", {}, "in 5 hours"),
    "after the clock moved": ("{ago}", {"nowMs": (MAY_4_20_05_UTC + 3 * 86_400) * 1000}, "3 days ago"),
    "yesterday": ("{date_pretty}", {"nowMs": (MAY_4_20_05_UTC + 86_400) * 1000}, "yesterday"),
    "unknown token": ("{week} {time}", {}, "{week} 4:05 PM"),
    "unknown zone": ("{time}", {"me": {"tz": "Mars/Base"}}, "8:05 PM"),
}


@pytest.mark.parametrize(("shape", "changes", "shown"), DATES.values(), ids=DATES.keys())
def test_a_moment_is_told_in_the_viewers_zone_and_language(
    stage: Stage, shape: str, changes: dict[str, Any], shown: str
) -> None:
    root = stage.text(f"<!date^{MAY_4_20_05_UTC}^{shape}|later>", **changes)
    assert root.inner_text().replace("\u202f", " ") == shown


@pytest.mark.parametrize("moment", ["soon", "", "99999999999999", "1e3"])
def test_a_moment_that_is_none_shows_its_fallback(stage: Stage, moment: str) -> None:
    assert stage.text(f"<!date^{moment}^{{date}}|some day>").inner_text() == "some day"


def test_a_moment_may_be_a_link(stage: Stage) -> None:
    root = stage.text(f"<!date^{MAY_4_20_05_UTC}^{{date_num}}^https://a.example|x>")
    assert root.get_by_role("link", name="2026-05-04").get_attribute("href") == "https://a.example/"


HOSTILE = {
    "script": "<script>document.title = 'taken'</script>",
    "image": "<img src=x onerror=\"document.title = 'taken'\">",
    "svg": "<svg onload=\"document.title='taken'\"><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "script link": "<javascript:alert(1)|click me>",
    "script link in disguise": "<java\tscript:alert(1)|click me>",
    "data link": "<data:text/html,hello|click me>",
    "entity in a link": '<https://a.example/"onclick="alert(1)|x>',
    "half a link": "<https://a.example|<b>",
    "NUL": "before\0after",
    "lone surrogate": "\ud800 alone",
    "prototype": ":constructor: :__proto__: <@CONSTRUCTOR> <!constructor>",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(stage: Stage, text: str) -> None:
    plain, rich = {"type": "plain_text", "text": text}, {"type": "text", "text": text}
    for root in (
        stage.text(text),
        stage.show({"type": "header", "text": plain}, {"type": "section", "fields": [plain]}),
        stage.show({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [rich]}]}),
        stage.show({"type": "markdown", "text": text}),
    ):
        assert root.locator("script, img, svg, b, [onclick], [onerror], [onload]").count() == 0
        hrefs = root.locator("[href]").evaluate_all("(all) => all.map((one) => one.protocol)")
        assert set(hrefs) <= {"https:"}
    assert stage.page.title() == "Blocks"


def test_words_that_turn_the_direction_of_writing_end_with_themselves(stage: Stage) -> None:
    root = stage.text("file \u202efdp.exe *after*")
    assert root.locator("bdi").inner_text().strip() == "file \u202efdp.exe"
    assert root.locator("bdi strong").count() == 0


def test_nul_is_shown_as_what_it_is(stage: Stage) -> None:
    assert stage.text("a\0b").inner_text() == "a\ufffdb"


LONG = {
    "stars": "*" * 60_000,
    "stars and letters": "*a " * 20_000,
    "back-ticks": "`" * 60_000,
    "angles": "<" * 60_000,
    "angles and letters": "<a" * 30_000,
    "angles around": "<" * 30_000 + ">" * 30_000,
    "colons": ":a" * 30_000,
    "fences": "```" * 20_001,
    "addresses": "http://" * 8_500,
    "full stops": "https://a" + "." * 60_000,
    "quotes": ">" * 60_000,
    "lines": "\n" * 60_000,
    "entities": "&lt;" * 15_000,
    "all marks": "*_~" * 20_000,
    "nested": "*a _b ~c " * 6_600,
    "words without end": "x" * 60_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_sixty_kilobytes_of_malice_are_drawn_at_once(stage: Stage, text: str) -> None:
    # A scan whose time grows with the square of the length takes minutes; the bound is for a busy machine.
    assert stage.page.evaluate("(text) => stage.timed(text)", text) < 5_000


RICH: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"type": "text", "text": "a *b* :tada: <c>"}, "a *b* :tada: <c>"),
    "link": ({"type": "link", "url": "https://a.example", "text": "a"}, "a"),
    "link without words": ({"type": "link", "url": "https://a.example/x"}, "https://a.example/x"),
    "dead link": ({"type": "link", "url": "javascript:alert(1)", "text": "a"}, "a"),
    "person": ({"type": "user", "user_id": "UMEI"}, "@Mei Lin"),
    "channel": ({"type": "channel", "channel_id": "CGEN"}, "#general"),
    "emoji": ({"type": "emoji", "name": "tada"}, "🎉"),
    "emoji by code points": ({"type": "emoji", "name": "flag-ke", "unicode": "1f1f0-1f1ea"}, "🇰🇪"),
    "emoji of their own": ({"type": "emoji", "name": "parrot"}, ":parrot:"),
    "broadcast": ({"type": "broadcast", "range": "channel"}, "@channel"),
    "group": ({"type": "usergroup", "usergroup_id": "S1"}, "@S1"),
    "moment": ({"type": "date", "timestamp": MAY_4_20_05_UTC, "format": "{date_num}"}, "2026-05-04"),
    "moment that is none": ({"type": "date", "timestamp": "x", "format": "{date}", "fallback": "May"}, "May"),
    "colour": ({"type": "color", "value": "#ff0000"}, "#ff0000"),
    "unknown": ({"type": "hologram", "text": "words"}, "words"),
}


@pytest.mark.parametrize(("leaf", "shown"), RICH.values(), ids=RICH.keys())
def test_every_leaf_of_rich_text_is_shown(stage: Stage, leaf: dict[str, Any], shown: str) -> None:
    root = stage.show({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leaf]}]})
    assert root.inner_text() == shown


def test_rich_text_wears_its_styles(stage: Stage) -> None:
    style = {"bold": True, "italic": True, "strike": True, "code": True}
    leaf = {"type": "text", "text": "all", "style": style}
    root = stage.show({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leaf]}]})
    assert root.locator("strong > em > s > code").inner_text() == "all"


def item(text: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}


def listed(style: str, indent: int, *texts: str, **more: Any) -> dict[str, Any]:
    items = [item(text) for text in texts]
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": items, **more}


def test_a_list_stands_in_the_item_it_belongs_to(stage: Stage) -> None:
    parts = [
        listed("bullet", 0, "one"),
        listed("ordered", 1, "one a", "one b"),
        listed("bullet", 0, "two"),
        listed("ordered", 0, "first", offset=4),
    ]
    root = stage.show({"type": "rich_text", "elements": parts})
    assert root.locator("ul > li").all_inner_texts() == ["one\none a\none b", "two"]
    assert root.locator("ul > li > ol > li").all_inner_texts() == ["one a", "one b"]
    assert root.locator(".bk-rich > ol").get_attribute("start") == "5"


def test_quotes_and_boxes_of_rich_text_are_set_apart(stage: Stage) -> None:
    leaf = [{"type": "text", "text": "two\nlines"}]
    parts = [{"type": f"rich_text_{kind}", "elements": leaf} for kind in ("quote", "preformatted")]
    root = stage.show({"type": "rich_text", "elements": parts})
    assert root.locator("blockquote").inner_text() == "two\nlines"
    assert root.locator("pre").inner_text() == "two\nlines"


PLAIN: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"text": "*Hi* <@UMEI> :tada:"}, "Hi @Mei Lin 🎉"),
    "blocks": (
        {"text": "", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "A"}}]},
        "A",
    ),
    "forward": ({"text": "", "attachments": [{"text": "theirs"}]}, "theirs"),
    "mail": ({"text": "", "files": [{"title": "Inquiry", "name": "x.eml"}]}, "Inquiry"),
    "nothing": ({}, ""),
}


@pytest.mark.parametrize(("message", "shown"), PLAIN.values(), ids=PLAIN.keys())
def test_a_message_can_be_said_as_plain_words(stage: Stage, message: dict[str, Any], shown: str) -> None:
    assert stage.page.evaluate("(message) => stage.plain(message, {})", message) == shown


MOMENTS = [
    ("2026-07-01T12:00", "America/New_York", "2026-07-01T16:00Z"),
    ("2026-01-01T00:00", "Asia/Shanghai", "2025-12-31T16:00Z"),
    ("2026-03-08T03:30", "America/New_York", "2026-03-08T07:30Z"),  # an hour after the clocks went forward
    ("2026-11-01T00:30", "America/New_York", "2026-11-01T04:30Z"),  # before they go back
    ("2026-11-01T12:00", "America/New_York", "2026-11-01T17:00Z"),
    ("2026-05-04T09:30", "Asia/Kolkata", "2026-05-04T04:00Z"),
]


@pytest.mark.parametrize(("wall", "zone", "moment"), MOMENTS)
def test_a_wall_clock_stands_for_one_moment(stage: Stage, wall: str, zone: str, moment: str) -> None:
    ms = stage.page.evaluate("([wall, zone]) => stage.moment(wall, zone)", [wall, zone])
    assert ms == stage.page.evaluate("(moment) => Date.parse(moment)", moment)
    assert stage.page.evaluate("([ms, zone]) => stage.wall(ms, zone)[1]", [ms, zone]) == wall
