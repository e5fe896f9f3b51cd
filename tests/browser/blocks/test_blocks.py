"""Every block as a person sees it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from bot.advice.blocks import (
    Run,
    actions,
    button,
    context,
    divider,
    header,
    option,
    overflow,
    section,
    titled,
)
from tests.browser.blocks.stage import Stage

Json = dict[str, Any]
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def table(*rows: tuple[str, ...], **more: Any) -> Json:
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    return {"type": "table", "rows": cells, **more}


def chart(kind: str, *series: tuple[str, list[float]], categories: tuple[str, ...]) -> Json:
    drawn = [
        {
            "name": name,
            "data": [
                {"label": label, "value": value} for label, value in zip(categories, values, strict=True)
            ],
        }
        for name, values in series
    ]
    axis = {"categories": list(categories)}
    return {
        "type": "data_visualization",
        "title": "Inquiries",
        "chart": {"type": kind, "series": drawn, "axis_config": axis},
    }


SHOWN: dict[str, tuple[Json, str]] = {
    "header": (dict(header("🛒 Retail buyer · likely :tada:")), "🛒 Retail buyer · likely 🎉"),
    "section": (dict(section("*Next:* ask &amp; wait")), "Next: ask & wait"),
    "plain section": ({"type": "section", "text": plain("*not bold*")}, "*not bold*"),
    "no emoji": ({"type": "header", "text": {**plain(":tada:"), "emoji": False}}, ":tada:"),
    "fields": (
        {"type": "section", "fields": [mrkdwn("*Port*\nJebel Ali"), plain("CIF")]},
        "Port\nJebel Ali\nCIF",
    ),
    "context": (dict(context("Could also be *A*", "<@UMEI> takes it")), "Could also be A\n@Mei Lin takes it"),
    "titled": (dict(titled("Why", [(Run("one"),), (Run("two", bold=True),)])), "Why\none\ntwo"),
    "image from elsewhere": (
        {"type": "image", "image_url": "https://a.example/x", "alt_text": "A LED", "title": plain("Panel")},
        "Panel\n🖼️ A LED",
    ),
    "file as image": ({"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A panel"}, "🖼️ A panel"),
    "markdown": (
        {"type": "markdown", "text": "# Hi\n**bold** [a](https://a.ex)\n- one\n- two\n> ah\n```\nx\n```"},
        "Hi\nbold a\none\ntwo\nah\nx",
    ),
    "alert": ({"type": "alert", "level": "warning", "text": plain("Careful")}, "Careful"),
    "unknown": (
        {"type": "hologram", "alt_text": "A ship"},
        "There is a block of the type hologram here, which this page does not draw. A ship",
    ),
    "malformed": (
        {"type": "actions", "elements": "none"},
        "There is a block of the type actions here, which this page does not draw.",
    ),
    "unknown element": (
        {"type": "actions", "elements": [{"type": "lever"}]},
        "(an element of the type lever, which this page does not draw)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("block", "shown"), SHOWN.values(), ids=SHOWN.keys())
def test_a_block_says_what_it_holds(stage: Stage, block: Json, shown: str) -> None:
    words = [line.strip() for line in stage.show(block).inner_text().splitlines()]
    assert "\n".join(line for line in words if line) == shown


def test_a_header_is_a_heading_and_a_divider_a_separator(stage: Stage) -> None:
    root = stage.show(dict(header("Inquiry")), dict(divider()))
    expect(root.get_by_role("heading", name="Inquiry", level=3)).to_be_visible()
    expect(root.get_by_role("separator")).to_be_visible()


def test_an_unknown_block_is_named_in_the_viewers_language(stage: Stage) -> None:
    assert "hologram 类型" in stage.show({"type": "hologram"}, me={"language": "zh"}).inner_text()


def test_the_pages_own_pictures_are_shown(stage: Stage) -> None:
    accessory = {"type": "image", "image_url": PIXEL, "alt_text": "logo"}
    root = stage.show(
        {"type": "image", "image_url": "/page/favicon.svg", "alt_text": "mark"},
        {"type": "section", "text": mrkdwn("x"), "accessory": accessory},
    )
    expect(root.get_by_role("img", name="mark")).to_have_attribute("src", "/page/favicon.svg")
    expect(root.get_by_role("img", name="logo")).to_have_attribute("src", PIXEL)


def test_a_table_names_its_columns(stage: Stage) -> None:
    rows = table(("Type", "Count"), ("Retail", "12"), column_settings=[{}, {"align": "right"}])
    rows["rows"][1][1] = {"type": "raw_number", "value": 12}
    root = stage.show(rows)
    assert root.get_by_role("columnheader").all_inner_texts() == ["Type", "Count"]
    assert root.get_by_role("cell").all_inner_texts() == ["Retail", "12"]


def test_a_data_table_has_its_caption_and_row_heads(stage: Stage) -> None:
    rows = table(("Type", "Count"), ("Retail", "12"), caption="Types", row_header_column_index=0)
    root = stage.show({**rows, "type": "data_table"})
    expect(root.get_by_role("table", name="Types")).to_be_visible()
    assert root.get_by_role("rowheader").all_inner_texts() == ["Retail"]


@pytest.mark.parametrize(
    ("kind", "mark", "count"), [("bar", "rect", 4), ("line", "polyline", 2), ("area", "polyline", 2)]
)
def test_a_chart_is_drawn_and_told_in_numbers(stage: Stage, kind: str, mark: str, count: int) -> None:
    root = stage.show(chart(kind, ("A", [1, -2]), ("B", [3, 4.5]), categories=("May", "June")))
    assert root.get_by_role("img", name="Inquiries").locator(mark).count() == count
    root.get_by_text("The numbers").click()
    assert root.get_by_role("row").all_inner_texts() == ["\tA\tB", "May\t1\t3", "June\t-2\t4.5"]


def test_a_pie_tells_its_shares(stage: Stage) -> None:
    pie = {"type": "pie", "segments": [{"label": "Retail", "value": 3}, {"label": "Trade", "value": 1}]}
    root = stage.show({"type": "data_visualization", "title": "Types", "chart": pie})
    assert root.get_by_role("listitem").all_inner_texts() == ["Retail · 75%", "Trade · 25%"]


def test_a_chart_without_numbers_is_a_frame_with_its_name(stage: Stage) -> None:
    assert (
        stage.show({"type": "data_visualization", "title": "Empty", "chart": {"type": "globe"}}).inner_text()
        == "Empty"
    )


def test_nothing_is_wider_than_a_phone(stage: Stage) -> None:
    long = "x" * 400
    stage.page.set_viewport_size({"width": 360, "height": 640})
    element = {"type": "static_select", "action_id": "s", "options": [option(long, "1")]}
    leaf = [{"type": "text", "text": long}]
    parts = [{"type": f"rich_text_{kind}", "elements": leaf} for kind in ("section", "quote", "preformatted")]
    root = stage.show(
        dict(header(long)),
        {
            "type": "section",
            "text": mrkdwn(f"{long} `{long}` <https://a.example/{long}>"),
            "accessory": element,
        },
        {"type": "section", "fields": [mrkdwn(long), mrkdwn(long)]},
        dict(context(long, long)),
        {"type": "rich_text", "elements": parts},
        dict(actions(button(long, "b", "1"))),
        table(tuple("abcdefghijklmnop"), tuple("abcdefghijklmnop")),
        chart("bar", ("A", [1, 2]), categories=("May", "June")),
        dict(actions(overflow("more", [option(long, "1")]))),
    )
    root.get_by_role("button", name="More choices").click()
    try:
        assert stage.page.evaluate("() => document.documentElement.scrollWidth") <= 360
    finally:
        stage.page.set_viewport_size({"width": 1000, "height": 800})
