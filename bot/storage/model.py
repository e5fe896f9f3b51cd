"""Rows as the rest of the house sees them."""

from dataclasses import dataclass

from bot.intake.model import Via


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an arrival."""

    inquiry_id: int
    is_new: bool  # False: the same Slack message had arrived before


@dataclass(frozen=True, slots=True)
class InquiryRecord:
    """One inquiry. Times are epoch ms; texts are JSON as stored, None where unknown or erased."""

    id: int
    team: str
    channel: str
    ts: str  # of the Slack message that is the inquiry
    thread_ts: str  # of the thread the bot speaks in
    via: Via
    posted_by: str | None  # None for an email
    received: str | None  # bot.intake.model.Received
    received_at: int
    revision: int  # raised by each edit of the text
    reading: str | None  # bot.reading.model.Reading
    verdict: str | None  # knowledge.Verdict
    buyer_type: str | None  # as judged; a correction stands beside it
    confidence: float | None
    language: str | None  # of the buyer's words
    corrected_type: str | None
    corrected_by: str | None
    corrected_at: int | None
    owner: str | None
    state: str
    state_at: int
    advice_ts: str | None  # None until the card stands
    advice_channel: str | None  # where it stands
    deleted_at: int | None
    erased_at: int | None
    buyer_hash: str | None = None  # of the buyer's address, which outlives the words it stood in
    buyer_replied_at: int | None = None  # when the buyer last wrote back


@dataclass(frozen=True, slots=True)
class Person:
    """What was last known of a Slack user."""

    locale: str | None  # "zh-CN"
    tz: str | None  # "Asia/Shanghai"
    fetched_at: int  # epoch ms
