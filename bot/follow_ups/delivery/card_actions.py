"""Names of the buttons and menus on a reminder. Old reminders live for ever: a name stays understood."""

from typing import Literal, get_args

ACTION_DONE = "follow_up_done"
ACTION_SNOOZE = "follow_up_snooze"
ACTION_BUYER_REPLIED = "follow_up_buyer_replied"
ACTION_STOP_PLAN = "follow_up_stop_plan"
ACTION_ARRIVED = "follow_up_arrived"

ACTION_START_PLAN = "follow_up_start_plan"
ACTION_NO_PLAN = "follow_up_no_plan"

MOST_DIGITS = 18  # of a number that any database holds

Snooze = Literal["hour", "tomorrow", "days", "choose"]
SNOOZES: tuple[Snooze, ...] = get_args(Snooze)


def snooze_value(choice: Snooze, reminder_id: int) -> str:
    """Return the value of an entry of the snooze menu."""
    return f"{choice}:{reminder_id}"


def parse_snooze(value: str) -> tuple[Snooze, str]:
    """Return the entry and the reminder's number as written; ValueError for what no reminder of ours says."""
    name, _, number = value.partition(":")
    for choice in SNOOZES:
        if choice == name:
            return choice, number
    raise ValueError(f"no entry of the snooze menu: {value!r}")


def arrival_block(reminder_id: int) -> str:
    """Return the id of the block that holds the calendar, which has no value of its own."""
    return f"follow_up_arrival_{reminder_id}"


def reminder_of_block(block_id: str) -> str:
    """Return the reminder's number a calendar's block was named with."""
    return block_id.rpartition("_")[2]
