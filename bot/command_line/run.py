"""`inquiry-bot run`, which `make run` starts: the bot where there are tokens, else a terminal session."""

import click

from bot.command_line.environment import knowledge_of, settings_here
from bot.errors import Misconfigured
from bot.settings import Mode, missing_tokens


@click.command()
def command() -> None:
    """Run the bot, or try it here when no Slack token is set.

    With Slack tokens this is `inquiry-bot serve`. With none it is a session in this terminal: paste an
    inquiry or name a file, and read the advice that would stand in the Slack thread.
    """
    settings = settings_here()
    if settings.mode is not Mode.NONE:
        from bot.command_line.serve import start

        click.echo("Slack tokens are set: starting the bot (inquiry-bot serve).")
        start(settings)
        return
    if settings.slack_bot_token or settings.slack_app_token or settings.slack_signing_secret:
        raise Misconfigured(missing_tokens(settings))
    from bot.command_line.terminal import Session

    Session(knowledge_of(settings.knowledge_dir), settings.inquiry_language).run()
