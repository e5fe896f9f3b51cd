"""A click on something the bot posted, and how to answer only the person who clicked."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.follow_ups.conversation.caller import Caller
from bot.follow_ups.conversation.dialogs import Choosing
from bot.outbox.model import Form
from bot.services import Services
from bot.slack.clients import reason_of
from bot.storage.model import InquiryRecord
from bot.texts import Language
from handlers.asking import caller_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Click:
    """Who clicked what, and where it stands."""

    services: Services
    client: WebClient
    team: str
    user: str
    language: Language
    value: str
    trigger_id: str
    channel: str
    ts: str
    thread_ts: str | None
    blocks: tuple[Mapping[str, Any], ...]  # of the message; an ephemeral one sends none
    text: str
    block_id: str
    response_url: str
    context: BoltContext

    def caller(self, once: str = "") -> Caller:
        """Return the person as one with a wish; `once` names what has one effect, by itself this click."""
        return caller_of(
            self.services,
            self.context,
            self.client,
            user=self.user,
            channel=self.channel,
            once=once or f"click {self.trigger_id}",
            thread_ts=self.thread_ts or "",
        )

    def place(self) -> Choosing:
        """Return where the answer to a dialog goes: the thread the person clicked in."""
        return Choosing(inquiry=0, channel=self.channel, thread_ts=self.thread_ts or "")

    def say(self, key: str, **values: object) -> str:
        """Return a sentence in the person's language."""
        return self.services.say(key, self.language, **values)

    def whisper(self, text: str) -> None:
        """Say something only the person sees, in the thread where they clicked; a modal has no such place."""
        if not self.channel:
            return
        self.tell(Form(text))

    def tell(self, form: Form) -> None:
        """Say something with buttons that only the person sees, in the thread where they clicked."""
        self.client.chat_postEphemeral(
            channel=self.channel,
            user=self.user,
            thread_ts=self.thread_ts,
            text=form.text,
            blocks=_plain_blocks(form),
        )

    def replace(self, form: Form) -> None:
        """Say something in the place of what only the person sees and just clicked in."""
        respond = WebhookClient(self.response_url, timeout=5, retry_handlers=[])
        respond.send(text=form.text, blocks=_plain_blocks(form) or [], replace_original=True)

    def change(self, form: Form) -> bool:
        """Change the message everybody sees; False where Slack does not take that."""
        try:
            self.client.chat_update(
                channel=self.channel, ts=self.ts, text=form.text, blocks=_plain_blocks(form) or []
            )
        except (SlackApiError, OSError, HTTPException) as error:
            logger.info("A message stays as it was: %s", reason_of(error))
            return False
        return True

    def open(self, view: Mapping[str, Any]) -> None:
        """Open a modal before the person."""
        self.client.views_open(trigger_id=self.trigger_id, view=dict(view))

    def inquiry(self, number: str) -> InquiryRecord | None:
        """Return the inquiry the click is about; None, with a sentence to the person, when it is gone."""
        found = inquiry_of(self.services, self.team, number)
        if found is None:
            self.whisper(self.say("modal.inquiry_gone"))
        return found


def click_of(body: Mapping[str, Any], client: WebClient, context: BoltContext, services: Services) -> Click:
    """Read a block_actions payload."""
    team, user = str(context.team_id), str(body["user"]["id"])
    container, action = body["container"], body["actions"][0]
    chosen = action.get("selected_option") or {}
    return Click(
        services=services,
        client=client,
        team=team,
        user=user,
        language=services.people.language_of(team, user),
        value=str(action.get("value") or chosen.get("value") or action.get("selected_date") or ""),
        trigger_id=str(body.get("trigger_id")),
        channel=str(container.get("channel_id", "")),
        ts=str(container.get("message_ts", "")),
        thread_ts=container.get("thread_ts"),
        blocks=tuple(body.get("message", {}).get("blocks", ())),
        text=str(body.get("message", {}).get("text", "")),
        block_id=str(action.get("block_id", "")),
        response_url=str(body.get("response_url", "")),
        context=context,
    )


def _plain_blocks(form: Form) -> list[dict[str, Any]] | None:
    return [dict(block) for block in form.blocks] or None


def inquiry_of(services: Services, team: str, number: str) -> InquiryRecord | None:
    """Return an inquiry of this workspace by its number as written on a button; None when there is none."""
    found = services.inquiries.get(int(number)) if number.isascii() and number.isdigit() else None
    return found if found and found.team == team else None
