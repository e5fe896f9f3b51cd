"""Cards of reminders that came, said again as they stand now: whoever dealt with them, and wherever."""

from collections.abc import Iterator
from dataclasses import replace

from bot.advice.blocks import Block, context, section
from bot.advice.escape import harmless_mrkdwn
from bot.follow_ups.delivery.card import SENTENCE, reminder_forms
from bot.follow_ups.delivery.ending import what_became
from bot.follow_ups.delivery.speaker import EVENT_TYPE
from bot.follow_ups.delivery.telling import case_of, told
from bot.follow_ups.naming import named
from bot.follow_ups.promises.model import Reminder
from bot.follow_ups.promises.rows import CARD, REMINDER, SAID
from bot.outbox.model import Form, Row, Utterance
from bot.outbox.poster import KEY
from bot.services import Services
from bot.storage.model import InquiryRecord
from bot.texts import Language


class CardSpeaker:
    """Finds the words for `Kind.REMINDER_UPDATE`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def compose(self, row: Row) -> Utterance | None:
        """Return the card; None where nothing can be said of it, or need not."""
        reminder = self._services.reminders.get(row.team, int(row.payload[REMINDER]))
        number = reminder.inquiry_id if reminder else None
        inquiry = self._services.inquiries.get(number) if number is not None else None
        if reminder is None or inquiry is None:
            return None
        ts = str(row.payload[CARD])
        turn, is_known = self._services.reminders.turn_of(reminder, ts)
        if not reminder.is_open or (is_known and (turn == reminder.seq or not reminder.is_failed)):
            forms = self._forms(reminder, inquiry, str(row.payload.get(SAID, "")), turn)
            payload = {"reminder_id": str(reminder.id), "inquiry_id": str(inquiry.id)}
            return Utterance(forms, EVENT_TYPE, {KEY: f"{reminder.id}:{turn}", **payload}, update_ts=ts)
        return None

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Nothing is kept beside the delivery itself."""

    def _forms(self, reminder: Reminder, inquiry: InquiryRecord, said: str, turn: int) -> tuple[Form, ...]:
        language = self._services.people.language_of(reminder.team, reminder.owner)
        if not reminder.is_open or turn != reminder.seq:
            return _dealt_with(self._services, reminder, inquiry, language)
        case = case_of(self._services, reminder, inquiry, language)
        now_told = told(case, is_late_told=False)
        lines = (*now_told.circumstances, said) if said else now_told.circumstances
        return reminder_forms(replace(now_told, circumstances=lines), reminder.id, language)


def _dealt_with(
    services: Services, reminder: Reminder, inquiry: InquiryRecord, language: Language
) -> tuple[Form, ...]:
    """Return a card there is nothing to press on: what it reminded of, and what became of it."""
    became = what_became(services, reminder, language)
    lines = (*_head(services, reminder, inquiry, language), context(became))
    return Form(became, lines), Form(became)


def _head(
    services: Services, reminder: Reminder, inquiry: InquiryRecord, language: Language
) -> Iterator[Block]:
    yield section(f"⏰ *#{reminder.id}* · {named(services.knowledge, inquiry, language)}")
    if reminder.note:
        yield context(f"📝 {harmless_mrkdwn(reminder.note, SENTENCE)}")
    plan = services.plans.get(reminder.plan_id) if reminder.plan_id is not None else None
    if plan and reminder.step is not None:
        situations = services.knowledge.situations.values()
        count = max((len(one.touches) for one in situations if one.plan == plan.plan), default=0)
        key = f"reminder.step_{plan.plan}"
        yield context(services.say(key, language, number=reminder.step + 1, count=count))
