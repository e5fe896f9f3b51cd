"""Questions to Slack that tell whether the tokens, scopes and channels are as the bot needs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.settings import Mode, Settings

# What the bot calls and receives needs these; deploy/manifest.json asks for the same (a test compares).
SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "groups:history",
        "groups:read",
        "im:history",
        "users:read",
    }
)
SCOPES_HEADER = "x-oauth-scopes"  # a proxy before Slack may hold it back
TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check, in one line for people."""

    about: str
    is_fine: bool
    says: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Ask Slack about the bot token with its scopes, the app token and the inquiry channels."""
    client = WebClient(token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=TIMEOUT_S)
    answer, refusal = _ask(client, "auth.test")
    if refusal:
        yield Finding("bot token", False, refusal)
        return
    yield Finding("bot token", True, f"{answer.data.get('user')} in {answer.data.get('team')}")
    yield _scopes({name.lower(): str(value) for name, value in answer.headers.items()}.get(SCOPES_HEADER))
    if settings.mode is Mode.SOCKET:
        yield _app_token(settings)
    yield from (_channel(client, channel) for channel in sorted(settings.inquiry_channels))


def _scopes(granted: str | None) -> Finding:
    if granted is None:
        return Finding("scopes", True, "not told here; Slack itself tells them")
    missing = sorted(SCOPES - {scope.strip() for scope in granted.split(",")})
    if missing:
        says = f"missing {', '.join(missing)}: add them in the Slack app's settings and install it again"
        return Finding("scopes", False, says)
    return Finding("scopes", True, f"all {len(SCOPES)} granted")


def _app_token(settings: Settings) -> Finding:
    client = WebClient(token=settings.slack_app_token, base_url=settings.slack_api_url, timeout=TIMEOUT_S)
    _, refusal = _ask(client, "apps.connections.open")
    return Finding("app token", not refusal, refusal or "opens a socket")


def _channel(client: WebClient, channel: str) -> Finding:
    answer, refusal = _ask(client, "conversations.info", channel=channel)
    if refusal:
        return Finding(
            f"channel {channel}", False, f"{refusal}: invite the bot with /invite, or mend INQUIRY_CHANNELS"
        )
    found = answer.data.get("channel") or {}
    name = f"#{found['name']}" if found.get("name") else "it"
    if not found.get("is_member"):
        return Finding(f"channel {channel}", False, f"the bot is not in {name}: invite it with /invite")
    return Finding(f"channel {channel}", True, f"the bot is in {name}")


def _ask(client: WebClient, method: str, **arguments: str) -> tuple[Any, str]:
    """Return Slack's answer, and what stood against it or ""."""
    try:
        return client.api_call(method, params=arguments), ""
    except SlackApiError as error:
        return None, f"Slack says {error.response.get('error', error.response.status_code)}"
    except (URLError, OSError) as error:
        return None, f"Slack cannot be reached ({getattr(error, 'reason', error)})"
