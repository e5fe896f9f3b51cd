"""What the handlers may use: everything below them, put together once by `bot.app`."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import texts
from bot.advice import advise
from bot.advice.card import card_forms
from bot.advice.model import Advice
from bot.advice.record import verdict_from_json
from bot.clock import Clock
from bot.follow_ups.buyer_mail.correspondence import Correspondence
from bot.follow_ups.promises.plans import Plans
from bot.follow_ups.promises.reminders import Reminders
from bot.follow_ups.promises.states import States
from bot.intake.model import Arrival, SlackFile
from bot.outbox.model import Form
from bot.outbox.store import Outbox
from bot.people import People
from bot.reading import reading_from_json
from bot.reading.model import Reading
from bot.settings import Settings
from bot.storage import Database
from bot.storage.inquiries import Inquiries
from bot.storage.model import InquiryRecord
from bot.texts import Language
from knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Services:
    """The house, as the handlers see it."""

    settings: Settings
    clock: Clock
    knowledge: Knowledge
    database: Database
    inquiries: Inquiries
    outbox: Outbox
    people: People
    reminders: Reminders
    plans: Plans
    states: States
    correspondence: Correspondence
    fetch: Callable[[str, SlackFile], bytes]  # team, file

    def say(self, key: str, language: Language, **values: object) -> str:
        """Return a sentence for people."""
        return texts.load().say(key, language, **values)

    def is_inquiry_channel(self, channel: str) -> bool:
        """Tell whether every message there is an inquiry; with no list, all channels are such."""
        return not self.settings.inquiry_channels or channel in self.settings.inquiry_channels

    def receive(self, arrival: Arrival) -> bool:
        """Take an inquiry in, its advice due now; tell whether it is a new one."""
        return self.inquiries.receive(arrival).is_new

    def renew_card(self, inquiry: InquiryRecord, by: str | None) -> None:
        """Have the card of an inquiry said again, as it would be said now."""
        with self.database.begin() as connection:
            self.inquiries.renew_card(connection, inquiry, by)

    def advice_on(self, inquiry: InquiryRecord, language: Language) -> Advice | None:
        """Return the advice on an inquiry as it was judged; None when the buyer's words are erased."""
        if not inquiry.reading:
            return None
        return advise(
            self.knowledge,
            reading_from_json(inquiry.reading),
            language,
            verdict=verdict_from_json(inquiry.verdict) if inquiry.verdict else None,
            corrected_to=inquiry.corrected_type,
        )

    def private_forms(self, reading: Reading, language: Language) -> tuple[Form, ...]:
        """Return advice for one person's eyes: nothing is kept, so there is nothing to press."""
        forms = card_forms(advise(self.knowledge, reading, language), inquiry_id=0)
        return tuple(Form(form.text, _without_buttons(form)) for form in forms)


def _without_buttons(form: Form) -> tuple[dict[str, object], ...]:
    return tuple(dict(block) for block in form.blocks if block["type"] != "actions")
