"""All kinds of blocks and inputs at once before axe-core, in light and in dark."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.advice.blocks import Run as Words
from bot.advice.blocks import (
    actions,
    button,
    context,
    divider,
    header,
    option,
    overflow,
    rich,
    section,
    titled,
)
from tests.browser.blocks.stage import Stage

Json = dict[str, Any]
TWO = [option("One", "1", "the first"), option("Two", "2")]
INPUTS: dict[str, Json] = {
    "email_text_input": {},
    "url_text_input": {},
    "plain_text_input": {"multiline": True, "placeholder": {"type": "plain_text", "text": "Write"}},
    "number_input": {"is_decimal_allowed": False},
    "static_select": {"options": TWO},
    "multi_static_select": {"options": TWO},
    "users_select": {},
    "radio_buttons": {"options": TWO},
    "checkboxes": {"options": TWO, "initial_options": [TWO[0]]},
    "datepicker": {},
    "timepicker": {},
    "datetimepicker": {},
}


def message() -> list[Any]:
    danger = {**button("Delete", "delete", "1"), "style": "danger"}
    select = {"type": "static_select", "action_id": "s", "options": TWO}
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]}
    box = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code " * 400}]}
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in ("AB", "cd")]
    series = [{"name": "A", "data": [{"label": "May", "value": 1}]}]
    return [
        header("Inquiry"),
        {**section("*Which* `code` <https://a.example|link> <@UMEI> <@UEMMA> <!here>"), "accessory": select},
        context("quiet <https://a.example|link>", "<!date^1777925100^{date}|then>"),
        divider(),
        titled("Why", [(Words("one"),), (Words("two"),)]),
        rich(quote, box),
        {"type": "image", "image_url": "https://a.example", "alt_text": "A LED"},
        {"type": "table", "rows": cells},
        {"type": "data_visualization", "title": "Month", "chart": {"type": "bar", "series": series}},
        {"type": "alert", "level": "error", "text": {"type": "plain_text", "text": "Careful"}},
        actions(button("Go", "go", "1", is_primary=True), danger, overflow("more", TWO)),
        {"type": "hologram"},
    ]


def inputs() -> list[Json]:
    return [
        {
            "type": "input",
            "block_id": kind,
            "label": {"type": "plain_text", "text": kind},
            "hint": {"type": "plain_text", "text": "a hint"},
            "element": {"type": kind, "action_id": "a", **more},
        }
        for kind, more in INPUTS.items()
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_message_of_everything_has_no_fault(stage: Stage, scheme: Literal["light", "dark"]) -> None:
    stage.page.emulate_media(color_scheme=scheme)
    stage.show(*message())
    assert faults(stage) == []
    stage.root.get_by_role("button", name="More choices").click()
    assert faults(stage) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_modal_of_everything_has_no_fault_even_when_all_is_wrong(
    stage: Stage, scheme: Literal["light", "dark"]
) -> None:
    stage.page.emulate_media(color_scheme=scheme)
    stage.view(*inputs())
    stage.show_errors(dict.fromkeys(INPUTS, "That is wrong."))
    assert faults(stage) == []


def faults(stage: Stage) -> list[str]:
    """Return what axe-core says of the blocks; the bare page around them does not count."""
    found = Axe().run(stage.page, context="#stage").response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"][:3]]
