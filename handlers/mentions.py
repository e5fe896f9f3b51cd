"""@mentions: an inquiry anywhere the bot is, or a call for help."""

import re
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.intake.message import arrival_of_mention
from bot.services import Services

HELP = frozenset({"help", "?", "？", "hi", "hello", "帮助", "你好", "怎么用"})


def register(app: App, services: Services) -> None:
    """Listen for mentions. Where the bot reads every message too, both events name the same message."""

    @app.event("app_mention")
    def mention(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        on_mention(event, context, client, services)


def on_mention(event: dict[str, Any], context: BoltContext, client: WebClient, services: Services) -> None:
    """Take the mentioned inquiry in, or say how the bot is used."""
    team, bot_user = str(context.team_id), str(context.bot_user_id)
    said = without_mention(str(event.get("text", "")), bot_user)
    has_more = bool(event.get("files") or event.get("attachments"))
    if has_more or (said and said.lower() not in HELP):
        if arrival := arrival_of_mention(event, team, bot_user_id=bot_user):
            services.receive(arrival)
        return
    language = services.people.language_of(team, event.get("user"))
    client.chat_postEphemeral(
        channel=event["channel"],
        user=event["user"],
        thread_ts=event.get("thread_ts"),
        text=services.say("commands.help", language),
    )


def asks_for_help(text: str, bot_user: str) -> bool:
    """Tell whether a message is nothing but a greeting or a call for help."""
    said = without_mention(text, bot_user)
    return said.lower() in HELP or (not said and text.strip() != "")


def without_mention(text: str, bot_user: str) -> str:
    """Return what was said beside the bot's name."""
    return re.sub(rf"<@{re.escape(bot_user)}(\|[^>]*)?>", " ", text).strip()
