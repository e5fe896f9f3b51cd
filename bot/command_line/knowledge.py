"""`inquiry-bot knowledge check`: every fault of the knowledge files at once."""

import sys
from pathlib import Path

import click

import knowledge
from bot.command_line.environment import settings_here


@click.group()
def command() -> None:
    """Look after the knowledge files."""


@command.command(short_help="Print every fault of the knowledge files.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Check the knowledge files and print every fault with its file, key and reason.

    FOLDER is checked as it would be used: laid over the built-in files. Without it, the folder that
    KNOWLEDGE_DIR names, or else the built-in files alone.
    """
    folder = folder or settings_here().knowledge_dir
    faults = knowledge.check(folder)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found.", err=True)
        sys.exit(1)
    click.echo(f"No faults: {folder or 'the built-in knowledge'} is fine.")
