"""What people choose in menus and forms, in the words of the payload."""

from typing import Any

import pytest

from bot.local_slack.elements import answer_of, find, left_empty, state_of
from bot.local_slack.model import Refused

Json = dict[str, Any]


def option(value: str) -> Json:
    return {"text": {"type": "plain_text", "text": value.upper()}, "value": value}


def menu(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", "options": [option("x"), option("y")], **more}


@pytest.mark.parametrize(
    ("element", "chosen", "answer"),
    [
        ({"type": "button", "value": "7"}, None, {"value": "7"}),
        ({"type": "button"}, None, {}),
        (menu("static_select"), "y", {"selected_option": option("y")}),
        (menu("static_select"), None, {"selected_option": None}),
        (
            {"type": "static_select", "option_groups": [{"options": [option("z")]}]},
            "z",
            {"selected_option": option("z")},
        ),
        (menu("overflow"), "x", {"selected_option": option("x")}),
        (menu("checkboxes"), ["x", "y"], {"selected_options": [option("x"), option("y")]}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "datepicker"}, "2026-12-01", {"selected_date": "2026-12-01"}),
        ({"type": "datetimepicker"}, 1767254400, {"selected_date_time": 1767254400}),
        ({"type": "plain_text_input"}, "hello", {"value": "hello"}),
    ],
)
def test_a_choice_is_told_under_its_own_key(element: Json, chosen: Any, answer: Json) -> None:
    assert answer_of(element, chosen) == answer


def test_a_choice_that_is_not_offered_cannot_be_made() -> None:
    with pytest.raises(Refused, match="no_such_option"):
        answer_of(menu("static_select"), "q")
    with pytest.raises(Refused, match="no_such_element"):
        find([{"type": "section", "accessory": menu("static_select")}], "b")


def form(*elements: Json, **more: Any) -> list[Json]:
    return [{"type": "input", "block_id": f"b{n}", "element": e, **more} for n, e in enumerate(elements)]


def test_a_form_holds_what_stood_in_it_and_what_was_entered() -> None:
    blocks = form(
        menu("static_select", action_id="kind", initial_option=option("x")),
        {"type": "plain_text_input", "action_id": "note"},
        {"type": "multi_users_select", "action_id": "who"},
    )
    assert state_of(blocks, {"note": "soon"}) == {
        "values": {
            "b0": {"kind": {"type": "static_select", "selected_option": option("x")}},
            "b1": {"note": {"type": "plain_text_input", "value": "soon"}},
            "b2": {"who": {"type": "multi_users_select", "selected_users": []}},
        }
    }


def test_only_required_fields_are_asked_for() -> None:
    text = {"type": "plain_text_input", "action_id": "note"}
    for blocks, missing in ((form(text), {"b0"}), (form(text, optional=True), set())):
        assert set(left_empty(blocks, state_of(blocks, {}))) == missing
