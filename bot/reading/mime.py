"""Splits a mail into its parts in time linear in its size, whatever its boundaries look like.

The standard parser walks a mail line by line through every enclosing boundary; a hostile mail of 25 MB
keeps it busy for minutes, so parts are found here by plain byte search.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reading.charset import decode
from bot.reading.headers import Headers
from bot.reading.limits import MAX_FILE_BYTES, MAX_LEVELS, MAX_LINE, MAX_PARTS, MAX_WRAPPED
from bot.reading.transfer import decoded_body, unflowed

_END_OF_HEADERS = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]{1,200})|([^\s;"]{1,200}))', re.IGNORECASE)
MAX_HEADER_BLOCK = 256_000  # bytes
MAX_WORDS = 4 * MAX_WRAPPED  # bytes; the longest character takes four


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail: its headers and its undecoded content."""

    headers: Headers
    body: bytes

    @property
    def content(self) -> bytes:
        """Return the part's bytes, its transfer encoding undone."""
        return decoded_body(self.body, self.headers.text("Content-Transfer-Encoding") or "")

    @property
    def text(self) -> str:
        """Return the part's text, soft line breaks undone."""
        text = decode(self.content[:MAX_WORDS], self.headers.parameter("Content-Type", "charset"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if (self.headers.parameter("Content-Type", "format") or "").lower() != "flowed":
            return text
        return unflowed(text, (self.headers.parameter("Content-Type", "delsp") or "").lower() == "yes")

    @property
    def is_multipart(self) -> bool:
        """Tell whether the part is made of parts."""
        return self.headers.content_type.startswith("multipart/")

    @property
    def is_mail(self) -> bool:
        """Tell whether the part is a mail of its own."""
        return self.headers.content_type in ("message/rfc822", "message/global")

    @property
    def is_file(self) -> bool:
        """Tell whether the part is a file beside the mail rather than its words."""
        is_text = self.headers.content_type in ("text/plain", "text/html")
        return not is_text or self.headers.disposition == "attachment" or bool(self.headers.filename)


@dataclass(slots=True)
class Budget:
    """How many parts of one mail, and bytes in them, may still be looked at."""

    parts: int = MAX_PARTS
    bytes: int = 3 * MAX_FILE_BYTES  # each level of nesting holds its content once more

    @property
    def is_spent(self) -> bool:
        """Tell whether parts were left out."""
        return self.parts <= 0 or self.bytes <= 0

    def spend(self, size: int) -> None:
        """Count one more part."""
        self.parts -= 1
        self.bytes -= size


def part_of(raw: bytes) -> Part:
    """Split a mail or part into headers and body."""
    raw = raw.lstrip(b"\r\n")
    end = _END_OF_HEADERS.search(raw, 0, MAX_HEADER_BLOCK)
    if end is None:
        return Part(Headers.of(raw[:MAX_HEADER_BLOCK]), b"")
    return Part(Headers.of(raw[: end.start()]), raw[end.end() :])


def children_of(part: Part, budget: Budget) -> list[Part]:
    """Return the parts of a multipart; without usable boundaries its body stands as one text."""
    found = _BOUNDARY.search(part.headers.text("Content-Type") or "")
    pieces = list(_pieces(part.body, (found[1] or found[2]).strip(), budget)) if found else []
    return pieces or [Part(Headers(()), part.body)]


def leaves_of(part: Part, budget: Budget, level: int = 0) -> Iterator[Part]:
    """Yield what is in a mail besides structure: words, files, and attached mails unopened."""
    if not part.is_multipart or level >= MAX_LEVELS:
        yield part
        return
    for child in children_of(part, budget):
        yield from leaves_of(child, budget, level + 1)


def _pieces(body: bytes, boundary: str, budget: Budget) -> Iterator[Part]:
    mark = b"--" + boundary.encode("utf-8", "replace")
    start: int | None = None
    at = 0 if body.startswith(mark) else _next_line(body, mark, 0)
    while at >= 0 and not budget.is_spent:
        end = body.find(b"\n", at) + 1 or len(body)
        rest = body[at + len(mark) : end].strip() if end - at < MAX_LINE else b"other"
        if rest in (b"", b"--"):
            if start is not None:
                budget.spend(at - start)
                yield _piece(body[start:at])
            if rest == b"--":
                return
            start = end
        at = _next_line(body, mark, max(at, end - 1))
    if start is not None:  # the closing boundary is missing, or the budget is spent
        yield _piece(body[start:])


def _next_line(body: bytes, mark: bytes, start: int) -> int:
    """Return where the next line begins that starts with `mark`, -1 when there is none."""
    found = body.find(b"\n" + mark, start)
    return found + 1 if found >= 0 else -1


def _piece(raw: bytes) -> Part:
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")
    if raw.startswith((b"\n", b"\r\n")):
        return Part(Headers(()), raw.lstrip(b"\r\n"))
    part = part_of(raw)
    return part if part.headers else Part(part.headers, raw)
