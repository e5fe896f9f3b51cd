"""Modals that come back: a correction of the type, a text to classify, a draft that was closed."""

import re
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.advice.blocks import asked, modal
from bot.advice.wording import emoji_of, type_name
from bot.errors import Unreadable
from bot.follow_ups.promises.states import STATES
from bot.reading import read_text
from bot.services import Services
from bot.texts import Language
from handlers import ids
from handlers.asking import blocks_of, caller_of
from handlers.click import inquiry_of
from handlers.inquiry_buttons import move_on
from knowledge.model import LABELS

MOST_WORDS = 3000  # Slack's limit of an input
View = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Listen for every modal the bot opens."""

    @app.view(ids.VIEW_CORRECT)
    def corrected(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        on_correct(body, client, context, services)

    @app.view(ids.VIEW_STATE)
    def state_set(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        on_state(body, client, context, services)

    @app.view(ids.VIEW_CLASSIFY)
    def classified(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        on_classify(ack, body, context, services)

    @app.view(re.compile(""))
    def closed(ack: Ack) -> None:
        ack()


def on_correct(body: dict[str, Any], client: WebClient, context: BoltContext, services: Services) -> None:
    """Record which type a colleague says it is, and have the card say so."""
    team, user = str(context.team_id), str(body["user"]["id"])
    inquiry = inquiry_of(services, team, str(body["view"]["private_metadata"]))
    chosen = _answer(body["view"], ids.BLOCK_TYPE).get("selected_option") or {}
    if inquiry is None or chosen.get("value") not in LABELS:
        return
    language = services.people.language_of(team, user)
    name = f"{emoji_of(services.knowledge, chosen['value'])} " + type_name(
        services.knowledge, chosen["value"], language
    )
    key = "same_type"
    if chosen["value"] != (inquiry.corrected_type or inquiry.buyer_type):
        services.inquiries.correct(inquiry.id, chosen["value"], user)
        services.renew_card(inquiry, by=user)
        key = "corrected"
    client.chat_postEphemeral(
        channel=inquiry.advice_channel or inquiry.channel,
        user=user,
        thread_ts=inquiry.thread_ts,
        text=services.say(f"modal.{key}", language, type=name),
    )


def on_state(body: dict[str, Any], client: WebClient, context: BoltContext, services: Services) -> None:
    """Set where an inquiry stands, and offer the plan that fits."""
    user = str(body["user"]["id"])
    inquiry = inquiry_of(services, str(context.team_id), str(body["view"]["private_metadata"]))
    chosen = _answer(body["view"], ids.BLOCK_STATE).get("selected_option") or {}
    if inquiry is None or chosen.get("value") not in STATES:
        return
    where = inquiry.advice_channel or inquiry.channel
    once = f"view {body['view']['id']}"
    caller = caller_of(services, context, client, user=user, channel=where, once=once)
    form = move_on(caller, inquiry, chosen["value"])
    client.chat_postEphemeral(
        channel=where, user=user, thread_ts=inquiry.thread_ts, text=form.text, blocks=blocks_of(form)
    )


def on_classify(ack: Ack, body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Turn the form into the advice on what was written in it."""
    language = services.people.language_of(str(context.team_id), body["user"]["id"])
    written = str(_answer(body["view"], ids.BLOCK_WORDS).get("value") or "")
    try:
        forms = services.private_forms(read_text(written), language)
    except Unreadable as error:
        ack(
            response_action="errors",
            errors={ids.BLOCK_WORDS: services.say(f"unreadable.{error.reason}", language, name="")},
        )
        return
    title, close = services.say("modal.result_title", language), services.say("modal.close", language)
    ack(
        response_action="update",
        view=dict(modal(ids.VIEW_DETAILS, title, forms[0].blocks, close=close, inquiry_id=0)),
    )


def classify_view(services: Services, language: Language) -> View:
    """Return the form that asks for the buyer's words."""
    field = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": MOST_WORDS,
        "focus_on_load": True,
        "placeholder": {"type": "plain_text", "text": services.say("modal.classify_placeholder", language)},
    }
    question = asked(
        services.say("modal.classify_label", language),
        ids.BLOCK_WORDS,
        field,
        hint=services.say("modal.classify_hint", language),
    )
    return dict(
        modal(
            ids.VIEW_CLASSIFY,
            services.say("modal.classify_title", language),
            [{**question, "optional": False}],
            close=services.say("modal.close", language),
            inquiry_id=0,
            submit=services.say("modal.classify_submit", language),
        )
    )


def _answer(view: View, block_id: str) -> dict[str, Any]:
    given = view["state"]["values"].get(block_id, {})
    return dict(next(iter(given.values()), {}))
