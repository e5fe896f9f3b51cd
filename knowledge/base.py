"""The knowledge as the product uses it: what it says of buyers, and its judgement on an inquiry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.classifier import Classifier, Judgement
from knowledge.content import BuyerType, Guide, ReplyLanguage, Situation
from knowledge.facts import completeness, gather
from knowledge.language import UNDETERMINED, language_of
from knowledge.model import NOT_AN_INQUIRY, UNCLEAR, Bilingual, Verdict
from knowledge.risk import warnings


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything known of buyers, loaded."""

    types: Mapping[str, BuyerType]
    situations: Mapping[str, Situation]
    guide: Guide
    replies: Mapping[str, ReplyLanguage]
    classifier: Classifier = field(repr=False)

    def classify(
        self,
        text: str,
        *,
        subject: str | None = None,
        sender: str | None = None,
        attachments: tuple[str, ...] = (),
    ) -> Verdict:
        """Judge one inquiry. Pure: the same words give the same verdict, on any machine, at any time.

        `text` is what the buyer wrote, `sender` a From line ("Name <address>"), `attachments` file names.
        """
        language = language_of(text)
        facts = gather(text, language, sender, subject)
        judgement = self.classifier.judge(self.classifier.evidence(text, subject, sender, facts))
        is_read = language == UNDETERMINED or language in self.classifier.languages
        type_ = judgement.type if is_read else UNCLEAR
        share, missing = completeness(facts, text)
        return Verdict(
            type=type_,
            confidence=max(judgement.scores.values()),
            scores=judgement.scores,
            language=language,
            is_read=is_read,
            signs=judgement.signs,
            facts=facts,
            completeness=share,
            missing=missing,
            warnings=warnings(text, subject, sender, facts, attachments),
            deciding_question=self._deciding_question(judgement) if type_ == UNCLEAR else None,
        )

    def _deciding_question(self, judgement: Judgement) -> Bilingual:
        """Return the question whose answer settles the likeliest buyer type."""
        buyers = {id_: score for id_, score in judgement.scores.items() if id_ != NOT_AN_INQUIRY}
        return self.types[max(buyers, key=lambda id_: buyers[id_])].question
