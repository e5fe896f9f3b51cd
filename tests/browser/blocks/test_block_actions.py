"""What a person clicks and chooses in a message, by mouse and by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import expect

from bot.advice.blocks import actions, button, header, option, overflow
from tests.browser.blocks.stage import Stage

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("It *cannot* be undone."),
    "confirm": plain("Do it"),
    "deny": plain("No"),
}


def clickable(**more: Any) -> Json:
    return {
        "type": "actions",
        "block_id": "b",
        "elements": [{**button("Done", "done", "42", is_primary=True), **more}],
    }


def test_a_click_tells_which_button_of_which_block(stage: Stage) -> None:
    stage.show(clickable()).get_by_role("button", name="Done").click()
    assert stage.acts == [{"action_id": "done", "block_id": "b", "value": "42"}]


def test_a_button_may_be_named_otherwise_than_it_looks(stage: Stage) -> None:
    expect(
        stage.show(clickable(accessibility_label="Mark as done")).get_by_role("button", name="Mark as done")
    ).to_be_visible()


def test_a_link_button_leads_there_and_tells_the_bot(stage: Stage) -> None:
    link = stage.show(clickable(url="https://a.example/x")).get_by_role("link", name="Done")
    assert link.get_attribute("href") == "https://a.example/x"
    link.evaluate("(link) => link.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    assert [act["action_id"] for act in stage.acts] == ["done"]


def test_a_link_button_to_a_script_is_only_a_button(stage: Stage) -> None:
    root = stage.show(clickable(url="javascript:document.title='taken'"))
    root.get_by_role("button", name="Done").click()
    assert stage.page.title() == "Blocks"


@pytest.mark.parametrize(("answer", "acts"), [("Do it", 1), ("No", 0)])
def test_a_button_that_asks_first_waits_for_the_answer(stage: Stage, answer: str, acts: int) -> None:
    stage.show(clickable(confirm=CONFIRM)).get_by_role("button", name="Done").click()
    dialog = stage.page.get_by_role("dialog", name="Sure?")
    expect(dialog).to_contain_text("It cannot be undone.")
    dialog.get_by_role("button", name=answer).click()
    expect(stage.page.locator("dialog")).to_have_count(0)
    assert len(stage.acts) == acts


def test_escape_says_no_and_gives_the_focus_back(stage: Stage) -> None:
    opener = stage.show(clickable(confirm=CONFIRM)).get_by_role("button", name="Done")
    opener.click()
    stage.page.keyboard.press("Escape")
    expect(stage.page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    assert stage.acts == []


def menu() -> Json:
    entries = [
        option("All signs", "details:7"),
        option("About this type", "about:7"),
        option("I take it", "take:7"),
    ]
    return {**actions(overflow("more", entries)), "block_id": "b"}


def test_the_menu_behind_three_dots_opens_and_chooses(stage: Stage) -> None:
    root = stage.show(menu())
    root.get_by_role("button", name="More choices").click()
    assert root.get_by_role("menuitem").all_inner_texts() == ["All signs", "About this type", "I take it"]
    root.get_by_role("menuitem", name="About this type").click()
    assert stage.acts == [{"action_id": "more", "block_id": "b", "value": "about:7"}]
    expect(root.get_by_role("menu")).to_have_count(0)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["Enter", "Enter"], "details:7"),
        (["ArrowDown", "ArrowDown", "Enter"], "about:7"),
        (["ArrowUp", "Enter"], "take:7"),
        (["ArrowDown", "ArrowUp", "Enter"], "take:7"),
        (["Enter", "End", "Home", "Enter"], "details:7"),
    ],
)
def test_the_menu_is_walked_by_keyboard(stage: Stage, keys: list[str], value: str) -> None:
    stage.show(menu()).get_by_role("button", name="More choices").focus()
    for key in keys:
        stage.page.keyboard.press(key)
    assert [act["value"] for act in stage.acts] == [value]


def test_escape_and_a_click_elsewhere_close_the_menu(stage: Stage) -> None:
    root = stage.show(menu(), dict(header("Elsewhere")))
    opener = root.get_by_role("button", name="More choices")
    opener.click()
    stage.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    root.get_by_text("Elsewhere").click()
    expect(root.get_by_role("menu")).to_have_count(0)
    assert stage.acts == []


def test_feedback_is_given_by_two_buttons(stage: Stage) -> None:
    ways = {
        "positive_button": {"text": plain("Good"), "value": "up"},
        "negative_button": {"text": plain("Bad"), "value": "down"},
    }
    feedback = {"type": "feedback_buttons", "action_id": "f", **ways}
    stage.show({"type": "context_actions", "block_id": "b", "elements": [feedback]}).get_by_role(
        "button", name="Bad"
    ).click()
    assert stage.acts == [{"action_id": "f", "block_id": "b", "value": "down"}]


CHOICES = [option("One", "1"), option("Two", "2")]
GROUPS = [{"label": plain("G"), "options": CHOICES}]
CHOSEN: dict[str, tuple[Json, str, Any]] = {
    "select": ({"type": "static_select", "options": CHOICES}, "select:2", "2"),
    "grouped select": ({"type": "static_select", "option_groups": GROUPS}, "select:2", "2"),
    "person": ({"type": "users_select"}, "select:UMEI", "UMEI"),
    "channel": ({"type": "channels_select"}, "select:CGEN", "CGEN"),
    "conversation": ({"type": "conversations_select"}, "select:DBOT", "DBOT"),
    "radio": ({"type": "radio_buttons", "options": CHOICES}, "tick:Two", "2"),
    "boxes": ({"type": "checkboxes", "options": CHOICES}, "tick:Two", ["2"]),
    "several": ({"type": "multi_static_select", "options": CHOICES}, "tick:One", ["1"]),
    "day": ({"type": "datepicker", "initial_date": "2026-05-04"}, "fill:2026-05-09", "2026-05-09"),
    "time": ({"type": "timepicker"}, "fill:16:05", "16:05"),
    "moment": ({"type": "datetimepicker"}, "fill:2026-05-04T16:05", 1_777_925_100),
}  # fmt: skip


@pytest.mark.parametrize("is_accessory", [False, True], ids=["in a row", "beside a text"])
@pytest.mark.parametrize(("element", "deed", "value"), CHOSEN.values(), ids=CHOSEN.keys())
def test_a_choice_in_a_message_is_told_at_once(
    stage: Stage, element: Json, deed: str, value: Any, is_accessory: bool
) -> None:
    element = {**element, "action_id": "a", "placeholder": plain("Pick one")}
    beside = {"type": "section", "block_id": "b", "text": mrkdwn("Which?"), "accessory": element}
    root = stage.show(beside if is_accessory else {"type": "actions", "block_id": "b", "elements": [element]})
    how, _, what = deed.partition(":")
    if how == "tick":
        root.get_by_label(what, exact=True).check()
    else:
        name = "Which?" if is_accessory else "Pick one"
        control = root.get_by_label(name)
        (control.select_option if how == "select" else control.fill)(what)
    assert stage.acts == [{"action_id": "a", "block_id": "b", "value": value}]


def test_a_choice_taken_back_at_the_question_stands_as_before(stage: Stage) -> None:
    element = {
        "type": "static_select",
        "options": CHOICES,
        "initial_option": CHOICES[0],
        "action_id": "a",
        "confirm": CONFIRM,
    }
    control = stage.show({"type": "actions", "block_id": "b", "elements": [element]}).locator("select")
    control.select_option("2")
    stage.page.get_by_role("button", name="No").click()
    expect(control).to_have_value("1")
    assert stage.acts == []
