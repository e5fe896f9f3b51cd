"""Where the advice on an inquiry stands that had come in before."""

from slack_bolt import BoltContext

from bot.intake.model import Arrival
from bot.services import Services
from bot.slack.workspaces import permalink
from bot.texts import Language


def workspace_url(context: BoltContext) -> str:
    """Return the address of the workspace; "" when Slack did not tell."""
    return str(context.authorize_result.url or "") if context.authorize_result else ""


def where_it_stands(arrival: Arrival, context: BoltContext, services: Services, language: Language) -> str:
    """Return a sentence with the link to the advice, or saying that it is on its way."""
    known = services.inquiries.find(arrival.team, arrival.channel, arrival.ts)
    url = workspace_url(context)
    if known is None or known.advice_ts is None or not url:
        return services.say("commands.advice_was_coming", language)
    link = permalink(url, known.advice_channel or known.channel, known.advice_ts, known.thread_ts)
    return services.say("commands.advice_stands", language, link=link)
