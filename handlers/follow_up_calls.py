"""Calls for a reminder in words: "@bot remind me tomorrow 9am". Never an inquiry, and no inquiry is one."""

from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.follow_ups.calendar.working_days import WorkingDays
from bot.follow_ups.conversation.answering import answer
from bot.follow_ups.conversation.command import Command, call_of, number_in
from bot.follow_ups.when import Asker, NotATime, read_when
from bot.intake.mrkdwn import without_mention
from bot.services import Services
from handlers.asking import blocks_of, caller_of, said_at
from handlers.settling import settling

Event = dict[str, Any]


def called_for(event: Event, bot_user: str) -> Command | None:
    """Return what a message to the bot asks about follow-ups; None when it is something else."""
    if event.get("subtype") or event.get("bot_id") or event.get("files") or event.get("attachments"):
        return None
    said_ms = int(float(event.get("ts") or 0) * 1000)

    def behind_time(text: str) -> str | None:
        # Whether words name a time does not hang on where their writer lives.
        heard = read_when(text, Asker(said_ms, ZoneInfo("UTC"), None, WorkingDays(None)))
        if isinstance(heard, NotATime):
            return None
        _, is_found, rest = text.partition(heard.taken or text)
        return rest if is_found else heard.note

    return call_of(without_mention(str(event.get("text", "")), bot_user), behind_time)


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
    with settling(caller, client, number_in(asked)):
        form = answer(said_at(caller, ts), asked)
    client.chat_postEphemeral(
        channel=channel,
        user=user,
        thread_ts=event.get("thread_ts"),
        text=form.text,
        blocks=blocks_of(form),
    )
