"""Finds interactive elements in blocks, and says in Slack's words what a person chose in them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.local_slack.model import Json, Refused

# element type -> the key of the answer that carries what was chosen
_KEYS: Final[Mapping[str, str]] = {
    "button": "value",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_INITIAL: Final = (
    *("value", "option", "options", "user", "users", "conversation", "conversations"),
    *("channel", "channels", "date", "time", "date_time"),
)


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every interactive element with the block that holds it."""
    for block in blocks:
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "section" and "action_id" in block.get("accessory", {}):
            yield block, block["accessory"]
        elif block["type"] == "input":
            yield block, block["element"]


def find(blocks: list[Json], action_id: str, block_id: str = "") -> tuple[Json, Json]:
    """Return the block and the element with `action_id`, in any block or in one; raises no_such_element."""
    for block, element in elements_of(blocks):
        if element["action_id"] == action_id and block_id in ("", block.get("block_id")):
            return block, element
    ids = ", ".join(element["action_id"] for _, element in elements_of(blocks))
    raise Refused("no_such_element", says=f"no {action_id} among: {ids or 'no element at all'}")


def answer_of(element: Json, value: Any) -> Json:
    """Return what Slack sends when a person chooses `value` (of options: their values)."""
    key = _KEYS[element["type"]]
    if element["type"] == "button":
        return {"value": element["value"]} if "value" in element else {}
    if key == "selected_option":
        return {key: _option(element, value) if value is not None else None}
    if key == "selected_options":
        return {key: [_option(element, each) for each in value or ()]}
    # An input that is empty holds null, never an empty text.
    return {key: None if value == "" else value}


def state_of(blocks: list[Json], values: Mapping[str, Any]) -> Json:
    """Return `state.values`: what stands in every input, by block and action.

    `values` are by action id, or as in the state itself: by block id, then by action id.
    """
    chosen = chosen_in(blocks, values)
    state: Json = {}
    for block, element in elements_of(blocks):
        if element["type"] in ("button", "overflow"):
            continue
        place = (block["block_id"], element["action_id"])
        stands = answer_of(element, chosen[place]) if place in chosen else _initial(element)
        state.setdefault(place[0], {})[place[1]] = {"type": element["type"], **stands}
    return {"values": state}


def chosen_in(blocks: list[Json], values: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """Return `values` by block id and action id; raises no_such_element for one that has no element."""
    block_ids = {block.get("block_id") for block in blocks}
    chosen: dict[tuple[str, str], Any] = {}
    for name, value in values.items():
        if name in block_ids and isinstance(value, Mapping):
            chosen |= {_place(blocks, action_id, name): each for action_id, each in value.items()}
        else:
            chosen[_place(blocks, name)] = value
    return chosen


def _place(blocks: list[Json], action_id: str, block_id: str = "") -> tuple[str, str]:
    return find(blocks, action_id, block_id)[0]["block_id"], action_id


def left_empty(blocks: list[Json], state: Json) -> dict[str, str]:
    """Return the required inputs nobody filled: Slack's client stops there and asks."""
    return {
        block["block_id"]: "Please complete this required field."
        for block, element in elements_of(blocks)
        if block["type"] == "input"
        and not block.get("optional")
        and not _is_filled(state["values"][block["block_id"]][element["action_id"]])
    }


def _is_filled(answer: Json) -> bool:
    return any(value for key, value in answer.items() if key != "type")


def _option(element: Json, value: Any) -> Json:
    groups = element.get("option_groups", ())
    options = [*element.get("options", ()), *(o for group in groups for o in group["options"])]
    for option in options:
        if option.get("value") == value:
            return dict(option)
    raise Refused(
        "no_such_option", says=f"no {value} among: {', '.join(o.get('value', '') for o in options)}"
    )


def _initial(element: Json) -> Json:
    key = _KEYS[element["type"]]
    empty: Any = [] if key.endswith("s") else None
    for name in _INITIAL:
        if f"initial_{name}" in element:
            return {key: element[f"initial_{name}"]}
    return {key: empty}
