"""The message shortcut: an inquiry from any message, in threads and in channels the bot is not in too."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import Unreadable
from bot.intake.message import arrival_of_shortcut
from bot.intake.model import Arrival
from bot.outbox.model import Form
from bot.reading import read_received
from bot.services import Services
from bot.texts import Language
from handlers import ids
from handlers.standing import where_it_stands
from handlers.whisper import respond_with


def register(app: App, services: Services) -> None:
    """Listen for the shortcut."""

    @app.message_shortcut(ids.SHORTCUT_CLASSIFY)
    def classify(
        ack: Ack, shortcut: dict[str, Any], client: WebClient, context: BoltContext, respond: Respond
    ) -> None:
        ack()
        language = services.people.language_of(str(context.team_id), shortcut["user"]["id"])
        respond_with(respond, answer(shortcut, client, context, services, language))


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
