"""`inquiry-bot try`: advice in this terminal, with neither Slack nor a browser."""

import click

from bot.command_line.environment import knowledge_of, settings_here


@click.command(short_help="Read advice in this terminal, without Slack.")
def command() -> None:
    """Paste inquiries or name mail files in this terminal, and read the advice on each."""
    from bot.command_line.terminal import Session

    settings = settings_here()
    Session(knowledge_of(settings.knowledge_dir), settings.inquiry_language).run()
