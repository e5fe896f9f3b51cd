"""Names and values of the buttons and dialogs of follow-ups. Old messages live for ever: names stay known.

A button's value is a small JSON object (at most 2,000 characters, Slack's limit), so a click needs nothing
that a restart or another replica would not know.
"""

import json
from collections.abc import Mapping
from typing import Any

ACTION_CHANGE = "follow_up_change"
ACTION_OTHER = "follow_up_other_inquiry"
ACTION_CANCEL = "follow_up_cancel"
ACTION_INSTEAD = "follow_up_instead"  # with _0, _1, … behind it: ids are unique within a row
ACTION_OFFER = "follow_up_offer"  # with _0, _1, … behind it
ACTION_LIST_DONE = "follow_up_list_done"
ACTION_LIST_SNOOZE = "follow_up_list_snooze"
ACTION_LIST_BACK = "follow_up_list_back"
ACTION_LIST_ON = "follow_up_list_on"
ACTION_PLAN_REPLACE = "follow_up_plan_replace"
ACTION_PLAN_KEEP = "follow_up_plan_keep"
ACTION_PLAN_STOP = "follow_up_plan_stop"
ACTION_RELEASE = "follow_up_release"
ACTION_DROP = "follow_up_drop"

VIEW_CHOOSE = "follow_up_choose"
VIEW_OTHER = "follow_up_other"

BLOCK_DATE = "follow_up_date"
BLOCK_TIME = "follow_up_time"
BLOCK_NOTE = "follow_up_note"
BLOCK_PERSON = "follow_up_person"
BLOCK_INQUIRY = "follow_up_inquiry"

# Of a note, in UTF-16 units: the reminder shows it whole, and escaped it fits into a button's value.
MOST_NOTE = 600


def packed(**fields: object) -> str:
    """Return fields as a button's value."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def unpacked(value: str) -> Mapping[str, Any]:
    """Return the fields of a button's value; ValueError for what no button of ours says."""
    fields = json.loads(value)
    if not isinstance(fields, dict):
        raise ValueError(f"no fields: {value!r}")
    return fields
