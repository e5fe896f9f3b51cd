"""Speaks when an inquiry's advice is due: read it, judge it, keep both, find the words."""

from collections.abc import Callable
from functools import partial

from bot import texts
from bot.advice.advise import advise, judge
from bot.advice.blocks import section
from bot.advice.card import NOTHING_STANDS, card_forms
from bot.advice.escape import harmless_mrkdwn
from bot.advice.model import Standing
from bot.advice.record import verdict_from_json, verdict_to_json
from bot.advice.wording import say
from bot.clock import Clock
from bot.errors import Unreadable
from bot.intake.as_json import received_from_json
from bot.intake.model import SlackFile
from bot.outbox.model import Form, Kind, NotYet, Row, Utterance
from bot.people import People
from bot.reading import read_received, reading_from_json, reading_to_json
from bot.reading.model import Reading
from bot.storage.inquiries import Inquiries
from bot.storage.model import InquiryRecord
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import UNCLEAR, Verdict

EVENT_TYPE = "inquiry_advice"
FILE_NAME = 80  # units
CARD_WITHIN_MS = 10 * 60_000  # an update waits so long for the card it changes
LOOK_AGAIN_S = 1.0
FILE_WITHIN_MS = 2 * 60_000  # Slack may take so long to hand a file over
FETCH_AGAIN_S = 5.0


def nothing_stands(_inquiry: InquiryRecord, _language: Language) -> Standing:
    """Say nothing about an inquiry's state or reminders."""
    return NOTHING_STANDS


def is_nothing_new(_inquiry: InquiryRecord, _reading: Reading, _verdict: Verdict) -> None:
    """Conclude nothing from who wrote."""


class AdviceSpeaker:
    """Finds the words for `Kind.ADVICE` and `Kind.ADVICE_UPDATE`."""

    def __init__(
        self,
        knowledge: Knowledge,
        inquiries: Inquiries,
        fetch: Callable[[str, SlackFile], bytes],  # team, file
        people: People,
        clock: Clock,
        standing_of: Callable[[InquiryRecord, Language], Standing] = nothing_stands,
        on_read: Callable[[InquiryRecord, Reading, Verdict], None] = is_nothing_new,
    ) -> None:
        self._knowledge = knowledge
        self._inquiries = inquiries
        self._fetch = fetch
        self._people = people
        self._clock = clock
        self._standing_of = standing_of
        self._on_read = on_read

    def compose(self, row: Row) -> Utterance | None:
        """Return the card; None for an inquiry that was deleted, or whose words are erased."""
        inquiry = self._inquiries.get(row.inquiry_id) if row.inquiry_id is not None else None
        if inquiry is None or inquiry.deleted_at is not None:
            return None
        if row.kind is Kind.ADVICE_UPDATE and inquiry.advice_ts is None:
            self._wait_for_card(row)
            return None
        if inquiry.reading is None and inquiry.received is None:
            return None
        language = self._people.language_for(inquiry)
        try:
            reading = self._reading(inquiry)
        except Unreadable as error:
            return self._unreadable(inquiry, row, error, language)
        return self._advice(inquiry, row, reading, language)

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Note where the card stands."""
        if row.inquiry_id is not None:
            self._inquiries.record_advice(row.inquiry_id, channel, ts)

    def _wait_for_card(self, row: Row) -> None:
        if self._clock.now_ms() - row.due_at < CARD_WITHIN_MS:
            raise NotYet(LOOK_AGAIN_S)

    def _reading(self, inquiry: InquiryRecord) -> Reading:
        if inquiry.reading is not None:
            return reading_from_json(inquiry.reading)
        received = received_from_json(inquiry.received or "")
        reading = read_received(received, partial(self._fetch, inquiry.team))
        self._inquiries.record_reading(inquiry.id, reading_to_json(reading), inquiry.revision)
        return reading

    def _verdict(self, inquiry: InquiryRecord, reading: Reading) -> Verdict:
        if inquiry.verdict is not None:
            return verdict_from_json(inquiry.verdict)
        verdict = judge(self._knowledge, reading)
        self._keep(inquiry, verdict_to_json(verdict), verdict.type, verdict.confidence, verdict.language)
        return verdict

    def _keep(self, inquiry: InquiryRecord, written: str, type_: str, confidence: float, spoken: str) -> None:
        self._inquiries.record_verdict(inquiry.id, written, type_, confidence, spoken, inquiry.revision)

    def _advice(self, inquiry: InquiryRecord, row: Row, reading: Reading, language: Language) -> Utterance:
        verdict = self._verdict(inquiry, reading)
        self._on_read(inquiry, reading, verdict)
        advice = advise(
            self._knowledge,
            reading,
            language,
            verdict=verdict,
            corrected_to=inquiry.corrected_type,
        )
        forms = card_forms(
            advice,
            inquiry_id=inquiry.id,
            corrected_by=inquiry.corrected_by,
            owner=inquiry.owner,
            standing=self._standing_of(inquiry, language),
        )
        return _utterance(inquiry, row, forms, advice.type)

    def _unreadable(
        self, inquiry: InquiryRecord, row: Row, error: Unreadable, language: Language
    ) -> Utterance:
        if error.reason == "unreachable" and self._clock.now_ms() - row.due_at < FILE_WITHIN_MS:
            raise NotYet(FETCH_AGAIN_S) from error
        name = harmless_mrkdwn(error.name, FILE_NAME) or say("this_mail", language)
        told = texts.load().say(f"unreadable.{error.reason}", language, name=name)
        return _utterance(inquiry, row, (Form(told, (section(told),)), Form(told)), UNCLEAR)


def _utterance(inquiry: InquiryRecord, row: Row, forms: tuple[Form, ...], type_: str) -> Utterance:
    return Utterance(
        forms=forms,
        event_type=EVENT_TYPE,
        event_payload={"inquiry_id": str(inquiry.id), "type": type_},
        update_ts=inquiry.advice_ts if row.kind is Kind.ADVICE_UPDATE else None,
    )
