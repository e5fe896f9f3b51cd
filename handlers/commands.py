"""`/inquiry`: answers only the person who typed it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient

from bot.advice.escape import harmless_mrkdwn
from bot.advice.type_page import type_page, types_page
from bot.errors import Unreadable
from bot.intake.mrkdwn import decode
from bot.outbox.model import Form
from bot.reading import read_text
from bot.services import Services
from bot.texts import Language
from handlers import ids
from handlers.views import classify_view
from handlers.whisper import respond_with

ARGUMENT = 60  # characters of an argument repeated to the person who typed it


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as typed, split at its first word."""

    services: Services
    client: WebClient
    ack: Ack
    respond: Respond
    language: Language
    word: str
    rest: str
    trigger_id: str

    def show(self, form: Form) -> None:
        """Answer with a page of our own."""
        self.ack(text=form.text, blocks=[dict(block) for block in form.blocks])


def register(app: App, services: Services) -> None:
    """Listen for the command."""

    @app.command(ids.COMMAND_INQUIRY)
    def inquiry(
        ack: Ack, command: dict[str, Any], client: WebClient, context: BoltContext, respond: Respond
    ) -> None:
        word, rest = first_word(decode(str(command.get("text", ""))))
        language = services.people.language_of(str(context.team_id), command["user_id"])
        trigger_id = str(command.get("trigger_id"))
        asked = Asked(services, client, ack, respond, language, word, rest, trigger_id)
        ANSWERS.get(word.lower(), unknown)(asked)


def first_word(text: str) -> tuple[str, str]:
    """Split at the first white space of any kind: people paste mails right behind the word."""
    word, *rest = text.split(maxsplit=1) or [""]
    return word, "".join(rest).strip()


def show_help(asked: Asked) -> None:
    """Say what the bot does and understands."""
    asked.ack(asked.services.say("commands.help", asked.language))


def classify(asked: Asked) -> None:
    """Give advice on the text, or open a form to write it in."""
    if not asked.rest:
        asked.ack()
        asked.client.views_open(
            trigger_id=asked.trigger_id, view=classify_view(asked.services, asked.language)
        )
        return
    try:
        forms = asked.services.private_forms(read_text(asked.rest), asked.language)
    except Unreadable as error:
        asked.ack(asked.services.say(f"unreadable.{error.reason}", asked.language, name=""))
        return
    asked.ack()
    respond_with(asked.respond, forms)


def types(asked: Asked) -> None:
    """List the types of buyer."""
    asked.show(types_page(asked.services.knowledge, asked.language))


def one_type(asked: Asked) -> None:
    """Tell all about the type that was named."""
    if asked.rest:
        asked.show(type_page(asked.services.knowledge, asked.rest, asked.language))
    else:
        types(asked)


def unknown(asked: Asked) -> None:
    """Say what was not understood, and what would be."""
    argument = harmless_mrkdwn(asked.word, ARGUMENT)
    sorry = asked.services.say("commands.unknown_argument", asked.language, argument=argument)
    asked.ack(f"{sorry}\n{asked.services.say('commands.help', asked.language)}")


ANSWERS: dict[str, Callable[[Asked], None]] = {
    "": show_help,
    "help": show_help,
    "帮助": show_help,
    "classify": classify,
    "判断": classify,
    "types": types,
    "类型": one_type,
    "type": one_type,
}
