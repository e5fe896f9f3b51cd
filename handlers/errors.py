"""What goes wrong: a person gets a sentence and a number, the log the traceback, nobody a buyer's words."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.services import Services
from bot.slack.clients import is_refusal

logger = logging.getLogger(__name__)

ACKNOWLEDGED = 200


def register(app: App, services: Services) -> None:
    """Catch what any handler raises."""

    @app.error
    def failed(
        error: Exception, body: dict[str, Any], context: BoltContext, client: WebClient
    ) -> BoltResponse | None:
        number = f"{services.clock.now_ms() & 0xFFFFFF:06x}"
        logger.error("Number %s: %s failed.", number, _about(body), exc_info=_without_words(error))
        if "event" in body:
            # Not acknowledged, Slack delivers it again; what it refuses for good it would refuse again.
            return BoltResponse(status=ACKNOWLEDGED) if is_refusal(error) else None
        tell(body, context, client, services, number)
        return BoltResponse(status=ACKNOWLEDGED)


def tell(
    body: Mapping[str, Any], context: BoltContext, client: WebClient, services: Services, number: str
) -> None:
    """Tell the person who waits for an answer."""
    try:
        user = str(context.user_id)
        language = services.people.language_of(str(context.team_id), user)
        sentence = services.say("failure.unknown", language, number=number)
        _say(sentence, body, user, context, client)
    except Exception:
        logger.exception("Number %s: the person could not be told.", number)


def _say(sentence: str, body: Mapping[str, Any], user: str, context: BoltContext, client: WebClient) -> None:
    if context.response_url:
        WebhookClient(context.response_url, timeout=5, retry_handlers=[]).send(
            text=sentence, response_type="ephemeral", replace_original=False
        )
    else:
        # A modal has no channel to answer in; the app's own conversation with the person is one.
        client.chat_postMessage(channel=user, text=sentence)


def _about(body: Mapping[str, Any]) -> str:
    event = body.get("event")
    if isinstance(event, Mapping):
        return f"event {event.get('type')} {body.get('event_id')}"
    return f"{body.get('type') or body.get('command')} {_named(body)}".strip()


def _named(body: Mapping[str, Any]) -> str:
    actions = body.get("actions") or [{}]
    view = body.get("view") or {}
    return str(actions[0].get("action_id") or view.get("callback_id") or body.get("callback_id") or "")


def _without_words(error: Exception) -> Exception:
    # The SDK's message repeats the request; its code alone tells what Slack minded.
    if isinstance(error, SlackApiError):
        bare = RuntimeError(f"Slack refused: {error.response.get('error')}")
        return bare.with_traceback(error.__traceback__)
    return error
