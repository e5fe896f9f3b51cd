"""How an inquiry is named in a sentence: buyer · product, as on its card, linked to its message."""

from bot import texts
from bot.advice.escape import harmless, harmless_mrkdwn
from bot.advice.limits import clip_escaped
from bot.advice.record import verdict_from_json
from bot.advice.wording import type_name, with_title
from bot.follow_ups.moment import DAY_MS, span
from bot.reading import reading_from_json
from bot.slack.workspaces import permalink
from bot.storage.model import InquiryRecord
from bot.texts import Language
from knowledge import Knowledge
from knowledge.model import Facts

BUYER = 60
PRODUCT = 60
MIDDLE_DOT = " · "


def buyer_of(inquiry: InquiryRecord) -> str:
    """Return who wrote it, in the buyer's own raw words; "" where nobody is named or it is erased."""
    if not inquiry.reading:
        return ""
    reading, facts = reading_from_json(inquiry.reading), _facts(inquiry)
    person = facts.contact.value if facts.contact else reading.sender_name
    named = person or (facts.company.value if facts.company else None)
    return named or reading.sender_email or ""


def addressed(inquiry: InquiryRecord) -> str:
    """Return the buyer's raw name as it is said in a sentence: a person without their title."""
    named, contact = buyer_of(inquiry), _facts(inquiry).contact
    return named.partition(", ")[0] if contact and named == contact.value else named


def product_of(inquiry: InquiryRecord) -> str:
    """Return what it asks for, raw; "" where nothing is named or it is erased."""
    product = _facts(inquiry).product if inquiry.reading else None
    return product.value if product else ""


def named(knowledge: Knowledge, inquiry: InquiryRecord, language: Language, workspace_url: str = "") -> str:
    """Return its name as harmless mrkdwn, a link to its message where the workspace's address is known."""
    buyer = harmless_mrkdwn(with_title(buyer_of(inquiry)), BUYER)
    product = harmless_mrkdwn(product_of(inquiry), PRODUCT)
    parts = [part for part in (buyer, product) if part]
    label = MIDDLE_DOT.join(parts) or clip_escaped(_nameless(knowledge, inquiry, language), BUYER)
    return linked(label, inquiry, workspace_url)


def named_plainly(knowledge: Knowledge, inquiry: InquiryRecord, language: Language) -> str:
    """Return its name for a place that Slack shows as it is: a menu, a title."""
    raw = (harmless(with_title(buyer_of(inquiry)), BUYER), harmless(product_of(inquiry), PRODUCT))
    return MIDDLE_DOT.join(part for part in raw if part) or _nameless(knowledge, inquiry, language)


def linked(label: str, inquiry: InquiryRecord, workspace_url: str) -> str:
    """Return a label that is mrkdwn already as a link to the inquiry's message."""
    if not workspace_url:
        return label
    link = permalink(workspace_url, inquiry.channel, inquiry.ts, inquiry.thread_ts)
    # A vertical bar would end the label.
    return f"<{link}|{label.replace('|', '/')}>"


def age_of(inquiry: InquiryRecord, now_ms: int, language: Language) -> str:
    """Return how long ago it came in: "today", "5 days ago"."""
    age = now_ms - inquiry.received_at
    if age < DAY_MS:
        return texts.load().say("home.today", language)
    return texts.load().say("home.age", language, age=span(age, language))


def _nameless(knowledge: Knowledge, inquiry: InquiryRecord, language: Language) -> str:
    shown = inquiry.corrected_type or inquiry.buyer_type
    if shown is None:
        return texts.load().say("follow_up.nameless", language)
    kind = type_name(knowledge, shown, language)
    return texts.load().say("follow_up.nameless_of_type", language, type=kind)


def _facts(inquiry: InquiryRecord) -> Facts:
    return verdict_from_json(inquiry.verdict).facts if inquiry.verdict else Facts()
