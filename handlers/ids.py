"""Every name that Slack and the bot call each other by. The manifest is tested against this file."""

COMMAND_INQUIRY = "/inquiry"

SHORTCUT_CLASSIFY = "classify_inquiry"

# Buttons, selects and overflow menus: the noun they act on comes first. Old cards live for ever,
# so a name that was once posted stays understood.
ACTION_DRAFT = "inquiry_draft_reply"
ACTION_FOLLOW_UP = "follow_up_in_3_days"
ACTION_CORRECT = "inquiry_correct_type"
ACTION_MORE = "inquiry_more"
ACTION_REMINDER_DONE = "follow_up_done"

VIEW_DRAFT = "inquiry_draft"
VIEW_CORRECT = "inquiry_correct"
