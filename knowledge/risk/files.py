"""Judges attached files and links by their names alone; nothing is ever opened or fetched."""

import re
from collections.abc import Iterator

from knowledge import lexicon
from knowledge.model import RiskWarning
from knowledge.risk.wording import warn

_REVERSAL = "\u202e"  # shows "fdp.exe" as "exe.pdf"
_ARCHIVE_PASSWORD = re.compile(
    r"pass ?word|passcode|密码|密碼|解压码|contraseña|senha|mot de passe|passwort|пароль|كلمة المرور|şifre"
    r"|parola",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bh(?:tt|xx)ps?://(?P<host>[\w.\-\[\]:]{3,120})", re.IGNORECASE)
_SHOWN_LINK = re.compile(
    r"(?:https?://)?(?P<shown>(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12})[^\s<>\[\]()]{0,80}[\])]?\s?[<(\[]https?://(?P<target>[a-z0-9.-]{3,120})",
    re.IGNORECASE,
)
_ADDRESS_OF_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


def file_warnings(attachments: tuple[str, ...], flat: str) -> Iterator[RiskWarning]:
    """Yield what the names of attached files and the links in the text warn of."""
    for name in attachments:
        severity = severity_of(name, has_password=bool(_ARCHIVE_PASSWORD.search(flat)))
        if severity == "danger":
            yield warn("risky_attachment", name)
        elif severity == "caution":
            yield warn("archive_attachment", name)
    for hidden in _hidden_links(flat):
        yield warn("link_mismatch", hidden)


def severity_of(name: str, *, has_password: bool = False) -> str:
    """Return none, caution or danger for a file name; an archive whose password the text tells is danger."""
    if _REVERSAL in name:
        return "danger"
    endings = name.lower().rstrip(" .").split(".")[1:]
    kinds = lexicon.read().entries("attachments")
    kind = next((entry for entry in kinds.values() if endings and endings[-1] in entry.words), None)
    if kind is None:
        return "none"
    if kind.id == "archive" and has_password:
        return "danger"
    return str(kind.details["severity"])


def _hidden_links(flat: str) -> Iterator[str]:
    if "://" not in flat:
        return
    shorteners = lexicon.read().words("links", "shortener")
    for match in _LINK.finditer(flat):
        host = match["host"].lower().strip("[]").removeprefix("www.").rstrip(".:")
        if host.partition(":")[0] in shorteners or _ADDRESS_OF_NUMBERS.match(host) or "xn--" in host:
            yield match[0]
    for match in _SHOWN_LINK.finditer(flat):
        if _owner(match["shown"]) != _owner(match["target"]):
            yield f"{match['shown']} → {match['target']}"


def _owner(host: str) -> str:
    """Return the last two labels of a host, which tell two sites apart well enough to warn."""
    return ".".join(host.lower().rstrip(".").split(".")[-2:])
