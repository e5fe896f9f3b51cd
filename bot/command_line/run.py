"""`inquiry-bot run`, which `make run` starts: the bot where there are tokens, else the playground."""

import click

from bot.command_line.environment import settings_here
from bot.errors import Misconfigured
from bot.settings import Mode, missing_tokens


@click.command()
def command() -> None:
    """Run the bot, or try it here when no Slack token is set.

    With Slack tokens this is `inquiry-bot serve`. With none it is `inquiry-bot playground`: the same bot
    on a page in your browser that stands in for a Slack workspace.
    """
    settings = settings_here()
    if settings.mode is not Mode.NONE:
        from bot.command_line.serve import start

        click.echo("Slack tokens are set: starting the bot (inquiry-bot serve).")
        start(settings)
        return
    if settings.slack_bot_token or settings.slack_app_token or settings.slack_signing_secret:
        raise Misconfigured(missing_tokens(settings))
    from bot.command_line.playground import open_page

    click.echo("No Slack token is set: opening the playground, which needs none (inquiry-bot playground).")
    open_page(settings, opens_browser=True)
