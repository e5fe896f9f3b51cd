"""Names of the buttons and menus on a card. Old cards live for ever: a name once posted stays understood."""

from typing import Literal, get_args

ACTION_DRAFT = "inquiry_draft_reply"
ACTION_FOLLOW_UP = "follow_up_in_3_days"
ACTION_CORRECT = "inquiry_correct_type"
ACTION_MORE = "inquiry_more"

VIEW_DRAFT = "inquiry_draft"
VIEW_CORRECT = "inquiry_correct"
VIEW_DETAILS = "inquiry_details"

BLOCK_TYPE = "inquiry_type"

More = Literal["details", "about_type", "take"]
MORE: tuple[More, ...] = get_args(More)


def more_value(choice: More, inquiry_id: int) -> str:
    """Return the value of an entry of the overflow menu."""
    return f"{choice}:{inquiry_id}"


def parse_more(value: str) -> tuple[More, int]:
    """Return the entry and the inquiry's id; ValueError for what no card of ours says."""
    name, _, number = value.partition(":")
    for choice in MORE:
        if choice == name:
            return choice, int(number)
    raise ValueError(f"no entry of the menu: {value!r}")
