"""Joining a channel: the bot stays silent until there is an inquiry."""

import logging
from typing import Any

from slack_bolt import App, BoltContext

logger = logging.getLogger(__name__)


def register(app: App) -> None:
    """Listen for people and the bot joining channels."""

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any], context: BoltContext) -> None:
        if event.get("user") == context.bot_user_id:
            logger.info("Invited to channel %s.", event.get("channel"))
