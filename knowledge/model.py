"""What the knowledge says of an inquiry, and what it is made of. Plain frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

BUYER_TYPES = (
    "supplier_seeker",
    "market_entrant",
    "information_gatherer",
    "casual_browser",
    "intelligence_thief",
    "sample_hunter",
)
NOT_AN_INQUIRY = "not_an_inquiry"
UNCLEAR = "unclear"
LABELS = (*BUYER_TYPES, NOT_AN_INQUIRY)

Language = Literal["en", "zh"]
Severity = Literal["note", "caution", "danger"]
Where = Literal["text", "subject", "sender"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence for people, in the two languages the product speaks."""

    en: str
    zh: str

    def in_(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue found in the inquiry. For `where == "text"`, `text[start:end] == quote`."""

    id: str  # "<type>.<cue>"
    type: str
    says: Bilingual
    quote: str
    start: int
    end: int
    similarity: float  # 1.0 for an exact hit
    weight: float  # points it adds to its type; negative speaks against
    where: Where = "text"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the buyer states, with its place in the text (start is -1 when read off the From line)."""

    value: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The trade facts of one inquiry; absent is None or empty, never a guess."""

    product: Fact | None = None
    quantity: Fact | None = None
    incoterm: Fact | None = None
    port: Fact | None = None
    target_price: Fact | None = None
    payment_terms: Fact | None = None
    certificates: tuple[Fact, ...] = ()
    delivery: Fact | None = None
    packaging: Fact | None = None
    company: Fact | None = None
    contact: Fact | None = None
    email: Fact | None = None
    phone: Fact | None = None
    website: Fact | None = None
    address: Fact | None = None
    country: Fact | None = None


@dataclass(frozen=True, slots=True)
class RiskWarning:
    """A risk, judged apart from the type. `evidence` is a quote, a file name or a header value."""

    id: str
    severity: Severity
    says: Bilingual
    evidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the knowledge says of one inquiry."""

    type: str  # one of LABELS, or UNCLEAR
    confidence: float  # probability of the best type, 0 to 1
    scores: Mapping[str, float]  # probability per label of LABELS; sums to 1
    language: str  # ISO 639-1 of the buyer's words, "und" when it cannot be told
    is_read: bool  # False when the knowledge has no words in that language: say so, do not guess
    signs: tuple[Sign, ...]  # strongest first; all that counted
    facts: Facts
    completeness: float  # 0 to 1
    missing: tuple[str, ...]  # keys of completeness items, heaviest first
    warnings: tuple[RiskWarning, ...]  # most severe first
    deciding_question: Bilingual | None  # for UNCLEAR: the one question that would decide

    @property
    def ranked(self) -> tuple[tuple[str, float], ...]:
        """Return labels with their probability, likeliest first."""
        return tuple(sorted(self.scores.items(), key=lambda item: -item[1]))
