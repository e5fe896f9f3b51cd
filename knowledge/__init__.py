"""Knows buyers and knows nothing of Slack: text in, verdict with its evidence out."""

from knowledge.base import Knowledge
from knowledge.faults import Fault, KnowledgeFaults
from knowledge.loader import check, load
from knowledge.model import BUYER_TYPES, LABELS, NOT_AN_INQUIRY, UNCLEAR, Verdict

__all__ = [
    "BUYER_TYPES",
    "LABELS",
    "NOT_AN_INQUIRY",
    "UNCLEAR",
    "Fault",
    "Knowledge",
    "KnowledgeFaults",
    "Verdict",
    "check",
    "load",
]
