"""Finds the mail inside a mail: the quoted header lines of a forward, and whose words stand below them."""

from dataclasses import dataclass

from bot.reading.clients import Clients, Field, Marker, clients
from bot.reading.people import ADDRESS, person_of
from bot.reading.quoting import is_quoted, unquoted, weight

HEADER_LINES = 16  # of a quoted block, folded recipients included
ABOVE = 4  # lines between a marker and its block
SHORT_REMARK = 60  # weight; a colleague's "please check this against our list" stays below
LONG_REMARK = 200  # weight; whoever writes more above a forward speaks for himself


@dataclass(frozen=True, slots=True)
class Quoted:
    """A mail quoted in a text: what stands above it, its headers as far as shown, and its words."""

    above: str
    inner: str
    marker: Marker | None
    name: str | None
    address: str | None
    subject: str | None
    sent_at: str | None


def quoted_mail(text: str) -> Quoted | None:
    """Return the first mail quoted in `text`; None when there is none."""
    marks = clients()
    lines = _lifted(text.split("\n"), marks)
    for at, line in enumerate(lines):
        if is_quoted(line):
            continue
        if marker := marks.marker_in(line):
            return _below_marker(lines, at, marker, marks)
        block = _block_at(lines, at, marks) if marks.header_in(line) else None
        if block and _is_mail(block.fields):
            return _quoted(lines, _without_rule(lines, at), None, block)
    return None


def is_forward(quoted: Quoted, subject: str | None) -> bool:
    """Tell whether `quoted` is the inquiry, passed on; else it is what the writer above answers.

    Programs mark both alike, so subject prefix, marker and the amount written above decide together.
    """
    above, inner = weight(quoted.above), weight(quoted.inner)
    if not above:
        return True
    prefix = clients().prefix_of(subject) if subject else None
    if quoted.marker == "reply" or not inner:
        return False
    if quoted.marker == "forward" or prefix == "forward":
        return above <= LONG_REMARK or above <= 3 * inner
    return prefix != "reply" and (above <= SHORT_REMARK or above <= inner)


@dataclass(frozen=True, slots=True)
class _Block:
    fields: dict[Field, str]
    end: int  # line after the block


def _lifted(lines: list[str], marks: Clients) -> list[str]:
    """Take the quotation marks off a forward that is quoted as a whole, as Apple Mail does."""
    for at, line in enumerate(lines):
        if not is_quoted(line):
            continue
        bare = line.lstrip("> \t\u00a0")
        if bare and marks.marker_in(bare) == "forward":
            levels = line[: len(line) - len(bare)].count(">")
            return lines[:at] + [unquoted(one, levels) for one in lines[at:]]
    return lines


def _below_marker(lines: list[str], at: int, marker: Marker, marks: Clients) -> Quoted | None:
    for start in range(at + 1, min(at + 1 + ABOVE, len(lines))):
        block = _block_at(lines, start, marks) if marks.header_in(lines[start]) else None
        if block and ("from" in block.fields or len(block.fields) > 1):
            return _quoted(lines, at, marker, block)
        if lines[start].strip() and not _is_rule(lines[start]):
            break
    return _quoted(lines, at, marker, _Block({}, at + 1))


def _block_at(lines: list[str], start: int, marks: Clients) -> _Block:
    fields: dict[Field, str] = {}
    last: Field | None = None
    at = end = start
    while at < len(lines) and at < start + HEADER_LINES:
        line = lines[at]
        header = marks.header_in(line)
        if header and header[0] in fields and header[0] in ("from", "subject"):
            break
        if header:
            last = header[0]
            fields.setdefault(last, header[1])
            end = at + 1
        elif last and line.strip() and _continues(fields[last], last, line):
            fields[last] = f"{fields[last]} {line.strip()}".strip()
            end = at + 1
        elif line.strip() or (at > end and "subject" in fields) or at > end + 1:
            break
        at += 1
    return _Block(fields, end)


def _continues(value: str, field: Field, line: str) -> bool:
    """Tell whether a line without label still belongs to the header above: folded, or its value."""
    if not value:
        return True
    return field in ("to", "cc") and (value.endswith((",", ";")) or bool(ADDRESS.match(line.strip())))


def _is_mail(fields: dict[Field, str]) -> bool:
    """Tell a quoted header from a buyer's "From: Ningbo / To: Hamburg"."""
    if "from" not in fields or not fields.keys() & {"sent", "to", "subject"}:
        return False
    return "@" in fields["from"] or ("subject" in fields and len(fields) >= 3)


def _quoted(lines: list[str], at: int, marker: Marker | None, block: _Block) -> Quoted:
    name, address = person_of(block.fields.get("from", ""))
    return Quoted(
        above="\n".join(lines[:at]).strip(),
        inner="\n".join(lines[block.end :]).strip("\n"),
        marker=marker,
        name=name,
        address=address,
        subject=block.fields.get("subject") or None,
        sent_at=block.fields.get("sent") or None,
    )


def _is_rule(line: str) -> bool:
    bare = line.strip()
    return len(bare) >= 3 and not bare.strip("-_=*—– ")


def _without_rule(lines: list[str], at: int) -> int:
    """Return where the block starts, an Outlook rule above it included."""
    above = at - 1
    while above >= 0 and at - above <= ABOVE and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _is_rule(lines[above]) else at
