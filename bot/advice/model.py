"""Advice on one inquiry: the verdict and every sentence about it in the reader's language."""

from dataclasses import dataclass

from bot.reading.model import Reading
from bot.texts import Language
from knowledge.model import Severity, Verdict


@dataclass(frozen=True, slots=True)
class ShownSign:
    """A reason, with the buyer's words that gave it."""

    says: str
    quote: str
    remark: str = ""  # where it stands, or for which other type it speaks
    before: str = ""  # the words around the quote, as far as its clause goes
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A detail the buyer gave."""

    key: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownWarning:
    """A risk, with the words, file or header that gave it away."""

    id: str
    severity: Severity
    says: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """A reply for the salesperson to finish. Nothing in it that the buyer did not write or the team's
    knowledge does not say; `language` may differ from the buyer's when the knowledge has none in it."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about an inquiry besides the advice: mrkdwn lines, escaped already."""

    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What a salesperson reads. Buyer's words in it are raw: each way to show it makes them harmless."""

    reading: Reading
    verdict: Verdict
    language: Language
    type: str  # the verdict's, or the one a colleague corrected it to
    emoji: str
    type_name: str
    headline: str
    confidence_words: str
    runner_up: str  # "" unless another type is close, or the type is unclear
    signs: tuple[ShownSign, ...]  # the strongest, at most MOST_SIGNS
    who: str  # name and company in one line, "" when neither is known
    buyer: tuple[str, ...]  # name, company, country, language, address, phone: what is known of them
    facts: tuple[ShownFact, ...]
    completeness: str  # "" for what is no inquiry
    missing: tuple[str, ...]  # names, heaviest first
    warnings: tuple[ShownWarning, ...]  # most severe first
    next_step: str
    avoid: tuple[str, ...]
    question: str  # the one that would decide an unclear type; else ""
    notes: tuple[str, ...]  # what the reading could not do
    reply_draft: ReplyDraft | None  # None where no reply is due

    @property
    def dangers(self) -> tuple[ShownWarning, ...]:
        """Return the warnings that stand above everything else."""
        return tuple(warning for warning in self.warnings if warning.severity == "danger")

    @property
    def cautions(self) -> tuple[ShownWarning, ...]:
        """Return the warnings that are worth a look."""
        return tuple(warning for warning in self.warnings if warning.severity != "danger")
