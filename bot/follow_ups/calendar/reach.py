"""The country a phone number or a firm's mail address belongs to: for calendars only, never to judge by.

Both say None when more than one country may be meant.
"""

from bot.follow_ups.calendar.countries import is_country
from knowledge.facts.reach import is_relay, mailbox_kind

# Country domains sold all over the world: who has one is hardly ever there.
_SOLD_TO_ALL = frozenset(
    (
        *("ac", "ag", "ai", "as", "bz", "cc", "cd", "cf", "co", "cx", "dj", "eu", "fm", "ga"),
        *("gg", "gl", "gq", "gs", "im", "io", "je", "la", "ly", "me", "ml", "ms", "nu", "pn"),
        *("pw", "re", "sc", "sh", "st", "su", "tc", "tk", "tl", "to", "tv", "vc", "vg", "vu"),
        *("ws"),
    )
)
_NOT_ISO = {"uk": "gb"}


def country_of_phone(number: str) -> str | None:
    """Return the country of a number in international spelling ("+49 40 123456")."""
    import phonenumbers  # 15 ms to load, and most reminders need none

    try:
        read = phonenumbers.parse(number[max(number.find("+"), 0) :], None)
    except phonenumbers.NumberParseException:
        return None
    sharing = phonenumbers.region_codes_for_country_code(read.country_code or 0)
    if len(sharing) == 1:
        (only,) = sharing
        return str(only) if is_country(only) else None
    kind = phonenumbers.PhoneNumberType
    of_a_place = (kind.FIXED_LINE, kind.MOBILE, kind.FIXED_LINE_OR_MOBILE)
    is_of_a_place = phonenumbers.number_type(read) in of_a_place
    return phonenumbers.region_code_for_number(read) if is_of_a_place else None


def country_of_mail(address: str) -> str | None:
    """Return the country of a firm's own address; free mail and platforms tell none."""
    domain = address.rpartition("@")[2].rpartition(".")[2].lower()
    if domain in _SOLD_TO_ALL or mailbox_kind(address) or is_relay(address):
        return None
    code = _NOT_ISO.get(domain, domain).upper()
    return code if is_country(code) else None
