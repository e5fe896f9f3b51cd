"""@mentions: an inquiry anywhere the bot is, a call for a reminder, or a call for help."""

import logging
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.intake.message import arrival_of_mention, received_of, words_after_mention
from bot.intake.model import Arrival
from bot.services import Services
from bot.slack.clients import is_refusal, reason_of
from handlers.follow_up_calls import (
    answer_call,
    called_for,
    is_about_inquiry,
    is_mere_talk,
    is_more_than_words,
)
from handlers.standing import where_it_stands

logger = logging.getLogger(__name__)

HELP = frozenset({"help", "?", "？", "hi", "hello", "帮助", "你好", "怎么用"})
COURTESIES = frozenset(
    [
        "thanks",
        "thank you",
        "many thanks",
        "thanks a lot",
        "thx",
        "ok",
        "okay",
        "great",
        "good",
        "got it",
        "yes",
        "no",
        "谢谢",
        "谢谢你",
        "多谢",
        "辛苦了",
        "好",
        "好的",
        "收到",
        "知道了",
        "可以",
        "行",
    ]
)
MARKS = " !.,~！。，～"

Event = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Listen for mentions. Where the bot reads every message too, both events name the same message."""

    @app.event("app_mention")
    def mention(event: Event, context: BoltContext, client: WebClient) -> None:
        on_mention(event, context, client, services)


def on_mention(event: Event, context: BoltContext, client: WebClient, services: Services) -> None:
    """Take the mentioned inquiry in, set the reminder asked for, or say how the bot is used."""
    team, bot_user = str(context.team_id), str(context.bot_user_id)
    language = services.people.language_of(team, event.get("user"))
    is_at_home = is_about_inquiry(event, team, services)
    if is_call_for_help(event, bot_user) and not (is_at_home and is_courtesy(event, bot_user)):
        whisper(event, client, services.say("commands.help", language))
        return
    if asked := called_for(event, bot_user, is_about_inquiry=is_at_home):
        answer_call(asked, event, context, client, services)
        return
    if is_at_home and is_mere_talk(event, bot_user):
        whisper(event, client, services.say("follow_up.in_thread", language))
        return
    arrival = arrival_of_mention(event, team, bot_user_id=bot_user)
    if arrival and arrival.received.is_elsewhere:
        whisper_about = partial(whisper, event, client)
        if services.inquiries.find(team, arrival.channel, arrival.ts):
            whisper_about(where_it_stands(arrival, context, services, language))
            return
        arrival = with_words(arrival, client, bot_user)
        if arrival is None:
            whisper_about(services.say("commands.nothing_to_read", language))
    if arrival:
        services.receive(arrival)


def with_words(arrival: Arrival, client: WebClient, bot_user: str) -> Arrival | None:
    """Fetch the thread's first message, which is the inquiry; None when there is nothing to read in it."""
    first = first_message(arrival, client)
    received = received_of(first, bot_user_id=bot_user)
    is_own = first.get("user") == bot_user
    return None if received.is_empty or is_own else replace(arrival, received=received)


def first_message(arrival: Arrival, client: WebClient) -> Event:
    """Ask Slack for the message a thread hangs at; empty when it refuses to show it."""
    try:
        thread = client.conversations_replies(channel=arrival.channel, ts=arrival.ts, limit=1)
    except SlackApiError as error:
        if not is_refusal(error):
            raise
        logger.warning("A thread could not be read: %s", reason_of(error))
        return {}
    return dict(next(iter(thread["messages"]), {}))


def is_call_for_help(event: Event, bot_user: str) -> bool:
    """Tell whether a message is nothing but the bot's name, a greeting or a call for help."""
    if is_more_than_words(event):
        return False
    said = words_after_mention(event, bot_user).lower()
    # Inside a thread the name alone means the thread's first message.
    return said in HELP or is_courtesy(event, bot_user) or (not said and "thread_ts" not in event)


def is_courtesy(event: Event, bot_user: str) -> bool:
    """Tell whether a message only thanks or agrees."""
    return words_after_mention(event, bot_user).lower().strip(MARKS) in COURTESIES


def whisper(event: Event, client: WebClient, text: str) -> None:
    """Say something only the person who mentioned the bot sees."""
    client.chat_postEphemeral(
        channel=event["channel"], user=event["user"], thread_ts=event.get("thread_ts"), text=text
    )
