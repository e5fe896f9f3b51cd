"""Events nobody asked the bot to act on, from an app whose manifest names more of them."""

import re

from slack_bolt import App


def register(app: App) -> None:
    """Acknowledge every other event: left unanswered, Slack would deliver it three times more."""

    @app.event(re.compile(""))
    def passed_over() -> None:
        """Do nothing."""
