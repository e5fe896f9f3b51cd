"""Warns of risk, apart from the type: two independent signs before danger, and a country is never one.

Judges text, subject, From line and file names. Mail headers are judged where the mail is read.
"""

import re
from collections.abc import Iterator

from knowledge.facts.reach import mailbox_kind, sender_of
from knowledge.language import language_of
from knowledge.model import Facts, RiskWarning, Severity
from knowledge.numbers import western
from knowledge.risk.files import file_warnings
from knowledge.risk.sender import sender_warnings
from knowledge.risk.wording import warn, worded

__all__ = ["warnings"]

READ_AT_MOST = 20_000  # characters
_TRANSFER = re.compile(
    r"transfer|t/t|\bTT\b|wire|l/c|letter of credit|电汇|信用证|virement|überweisung", re.IGNORECASE
)
_RANK = {"danger": 0, "caution": 1, "note": 2}
_SIGHT_OF_GOODS = ("quantity", "incoterm", "target_price")
_PAYMENT_WARNINGS = {
    "D/A": "open_account",
    "O/A": "open_account",
    "cheque": "cheque",
    "USDT": "crypto",
    "SBLC": "crypto",
}


def warnings(
    text: str, subject: str | None, sender: str | None, facts: Facts, attachments: tuple[str, ...]
) -> tuple[RiskWarning, ...]:
    """Return the warnings, most severe first, each id once."""
    flat = " ".join(western(f"{subject or ''} \n {text}"[:READ_AT_MOST]).split())
    found = [*_by_wording(flat, facts), *_by_payment(flat, facts), *file_warnings(attachments, flat)]
    found += [
        *sender_warnings(flat, sender_of(sender), facts, is_serious=bool(found)),
        *_by_mailbox(text, sender, facts),
    ]
    told = {warning.id: warning for warning in sorted(found, key=lambda each: -_RANK[each.severity])}
    return tuple(sorted(told.values(), key=lambda each: (_RANK[each.severity], each.id)))


def _by_wording(flat: str, facts: Facts) -> Iterator[RiskWarning]:
    for key, evidence in worded(flat):
        yield warn(key, evidence, _eased(key, facts))


def _eased(key: str, facts: Facts) -> Severity | None:
    """A visitor who names goods and terms asks for a letter as any buyer would: a note is enough."""
    names_goods = any(getattr(facts, name) for name in _SIGHT_OF_GOODS)
    return "note" if key == "visa_letter" and names_goods else None


def _by_payment(flat: str, facts: Facts) -> Iterator[RiskWarning]:
    terms = facts.payment_terms
    if terms is None:
        return
    for label, key in _PAYMENT_WARNINGS.items():
        if terms.value.startswith(label):
            yield warn(key, terms.quote, _eased_cheque(key, flat))


def _eased_cheque(key: str, flat: str) -> Severity | None:
    """A buyer who offers a transfer beside the cheque leaves us the safe way."""
    return "caution" if key == "cheque" and _TRANSFER.search(flat) else None


def _by_mailbox(text: str, sender: str | None, facts: Facts) -> Iterator[RiskWarning]:
    address = sender_of(sender).address or (facts.email.value if facts.email else "")
    kind = mailbox_kind(address)
    if kind in ("free", "chinese"):
        yield warn("free_mail", address)
    if kind == "chinese" and language_of(text) not in ("zh", "und"):
        yield warn("chinese_public_mail", address)
