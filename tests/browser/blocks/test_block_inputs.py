"""The inputs of a modal: labels, hints, what stands in them, what is wrong with them."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from bot.advice.blocks import asked, checkboxes, option, radio, writing
from tests.browser.blocks.stage import Stage

Json = dict[str, Any]
TWO = [option("One", "1", "the first"), option("Two", "2")]
SHANGHAI = {"id": "UMEI", "tz": "Asia/Shanghai", "language": "zh"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def field(kind: str, block_id: str = "b", **more: Any) -> Json:
    label, element = plain("Which?"), {"type": kind, "action_id": "a", **more}
    return {"type": "input", "block_id": block_id, "label": label, "element": element}


EMPTY: dict[str, tuple[Json, Any]] = {
    "text": (field("plain_text_input"), None),
    "lines": (field("plain_text_input", multiline=True), None),
    "mail": (field("email_text_input"), None),
    "address": (field("url_text_input"), None),
    "number": (field("number_input", is_decimal_allowed=False), None),
    "rich text": (field("rich_text_input"), None),
    "select": (field("static_select", options=TWO), None),
    "select without a list": (field("external_select"), None),
    "person": (field("users_select"), None),
    "channel": (field("channels_select"), None),
    "conversation": (field("conversations_select"), None),
    "several": (field("multi_static_select", options=TWO), []),
    "people": (field("multi_users_select"), []),
    "radio": (field("radio_buttons", options=TWO), None),
    "boxes": (field("checkboxes", options=TWO), []),
    "day": (field("datepicker"), None),
    "time": (field("timepicker"), None),
    "moment": (field("datetimepicker"), None),
}


@pytest.mark.parametrize(("block", "value"), EMPTY.values(), ids=EMPTY.keys())
def test_an_untouched_input_is_empty_and_missed(stage: Stage, block: Json, value: Any) -> None:
    stage.view(block)
    assert stage.values() == {"b": {"a": value}}
    assert stage.complaints() == {"b": "Please fill this in."}
    stage.view({**block, "optional": True})
    assert stage.complaints() == {}


RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}
INITIAL: dict[str, tuple[Json, Any]] = {
    "text": (field("plain_text_input", initial_value="a <b> & c"), "a <b> & c"),
    "lines": (field("plain_text_input", multiline=True, initial_value="one\ntwo"), "one\ntwo"),
    "mail": (field("email_text_input", initial_value="a@b.example"), "a@b.example"),
    "address": (field("url_text_input", initial_value="https://a.example"), "https://a.example"),
    "number": (field("number_input", is_decimal_allowed=True, initial_value="2.5"), "2.5"),
    "rich text": (field("rich_text_input", initial_value=RICH), RICH),
    "select": (field("static_select", options=TWO, initial_option=TWO[1]), "2"),
    "select without a list": (field("external_select", initial_option=TWO[1]), "2"),
    "person": (field("users_select", initial_user="UMEI"), "UMEI"),
    "channel": (field("channels_select", initial_channel="CGEN"), "CGEN"),
    "conversation": (field("conversations_select", default_to_current_conversation=True), "CINQ"),
    "several": (field("multi_static_select", options=TWO, initial_options=[TWO[1]]), ["2"]),
    "people": (field("multi_users_select", initial_users=["UMEI"]), ["UMEI"]),
    "channels": (field("multi_channels_select", initial_channels=["CINQ", "CGEN"]), ["CINQ", "CGEN"]),
    "radio": (field("radio_buttons", options=TWO, initial_option=TWO[0]), "1"),
    "boxes": (field("checkboxes", options=TWO, initial_options=TWO), ["1", "2"]),
    "day": (field("datepicker", initial_date="2026-05-04"), "2026-05-04"),
    "time": (field("timepicker", initial_time="16:05"), "16:05"),
    "moment": (field("datetimepicker", initial_date_time=1_777_925_100), 1_777_925_100),
}


@pytest.mark.parametrize(("block", "value"), INITIAL.values(), ids=INITIAL.keys())
def test_an_input_begins_with_what_the_bot_put_there(stage: Stage, block: Json, value: Any) -> None:
    stage.view(block, channel={"id": "CINQ"})
    assert stage.values() == {"b": {"a": value}}
    assert stage.complaints() == {}


def fill(text: str) -> Any:
    return lambda root: root.get_by_label("Which?").fill(text)


def pick(value: str) -> Any:
    return lambda root: root.get_by_label("Which?").select_option(value)


def tick(*names: str) -> Any:
    return lambda root: [root.get_by_label(name, exact=True).check() for name in names]


GIVEN: dict[str, tuple[Json, Any, Any]] = {
    "text": (field("plain_text_input"), fill("in 3 days"), "in 3 days"),
    "lines": (field("plain_text_input", multiline=True), fill("one\ntwo"), "one\ntwo"),
    "number": (field("number_input", is_decimal_allowed=False), fill("12"), "12"),
    "select": (field("static_select", options=TWO), pick("1"), "1"),
    "group": (field("static_select", option_groups=[{"label": plain("G"), "options": TWO}]), pick("1"), "1"),
    "select without a list": (field("external_select"), fill("typed"), "typed"),
    "several": (field("multi_static_select", options=TWO), tick("One", "Two"), ["1", "2"]),
    "people": (field("multi_users_select"), tick("Mei Lin"), ["UMEI"]),
    "radio": (field("radio_buttons", options=TWO), tick("One", "Two"), "2"),
    "boxes": (field("checkboxes", options=TWO), tick("Two"), ["2"]),
    "day": (field("datepicker"), fill("2026-05-09"), "2026-05-09"),
    "time": (field("timepicker"), fill("09:30"), "09:30"),
    "moment": (field("datetimepicker"), fill("2026-05-04T16:05"), 1_777_925_100),
}


@pytest.mark.parametrize(("block", "deed", "value"), GIVEN.values(), ids=GIVEN.keys())
def test_what_a_person_gives_is_read_by_the_inputs_label(
    stage: Stage, block: Json, deed: Any, value: Any
) -> None:
    deed(stage.view(block))
    assert stage.values() == {"b": {"a": value}}


def test_a_moment_is_given_in_the_viewers_own_zone(stage: Stage) -> None:
    root = stage.view(field("datetimepicker", initial_date_time=1_777_925_100), me=SHANGHAI)
    expect(root.get_by_label("Which?")).to_have_value("2026-05-05T04:05")
    root.get_by_label("Which?").fill("2026-05-05T05:05")
    assert stage.values() == {"b": {"a": 1_777_925_100 + 3600}}


def test_inputs_of_sections_and_rows_count_too(stage: Stage) -> None:
    boxes = {"type": "checkboxes", "action_id": "c", "options": TWO, "initial_options": [TWO[0]]}
    row = [{"type": "datepicker", "action_id": "d"}, {"type": "button", "action_id": "x", "text": plain("X")}]
    stage.view(
        {"type": "section", "block_id": "s", "text": plain("x"), "accessory": boxes},
        {"type": "actions", "block_id": "r", "elements": row},
    )
    assert stage.values() == {"s": {"c": ["1"]}, "r": {"d": None}}


def test_only_an_optional_input_says_so(stage: Stage) -> None:
    root = stage.view(field("plain_text_input"), {**field("plain_text_input", "c"), "optional": True})
    assert root.locator(".bk-label").all_inner_texts() == ["Which?", "Which? (optional)"]
    assert root.get_by_label("Which?").first.get_attribute("aria-required") == "true"


def test_a_hint_belongs_to_its_input(stage: Stage) -> None:
    block = dict(asked("When?", "when", {"type": "plain_text_input"}, hint="such as 3d"))
    expect(stage.view(block).get_by_label("When?")).to_have_accessible_description("such as 3d")


@pytest.mark.parametrize(
    ("element", "role"), [(checkboxes(TWO), "group"), (radio(TWO, "1"), "radiogroup")], ids=["boxes", "radio"]
)
def test_a_group_is_named_by_its_label_and_each_choice_by_its_words(
    stage: Stage, element: Json, role: Any
) -> None:
    group = stage.view(dict(asked("Which type?", "type", element))).get_by_role(role, name="Which type?")
    choice = group.get_by_label("One", exact=True)
    expect(choice).to_have_accessible_description("the first")
    choice.check()
    assert stage.values()["type"]["type"] in ("1", ["1"])


def test_a_draft_is_shown_whole_and_can_be_changed(stage: Stage) -> None:
    area = stage.view(dict(asked("Draft", "draft", writing("Dear Ahmed,\n\nthank you")))).get_by_role(
        "textbox"
    )
    expect(area).to_have_value("Dear Ahmed,\n\nthank you")
    area.press("ControlOrMeta+End")
    area.press_sequentially(".")
    assert stage.values()["draft"]["draft"].endswith("you.")


def test_no_more_can_be_chosen_than_allowed(stage: Stage) -> None:
    root = stage.view(field("multi_static_select", options=TWO, max_selected_items=1))
    root.get_by_label("One", exact=True).check()
    expect(root.get_by_label("Two", exact=True)).to_be_disabled()
    root.get_by_label("One", exact=True).uncheck()
    expect(root.get_by_label("Two", exact=True)).to_be_enabled()


WRONG: dict[str, tuple[Json, str, str]] = {
    "too short": (field("plain_text_input", min_length=3), "ab", "Please write at least 3 characters."),
    "no mail": (field("email_text_input"), "ahmed", "That is no email address yet."),
    "no address": (field("url_text_input"), "a.example", "An address begins with http:// or https://."),
    "half": (field("number_input", is_decimal_allowed=False), "1.5", "Please give a whole number."),
    "too small": (
        field("number_input", is_decimal_allowed=True, min_value="1"),
        "0.5",
        "Please give 1 or more.",
    ),
    "too large": (
        field("number_input", is_decimal_allowed=False, max_value="9"),
        "10",
        "Please give 9 or less.",
    ),
}


@pytest.mark.parametrize(("block", "given", "says"), WRONG.values(), ids=WRONG.keys())
def test_what_slacks_client_would_refuse_is_refused_here(
    stage: Stage, block: Json, given: str, says: str
) -> None:
    stage.view(block).get_by_label("Which?").fill(given)
    assert stage.complaints() == {"b": says}


def test_complaints_are_in_the_viewers_language(stage: Stage) -> None:
    stage.view(field("plain_text_input"), me=SHANGHAI)
    assert stage.complaints() == {"b": "这一项要填。"}


def test_a_text_cannot_grow_beyond_its_length(stage: Stage) -> None:
    box = stage.view(field("plain_text_input", max_length=3)).get_by_role("textbox")
    box.press_sequentially("abcdef")
    expect(box).to_have_value("abc")


def three() -> tuple[Json, Json, Json]:
    return (
        field("plain_text_input", "first"),
        {**field("plain_text_input", "second"), "hint": plain("such as 3d")},
        field("radio_buttons", "third", options=TWO),
    )


def wrong(root: Locator) -> Locator:
    return root.locator("[aria-invalid='true']")


def test_an_error_stands_at_its_input_and_the_first_has_the_focus(stage: Stage) -> None:
    root = stage.view(*three())
    stage.show_errors({"third": "Choose one.", "second": "That is in the past."})
    second = root.get_by_role("textbox").nth(1)
    expect(second).to_be_focused()
    expect(second).to_have_accessible_description("such as 3d That is in the past.")
    expect(root.get_by_role("radiogroup")).to_have_accessible_description("Choose one.")
    assert wrong(root).count() == 2


def test_a_wrong_group_takes_the_focus_at_its_first_choice(stage: Stage) -> None:
    stage.view(*three())
    stage.show_errors({"third": "Choose one."})
    expect(stage.focused()).to_have_value("1")


def test_errors_go_when_they_are_put_right(stage: Stage) -> None:
    root = stage.view(*three())
    stage.show_errors({"second": "That is in the past."})
    stage.show_errors({})
    assert wrong(root).count() == 0
    assert "past" not in root.inner_text()
    expect(root.get_by_role("textbox").nth(1)).to_have_accessible_description("such as 3d")


def test_an_error_without_an_input_is_still_told(stage: Stage) -> None:
    root = stage.view(*three())
    stage.show_errors({"elsewhere": "<b>Lost</b>"})
    expect(root.get_by_role("alert")).to_have_text("<b>Lost</b>")


def test_an_input_speaks_at_once_only_where_the_bot_asked_for_it(stage: Stage) -> None:
    root = stage.view(
        field("plain_text_input", "quiet"), {**field("plain_text_input", "loud"), "dispatch_action": True}
    )
    for box in root.get_by_role("textbox").all():
        box.fill("now")
        box.press("Enter")
    assert stage.acts == [{"action_id": "a", "block_id": "loud", "value": "now"}]


def test_an_input_may_speak_with_every_letter(stage: Stage) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    block = {**field("plain_text_input", dispatch_action_config=config), "dispatch_action": True}
    stage.view(block).get_by_role("textbox").press_sequentially("ab")
    assert [act["value"] for act in stage.acts] == ["a", "ab"]
