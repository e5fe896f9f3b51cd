"""Every name that Slack and the bot call each other by. The manifest is tested against this file.

Old cards live for ever: a name that was once posted stays understood.
"""

from bot.advice.actions import (
    ACTION_CORRECT,
    ACTION_DRAFT,
    ACTION_MORE,
    BLOCK_STATE,
    BLOCK_TYPE,
    VIEW_CORRECT,
    VIEW_DETAILS,
    VIEW_DRAFT,
    VIEW_STATE,
)
from bot.follow_ups.conversation.actions import (
    ACTION_CANCEL,
    ACTION_CHANGE,
    ACTION_DROP,
    ACTION_INSTEAD,
    ACTION_LIST_BACK,
    ACTION_LIST_DONE,
    ACTION_LIST_ON,
    ACTION_LIST_SNOOZE,
    ACTION_OFFER,
    ACTION_OTHER,
    ACTION_PLAN_KEEP,
    ACTION_PLAN_REPLACE,
    ACTION_PLAN_STOP,
    ACTION_RELEASE,
    BLOCK_DATE,
    BLOCK_INQUIRY,
    BLOCK_NOTE,
    BLOCK_PERSON,
    BLOCK_TIME,
    VIEW_CHOOSE,
    VIEW_OTHER,
)

COMMAND_FOLLOWUP = "/followup"
COMMAND_INQUIRY = "/inquiry"

SHORTCUT_CLASSIFY = "classify_inquiry"
SHORTCUT_FOLLOW_UP = "set_follow_up"

VIEW_CLASSIFY = "inquiry_classify"
BLOCK_WORDS = "inquiry_words"

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message",
    "tokens_revoked",
    "user_change",
)

__all__ = [
    "ACTION_CANCEL",
    "ACTION_CHANGE",
    "ACTION_CORRECT",
    "ACTION_DRAFT",
    "ACTION_DROP",
    "ACTION_INSTEAD",
    "ACTION_LIST_BACK",
    "ACTION_LIST_DONE",
    "ACTION_LIST_ON",
    "ACTION_LIST_SNOOZE",
    "ACTION_MORE",
    "ACTION_OFFER",
    "ACTION_OTHER",
    "ACTION_PLAN_KEEP",
    "ACTION_PLAN_REPLACE",
    "ACTION_PLAN_STOP",
    "ACTION_RELEASE",
    "BLOCK_DATE",
    "BLOCK_INQUIRY",
    "BLOCK_NOTE",
    "BLOCK_PERSON",
    "BLOCK_STATE",
    "BLOCK_TIME",
    "BLOCK_TYPE",
    "BLOCK_WORDS",
    "COMMAND_FOLLOWUP",
    "COMMAND_INQUIRY",
    "EVENTS",
    "SHORTCUT_CLASSIFY",
    "SHORTCUT_FOLLOW_UP",
    "VIEW_CHOOSE",
    "VIEW_CLASSIFY",
    "VIEW_CORRECT",
    "VIEW_DETAILS",
    "VIEW_DRAFT",
    "VIEW_OTHER",
    "VIEW_STATE",
]
