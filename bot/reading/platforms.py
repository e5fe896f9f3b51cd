"""Takes a trade platform's notification off the buyer's words; what marks one is in `platforms.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bot.reading.limits import MAX_LINE
from bot.reading.model import Origin, Reading

_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\s{2,}|(?<=\])\s*(?=\[)")
_RULE = re.compile(r"^\W*[-=_*—–]{3,}\W*$")
_NAME_ENDS = re.compile(r"\s[·|–—-]\s|[(（,，;；·|<]|\s{2,}|\t")
_FULL_STOP = re.compile(r"(?<=\w{2})\.$")  # not that of an initial
LINES_WITH_MARKS = 400  # a notification is short; further down only what it quotes could look like one


@dataclass(frozen=True, slots=True)
class Platforms:
    """What tells a platform's talk, compiled."""

    domains: frozenset[str]
    marks: tuple[re.Pattern[str], ...]
    names: tuple[re.Pattern[str], ...]
    drop: re.Pattern[str]
    titles: re.Pattern[str]
    nobody: re.Pattern[str]


def unwrapped(reading: Reading) -> Reading:
    """Return the buyer's words and data when `reading` is a platform's notification, else `reading`."""
    known = _platforms()
    is_known = _is_from(reading.sender_email, known)
    if _marks_in(reading, known) < (1 if is_known else 2):
        return reading
    words = "\n".join(_buyers_lines(reading.text, known)).strip()
    return replace(
        reading,
        text=words or reading.text,
        origin=Origin.PLATFORM,
        sender_name=_buyer(reading, known),
        sender_email=None,
    )


@cache
def _platforms() -> Platforms:
    told = tomllib.loads((Path(__file__).parent / "platforms.toml").read_text("utf-8"))
    generic = told["generic"]
    return Platforms(
        domains=frozenset(domain for one in told["platforms"] for domain in one["domains"]),
        marks=tuple(re.compile(one, re.IGNORECASE) for one in generic["marks"]),
        names=tuple(re.compile(one, re.IGNORECASE) for one in generic["names"]),
        drop=re.compile("|".join(f"(?:{one})" for one in generic["drop"]), re.IGNORECASE),
        titles=re.compile(rf"^(?:{'|'.join(generic['titles'])})\b\.?\s*", re.IGNORECASE),
        nobody=re.compile("|".join(map(re.escape, generic["nobody"])), re.IGNORECASE),
    )


def _is_from(address: str | None, known: Platforms) -> bool:
    labels = (address or "").lower().rpartition("@")[2].split(".")
    return any(".".join(labels[at:]) in known.domains for at in range(len(labels)))


def _marks_in(reading: Reading, known: Platforms) -> int:
    lines = [
        line.strip()[:MAX_LINE] for line in reading.text.split("\n", LINES_WITH_MARKS)[:LINES_WITH_MARKS]
    ]
    lines.append((reading.subject or "")[:MAX_LINE])
    return sum(any(mark.search(line) for line in lines) for mark in known.marks)


def _buyers_lines(text: str, known: Platforms) -> Iterator[str]:
    for line in text.split("\n"):
        if _RULE.match(line):
            continue
        sentences = _SENTENCE.split(line)
        kept = [one for one in sentences if not known.drop.search(one[:MAX_LINE].strip())]
        if len(kept) == len(sentences):
            yield line
        elif any(one.strip() for one in kept):
            yield " ".join(kept).strip()


def _buyer(reading: Reading, known: Platforms) -> str | None:
    lines = [reading.subject or "", *reading.text.split("\n", LINES_WITH_MARKS)[:LINES_WITH_MARKS]]
    for pattern in known.names:
        for line in lines:
            found = pattern.search(line.strip()[:MAX_LINE])
            if found and (name := _name(found["name"], known)):
                return name
    return None


def _name(written: str, known: Platforms) -> str | None:
    first = _NAME_ENDS.split(written.strip(), maxsplit=1)[0].strip(" :\"'")
    bare = known.titles.sub("", _FULL_STOP.sub("", first))
    return None if not bare or len(bare) > 60 or known.nobody.match(bare) else bare
