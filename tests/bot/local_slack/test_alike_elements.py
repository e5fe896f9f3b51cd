"""Two blocks may hold elements of one action id: the block id tells which of them is meant."""

from typing import Any

import pytest

from bot.local_slack.elements import chosen_in, find, state_of
from bot.local_slack.model import Refused


def menu(block_id: str, *values: str) -> dict[str, Any]:
    options = [{"text": {"type": "plain_text", "text": one}, "value": one} for one in values]
    element = {"type": "static_select", "action_id": "pick", "options": options}
    return {"type": "input", "block_id": block_id, "element": element}


BLOCKS = [menu("first", "a", "b"), {"type": "divider"}, menu("second", "c")]


def test_the_block_decides_which_element_is_meant() -> None:
    assert find(BLOCKS, "pick")[0]["block_id"] == "first"
    assert find(BLOCKS, "pick", "second")[0]["block_id"] == "second"
    with pytest.raises(Refused):
        find(BLOCKS, "pick", "third")


def test_values_may_come_by_block_as_the_state_holds_them() -> None:
    state = state_of(BLOCKS, {"first": {"pick": "b"}, "second": {"pick": "c"}})["values"]
    assert state["first"]["pick"]["selected_option"]["value"] == "b"
    assert state["second"]["pick"]["selected_option"]["value"] == "c"


def test_what_is_chosen_in_one_block_leaves_the_other_alone() -> None:
    state = state_of(BLOCKS, {"second": {"pick": "c"}})["values"]
    assert state["first"]["pick"]["selected_option"] is None


def test_values_by_action_id_alone_still_will_do() -> None:
    assert chosen_in(BLOCKS, {"pick": "a"}) == {("first", "pick"): "a"}


def test_a_value_without_an_element_is_refused() -> None:
    with pytest.raises(Refused):
        chosen_in(BLOCKS, {"first": {"gone": "a"}})


def test_an_input_left_empty_holds_nothing() -> None:
    blocks = [
        {"type": "input", "block_id": "b", "element": {"type": "plain_text_input", "action_id": "note"}}
    ]
    assert state_of(blocks, {"note": ""})["values"]["b"]["note"]["value"] is None
