"""What one inquiry offers to the cues: phrases found, facts stated, and plain observations on its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from knowledge.matcher import Hit, Matches
from knowledge.model import Fact, Facts, Where
from knowledge.words import is_unspaced

FACT_NAMES = tuple(each.name for each in fields(Facts))
OBSERVATIONS = (
    "signature", "company_domain", "free_mail", "sender_name", "need", "question", "many_questions",
    "numbers", "many_numbers", "item", "listed_items", "measures", "many_measures", "subject", "mention",
)  # fmt: skip
DENIED_BEFORE, DENIED_AFTER, NOT_DENYING = "deny_before", "deny_after", "not_denying"
REACH_WORDS = 4  # how far a "no" reaches
REACH_CHARACTERS = 6
MANY_QUESTIONS = 4
MANY_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of evidence with its place; `text[start:end] == quote` where it stands in the text."""

    quote: str = ""
    start: int = 0
    end: int = 0
    similarity: float = 1.0
    where: Where = "text"
    is_denied: bool = False


@dataclass(slots=True)
class Evidence:
    """Answers what is present in one inquiry, by name."""

    text: str
    subject: str | None
    matches: Matches
    subject_matches: Matches | None
    facts: Facts
    observed: Mapping[str, Found]
    length: int  # in words; two Chinese characters count as one
    _noted: dict[str, Found] = field(default_factory=dict)

    @property
    def nothing(self) -> Found:
        """Return the evidence of something absent."""
        return Found()

    def note(self, name: str, found: Found) -> None:
        """Remember that the cue `name` was found, for cues that build on it."""
        self._noted[name] = found

    def found(self, name: str) -> Found | None:
        """Return the evidence for a fact, an observation, a notion ("@sample") or a cue; None when absent."""
        if name.startswith("@"):
            return self.phrase(name, None, is_deniable=False)
        if "." in name:
            return self._noted.get(name)
        return self.observed.get(name)

    def phrase(self, name: str, where: Where | None, is_deniable: bool) -> Found | None:
        """Return the best hit of a phrase list; one that is not denied is better."""
        if name not in self.matches.hits and self.subject_matches is None:
            return None
        in_text = None if where == "subject" else self._best(name, self.matches, "text", is_deniable)
        if in_text and not in_text.is_denied:
            return in_text
        in_subject = self._in_subject(name, is_deniable) if where != "text" else None
        return in_subject if in_subject and not (in_text and in_subject.is_denied) else in_text

    def _in_subject(self, name: str, is_deniable: bool) -> Found | None:
        if self.subject_matches is None:
            return None
        return self._best(name, self.subject_matches, "subject", is_deniable)

    def _best(self, name: str, matches: Matches, where: Where, is_deniable: bool) -> Found | None:
        hits = matches.hits.get(name)
        if not hits:
            return None
        judged = [
            (is_deniable and is_denied(matches, hit), -matches.similarity(hit), at)
            for at, hit in enumerate(hits)
        ]
        denied, similarity, at = min(judged)
        start, end = matches.span(hits[at])
        return Found(matches.words.source.original[start:end], start, end, -similarity, where, denied)


def length_of(words: tuple[str, ...]) -> int:
    """Return the length of a text in words; two characters of an unspaced script count as one."""
    unspaced = sum(map(is_unspaced, words))
    return len(words) - unspaced + (unspaced + 1) // 2


def is_denied(matches: Matches, hit: Hit) -> bool:
    """Tell whether a "no" stands before or after `hit` in the same clause."""
    words = matches.words
    reach = REACH_CHARACTERS if is_unspaced(words.words[hit.first]) else REACH_WORDS
    pardoned = matches.hits.get("@" + NOT_DENYING, ())
    for denial in matches.hits.get("@" + DENIED_BEFORE, ()):
        is_pardoned = any(each.first <= denial.first <= each.last for each in pardoned)
        is_near = 0 < hit.first - denial.last <= reach
        if is_near and not is_pardoned and _is_one_clause(matches, denial.last, hit.first):
            return True
    for denial in matches.hits.get("@" + DENIED_AFTER, ()):
        if 0 < denial.first - hit.last <= reach and _is_one_clause(matches, hit.last, denial.first):
            return True
    return False


def _is_one_clause(matches: Matches, before: int, after: int) -> bool:
    breaks = matches.words.breaks
    return not any(breaks[index] for index in range(before + 1, after + 1))


def fact_found(fact: Fact) -> Found:
    """Return a fact as evidence; one read off the sender's line stands nowhere in the text."""
    if fact.start < 0:
        return Found(fact.quote, 0, 0, where="sender")
    return Found(fact.quote, fact.start, fact.end)
