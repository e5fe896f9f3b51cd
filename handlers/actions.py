"""Buttons and menus on cards and reminders. Each leads to a modal, a changed message or a sentence."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.advice.actions import More, parse_more
from bot.advice.blocks import modal
from bot.advice.details import correct_view, details_view, draft_view
from bot.advice.type_page import type_page
from bot.services import Services
from bot.storage.model import InquiryRecord
from handlers import ids, inquiry_buttons, reminder_buttons
from handlers.click import Click, click_of

OnClick = Callable[[Click], None]


def register(app: App, services: Services) -> None:
    """Listen for every button the bot ever posted."""
    for action_id, on_click in BUTTONS.items():
        app.action(action_id)(_listener(on_click, services))
    # Old cards live for ever; a press on what is no longer known is answered too.
    app.action(re.compile(""))(_listener(on_unknown, services))


def on_draft(click: Click) -> None:
    """Open the draft reply."""
    if inquiry := click.inquiry(click.value):
        advice = click.services.advice_on(inquiry, click.language)
        if advice is None:
            click.whisper(click.say("modal.inquiry_erased"))
        else:
            click.open(draft_view(advice, inquiry.id))


def on_correct(click: Click) -> None:
    """Ask which type it is."""
    if inquiry := click.inquiry(click.value):
        shown = inquiry.corrected_type or inquiry.buyer_type
        click.open(correct_view(click.services.knowledge, inquiry.id, shown, click.language))


def on_more(click: Click) -> None:
    """Do what was chosen from the menu."""
    try:
        choice, number = parse_more(click.value)
    except ValueError:
        on_unknown(click)
        return
    if inquiry := click.inquiry(str(number)):
        MENU[choice](click, inquiry)


def on_unknown(click: Click) -> None:
    """Say that this button means nothing any more."""
    click.whisper(click.say("modal.inquiry_gone"))


def show_details(click: Click, inquiry: InquiryRecord) -> None:
    """Open all signs and facts."""
    advice = click.services.advice_on(inquiry, click.language)
    if advice is None:
        click.whisper(click.say("modal.inquiry_erased"))
    else:
        click.open(details_view(click.services.knowledge, advice, inquiry.id))


def show_type(click: Click, inquiry: InquiryRecord) -> None:
    """Show the page of the type on the card."""
    shown = str(inquiry.corrected_type or inquiry.buyer_type)
    page = type_page(click.services.knowledge, shown, click.language)
    title, close = click.say("types.title"), click.say("modal.close")
    click.open(modal(ids.VIEW_DETAILS, title, page.blocks, close=close, inquiry_id=inquiry.id))


MENU: dict[More, Callable[[Click, InquiryRecord], None]] = {
    "details": show_details,
    "about_type": show_type,
    "take": inquiry_buttons.take,
    "state": inquiry_buttons.ask_state,
}
BUTTONS: dict[str, OnClick] = {
    ids.ACTION_DRAFT: on_draft,
    ids.ACTION_CORRECT: on_correct,
    ids.ACTION_MORE: on_more,
    **inquiry_buttons.BUTTONS,
    **reminder_buttons.BUTTONS,
}


def _listener(on_click: OnClick, services: Services) -> Callable[..., None]:
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        on_click(click_of(body, client, context, services))

    return pressed
