"""Settings, read once from the environment (and `.env`); every problem is reported together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.errors import Misconfigured

DEFAULT_DATABASE_URL = "sqlite:///data/inquiry-bot.db"
DEFAULT_SLACK_API_URL = "https://slack.com/api/"


class Mode(StrEnum):
    """How the bot talks with Slack; decided by which tokens are set."""

    SOCKET = "socket"  # SLACK_BOT_TOKEN + SLACK_APP_TOKEN
    HTTP = "http"  # SLACK_BOT_TOKEN + SLACK_SIGNING_SECRET
    HTTP_MANY = "http_many"  # SLACK_SIGNING_SECRET + SLACK_CLIENT_ID + SLACK_CLIENT_SECRET
    NONE = "none"  # not enough to start


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the contract; secrets are kept out of `repr`."""

    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = field(default="", repr=False)
    slack_api_url: str = DEFAULT_SLACK_API_URL
    inquiry_channels: frozenset[str] = frozenset()
    database_url: str = field(default=DEFAULT_DATABASE_URL, repr=False)
    host: str = "127.0.0.1"
    port: int = 3000
    knowledge_dir: Path | None = None
    inquiry_language: Literal["auto", "en", "zh"] = "auto"
    retention_days: int = 30
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"

    @property
    def mode(self) -> Mode:
        """Return the mode the tokens allow; an app token wins over a signing secret."""
        if self.slack_app_token:
            return Mode.SOCKET if self.slack_bot_token else Mode.NONE
        if self.slack_signing_secret and self.slack_client_id and self.slack_client_secret:
            return Mode.HTTP_MANY
        return Mode.HTTP if self.slack_signing_secret and self.slack_bot_token else Mode.NONE


def read_settings(env: Mapping[str, str]) -> Settings:
    """Read settings from `env`; raises Misconfigured naming every variable that is wrong."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name in (f.name for f in fields(Settings)):
        written = env.get(name.upper(), "").strip()
        if not written:
            continue
        try:
            values[name] = _READERS.get(name, str)(written)
        except ValueError as error:
            problems.append(f"{name.upper()} {error}")
    if problems:
        raise Misconfigured(*problems)
    return Settings(**values)


def missing_tokens(settings: Settings) -> str:
    """Return one sentence saying which tokens would start the bot."""
    if settings.slack_app_token:
        return "SLACK_BOT_TOKEN (xoxb-…) is missing beside SLACK_APP_TOKEN."
    if settings.slack_client_id and settings.slack_client_secret:
        return "SLACK_SIGNING_SECRET is missing beside SLACK_CLIENT_ID and SLACK_CLIENT_SECRET."
    if settings.slack_signing_secret:
        return "SLACK_BOT_TOKEN (xoxb-…) is missing beside SLACK_SIGNING_SECRET."
    second = "SLACK_APP_TOKEN (xapp-…, Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
    if settings.slack_bot_token:
        return f"{second} is missing beside SLACK_BOT_TOKEN."
    return f"SLACK_BOT_TOKEN (xoxb-…) and {second} are missing."


def _token(prefix: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        # The value itself is a secret and stays out of the message.
        if not written.startswith(prefix) or any(c.isspace() for c in written):
            raise ValueError(
                f"must begin with {prefix} and hold no spaces: copy it again from the Slack app's page"
            )
        return written

    return read


def _web_address(written: str) -> str:
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a web address such as https://slack.com/api/")
    return written if written.endswith("/") else f"{written}/"


def _channels(written: str) -> frozenset[str]:
    channels = frozenset(c.strip() for c in written.split(",") if c.strip())
    wrong = sorted(c for c in channels if not (c[0] in "CG" and c.isalnum() and c.upper() == c))
    if wrong:
        raise ValueError(f"must hold channel ids such as C0123456789, not {', '.join(wrong)}")
    return channels


def _database(written: str) -> str:
    scheme = written.partition("://")[0]
    if scheme == "sqlite" and written.startswith("sqlite:///"):
        return written
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return f"postgresql+psycopg://{written.partition('://')[2]}"
    raise ValueError("must be sqlite:///path/to/file.db or postgresql://user:password@host/name")


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if not written.isascii() or not written.isdigit() or not least <= int(written) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {written!r}")
        return int(written)

    return read


def _folder(written: str) -> Path:
    folder = Path(written).expanduser()
    if not folder.is_dir():
        raise ValueError(f"names a folder that is not there: {written}")
    return folder


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        for choice in choices:
            if written.lower() == choice.lower():
                return choice
        raise ValueError(f"must be one of {', '.join(choices)}, not {written!r}")

    return read


_READERS: Mapping[str, Callable[[str], Any]] = {
    "slack_bot_token": _token("xoxb-"),
    "slack_app_token": _token("xapp-"),
    "slack_api_url": _web_address,
    "inquiry_channels": _channels,
    "database_url": _database,
    "port": _number(0, 65535),
    "knowledge_dir": _folder,
    "inquiry_language": _one_of("auto", "en", "zh"),
    "retention_days": _number(0, 36500),
    "log_level": _one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
    "log_format": _one_of("text", "json"),
}
