"""Keeps the cards of reminders true when somebody deals with them elsewhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.delivery.settling import came, settled_since
from bot.slack.clients import is_refusal, reason_of
from handlers.asking import blocks_of

logger = logging.getLogger(__name__)


@contextmanager
def settling(caller: Caller, client: WebClient, number: object) -> Iterator[None]:
    """Let the card of reminder `number` say what is done about it in the meantime, should one stand."""
    card = came(caller.services, caller.reader.team, number) if isinstance(number, int) else None
    yield
    form = settled_since(caller.services, card, caller.user) if card else None
    if card is None or form is None:
        return
    try:
        client.chat_update(channel=card.channel, ts=card.ts, text=form.text, blocks=blocks_of(form))
    except SlackApiError as error:
        if not is_refusal(error):
            raise
        # Gone, or not ours to change any more: its buttons still answer.
        logger.info("The card of a reminder stays as it was: %s", reason_of(error))
