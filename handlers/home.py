"""The app's home tab."""

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.home import home_view, open_inquiries
from bot.services import Services
from handlers.asking import reader_of


def register(app: App, services: Services) -> None:
    """Listen for somebody opening the home tab."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], context: BoltContext, client: WebClient) -> None:
        if event.get("tab") == "home":
            publish(event["user"], context, client, services)


def publish(user: str, context: BoltContext, client: WebClient, services: Services) -> None:
    """Show a person how the bot is used, and their open inquiries."""
    team = str(context.team_id)
    mine = open_inquiries(services.database, team, user)
    view = home_view(services, mine, reader_of(services, context, user))
    client.views_publish(user_id=user, view=dict(view))
