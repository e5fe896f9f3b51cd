"""The `inquiry-bot` command: a thin line from words on a command line to the rooms that do the work.

Each subcommand lives in a module of its own that is imported only when it is called: `classify` on a
short text must not wait for Slack, the database or the web server to load.
"""

import importlib
import os
import sys
import traceback

import click

from bot import __version__
from bot.errors import BotError

# Name on the command line -> module in this folder that holds `command`.
_COMMANDS = {
    "run": "run",
    "playground": "playground",
    "try": "try_here",
    "serve": "serve",
    "classify": "classify",
    "evaluate": "evaluate",
    "knowledge": "knowledge",
    "doctor": "doctor",
    "reminders": "reminders",
    "database": "database",
}


class _LateGroup(click.Group):
    """A group whose subcommands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{_COMMANDS[cmd_name]}").command
        return command


@click.group(
    cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="inquiry-bot")
def program() -> None:
    """Read buyers' inquiries: who is asking, what to do next, and nobody forgets to follow up.

    Settings come from the environment and from a file `.env` in the current folder; README.md lists them.
    """


def main() -> None:
    """Run the program; errors are one line on standard error, LOG_LEVEL=DEBUG adds the traceback."""
    try:
        program.main(prog_name="inquiry-bot", standalone_mode=False)
    except BotError as error:
        _fail(error, str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _fail(error, _in_one_line(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader (`head`, say) has seen enough; Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 - the edge: no traceback reaches a person unasked
        _fail(error, f"something unexpected went wrong ({type(error).__name__}): {error}", 1)


def _in_one_line(error: click.ClickException) -> str:
    said = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{said} `{context.command_path} --help` tells more." if context else said


def _fail(error: Exception, says: str, exit_code: int) -> None:
    if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exception(error)
    for line in says.splitlines():
        click.echo(f"inquiry-bot: {line}", err=True)
    sys.exit(exit_code)
