"""Message shortcuts, in threads and in channels the bot is not in too: an inquiry, a follow-up."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import Unreadable
from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.choosing import new_dialog
from bot.follow_ups.conversation.command import Place
from bot.follow_ups.conversation.dialogs import Choosing
from bot.intake.message import arrival_of_shortcut
from bot.intake.model import Arrival
from bot.outbox.model import Form
from bot.reading import read_received
from bot.services import Services
from bot.texts import Language
from handlers import ids
from handlers.asking import caller_of
from handlers.standing import where_it_stands
from handlers.whisper import respond_with


def register(app: App, services: Services) -> None:
    """Listen for both shortcuts."""

    @app.message_shortcut(ids.SHORTCUT_CLASSIFY)
    def classify(
        ack: Ack, shortcut: dict[str, Any], client: WebClient, context: BoltContext, respond: Respond
    ) -> None:
        ack()
        language = services.people.language_of(str(context.team_id), shortcut["user"]["id"])
        respond_with(respond, answer(shortcut, client, context, services, language))

    @app.message_shortcut(ids.SHORTCUT_FOLLOW_UP)
    def follow_up(
        ack: Ack, shortcut: dict[str, Any], client: WebClient, context: BoltContext, respond: Respond
    ) -> None:
        ack()
        on_follow_up(shortcut, client, context, respond, services)


def answer(
    shortcut: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    services: Services,
    language: Language,
) -> tuple[Form, ...]:
    """Take the message in and return what the person is told."""
    arrival = arrival_of_shortcut(shortcut)
    if arrival is None or is_own(shortcut, context):
        return (Form(services.say("commands.nothing_to_read", language)),)
    if not is_inside(client, arrival.channel):
        return privately(arrival, str(context.bot_user_id), services, language)
    if services.receive(arrival):
        return (Form(services.say("commands.advice_is_coming", language)),)
    return (Form(where_it_stands(arrival, context, services, language)),)


def on_follow_up(
    shortcut: dict[str, Any], client: WebClient, context: BoltContext, respond: Respond, services: Services
) -> None:
    """Ask for day, time and note of a reminder about the inquiry of that message or its thread."""
    message, channel = shortcut["message"], str(shortcut["channel"]["id"])
    ts = str(message.get("ts") or shortcut.get("message_ts"))
    caller = caller_of(
        services,
        context,
        client,
        user=str(shortcut["user"]["id"]),
        channel=channel,
        once="",  # the dialog brings its own
    )
    inquiry = caller.inquiry_meant(Place(channel, ts, message.get("thread_ts")), wrong="not_in_thread")
    if isinstance(inquiry, str):
        wrong = inquiry if is_inside(client, channel) else not_inside(caller)
        respond_with(respond, (Form(wrong),))
        return
    choosing = Choosing(
        inquiry.id,
        channel=channel,
        thread_ts=str(message.get("thread_ts") or ts),
        answer_to=str(shortcut.get("response_url") or ""),
    )
    view = new_dialog(caller, inquiry, choosing)
    if isinstance(view, str):
        respond_with(respond, (Form(view),))
        return
    client.views_open(trigger_id=shortcut["trigger_id"], view=dict(view))


def not_inside(caller: Caller) -> str:
    """Return how a channel the bot is not in gets an inquiry that can be followed up."""
    return caller.reader.say("wrong.not_inside", bot=f"<@{caller.bot_user}>")


def is_own(shortcut: dict[str, Any], context: BoltContext) -> bool:
    """Tell whether the message is one of the bot's: advice on advice is none."""
    message = shortcut["message"]
    return message.get("user") == context.bot_user_id or bool(
        context.bot_id and message.get("bot_id") == context.bot_id
    )


def privately(arrival: Arrival, bot_user: str, services: Services, language: Language) -> tuple[Form, ...]:
    """Return the advice for the person alone, with the way to have it in the thread."""
    invitation = services.say("commands.not_a_member", language, bot=f"<@{bot_user}>")
    try:
        reading = read_received(arrival.received, partial(services.fetch, arrival.team))
    except Unreadable as error:
        sorry = services.say(f"unreadable.{error.reason}", language, name=error.name)
        return (Form(f"{sorry}\n{invitation}"),)
    return tuple(_with_note(form, invitation) for form in services.private_forms(reading, language))


def is_inside(client: WebClient, channel: str) -> bool:
    """Tell whether the bot may speak in a channel."""
    try:
        told = client.conversations_info(channel=channel)["channel"]
    except SlackApiError:
        return False
    return bool(told.get("is_member") or told.get("is_im"))


def _with_note(form: Form, note: str) -> Form:
    if not form.blocks:
        return Form(f"{form.text}\n\n{note}")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": note}}
    return Form(form.text, (*form.blocks, section))
