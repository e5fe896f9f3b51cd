"""Names of the buttons and menus on a card. Old cards live for ever: a name once posted stays understood."""

from typing import Literal, get_args

ACTION_DRAFT = "inquiry_draft_reply"
ACTION_IN_DAYS = "follow_up_in_{days}_days"
DAYS = (3, 7, 14)  # a reminder is one click away after so many
ACTION_CHOOSE = "follow_up_choose_time"
ACTION_QUOTATION_SENT = "inquiry_quotation_sent"
ACTION_SAMPLES_SENT = "inquiry_samples_sent"
ACTION_TAKE_OVER = "inquiry_take_over"
ACTION_CORRECT = "inquiry_correct_type"
ACTION_MORE = "inquiry_more"

VIEW_DRAFT = "inquiry_draft"
VIEW_CORRECT = "inquiry_correct"
VIEW_DETAILS = "inquiry_details"
VIEW_STATE = "inquiry_state"

BLOCK_TYPE = "inquiry_type"
BLOCK_STATE = "inquiry_state_choice"

More = Literal["details", "about_type", "take", "state"]
MORE: tuple[More, ...] = get_args(More)


def in_days(days: int) -> str:
    """Return the name of the button that asks for a reminder after so many days."""
    return ACTION_IN_DAYS.format(days=days)


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
