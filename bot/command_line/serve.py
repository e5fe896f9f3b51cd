"""`inquiry-bot serve`: run the bot."""

import os

import click

from bot.command_line.environment import settings_here, spare_this_machine
from bot.errors import Misconfigured
from bot.settings import Mode, Settings, missing_tokens


@click.command()
def command() -> None:
    """Run the bot until it is stopped.

    SLACK_BOT_TOKEN with SLACK_APP_TOKEN runs it in Socket Mode (no public address needed);
    SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET serves Slack over HTTP on HOST and PORT.
    """
    settings = settings_here()
    if settings.mode is Mode.NONE:
        raise Misconfigured(f"{missing_tokens(settings)} `inquiry-bot playground` needs none of them.")
    start(settings)


def start(settings: Settings) -> None:
    """Run the bot with `settings`; returns when it was asked to stop."""
    from bot import app, log
    from bot.clock import SystemClock

    spare_this_machine(os.environ)
    log.configure(settings.log_level, settings.log_format)
    app.serve(settings, SystemClock())
