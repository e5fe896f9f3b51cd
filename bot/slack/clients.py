"""Clients of the Web API for short questions: one workspace each, never waited for long."""

import logging
from collections.abc import Callable
from http.client import HTTPException
from typing import TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import BotError, Misconfigured
from bot.people import Profile

logger = logging.getLogger(__name__)

# A click's answer is lost after 3 s anyway, and advice must not wait long for a locale.
TIMEOUT_S = 5
QUICK_S = 1  # where a command's answer, due after 3 s, waits for it
SOCKET_TIMEOUT_S = 10

# What Slack says when trying again may help; any other refusal needs a person.
PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
    }
)
NOT_SLACK = "something that is not Slack's; is SLACK_API_URL right?"

Answer = TypeVar("Answer")


class SlackAway(BotError):
    """Slack cannot be reached at present."""


def web_client(api_url: str, token: str = "", timeout_s: int = TIMEOUT_S) -> WebClient:
    """Return a client that never repeats a call by itself."""
    return WebClient(token=token or None, base_url=api_url, timeout=timeout_s, retry_handlers=[])


class SocketAddresses:
    """Addresses of Socket Mode connections, each good for one use."""

    def __init__(self, api_url: str, app_token: str) -> None:
        self._client = web_client(api_url, timeout_s=SOCKET_TIMEOUT_S)
        self._app_token = app_token
        self._ready: list[str] = []

    def prove(self) -> None:
        """Ask for the first one, kept for use; raises Misconfigured or SlackAway as `demand` does."""
        # Slack allows this call about once a minute.
        self._ready.append(demand("SLACK_APP_TOKEN", self._ask))

    def next(self) -> str:
        """Return an address; raises what the SDK raises."""
        return self._ready.pop() if self._ready else self._ask()

    def _ask(self) -> str:
        return str(self._client.apps_connections_open(app_token=self._app_token)["url"])


def profile_of(client: WebClient, user: str) -> Profile | None:
    """Ask Slack for a person's locale and zone; None when it cannot say."""
    try:
        told = client.users_info(user=user, include_locale=True)["user"]
        return Profile(told.get("locale"), told.get("tz"))
    except (SlackApiError, OSError, HTTPException, KeyError) as error:
        logger.warning("Slack did not describe a person: %s", reason_of(error))
        return None


def demand(variable: str, question: Callable[[], Answer]) -> Answer:
    """Ask Slack something that only a good token is answered.

    Raises Misconfigured naming `variable` when Slack refuses for good, SlackAway when it is out of reach.
    """
    try:
        return question()
    except SlackApiError as error:
        code = reason_of(error)
        if is_refusal(error):
            raise Misconfigured(_refusal(variable, code)) from error
        raise SlackAway(f"Slack cannot answer at present ({code}).") from error
    except (OSError, HTTPException, ValueError) as error:
        raise SlackAway(f"Slack cannot be reached at present ({reason_of(error)}).") from error


def is_refusal(error: Exception) -> bool:
    """Tell whether Slack answered, and will answer the same when asked again."""
    if not isinstance(error, SlackApiError) or error.response.status_code != 200:
        return False
    code = reason_of(error)
    return code not in PASSING and code != NOT_SLACK


def reason_of(error: Exception) -> str:
    """Return what went wrong with a call, without bodies and tokens."""
    if isinstance(error, SlackApiError):
        code = str(error.response.get("error") or f"HTTP {error.response.status_code}")
        # The SDK puts the first words of a body that is not JSON in the place of Slack's code.
        return code if len(code) < 64 and " " not in code.removeprefix("HTTP ") else NOT_SLACK
    return str(getattr(error, "reason", None) or error or type(error).__name__)


def _refusal(variable: str, code: str) -> str:
    return (
        f"Slack does not accept {variable} ({code}): copy it again from the Slack app's page, "
        "or install the app to the workspace again. `inquiry-bot doctor` checks all of it."
    )
