"""Speaks when a reminder is due, in the inquiry's thread."""

from bot import texts
from bot.advice.model import Advice
from bot.advice.wording import emoji_of, type_name
from bot.clock import Clock
from bot.follow_ups.card import Told, reminder_forms
from bot.follow_ups.moment import DAY_MS, MINUTE_MS, moment, span
from bot.follow_ups.recall import line_to_recall
from bot.outbox.model import Row, Utterance
from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.texts import Language

EVENT_TYPE = "follow_up_reminder"
LATE_FROM_MS = 2 * MINUTE_MS  # less is the normal way of a full channel


class ReminderSpeaker:
    """Finds the words of reminders."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def compose(self, row: Row) -> Utterance | None:
        """Return the reminder; None when its inquiry is gone."""
        inquiry = self._services.inquiries.get(row.inquiry_id) if row.inquiry_id is not None else None
        if inquiry is None or inquiry.deleted_at is not None or row.owner is None:
            return None
        language = self._services.people.language_of(row.team, row.owner)
        told = self._told(row, inquiry, language)
        return Utterance(
            forms=reminder_forms(told, row.id, language),
            event_type=EVENT_TYPE,
            event_payload={"reminder_id": str(row.id), "inquiry_id": str(inquiry.id)},
        )

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Nothing is kept beside the delivery itself."""

    def _told(self, row: Row, inquiry: InquiryRecord, language: Language) -> Told:
        advice = self._services.advice_on(inquiry, language)
        product = advice.verdict.facts.product if advice else None
        return Told(
            owner=str(row.owner),
            buyer=advice.buyer[0] if advice and advice.buyer else "",
            came_in=_came_in(self._services.clock, inquiry, language),
            late=self._late(row, language),
            product=product.value if product else "",
            type=self._type(inquiry, language),
            words=line_to_recall(advice.reading.text) if advice else "",
            next_step=self._next_step(inquiry, advice, language),
            note=str(row.payload.get("note", "")),
        )

    def _late(self, row: Row, language: Language) -> str:
        late_ms = self._services.clock.now_ms() - row.due_at
        if late_ms < LATE_FROM_MS:
            return ""
        zone = self._services.people.zone_of(row.team, str(row.owner))
        due = moment(row.due_at, zone, language)
        return _say("late", language, late=span(late_ms, language), when=due)

    def _type(self, inquiry: InquiryRecord, language: Language) -> str:
        shown = inquiry.corrected_type or inquiry.buyer_type
        if shown is None:
            return ""
        knowledge = self._services.knowledge
        name = type_name(knowledge, shown, language)
        return _say("about_type", language, emoji=emoji_of(knowledge, shown), type=name)

    def _next_step(self, inquiry: InquiryRecord, advice: Advice | None, language: Language) -> str:
        if advice:
            return advice.next_step
        known = self._services.knowledge.types.get(inquiry.corrected_type or inquiry.buyer_type or "")
        return known.next_step.in_(language) if known else ""


def _came_in(clock: Clock, inquiry: InquiryRecord, language: Language) -> str:
    age = clock.now_ms() - inquiry.received_at
    if age < DAY_MS:
        return _say("came_in_today", language)
    return _say("came_in", language, age=span(age, language))


def _say(key: str, language: Language, **values: object) -> str:
    return texts.load().say(f"reminder.{key}", language, **values)
