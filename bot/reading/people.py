"""Who a From line names."""

import re

from bot.reading.limits import MAX_LINE

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&*+/=?^_{}~.-]{1,64}@[A-Za-z0-9\u00a1-\u2fff.-]{1,190}[A-Za-z\u00a1-\u2fff]"
)
_AROUND_ADDRESS = re.compile(
    r"[<\[(（【]\s{0,9}(?:mailto:|邮箱[:：]?)?[^<>\[\]()（）]{0,260}[>\])）】]\s{0,9};?", re.IGNORECASE
)
SIGNATURE = 20_000  # characters at the end in which an address is looked for
_QUOTES = " \t\r\n\"'“”‘’`;,，；<>*|\u00a0"


def person_of(line: str) -> tuple[str | None, str | None]:
    """Return name and address of the first person in a From line, in any of the mail programs' styles."""
    line = line[:MAX_LINE]
    found = ADDRESS.search(line)
    if not found:
        return line.strip(_QUOTES) or None, None
    address = found[0].strip(".").removeprefix("mailto:")
    before = line[: found.start()].strip()
    after = line[found.end() :]
    name = _name(before) or _name(_AROUND_ADDRESS.sub("", after.lstrip(">)] \t;")))
    return (None if name == address else name), address


def _name(written: str) -> str | None:
    bare = _AROUND_ADDRESS.sub("", written)
    bare = re.sub(r"[<\[(（]\s{0,9}(?:mailto:)?\s{0,9}\Z", "", bare, flags=re.IGNORECASE)
    # A second address or a list of recipients is no name.
    return None if "@" in bare else bare.strip(_QUOTES).replace('\\"', '"').replace('"', "").strip() or None


def address_in(text: str, name: str | None) -> str | None:
    """Return the address a signature gives: the only one in `text`, or the one that fits the name."""
    found = list(dict.fromkeys(match[0].strip(".") for match in ADDRESS.finditer(text[-SIGNATURE:])))
    if len(found) == 1:
        return found[0]
    words = [word for word in re.split(r"\W+", (name or "").casefold()) if len(word) > 2]
    fitting = [one for one in found if any(word in one.casefold() for word in words)]
    return fitting[0] if len(fitting) == 1 else None
