"""The first line of a reminder: who owes whom an answer, and since when."""

from dataclasses import dataclass

from bot import texts
from bot.advice.escape import harmless_mrkdwn
from bot.follow_ups.moment import DAY_MS, span
from bot.follow_ups.promises.states import CLOSED, we_owe
from bot.storage.model import InquiryRecord
from bot.texts import Language

NAME = 80  # units
SENT_BY_PLAN = {"quote": "quoted", "sample": "sample_sent"}
NEW, SILENT = "new", "silent"


@dataclass(frozen=True, slots=True)
class Debt:
    """Who owes the next word: a key of the texts, and since when, epoch ms."""

    key: str
    since: int


def debt_of(inquiry: InquiryRecord, now_ms: int, sent: tuple[str, int] | None = None) -> Debt:
    """Return who owes the next word; `sent` is what a plan follows up and when that went out, epoch ms."""
    if inquiry.state in CLOSED:
        return Debt("closed", inquiry.state_at)
    if sent is None and we_owe(inquiry):
        return _ours(inquiry)
    state, since = (SENT_BY_PLAN[sent[0]], sent[1]) if sent else (inquiry.state, inquiry.state_at)
    is_fresh = now_ms - since < DAY_MS and state != SILENT
    return Debt(f"{'sent' if is_fresh else 'owes'}_{state}", since)


def opening(
    owner: str, buyer: str, inquiry: InquiryRecord, debt: Debt, now_ms: int, language: Language
) -> str:
    """Return the line as mrkdwn; `owner` is a Slack user id, `buyer` the buyer's own raw words."""
    say = texts.load().say
    return say(
        f"reminder.{debt.key}",
        language,
        owner=f"<@{owner}>",
        buyer=harmless_mrkdwn(buyer, NAME) or say("reminder.the_buyer", language),
        age=span(max(now_ms - debt.since, 0), language),
        state=say(f"state.{inquiry.state}", language),
    )


def _ours(inquiry: InquiryRecord) -> Debt:
    if inquiry.buyer_replied_at is not None:
        return Debt("we_owe_reply", inquiry.buyer_replied_at)
    return Debt("we_owe_inquiry", inquiry.received_at)
