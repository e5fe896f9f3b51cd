"""Who asks for a follow-up, as Slack's payloads tell it, and how only that person is answered."""

import logging
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.dialogs import Choosing
from bot.follow_ups.conversation.reader import Reader
from bot.outbox.model import Form
from bot.services import Services
from bot.slack.clients import QUICK_S, is_refusal, reason_of, web_client
from handlers.standing import workspace_url

logger = logging.getLogger(__name__)

SLACKBOT = "USLACKBOT"
NOBODY = frozenset({"user_not_found", "user_not_visible", "user_disabled"})
TAKEN = 200


def reader_of(services: Services, context: BoltContext, user: str) -> Reader:
    """Return a person as they are spoken with."""
    team, people = str(context.team_id), services.people
    is_zone_known = people.renew(team, user)
    return Reader(
        team=team,
        user=user,
        language=people.language_of(team, user),
        zone=people.zone_of(team, user),
        locale=people.profile(team, user).locale,
        is_zone_known=is_zone_known,
        workspace_url=workspace_url(context),
    )


def caller_of(
    services: Services,
    context: BoltContext,
    client: WebClient,
    *,
    user: str,
    channel: str,
    once: str,
    thread_ts: str = "",
) -> Caller:
    """Return who asks, and where."""
    return Caller(
        services=services,
        reader=reader_of(services, context, user),
        channel=channel,
        bot_user=str(context.bot_user_id),
        once=once,
        now_ms=services.clock.now_ms(),
        is_person=partial(is_person, client),
        thread_ts=thread_ts,
    )


def said_at(caller: Caller, ts: str) -> Caller:
    """Return the caller as of when they wrote: told twice, "in 3 days" must be the same moment."""
    return replace(caller, now_ms=int(float(ts) * 1000))


def is_person(client: WebClient, user: str) -> bool:
    """Tell whether a Slack user can be reminded: a person who is still there."""
    if user == SLACKBOT:
        return False
    # The command waits for it, and Slack waits three seconds for the command.
    quick = web_client(client.base_url, client.token or "", QUICK_S)
    try:
        told: dict[str, Any] = quick.users_info(user=user)["user"]
    except (SlackApiError, OSError) as error:
        if reason_of(error) in NOBODY:
            return False
        logger.warning("A person could not be looked up: %s", reason_of(error))
        return True
    return not (told.get("is_bot") or told.get("deleted"))


def tell(client: WebClient, user: str, choosing: Choosing, form: Form) -> None:
    """Answer a dialog where it was opened: in the place of what it was opened from, or in the thread."""
    if choosing.replaces and _respond(choosing.answer_to, form, is_replacing=True):
        return
    try:
        client.chat_postEphemeral(
            channel=choosing.channel or user,
            user=user,
            thread_ts=choosing.thread_ts or None,
            text=form.text,
            blocks=blocks_of(form) or None,
        )
    except SlackApiError as error:
        if not is_refusal(error):
            raise
        _respond(choosing.answer_to, form, is_replacing=False)


def blocks_of(form: Form) -> list[dict[str, Any]]:
    """Return a form's blocks as Slack's libraries take them."""
    return [dict(block) for block in form.blocks]


def _respond(url: str, form: Form, *, is_replacing: bool) -> bool:
    if not url:
        return False
    answer = WebhookClient(url, timeout=5, retry_handlers=[]).send(
        text=form.text,
        blocks=blocks_of(form),
        response_type="ephemeral",
        replace_original=is_replacing,
    )
    return bool(answer.status_code == TAKEN and '"ok":false' not in answer.body.replace(" ", ""))
