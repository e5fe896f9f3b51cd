"""What the knowledge files say to people: types, situations, the guide and the building blocks of replies.

Plain frozen content; reading and checking the files is the loader's part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Bilingual

Part = Literal["who", "wants", "sign", "odds", "do", "avoid", "diagnosis", "remark", "frame", "close"]
Plan = Literal["quote", "sample"]
Event = Literal["quotation", "dispatch", "arrival"]

BUYER_PLACEHOLDERS = (
    "contact",
    "company",
    "product",
    "quantity",
    "incoterm",
    "port",
    "target_price",
    "delivery",
    "payment_terms",
    "packaging",
    "certificates",
    "country",
)  # filled with the buyer's own words when they gave them
OUR_PLACEHOLDERS = (
    "our_name",
    "our_company",
    "our_phone",
    "our_product",
    "our_payment_terms",
    "our_packing",
    "our_certificates",
    "our_strength",
    "our_reference",
    "price",
    "price_range",
    "price_answer",
    "validity_days",
    "moq",
    "lead_time",
    "trial_order",
    "sample_fee",
    "catalogue",
    "quotation_sheet",
    "data_sheet",
    "pictures",
    "answers",
    "call_times",
    "next_date",
    "quotation_date",
    "tracking_number",
    "parcel_contents",
    "evaluation_form",
    "comparison",
    "alternative",
    "test_hint",
    "new_fact",
)  # only the salesperson knows them: always printed as a marked blank
PLACEHOLDERS = (*BUYER_PLACEHOLDERS, *OUR_PLACEHOLDERS)
BLOCKS = (
    "echo",
    "asks",
    "quotation",
)  # placeholders that stand alone in a paragraph and become several lines
LATE_ANSWER = "late_answer"  # the follow-up draft while the next word is ours
NUDGE = "nudge"  # the one that fits any other moment
ASKS = (
    "product",
    "quantity",
    "incoterm",
    "port",
    "target_price",
    "delivery",
    "payment_terms",
    "packaging",
    "certificates",
    "company",
    "contact",
    "email",
    "phone",
    "website",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing worth knowing about a type or a situation; `seed` names the rules it carries ("S82")."""

    part: Part
    says: Bilingual
    seed: tuple[str, ...] = ()
    weight: float | None = None  # set where a remark might be taken for evidence; 0 forbids counting it


@dataclass(frozen=True, slots=True)
class BuyerType:
    """A kind of buyer, and what to do about one."""

    id: str
    emoji: str
    name: Bilingual
    summary: Bilingual
    odds: Bilingual
    next_step: Bilingual
    question: Bilingual  # to the buyer; the answer settles whether it is this type
    claims: tuple[Claim, ...]

    def claims_of(self, part: Part) -> tuple[Claim, ...]:
        """Return the claims of one part, in the order of the file."""
        return tuple(claim for claim in self.claims if claim.part == part)


@dataclass(frozen=True, slots=True)
class Touch:
    """One follow-up of a plan: `days` calendar days after an event, what to do then, and which draft fits."""

    days: int
    after: Event
    says: Bilingual
    draft: str = NUDGE  # a name in `ReplyLanguage.follow_ups`


@dataclass(frozen=True, slots=True)
class Situation:
    """A reason for silence that is nobody's ill will, with the follow-up plan that fits it."""

    id: str
    name: Bilingual
    summary: Bilingual
    plan: Plan
    touches: tuple[Touch, ...]
    claims: tuple[Claim, ...]
    transit_days: int = 0  # from dispatch to arrival, assumed while the arrival is not known


@dataclass(frozen=True, slots=True)
class Guide:
    """The words around the six types: why to sort inquiries at all."""

    intro: Bilingual
    closing: Bilingual
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or list line of a reply, left out unless all of `needs` and none of `lacks` are known."""

    text: str
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Greeting:
    """How a reply begins, by what is known of the buyer."""

    named: str
    company: str
    unnamed: str


@dataclass(frozen=True, slots=True)
class Asking:
    """The words before one question, and before several."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of a reply, and which missing details it asks for: the first `most_asks` of `asks`."""

    paragraphs: tuple[Line, ...]
    asks: tuple[str, ...] = ()
    most_asks: int = 0
    is_signed: bool = True  # False for a chat message, which needs no closing


@dataclass(frozen=True, slots=True)
class ReplyLanguage:
    """The building blocks of replies in one language.

    `bodies` by type id, and one for "unclear"; `follow_ups` by the name a touch gives, `LATE_ANSWER` and
    `NUDGE`. Without any follow-ups the language has none of its own: the English ones serve.
    """

    code: str  # ISO 639-1
    greeting: Greeting
    closing: str
    blanks: Mapping[str, str]  # what stands for each placeholder while it is unknown
    asking: Asking
    asks: Mapping[str, str]
    echo_intro: str
    echo: Mapping[str, str]  # one line for each detail the buyer gave
    quotation: tuple[Line, ...]
    bodies: Mapping[str, Body]
    follow_ups: Mapping[str, Body]
