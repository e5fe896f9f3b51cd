"""`inquiry-bot database upgrade`: bring the schema up to date."""

import click

from bot.command_line.environment import settings_here


@click.group()
def command() -> None:
    """Look after the database."""


@command.command()
def upgrade() -> None:
    """Bring the schema of DATABASE_URL up to date. `serve` does the same when it starts."""
    from bot.storage import open_database

    database = open_database(settings_here().database_url)
    try:
        database.upgrade()
    finally:
        database.close()
    click.echo("The database is up to date.")
