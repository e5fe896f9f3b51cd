"""Calls for a reminder in words: "@bot tomorrow 9am call". Never an inquiry, and no inquiry is one."""

from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.follow_ups.buyer_mail.letters import brings_mail
from bot.follow_ups.conversation.answering import answer
from bot.follow_ups.conversation.calls import behind_time, call_of, is_talk
from bot.follow_ups.conversation.command import Command
from bot.follow_ups.conversation.meant import inquiry_at
from bot.intake.message import received_of
from bot.intake.mrkdwn import without_mention
from bot.services import Services
from handlers.asking import blocks_of, caller_of, said_at

Event = dict[str, Any]


def called_for(event: Event, bot_user: str, *, is_about_inquiry: bool = False) -> Command | None:
    """Return what a message to the bot asks about follow-ups; None when it is something else.

    `is_about_inquiry`: it stands in the thread of one.
    """
    if is_more_than_words(event):
        return None
    said_ms = int(float(event.get("ts") or 0) * 1000)
    text = without_mention(str(event.get("text", "")), bot_user)
    return call_of(text, behind_time(said_ms), is_about_inquiry=is_about_inquiry)


def is_about_inquiry(event: Event, team: str, services: Services) -> bool:
    """Tell whether a message is a reply in the thread of an inquiry, and none itself."""
    thread, channel, ts = (str(event.get(key) or "") for key in ("thread_ts", "channel", "ts"))
    if thread in ("", ts) or services.inquiries.find(team, channel, ts):
        return False
    return inquiry_at(services.database, team, channel, thread) is not None


def is_mere_talk(event: Event, bot_user: str) -> bool:
    """Tell whether a message brings words to the bot, and nothing that may be a buyer's mail."""
    text = without_mention(str(event.get("text", "")), bot_user)
    if is_more_than_words(event) or not text.strip():
        return False
    return is_talk(text) and not brings_mail(received_of(event, bot_user_id=bot_user))


def is_more_than_words(event: Event) -> bool:
    """Tell whether a message is no person's, or brings files or shared messages."""
    return any(event.get(key) for key in ("subtype", "bot_id", "files", "attachments"))


def answer_call(
    asked: Command, event: Event, context: BoltContext, client: WebClient, services: Services
) -> None:
    """Do what was asked, about the inquiry of the thread, and answer only who asked."""
    channel, user, ts = str(event["channel"]), str(event["user"]), str(event["ts"])
    caller = caller_of(
        services,
        context,
        client,
        user=user,
        channel=channel,
        once=f"said {channel} {ts}",
        thread_ts=str(event.get("thread_ts") or ""),
    )
    form = answer(said_at(caller, ts), asked)
    client.chat_postEphemeral(
        channel=channel,
        user=user,
        thread_ts=event.get("thread_ts"),
        text=form.text,
        blocks=blocks_of(form),
    )
