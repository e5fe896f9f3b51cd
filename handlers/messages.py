"""Message events: what is typed, forwarded, mailed or uploaded; edits; deletions. The rest is passed over."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.follow_ups.conversation.command import Command
from bot.intake.message import Edit, arrival_of, deletion_of, edit_of, reply_of
from bot.intake.model import Arrival, Reply
from bot.intake.mrkdwn import mentions
from bot.services import Services
from handlers.follow_up_calls import answer_call, called_for, is_about_inquiry
from handlers.mentions import is_call_for_help

LATE_MS = 10 * 60 * 1000  # Slack's last delivery of the original comes about six minutes late

Event = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Listen for messages. `app.message` would never see an email: its text is empty."""

    @app.event("message")
    def message(event: Event, body: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        on_message(event, body, context, client, services)


def on_message(
    event: Event, body: dict[str, Any], context: BoltContext, client: WebClient, services: Services
) -> None:
    """Route one message event."""
    team = str(context.team_id)
    if deletion := deletion_of(event):
        services.inquiries.delete(team, deletion.channel, deletion.ts)
    elif edit := edit_of(event, bot_user_id=str(context.bot_user_id)):
        on_edit(edit, event, body, context, services)
    elif is_talk_with_bot(event, context, services):
        talk_in_private(event, context, client, services)
    elif arrival := arrival_in(event, body, context, services):
        services.receive(arrival)
    elif reply := reply_in(event, body, context):
        services.correspondence.note(reply)


def on_edit(edit: Edit, event: Event, body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Have the advice follow the new text; an edit that overtook its original stands for it."""
    if services.inquiries.revise(str(context.team_id), edit.channel, edit.ts, edit.received) is not None:
        return
    if services.clock.now_ms() - float(edit.ts) * 1000 > LATE_MS:
        return
    original = {"channel_type": event.get("channel_type"), **event["message"], "channel": edit.channel}
    if is_talk_with_bot(original, context, services):
        return
    if arrival := arrival_in(original, body, context, services):
        services.receive(arrival)


def arrival_in(
    event: Event, body: dict[str, Any], context: BoltContext, services: Services
) -> Arrival | None:
    """Return the inquiry a message is; None when it is none."""
    return arrival_of(
        event,
        str(context.team_id),
        bot_user_id=str(context.bot_user_id),
        own_bot_id=str(context.bot_id),
        app_id=str(body.get("api_app_id")),
        is_inquiry_channel=services.is_inquiry_channel,
    )


def reply_in(event: Event, body: dict[str, Any], context: BoltContext) -> Reply | None:
    """Return what was said or brought in a thread; None for all else."""
    return reply_of(
        event,
        str(context.team_id),
        bot_user_id=str(context.bot_user_id),
        own_bot_id=str(context.bot_id),
        app_id=str(body.get("api_app_id")),
    )


def is_talk_with_bot(event: Event, context: BoltContext, services: Services) -> bool:
    """Tell whether a message calls for help or a reminder: in a direct message, or naming the bot."""
    bot_user = str(context.bot_user_id)
    is_addressed = event.get("channel_type") == "im" or mentions(str(event.get("text", "")), bot_user)
    if not is_addressed or not event.get("user"):
        return False
    return is_call_for_help(event, bot_user) or call_in(event, context, services) is not None


def call_in(event: Event, context: BoltContext, services: Services) -> Command | None:
    """Return what a message asks about follow-ups; None when it is something else."""
    is_at_home = is_about_inquiry(event, str(context.team_id), services)
    return called_for(event, str(context.bot_user_id), is_about_inquiry=is_at_home)


def talk_in_private(event: Event, context: BoltContext, client: WebClient, services: Services) -> None:
    """Answer in a direct message; in channels the mention is an event of its own, and answers."""
    if event.get("channel_type") != "im" or not event.get("text"):
        return
    if is_call_for_help(event, str(context.bot_user_id)):
        language = services.people.language_of(str(context.team_id), event.get("user"))
        said = services.say("commands.help", language)
        client.chat_postMessage(channel=event["channel"], thread_ts=event.get("thread_ts"), text=said)
    elif asked := call_in(event, context, services):
        answer_call(asked, event, context, client, services)
