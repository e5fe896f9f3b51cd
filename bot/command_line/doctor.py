"""`inquiry-bot doctor`: is everything as the bot needs it?"""

import sys
from collections.abc import Iterator

import click

from bot.command_line.environment import knowledge_of, settings_here
from bot.errors import BotError
from bot.settings import Mode, Settings, missing_tokens
from bot.slack.probe import Finding, findings


@click.command(short_help="Check settings, database, tokens, scopes, channels.")
def command() -> None:
    """Check settings, knowledge, database, tokens, scopes and channel membership, a line each.

    The exit code is 1 when anything is not as it should be.
    """
    failed = 0
    for finding in _findings():
        mark = click.style("✓", fg="green") if finding.is_fine else click.style("✗", fg="red")
        click.echo(f"{mark} {finding.about}: {finding.says}")
        failed += not finding.is_fine
    sys.exit(1 if failed else 0)


def _findings() -> Iterator[Finding]:
    try:
        settings = settings_here()
    except BotError as error:
        yield from (Finding("settings", False, problem) for problem in str(error).splitlines())
        return
    yield Finding("settings", True, _channels_said(settings))
    yield _knowledge(settings)
    yield _database(settings)
    yield from _slack(settings)


def _channels_said(settings: Settings) -> str:
    count = len(settings.inquiry_channels)
    return (
        f"{count} inquiry channel{'s' * (count != 1)}"
        if count
        else "every channel the bot is in is an inquiry channel"
    )


def _knowledge(settings: Settings) -> Finding:
    try:
        knowledge_of(settings.knowledge_dir)
    except BotError as error:
        count = len(str(error).splitlines())
        return Finding(
            "knowledge", False, f"{count} fault{'s' * (count != 1)}; `inquiry-bot knowledge check` lists them"
        )
    return Finding("knowledge", True, f"{settings.knowledge_dir or 'built-in files'} without fault")


def _database(settings: Settings) -> Finding:
    from bot.storage import DatabaseInUse, open_database

    try:
        database = open_database(settings.database_url)
        try:
            database.upgrade()
        finally:
            database.close()
    except DatabaseInUse:
        return Finding("database", True, "in use by a running bot")
    except BotError as error:
        return Finding("database", False, str(error))
    return Finding("database", True, "reachable and up to date")


def _slack(settings: Settings) -> Iterator[Finding]:
    if settings.mode is Mode.NONE:
        yield Finding("tokens", False, missing_tokens(settings))
    elif settings.mode is Mode.HTTP_MANY:
        yield Finding(
            "tokens", True, "each workspace brings its own when it installs the app at /slack/install"
        )
    else:
        yield from findings(settings)
