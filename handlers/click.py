"""A click on something the bot posted, and how to answer only the person who clicked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.texts import Language


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
    blocks: tuple[Mapping[str, Any], ...]

    def say(self, key: str, **values: object) -> str:
        """Return a sentence in the person's language."""
        return self.services.say(key, self.language, **values)

    def whisper(self, text: str) -> None:
        """Say something only the person sees, in the thread where they clicked; a modal has no such place."""
        if not self.channel:
            return
        self.client.chat_postEphemeral(
            channel=self.channel, user=self.user, thread_ts=self.thread_ts, text=text
        )

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
        value=str(action.get("value") or chosen.get("value") or ""),
        trigger_id=str(body.get("trigger_id")),
        channel=str(container.get("channel_id", "")),
        ts=str(container.get("message_ts", "")),
        thread_ts=container.get("thread_ts"),
        blocks=tuple(body.get("message", {}).get("blocks", ())),
    )


def inquiry_of(services: Services, team: str, number: str) -> InquiryRecord | None:
    """Return an inquiry of this workspace by its number as written on a button; None when there is none."""
    found = services.inquiries.get(int(number)) if number.isascii() and number.isdigit() else None
    return found if found and found.team == team else None
