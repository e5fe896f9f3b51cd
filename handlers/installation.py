"""The app is taken out of a workspace, or its tokens are withdrawn."""

import logging
from collections.abc import Callable

from slack_bolt import App, BoltContext

logger = logging.getLogger(__name__)


def register(app: App, forget: Callable[[str], None]) -> None:
    """Listen for the end of an installation; `forget` drops what is kept to speak in that workspace."""

    @app.event("app_uninstalled")
    def uninstalled(context: BoltContext) -> None:
        logger.warning("The app was taken out of workspace %s.", context.team_id)
        forget(str(context.team_id))

    @app.event("tokens_revoked")
    def revoked(event: dict[str, object], context: BoltContext) -> None:
        tokens = event.get("tokens")
        if isinstance(tokens, dict) and tokens.get("bot"):
            logger.warning("The bot token of workspace %s was withdrawn.", context.team_id)
            forget(str(context.team_id))
