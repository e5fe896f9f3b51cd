"""Judges the From line against what the mail says: imitated domains, borrowed names, stray answers."""

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from knowledge import lexicon
from knowledge.facts.reach import MAIL, Sender, is_relay, mailbox_kind
from knowledge.model import Facts, RiskWarning
from knowledge.risk.wording import warn

MARKS_AT_MOST = 6  # blanks, dots and the like in a name beyond its letters
SHORTEST_NAME = 7  # letters; below this one letter of difference is another word
_WORDS = re.compile(r"[A-Za-zÀ-ž0-9&'’.-]{2,40}")
_ALIKE = str.maketrans({"1": "l", "i": "l", "0": "o", "9": "g", "q": "g", "5": "s"})
_ANSWER_TO = re.compile(
    r"(?:reply|answer|respond|write|send|contact|mail|email|e-mail|quote|回复|发到|发至|联系|responder|escribir"
    r"|répondre|antwort|ответ|пиш)[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_SPEAKS_FOR = re.compile(
    r"(?:from|behalf of|we are|this is|representing|at|for|我是|我们是|代表|我司)\s{0,2}(?:the )?$"
)
_OFFICE = re.compile(
    r"\s{0,2}(?:\w{1,20} ){0,2}(?:procurement|purchasing|purchase|sourcing|buying|vendor|supply chain"
    r"|trading|采购|einkauf|compras|achats|office|department|dept|inc|group|corporation|ltd)\b|\s?采购",
    re.IGNORECASE,
)


def sender_warnings(flat: str, sender: Sender, facts: Facts, *, is_serious: bool) -> Iterator[RiskWarning]:
    """Yield what the From line warns of; `is_serious` says that another warning stands already."""
    if other := _address_in_name(sender):
        yield warn("display_name_mismatch", f"{other} ≠ {sender.address}")
    if name := imitated_name(flat, sender, facts):
        yield warn(
            "lookalike_domain", f"{name} ≠ {_domain(sender.address)}", "danger" if is_serious else "caution"
        )
    if famous := _borrowed_name(flat, sender):
        yield warn("impersonation", f"{famous}, {sender.address}")
    if private := _answer_elsewhere(flat, sender):
        yield warn("reply_to_differs", private)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _label(domain: str) -> str:
    return domain.removeprefix("www.").partition(".")[0]


def _address_in_name(sender: Sender) -> str | None:
    shown = MAIL.search(sender.name)
    differs = shown is not None and sender.address and shown[0].lower() != sender.address
    return shown[0] if shown and differs else None


def imitated_name(flat: str, sender: Sender, facts: Facts) -> str | None:
    """Return the name in the mail that the sender's domain resembles without being it, else None."""
    domain = _domain(sender.address)
    if not domain or mailbox_kind(sender.address) or is_relay(sender.address):
        return None
    own = _squashed(_label(domain))
    names = [*_names_in(flat), sender.name, *(f.value for f in (facts.company,) if f)]
    written = [fact for fact in (facts.website, facts.email) if fact and fact.start >= 0]
    sites = [_label(fact.value.rpartition("@")[2]) for fact in written]
    alike = (name for name in (*names, *sites) if 0 <= len(name) - len(own) + 1 <= MARKS_AT_MOST)
    squashed = {_squashed(name): name for name in alike}
    if own in squashed or len(own) < SHORTEST_NAME:
        return None
    return next((name for key, name in squashed.items() if _resembles(own, key)), None)


def _names_in(flat: str) -> Iterator[str]:
    """Yield runs of one to three words of which the first is written large."""
    words = _WORDS.findall(MAIL.sub(" ", flat[:6000]))
    for index, word in enumerate(words):
        if word[0].isupper():
            for size in (1, 2, 3):
                yield " ".join(words[index : index + size])


def _squashed(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]", "", bare)


def _resembles(own: str, name: str) -> bool:
    """One letter exchanged, two swapped, or letters that look alike; a plural is not a disguise."""
    if own == name or abs(len(own) - len(name)) > 1 or len(name) < SHORTEST_NAME:
        return False
    if _skeleton(own) == _skeleton(name):
        return True
    return (
        len(own) == len(name) and own[0] == name[0] and Levenshtein.distance(own, name, score_cutoff=1) == 1
    )


def _skeleton(name: str) -> str:
    return name.replace("rn", "m").replace("vv", "w").translate(_ALIKE)


def _borrowed_name(flat: str, sender: Sender) -> str | None:
    """Return the famous firm the mail speaks for without its domain."""
    if not sender.address:
        return None
    label = _label(_domain(sender.address)).replace("-", "")
    for famous in lexicon.read().words("links", "famous"):
        squashed = famous.replace(" ", "")
        if label == squashed or famous not in f"{sender.name} {flat[:4000]}".lower():
            continue
        if famous in sender.name.lower() or _is_spoken_for(flat[:4000].lower(), famous):
            is_borrowed = mailbox_kind(sender.address) is not None or squashed in label
            return famous.title() if is_borrowed else None
    return None


def _is_spoken_for(folded: str, famous: str) -> bool:
    for match in re.finditer(rf"\b{re.escape(famous)}\b", folded):
        if _SPEAKS_FOR.search(folded, max(0, match.start() - 20), match.start()) and _OFFICE.match(
            folded, match.end()
        ):
            return True
    return False


def _answer_elsewhere(flat: str, sender: Sender) -> str | None:
    """Return the private address to which a firm's mail wants its answer."""
    if not sender.address or mailbox_kind(sender.address) or is_relay(sender.address):
        return None
    for match in MAIL.finditer(flat):
        if mailbox_kind(match[0].lower()) == "free" and _ANSWER_TO.search(
            flat, max(0, match.start() - 60), match.start()
        ):
            return match[0]
    return None
