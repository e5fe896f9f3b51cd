"""`/followup`: answers only the person who typed it, in the acknowledgement itself."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.follow_ups.conversation.answering import answer
from bot.follow_ups.conversation.command import command_of
from bot.services import Services
from handlers import ids
from handlers.asking import blocks_of, caller_of


def register(app: App, services: Services) -> None:
    """Listen for the command."""

    @app.command(ids.COMMAND_FOLLOWUP)
    def followup(ack: Ack, command: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        caller = caller_of(
            services,
            context,
            client,
            user=str(command["user_id"]),
            channel=str(command["channel_id"]),
            once=f"command {command.get('trigger_id')}",
        )
        asked = command_of(str(command.get("text", "")))
        form = answer(caller, asked)
        ack(text=form.text, blocks=blocks_of(form))
