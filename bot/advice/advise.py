"""From a verdict to advice: every sentence resolved in the reader's language, in the order of its weight."""

from bot import texts
from bot.advice.draft import reply_draft
from bot.advice.model import Advice, ShownFact, ShownWarning
from bot.advice.signs import signs_shown
from bot.advice.wording import (
    CLOSE_WITHIN,
    GUESS_FROM,
    confidence_key,
    emoji_of,
    item_name,
    joined,
    language_name,
    say,
    type_name,
    with_title,
)
from bot.reading.model import Reading
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import NOT_AN_INQUIRY, UNCLEAR, Facts, Verdict

MOST_AVOIDED = 3
MOST_MISSING = 4
SINGLE_FACTS = (
    "product",
    "quantity",
    "incoterm",
    "port",
    "target_price",
    "payment_terms",
    "delivery",
    "packaging",
    "company",
    "contact",
    "email",
    "phone",
    "website",
    "address",
    "country",
)


def advise(
    knowledge: Knowledge,
    reading: Reading,
    language: Language,
    *,
    verdict: Verdict | None = None,
    corrected_to: str | None = None,
) -> Advice:
    """Judge `reading` and say what to do about it; a stored `verdict` is taken as it is.

    `corrected_to` is the type a colleague set: what to do follows it, why it was judged otherwise stays.
    """
    verdict = verdict or judge(knowledge, reading)
    shown = corrected_to or verdict.type
    return Advice(
        reading=reading,
        verdict=verdict,
        language=language,
        type=shown,
        emoji=emoji_of(knowledge, shown),
        type_name=type_name(knowledge, shown, language),
        headline=_headline(knowledge, verdict, shown, language),
        confidence_words=say("corrected" if shown != verdict.type else confidence_key(verdict), language),
        runner_up=_runner_up(knowledge, verdict, language) if shown == verdict.type else "",
        signs=signs_shown(knowledge, verdict, reading.text, language),
        who=" · ".join(_who(reading, verdict.facts)),
        buyer=_buyer(reading, verdict, language),
        facts=facts_shown(reading, verdict.facts, language),
        completeness=_completeness(verdict, language) if shown != NOT_AN_INQUIRY else "",
        missing=_missing(verdict, language) if shown != NOT_AN_INQUIRY else (),
        warnings=_warnings(verdict, language),
        next_step=_next_step(knowledge, verdict, shown, language),
        avoid=_avoid(knowledge, shown, language),
        question=_question(verdict, shown, language),
        notes=_notes(reading, language),
        reply_draft=reply_draft(knowledge, verdict, shown),
    )


def judge(knowledge: Knowledge, reading: Reading) -> Verdict:
    """Return the verdict on what was read."""
    return knowledge.classify(
        reading.text,
        subject=reading.subject,
        sender=reading.sender,
        attachments=tuple(attachment.name for attachment in reading.attachments),
    )


def facts_shown(reading: Reading, facts: Facts, language: Language) -> tuple[ShownFact, ...]:
    """Return every detail that is known, with its name; attachments are named, never opened."""
    stated = ((key, getattr(facts, key)) for key in SINGLE_FACTS)
    known = [(key, fact.value) for key, fact in stated if fact]
    if facts.certificates:
        known.append(("certificates", joined(tuple(fact.value for fact in facts.certificates), language)))
    known.extend(("attachment", attachment.name) for attachment in reading.attachments)
    return tuple(ShownFact(key, item_name(key, language), value) for key, value in known)


def _headline(knowledge: Knowledge, verdict: Verdict, shown: str, language: Language) -> str:
    key = "corrected" if shown != verdict.type else confidence_key(verdict)
    emoji, name = emoji_of(knowledge, shown), type_name(knowledge, shown, language)
    return say(f"headline_{key}", language, emoji=emoji, type=name)


