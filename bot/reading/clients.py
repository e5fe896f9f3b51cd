"""The marks of mail programs, from `mail_clients.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from bot.reading.limits import MAX_LINE

Field = Literal["from", "sent", "to", "cc", "subject", "other"]
Marker = Literal["forward", "original", "reply"]

Kind = TypeVar("Kind", bound=str)

LABEL = 24  # characters; the longest label has 20
_EDGES = re.compile(r"^[\s*_>|]+|[\s*_]+$")
_DRESS = " \t\r\n-–—=*_>:：~<|\u00a0\u3000"
_SPACES = re.compile(r"\s+")
_TABLE_ROW = re.compile(r"^\|\s{0,9}([^|]{1,24}?)\s{0,9}\|(.*)$")


@dataclass(frozen=True, slots=True)
class Clients:
    """What to look for; words are compared without case and spaces."""

    labels: Mapping[str, Field]
    markers: Mapping[str, Marker]
    prefixes: Mapping[str, Literal["forward", "reply"]]
    intros: re.Pattern[str]
    disclaimers: tuple[str, ...]

    def header_in(self, line: str) -> tuple[Field, str] | None:
        """Return field and value when `line` looks like a quoted header ("发件人: …", "| From | … |")."""
        line = line[:MAX_LINE].strip()
        if line.startswith("|") and (row := _TABLE_ROW.match(line)):
            label, value = row[1], row[2].strip().rstrip("|")
        else:
            label, colon, value = line.replace("：", ":", 1).partition(":")
            if not colon or len(label) > LABEL + 8:
                return None
        field = self.labels.get(_label(label))
        return (field, _EDGES.sub("", value).strip()) if field else None

    def marker_in(self, line: str) -> Marker | None:
        """Return what a line such as "---- Forwarded message ----" announces."""
        return self.markers.get(plain(line.strip(_DRESS))) if len(line) < 120 else None

    def is_intro(self, line: str) -> bool:
        """Tell whether `line` is "On … wrote:" in some language."""
        stripped = line.strip(" \t>*_")
        return 5 < len(stripped) < 400 and bool(self.intros.fullmatch(stripped))

    def prefix_of(self, subject: str) -> Literal["forward", "reply"] | None:
        """Return what the first prefix of a subject says the mail is."""
        found = _prefix(subject)
        return self.prefixes.get(plain(found[0])) if found else None

    def without_forward(self, subject: str) -> str:
        """Return `subject` without the forwarder's prefixes."""
        while (found := _prefix(subject)) and self.prefixes.get(plain(found[0])) == "forward":
            subject = found[1]
        return subject


@lru_cache(maxsize=4096)
def _label(written: str) -> str:
    return plain(_EDGES.sub("", written))


def plain(words: str) -> str:
    """Return `words` for comparison: no case, no spaces."""
    return _SPACES.sub("", words).casefold()


def _prefix(subject: str) -> tuple[str, str] | None:
    head, colon, rest = subject.lstrip().replace("：", ":", 1).partition(":")
    head = re.sub(r"\[\d{1,3}\]$|\(\d{1,3}\)$", "", head.strip())
    return (head, rest.strip()) if colon and len(head) <= 8 else None


@cache
def clients() -> Clients:
    """Read the file; the result is shared, it never changes."""
    told = tomllib.loads((Path(__file__).parent / "mail_clients.toml").read_text("utf-8"))
    return Clients(
        labels=_by_word(told["labels"]),
        markers=_by_word(told["markers"]),
        prefixes=_by_word(told["prefixes"]),
        intros=re.compile("|".join(f"(?:{one})" for one in told["intros"]["patterns"]), re.IGNORECASE),
        disclaimers=tuple(phrase.casefold() for phrase in told["disclaimers"]["phrases"]),
    )


def _by_word(table: Mapping[Kind, list[str]]) -> dict[str, Kind]:
    return {plain(word): kind for kind, words in table.items() for word in words}
