"""Dialogs of follow-ups that come back: day, time and note; another inquiry."""

from datetime import date, time
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.choosing import chosen_form, moved_form, what_is_wrong
from bot.follow_ups.conversation.dialogs import Choosing, Chosen, choosing_from_json
from bot.services import Services
from handlers import ids
from handlers.asking import caller_of, tell

View = dict[str, Any]


def register(app: App, services: Services) -> None:
    """Listen for the dialogs of follow-ups."""

    @app.view(ids.VIEW_CHOOSE)
    def chosen(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        on_choose(ack, body, client, context, services)

    @app.view(ids.VIEW_OTHER)
    def other(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        ack()
        on_other(body, client, context, services)


def on_choose(
    ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext, services: Services
) -> None:
    """Set or move a reminder to what was chosen, or say at the field what is wrong."""
    view, user = body["view"], str(body["user"]["id"])
    choosing, chosen = choosing_from_json(str(view["private_metadata"])), chosen_in(view)
    caller = _caller(view, user, choosing, client, context, services)
    if wrong := what_is_wrong(caller, choosing, chosen):
        ack(response_action="errors", errors=wrong)
        return
    ack()
    tell(client, user, choosing, chosen_form(caller, choosing, chosen))


def on_other(body: dict[str, Any], client: WebClient, context: BoltContext, services: Services) -> None:
    """Let a reminder speak of the inquiry that was chosen."""
    view, user = body["view"], str(body["user"]["id"])
    choosing = choosing_from_json(str(view["private_metadata"]))
    caller = _caller(view, user, choosing, client, context, services)
    option = _answer(view, ids.BLOCK_INQUIRY).get("selected_option") or {}
    if str(option.get("value", "")).isdigit():
        tell(client, user, choosing, moved_form(caller, choosing, int(option["value"])))


def chosen_in(view: View) -> Chosen:
    """Return what stands in the fields of "Choose…"."""
    day = _answer(view, ids.BLOCK_DATE).get("selected_date")
    clock = _answer(view, ids.BLOCK_TIME).get("selected_time")
    return Chosen(
        day=date.fromisoformat(day) if day else None,
        time=time.fromisoformat(clock) if clock else None,
        note=str(_answer(view, ids.BLOCK_NOTE).get("value") or ""),
        owner=_answer(view, ids.BLOCK_PERSON).get("selected_user"),
    )


def _caller(
    view: View, user: str, choosing: Choosing, client: WebClient, context: BoltContext, services: Services
) -> Caller:
    # The view's id stays the same however often Slack tells of its submission.
    once = f"view {view['id']}"
    return caller_of(services, context, client, user=user, channel=choosing.channel, once=once)


def _answer(view: View, block_id: str) -> View:
    given = view["state"]["values"].get(block_id, {})
    return dict(next(iter(given.values()), {}))