def _runner_up(knowledge: Knowledge, verdict: Verdict, language: Language) -> str:
    (best, first), (second, next_to) = verdict.ranked[:2]
    if verdict.type != UNCLEAR:
        if first - next_to > CLOSE_WITHIN:
            return ""
        emoji, name = emoji_of(knowledge, second), type_name(knowledge, second, language)
        return say("could_also_be", language, emoji=emoji, type=name)
    guesses = [
        _named(knowledge, label, language)
        for label, p in ((best, first), (second, next_to))
        if p >= GUESS_FROM
    ]
    is_guess = verdict.is_read and guesses
    return say("best_guesses", language, types=say("list_or", language).join(guesses)) if is_guess else ""


def _named(knowledge: Knowledge, type_id: str, language: Language) -> str:
    return f"{emoji_of(knowledge, type_id)} {type_name(knowledge, type_id, language)}"


def _who(reading: Reading, facts: Facts) -> tuple[str, ...]:
    name = facts.contact.value if facts.contact else reading.sender_name
    company = facts.company.value if facts.company else None
    return tuple(dict.fromkeys(part for part in (with_title(name or ""), company) if part))


def _buyer(reading: Reading, verdict: Verdict, language: Language) -> tuple[str, ...]:
    facts = verdict.facts
    spoken = say("writes", language, spoken=language_name(verdict.language, language))
    known = (
        *_who(reading, facts),
        facts.country.value if facts.country else None,
        spoken if verdict.language != "und" else None,
        facts.email.value if facts.email else reading.sender_email,
        facts.phone.value if facts.phone else None,
    )
    return tuple(dict.fromkeys(part for part in known if part))


def _completeness(verdict: Verdict, language: Language) -> str:
    names = _missing(verdict, language)
    if not names:
        return say("complete", language, given=round(verdict.completeness * 10))
    given = min(round(verdict.completeness * 10), 9)  # "10 of 10, missing: …" would be taken for a fault
    missing, more = joined(names[:MOST_MISSING], language), len(names) - MOST_MISSING
    if more > 0:
        missing = say("and_more", language, names=missing, count=more)
    return say("incomplete", language, given=given, missing=missing)


def _missing(verdict: Verdict, language: Language) -> tuple[str, ...]:
    # A free mailbox is an address given, yet the company's is still missing.
    keys = ("company_email" if key == "email" else key for key in verdict.missing)
    return tuple(item_name(key, language) for key in keys)


def _warnings(verdict: Verdict, language: Language) -> tuple[ShownWarning, ...]:
    return tuple(
        ShownWarning(warning.id, warning.severity, warning.says.in_(language), warning.evidence)
        for warning in verdict.warnings
    )


def _next_step(knowledge: Knowledge, verdict: Verdict, shown: str, language: Language) -> str:
    if not verdict.is_read and shown == UNCLEAR:
        return say("cannot_read", language, spoken=language_name(verdict.language, language))
    known = knowledge.types.get(shown)
    step = known.next_step.in_(language) if known else say("next_step_unclear", language)
    is_dangerous = any(warning.severity == "danger" for warning in verdict.warnings)
    if is_dangerous and shown != NOT_AN_INQUIRY:
        return say("next_step_danger", language, next_step=step)
    return step


def _avoid(knowledge: Knowledge, shown: str, language: Language) -> tuple[str, ...]:
    known = knowledge.types.get(shown)
    claims = known.claims if known else ()
    return tuple(claim.says.in_(language) for claim in claims if claim.part == "avoid")[:MOST_AVOIDED]


def _question(verdict: Verdict, shown: str, language: Language) -> str:
    question = verdict.deciding_question if shown == UNCLEAR else None
    return question.in_(language) if question else ""


def _notes(reading: Reading, language: Language) -> tuple[str, ...]:
    known = texts.load()
    return tuple(
        known.say(f"reading.{note}", language) for note in reading.notes if known.has(f"reading.{note}")
    )
