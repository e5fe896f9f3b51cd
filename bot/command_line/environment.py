"""What every command starts from: the settings, and the knowledge they name."""

import os
from collections.abc import MutableMapping
from pathlib import Path

import knowledge
from bot.errors import Misconfigured
from bot.settings import Settings, read_settings
from knowledge import Knowledge

LOOPBACK = "localhost,127.0.0.1,::1,[::1]"


def settings_here() -> Settings:
    """Read the environment over the current folder's `.env`; raises Misconfigured with every problem."""
    return read_settings({**_dotenv(Path(".env")), **os.environ})


def spare_this_machine(env: MutableMapping[str, str]) -> None:
    """Let no HTTP(S)_PROXY stand before this machine's own addresses; all others keep theirs."""
    named = env.get("no_proxy") or env.get("NO_PROXY")
    # Python prefers the lower-case name, other programs the upper-case one.
    env["no_proxy"] = env["NO_PROXY"] = f"{named},{LOOPBACK}" if named else LOOPBACK


def knowledge_of(folder: Path | None) -> Knowledge:
    """Load the knowledge with the team's `folder` laid over it; raises Misconfigured with every fault."""
    try:
        return knowledge.load(folder)
    except knowledge.KnowledgeFaults as error:
        raise Misconfigured(*map(str, error.faults)) from error


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        # utf-8-sig: Windows editors begin the file with a byte order mark.
        return {key: value or "" for key, value in dotenv_values(path, encoding="utf-8-sig").items()}
    except UnicodeDecodeError as error:
        raise Misconfigured(".env is not UTF-8 text: save it again as UTF-8.") from error
