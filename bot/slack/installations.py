"""Many workspaces: each installs the app at /slack/install, and its token is kept in the database."""

import logging
from collections.abc import Mapping

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Engine

from bot.settings import Settings
from bot.slack.clients import web_client
from bot.slack.door import Reply
from bot.slack.probe import SCOPES

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
STATE_LIVES_S = 300

logger = logging.getLogger("slack_bolt")


class Installations:
    """The workspaces that installed the app, and the two pages by which they do so."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._engine = engine
        self._store = SQLAlchemyInstallationStore(settings.slack_client_id, engine, logger=logger)
        self._states = SQLAlchemyOAuthStateStore(STATE_LIVES_S, engine, logger=logger)
        self._flow = OAuthFlow(
            client=web_client(settings.slack_api_url),
            logger=logger,
            settings=OAuthSettings(
                client_id=settings.slack_client_id,
                client_secret=settings.slack_client_secret,
                scopes=sorted(SCOPES),
                install_path=INSTALL_PATH,
                redirect_uri_path=REDIRECT_PATH,
                authorization_url=f"{settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize",
                installation_store=self._store,
                state_store=self._states,
                state_expiration_seconds=STATE_LIVES_S,
                logger=logger,
            ),
        )

    def create_tables(self) -> None:
        """Make the tables of the SDK's stores where they are missing."""
        self._store.metadata.create_all(self._engine)
        self._states.metadata.create_all(self._engine)

    def token_of(self, team: str | None) -> str | None:
        """Return the bot token of a workspace; None where the app is not installed."""
        found = self._store.find_bot(enterprise_id=None, team_id=team) if team else None
        return found.bot_token if found else None

    def forget(self, team: str) -> None:
        """Drop all tokens of a workspace."""
        self._store.delete_all(enterprise_id=None, team_id=team)

    def page(self, path: str, query: str, headers: Mapping[str, str]) -> Reply:
        """Answer a browser at one of the two pages."""
        request = BoltRequest(body="", query=query, headers=dict(headers))
        if path == INSTALL_PATH:
            return _reply(self._flow.handle_installation(request))
        return _reply(self._flow.handle_callback(request))


def _reply(response: BoltResponse) -> Reply:
    headers = tuple(
        (name, value)
        for name, values in response.headers.items()
        for value in values
        if name != "content-type"
    )
    content_type = response.first_headers().get("content-type", "text/html; charset=utf-8")
    return Reply(response.status, response.body, content_type, headers)
