"""Every name that Slack and the bot call each other by. The manifest is tested against this file.

Old cards live for ever: a name that was once posted stays understood.
"""

from bot.advice.actions import (
    ACTION_CORRECT,
    ACTION_DRAFT,
    ACTION_FOLLOW_UP,
    ACTION_MORE,
    BLOCK_TYPE,
    VIEW_CORRECT,
    VIEW_DETAILS,
    VIEW_DRAFT,
)
from bot.follow_ups.card import ACTION_REMINDER_DONE

COMMAND_INQUIRY = "/inquiry"

SHORTCUT_CLASSIFY = "classify_inquiry"

VIEW_CLASSIFY = "inquiry_classify"
BLOCK_WORDS = "inquiry_words"

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message",
    "tokens_revoked",
)

__all__ = [
    "ACTION_CORRECT",
    "ACTION_DRAFT",
    "ACTION_FOLLOW_UP",
    "ACTION_MORE",
    "ACTION_REMINDER_DONE",
    "BLOCK_TYPE",
    "BLOCK_WORDS",
    "COMMAND_INQUIRY",
    "EVENTS",
    "SHORTCUT_CLASSIFY",
    "VIEW_CLASSIFY",
    "VIEW_CORRECT",
    "VIEW_DETAILS",
    "VIEW_DRAFT",
]
