"""An embedded Slack for tests and the playground: Web API, Socket Mode, signed HTTP, files.

    with LocalSlack(SystemClock()) as slack:
        ...  # SLACK_API_URL=slack.api_url SLACK_BOT_TOKEN=slack.bot_token SLACK_APP_TOKEN=slack.app_token
        message = slack.person("mei").types("#inquiries", "We need 500 pcs of …")
        advice = slack.wait_for(lambda: slack.thread(message))

As strict as Slack where it is known to be strict, and never kinder. Nothing leaves this machine.
"""

from bot.local_slack.model import Mail
from bot.local_slack.server import LocalSlack

__all__ = ["LocalSlack", "Mail"]
