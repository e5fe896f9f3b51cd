"""The two buttons under the question about reminders held back after a restore."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.follow_ups.promises.held import answered, drop, release
from bot.services import Services
from handlers import ids
from handlers.click import click_of

Settle = Callable[[Services, str, str], int]  # team, owner; how many


def register(app: App, services: Services) -> None:
    """Listen for both buttons."""
    app.action(ids.ACTION_RELEASE)(_listener(release, "sent", services))
    app.action(ids.ACTION_DROP)(_listener(drop, "dropped", services))


def _listener(settle: Settle, key: str, services: Services) -> Callable[..., None]:
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        click = click_of(body, client, context, services)
        if count := settle(services, click.team, click.user):
            said = click.say(f"follow_up.held.{key}", count=count)
            if not click.change(answered(click.blocks, said)):
                click.whisper(said)
        else:
            click.whisper(click.say("follow_up.held.nothing"))

    return pressed
