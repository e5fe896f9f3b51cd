"""Decides which of Slack's messages are inquiries. Pure: an event in, an arrival or nothing out."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.intake.as_json import received_from_json, received_to_json
from bot.intake.model import Arrival, Deletion, Edit, Received, Reply, Via
from bot.intake.mrkdwn import decode, without_mention
from bot.intake.received import has_mail, received_of
from bot.intake.shape import mapping_at, mappings_at, text_at

__all__ = [
    "Deletion",
    "Edit",
    "arrival_of",
    "arrival_of_mention",
    "arrival_of_shortcut",
    "deletion_of",
    "edit_of",
    "received_from_json",
    "received_of",
    "received_to_json",
    "reply_of",
    "words_after_mention",
]

Event = Mapping[str, Any]

# Everything else with a subtype is Slack's own talk: joins, topics, reminders, /me, broadcasts of replies.
SPOKEN = frozenset({"", "file_share", "bot_message"})
SLACKBOT = "USLACKBOT"


def arrival_of(
    event: Event,
    team: str,
    *,
    bot_user_id: str,
    own_bot_id: str,
    app_id: str,
    is_inquiry_channel: Callable[[str], bool],
) -> Arrival | None:
    """Return the inquiry a message event is; None for everything that is none.

    In an inquiry channel every top-level message of a person and every email is one, in a direct message
    too. Replies in threads are talk among colleagues; `arrival_of_mention` takes those that name the bot.
    """
    if not _is_spoken(event) or _is_own(event, bot_user_id, own_bot_id, app_id):
        return None
    if _is_reply(event) or not (has_mail(event) or _is_from_person(event)):
        return None
    channel, ts = text_at(event, "channel"), text_at(event, "ts")
    is_direct = text_at(event, "channel_type") == "im" or channel.startswith("D")
    if not channel or not ts or not (is_direct or is_inquiry_channel(channel)):
        return None
    received = received_of(event, bot_user_id=bot_user_id)
    if received.is_empty:
        return None
    via = Via.DIRECT_MESSAGE if is_direct else _via(event, received)
    return Arrival(team, channel, ts, ts, via, _person(event), received)


def reply_of(event: Event, team: str, *, bot_user_id: str, own_bot_id: str, app_id: str) -> Reply | None:
    """Return what somebody said or brought in a thread; None for all else."""
    if not _is_spoken(event) or not _is_reply(event) or _is_own(event, bot_user_id, own_bot_id, app_id):
        return None
    channel, ts, thread = (text_at(event, key) for key in ("channel", "ts", "thread_ts"))
    received = received_of(event, bot_user_id=bot_user_id)
    if received.is_empty or not channel or not ts:
        return None
    return Reply(team, channel, ts, thread, _person(event), received)


def arrival_of_mention(event: Event, team: str, *, bot_user_id: str) -> Arrival | None:
    """Return the inquiry somebody puts to the bot by name; None when there is nothing to read.

    A mention without a word inside a thread means the thread's first message: that one is the inquiry, and
    its words are still to be fetched (`Received.is_elsewhere`).
    """
    channel, ts = text_at(event, "channel"), text_at(event, "ts")
    if not channel or not ts or not _is_spoken(event) or not _is_from_person(event):
        return None
    thread = text_at(event, "thread_ts") or ts
    received = received_of(event, bot_user_id=bot_user_id)
    if not received.is_empty:
        return Arrival(team, channel, ts, thread, Via.MENTION, _person(event), received)
    if thread == ts:
        return None
    return Arrival(
        team, channel, thread, thread, Via.MENTION, _person(event), Received("", is_elsewhere=True)
    )


def arrival_of_shortcut(payload: Event) -> Arrival | None:
    """Return the inquiry of a message shortcut; None when the message holds nothing to read.

    `message` comes whole, from any channel and from inside threads. On an org-wide installation `team` is
    null and the person's own team stands for it.
    """
    message, person = mapping_at(payload, "message"), mapping_at(payload, "user")
    team = text_at(mapping_at(payload, "team"), "id") or text_at(person, "team_id")
    channel = text_at(mapping_at(payload, "channel"), "id")
    ts = text_at(message, "ts") or text_at(payload, "message_ts")
    received = received_of(message)
    if received.is_empty or not channel or not ts:
        return None
    thread = text_at(message, "thread_ts") or ts
    return Arrival(team, channel, ts, thread, Via.SHORTCUT, text_at(person, "id") or None, received)


def edit_of(event: Event, *, bot_user_id: str = "") -> Edit | None:
    """Return the new content of a message whose words or files a person changed.

    `message_changed` also tells of link previews, reply counts and removed files; those are no edits.
    """
    message, before = mapping_at(event, "message"), mapping_at(event, "previous_message")
    if text_at(event, "subtype") != "message_changed" or text_at(message, "subtype") == "tombstone":
        return None
    if not before and not mapping_at(message, "edited"):
        return None
    now = received_of(message, bot_user_id=bot_user_id)
    if now.is_empty or not _says_more(now, received_of(before, bot_user_id=bot_user_id)):
        return None
    channel, ts = text_at(event, "channel"), text_at(message, "ts")
    return Edit(channel, ts, now) if channel and ts else None


def deletion_of(event: Event) -> Deletion | None:
    """Return which message is gone; one that had replies leaves a tombstone instead."""
    subtype, message = text_at(event, "subtype"), mapping_at(event, "message")
    if subtype == "message_deleted":
        ts = text_at(event, "deleted_ts") or text_at(mapping_at(event, "previous_message"), "ts")
    elif subtype == "message_changed" and text_at(message, "subtype") == "tombstone":
        ts = text_at(message, "ts")
    else:
        return None
    channel = text_at(event, "channel")
    return Deletion(channel, ts) if channel and ts else None


def words_after_mention(event: Event, bot_user_id: str) -> str:
    """Return what a message says beside the bot's name, decoded: "help", an inquiry, or nothing."""
    return decode(without_mention(text_at(event, "text"), bot_user_id)).strip()


def _is_spoken(event: Event) -> bool:
    unseen = event.get("hidden") is True or event.get("is_ephemeral") is True
    return text_at(event, "subtype") in SPOKEN and not unseen


def _is_own(event: Event, bot_user_id: str, own_bot_id: str, app_id: str) -> bool:
    pairs = (("user", bot_user_id), ("bot_id", own_bot_id), ("app_id", app_id))
    return any(own and text_at(event, key) == own for key, own in pairs)


def _is_from_person(event: Event) -> bool:
    user = text_at(event, "user")
    return bool(user) and user != SLACKBOT and not text_at(event, "bot_id")


def _is_reply(event: Event) -> bool:
    thread = text_at(event, "thread_ts")
    return bool(thread) and thread != text_at(event, "ts")


def _person(event: Event) -> str | None:
    return text_at(event, "user") if _is_from_person(event) else None


def _via(event: Event, received: Received) -> Via:
    if has_mail(event) and not _is_from_person(event):
        return Via.EMAIL
    if any(one.get("is_share") is True for one in mappings_at(event, "attachments")):
        return Via.FORWARD
    return Via.FILE if received.files else Via.MESSAGE


def _says_more(now: Received, before: Received) -> bool:
    """Tell whether words changed or files came; that files went is no reason to judge anew."""
    known = {file.id for file in before.files}
    is_new_file = any(file.id not in known for file in now.files)
    return is_new_file or (now.text, now.forwarded) != (before.text, before.forwarded)
