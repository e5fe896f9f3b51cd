"""Which workspace speaks, and who the bot is there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import Misconfigured
from bot.slack.clients import TIMEOUT_S, SlackAway, demand, reason_of, web_client


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot as one workspace knows it."""

    team: str
    bot_user: str
    bot_id: str
    url: str  # of the workspace, "https://example.slack.com/"
    token: str = field(repr=False)


class Workspaces:
    """Every workspace the bot is installed in, by `token_of`; who it is there is asked once per token."""

    def __init__(self, api_url: str, token_of: Callable[[str | None], str | None]) -> None:
        self._api_url = api_url
        self._token_of = token_of
        self._identities: dict[str, Identity] = {}

    def identity_of(self, team: str | None) -> Identity | None:
        """Return who the bot is in `team`; None when it is not installed there.

        Raises Misconfigured for a token Slack refuses, SlackAway when Slack is out of reach.
        """
        token = self._token_of(team)
        if not token:
            return None
        if token not in self._identities:
            self._identities[token] = self._ask(token)
        return self._identities[token]

    def url_of(self, team: str) -> str:
        """Return the address of a workspace; "" while Slack does not tell."""
        try:
            identity = self.identity_of(team)
        except (Misconfigured, SlackAway):
            return ""
        return identity.url if identity else ""

    def client_of(self, team: str | None, timeout_s: int = TIMEOUT_S) -> WebClient:
        """Return a client for short questions in `team`; without a token when it is not installed there."""
        return web_client(self._api_url, self._token_of(team) or "", timeout_s)

    def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """Tell Bolt with which token a request of `team_id` is served."""
        identity = self.identity_of(team_id)
        if identity is None:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            url=identity.url,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user,
            bot_token=identity.token,
        )

    def trouble(self) -> str | None:
        """Return why Slack cannot be spoken with; None when it answers."""
        client = self.client_of(None)
        try:
            # With many workspaces there is no token that speaks for all.
            client.auth_test() if client.token else client.api_test()
        except (SlackApiError, OSError, HTTPException) as error:
            return f"answers {reason_of(error)}"
        return None

    def _ask(self, token: str) -> Identity:
        told = demand("SLACK_BOT_TOKEN", lambda: web_client(self._api_url, token).auth_test())
        return Identity(told["team_id"], told["user_id"], told.get("bot_id", ""), told.get("url", ""), token)


def permalink(workspace_url: str, channel: str, ts: str, thread_ts: str | None = None) -> str:
    """Return the address of a message, as Slack's own "Copy link" makes it."""
    link = f"{workspace_url}archives/{channel}/p{ts.replace('.', '')}"
    return f"{link}?thread_ts={thread_ts}&cid={channel}" if thread_ts and thread_ts != ts else link
