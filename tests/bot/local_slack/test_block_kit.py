"""Block Kit's limits, one refusal at a time: Slack's error, and the place it names."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.local_slack.block_kit.messages import check_blocks, check_metadata
from bot.local_slack.block_kit.naming import named
from bot.local_slack.block_kit.views import check_view
from bot.local_slack.model import Refused

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "inquiry_draft", "text": plain("Draft"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "v", text: str = "One") -> Json:
    return {"text": plain(text), "value": value}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "inquiry_type", "options": [option()], **more}


def overflow(count: int) -> Json:
    return {"type": "overflow", "action_id": "m", "options": [option(str(n)) for n in range(count)]}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Note"), "element": element, **more}


def written(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "note", **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_section(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Draft"), "blocks": [], **more}


GOOD: list[Json] = [
    section(),
    section("x" * 3000, accessory=button()),
    {"type": "section", "fields": [plain("x" * 2000)] * 2},
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [plain("a"), {"type": "mrkdwn", "text": "b", "verbatim": True}]},
    actions(button(value="x" * 2000, style="danger"), select(), overflow(5)),
    {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"},
    field(written(multiline=True, max_length=3000), hint=plain("h"), optional=True),
    {"type": "markdown", "text": "**bold**"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]},
    rich(
        rich_section(
            {"type": "text", "text": "a", "style": {"bold": True}}, {"type": "emoji", "name": "cat"}
        ),
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [rich_section()]},
        {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://x.example"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a"}], "border": 0},
    ),
]


def test_what_slack_takes_is_taken() -> None:
    assert check_blocks(GOOD) == GOOD


BAD: dict[str, tuple[Json, str]] = {
    "section-text": (
        section("x" * 3001),
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "section-empty": (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "section-nothing": (
        {"type": "section"},
        "missing required field: text or fields [json-pointer:/blocks/0]",
    ),
    "section-fields": (
        {"type": "section", "fields": [plain("a")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "field-text": (
        {"type": "section", "fields": [plain("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "header": (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "header-mrkdwn": (
        {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
        "must be one of: plain_text [json-pointer:/blocks/0/text/type]",
    ),
    "context": (
        {"type": "context", "elements": [plain("a")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "actions": (
        actions(*[button(action_id=str(n)) for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "actions-empty": (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    "action-id-twice": (
        actions(button(), button()),
        "action_id already exists: inquiry_draft [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    "button-text": (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "button-value": (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "button-style": (
        actions(button(style="default")),
        "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "action-id": (
        actions(button(action_id="x" * 256)),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "unknown-key": (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    "unknown-block": ({"type": "banner"}, "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "unknown-element": (
        actions({"type": "slider"}),
        "unsupported type: slider [json-pointer:/blocks/0/elements/0/type]",
    ),
    "input-in-actions": (
        actions(written()),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "select-options": (
        actions(select(options=[option(str(n)) for n in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "select-both": (
        actions(select(option_groups=[])),
        "must have exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    "option-value": (
        actions(select(options=[option("x" * 151)])),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "option-twice": (
        actions(select(options=[option(), option()])),
        "option values must be unique [json-pointer:/blocks/0/elements/0/options]",
    ),
    "initial-option": (
        actions(select(initial_option=option("other"))),
        "initial option must be one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    "overflow": (
        actions(overflow(6)),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "image-without-alt": (
        {"type": "image", "image_url": "https://x.example/a.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    "input-label": (
        {"type": "input", "element": written()},
        "missing required field: label [json-pointer:/blocks/0]",
    ),
    "input-length": (
        field(written(max_length=3001)),
        "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
    "rich-text-leaf-at-top": (
        rich({"type": "text", "text": "a"}),
        "unsupported type: text [json-pointer:/blocks/0/elements/0/type]",
    ),
    "rich-text-list-of-leaves": (
        rich({"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "a"}]}),
        "unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    "rich-text-empty-leaf": (
        rich(rich_section({"type": "text", "text": ""})),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    "rich-text-style": (
        rich(rich_section({"type": "text", "text": "a", "style": {"loud": True}})),
        "invalid additional property: loud [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    "block-id": (
        section(block_id="x" * 256),
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "no-object": ("hello", "unsupported type: None [json-pointer:/blocks/0/type]"),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("name", BAD)
def test_what_slack_refuses_is_refused_with_its_place(name: str) -> None:
    block, says = BAD[name]
    with pytest.raises(Refused, match="invalid_blocks") as caught:
        check_blocks([block])
    assert says in caught.value.extra["errors"]
    assert f"[ERROR] {says}" in caught.value.extra["response_metadata"]["messages"]


def test_block_ids_are_unique_in_a_message() -> None:
    with pytest.raises(Refused) as caught:
        check_blocks([section(block_id="a"), section(block_id="a")])
    assert caught.value.extra["errors"] == ["block_id already exists: a [json-pointer:/blocks/1/block_id]"]


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([section()] * 51, "invalid_blocks"),
        ([section("x" * 3000)] * 4 + [section("x" * 1201)], "msg_blocks_too_long"),
        ([{"type": "markdown", "text": "x" * 6001}] * 2, "msg_blocks_too_long"),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2, "invalid_blocks"),
        ({"type": "section"}, "invalid_blocks_format"),
    ],
    ids=["count", "sum", "markdown-sum", "two-tables", "no-list"],
)
def test_a_message_has_limits_of_its_own(blocks: Any, error: str) -> None:
    with pytest.raises(Refused, match=error):
        check_blocks(blocks)


def test_the_sum_of_a_message_may_be_full() -> None:
    blocks = [section("x" * 3000)] * 4 + [section("x" * 1200)]
    assert check_blocks(blocks) == blocks


BAD_VIEWS: dict[str, tuple[Json, str]] = {
    "title": (
        modal(title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "submit": (
        modal(submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "no-submit": (
        modal(blocks=[field(written())]),
        "missing required field: submit (the modal has input blocks) [json-pointer:/view/submit]",
    ),
    "private-metadata": (
        modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "callback-id": (
        modal(callback_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    "blocks": (
        modal(blocks=[section()] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "kind": ({"type": "home", "blocks": []}, "must be modal [json-pointer:/view/type]"),
    "unknown-key": (modal(size="large"), "invalid additional property: size [json-pointer:/view]"),
}


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_a_view_slack_refuses_is_refused(name: str) -> None:
    view, says = BAD_VIEWS[name]
    with pytest.raises(Refused, match="invalid_arguments") as caught:
        check_view(view, "modal")
    assert f"[ERROR] {says}" in caught.value.extra["response_metadata"]["messages"]


def test_a_view_of_more_than_250_kb_is_too_large() -> None:
    blocks = [section("万" * 3000) for _ in range(30)]
    with pytest.raises(Refused, match="view_too_large"):
        check_view(modal(blocks=blocks), "modal")


def test_a_hundred_blocks_fit_a_modal() -> None:
    assert check_view(modal(blocks=[section()] * 100), "modal")


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("text", "invalid_metadata_format"),
        ({"event_type": "a", "event_payload": {}, "more": 1}, "invalid_metadata_format"),
        ({"event_type": "a"}, "invalid_metadata_schema"),
        ({"event_type": "a-b", "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"k": None}}, "invalid_metadata_schema"),
        ({"event_type": "a", "event_payload": {"k": "x" * 8001}}, "metadata_too_large"),
    ],
)
def test_metadata_is_small_and_plain(metadata: Any, error: str) -> None:
    with pytest.raises(Refused, match=error):
        check_metadata(metadata)


def test_every_block_and_element_has_a_name_in_the_end() -> None:
    nameless: Callable[..., Json] = lambda **more: {"type": "button", "text": plain("a"), **more}  # noqa: E731
    blocks = [section(block_id="b1"), actions(nameless(), nameless()), field({"type": "plain_text_input"})]
    first, second, third = named(blocks)
    assert first["block_id"] == "b1"
    assert second["block_id"] == "b0"
    assert [e["action_id"] for e in second["elements"]] == ["b0.0", "b0.1"]
    assert (third["block_id"], third["element"]["action_id"]) == ("b2", "b2")
    assert named([section(accessory=nameless(action_id="mine"))])[0]["accessory"]["action_id"] == "mine"
