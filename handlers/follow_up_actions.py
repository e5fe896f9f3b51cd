"""Buttons under what was said about follow-ups to one person. A click changes what that person sees."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.follow_ups.conversation import pressing
from bot.follow_ups.conversation.actions import unpacked
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.choosing import change_dialog, other_dialog
from bot.follow_ups.conversation.dialogs import Choosing
from bot.follow_ups.conversation.echo import sentence_form
from bot.outbox.model import Form
from bot.services import Services
from handlers import ids
from handlers.click import Click, click_of

Press = Callable[[Caller, Mapping[str, Any]], Form]
Dialog = Callable[[Caller, Mapping[str, Any], Choosing], Mapping[str, Any] | str]

ANSWERS: dict[str, Press] = {
    ids.ACTION_OFFER: pressing.offered,
    ids.ACTION_INSTEAD: pressing.instead,
    ids.ACTION_CANCEL: pressing.cancelled,
    ids.ACTION_LIST_DONE: pressing.done_in_list,
    ids.ACTION_LIST_BACK: pressing.turned,
    ids.ACTION_LIST_ON: pressing.turned,
    ids.ACTION_PLAN_REPLACE: pressing.plan_replaced,
    ids.ACTION_PLAN_KEEP: pressing.plan_kept,
    ids.ACTION_PLAN_STOP: pressing.plan_stopped,
}
DIALOGS: dict[str, Dialog] = {
    ids.ACTION_CHANGE: change_dialog,
    ids.ACTION_LIST_SNOOZE: change_dialog,
    ids.ACTION_OTHER: other_dialog,
}


def register(app: App, services: Services) -> None:
    """Listen for every button of follow-ups that only one person sees."""
    for action_id, press in ANSWERS.items():
        app.action(_name(action_id))(_answering(press, services))
    for action_id, dialog in DIALOGS.items():
        app.action(_name(action_id))(_opening(dialog, services))


def _name(action_id: str) -> re.Pattern[str]:
    # Within one row each button has a number behind its name.
    return re.compile(rf"{action_id}(?:_\d+)?$")


def _answering(press: Press, services: Services) -> Callable[..., None]:
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        click = click_of(body, client, context, services)
        if fields := _fields(click):
            caller = click.caller()
            click.replace(press(caller, fields))

    return pressed


def _opening(dialog: Dialog, services: Services) -> Callable[..., None]:
    def pressed(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        click = click_of(body, client, context, services)
        fields = _fields(click)
        if not fields:
            return
        here = replace(click.place(), answer_to=click.response_url, replaces=True)
        view = dialog(click.caller(), fields, here)
        if isinstance(view, str):
            click.replace(sentence_form(view))
        else:
            click.open(view)

    return pressed


def _fields(click: Click) -> Mapping[str, Any]:
    """Return what a button says; nothing, with a sentence to the person, for one of no release of ours."""
    try:
        return unpacked(click.value)
    except ValueError:
        click.whisper(click.say("modal.inquiry_gone"))
        return {}
