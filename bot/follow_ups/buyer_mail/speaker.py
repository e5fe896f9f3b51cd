"""Speaks when a mail of the buyer's ended a plan; reads the messages that may hold one."""

from collections.abc import Callable
from functools import partial

from bot import texts
from bot.advice.escape import harmless_mrkdwn
from bot.clock import Clock
from bot.errors import Unreadable
from bot.follow_ups.buyer_mail.correspondence import BUYER, ENDED, INQUIRY, RECEIVED, Correspondence
from bot.follow_ups.buyer_mail.letters import Letter, letters_in
from bot.follow_ups.naming import BUYER as NAME
from bot.follow_ups.naming import linked
from bot.intake.as_json import received_from_json
from bot.intake.model import SlackFile
from bot.outbox.model import Form, NotYet, Row, Utterance
from bot.people import People
from bot.storage.inquiries import Inquiries
from bot.texts import Language

EVENT_TYPE = "inquiry_note"
FILE_WITHIN_MS = 2 * 60_000  # Slack may take so long to hand a file over
FETCH_AGAIN_S = 5.0


class BuyerMailSpeaker:
    """Finds the words for `Kind.BUYER_MAIL`."""

    def __init__(
        self,
        correspondence: Correspondence,
        inquiries: Inquiries,
        fetch: Callable[[str, SlackFile], bytes],  # team, file
        people: People,
        workspace_url: Callable[[str], str],  # of a team; "" when unknown
        clock: Clock,
    ) -> None:
        self._correspondence = correspondence
        self._inquiries = inquiries
        self._fetch = fetch
        self._people = people
        self._workspace_url = workspace_url
        self._clock = clock

    def compose(self, row: Row) -> Utterance | None:
        """Return what ended; None when nothing did."""
        if RECEIVED in row.payload:
            if self._correspondence.deal(row, self._letters(row)):
                # The row comes again with what became of it; the message is out of it by then.
                raise NotYet(0.0)
            return None
        if ENDED not in row.payload:
            return None
        text = self._says(row, self._people.language_of(row.team, row.owner))
        about = {"inquiry_id": str(row.inquiry_id)}
        return Utterance(forms=(Form(text),), event_type=EVENT_TYPE, event_payload=about)

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Forget who wrote."""
        self._correspondence.forget(row)

    def _letters(self, row: Row) -> tuple[Letter, ...]:
        received = received_from_json(row.payload[RECEIVED])
        try:
            return tuple(letters_in(received, partial(self._fetch, row.team)))
        except Unreadable as error:
            if self._clock.now_ms() - row.due_at < FILE_WITHIN_MS:
                raise NotYet(FETCH_AGAIN_S) from error
            return ()

    def _says(self, row: Row, language: Language) -> str:
        left = int(row.payload[ENDED])
        key = {0: "ended", 1: "ended_one"}.get(left, "ended_many")
        buyer = harmless_mrkdwn(str(row.payload.get(BUYER, "")), NAME) or _say("someone", language)
        said = _say(key, language, owner=f"<@{row.owner}>", buyer=buyer, count=left)
        number = row.payload.get(INQUIRY)
        written = self._inquiries.get(int(number)) if number is not None else None
        if written is None:
            return said
        link = linked(_say("new_message", language), written, self._workspace_url(row.team))
        return _say("elsewhere", language, said=said, message=link)


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"buyer_mail.{key}", language, **values)
