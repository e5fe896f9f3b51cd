"""Reads the header lines of a mail, however they are written."""

import re
from collections.abc import Iterable
from email.message import Message
from email.utils import collapse_rfc2231_value

from bot.reading import transfer
from bot.reading.charset import decode
from bot.reading.limits import MAX_HEADER, MAX_HEADERS

_FIELD = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)$", re.DOTALL)
_ENCODED = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]{0,8000})\?=")
_LINES = re.compile(rb"\r\n|\r|\n")


class Headers:
    """The fields of one mail or part, in their order; lines that are no header are passed over."""

    def __init__(self, fields: Iterable[tuple[str, bytes]]) -> None:
        self._fields = tuple(fields)

    @classmethod
    def of(cls, block: bytes) -> "Headers":
        """Read the block of lines above a mail's first empty line."""
        fields: list[tuple[str, bytes]] = []
        for line in _LINES.split(block):
            if line[:1] in (b" ", b"\t") and fields:
                name, value = fields[-1]
                if len(value) < MAX_HEADER:
                    fields[-1] = (name, value + b" " + line.strip())
            elif (found := _FIELD.match(line)) and len(fields) < MAX_HEADERS:
                fields.append((found[1].decode("ascii"), found[2][:MAX_HEADER].strip()))
        return cls(fields)

    def __bool__(self) -> bool:
        return bool(self._fields)

    def text(self, name: str) -> str | None:
        """Return the first field of that name, decoded (RFC 2047 and raw 8-bit); None when there is none."""
        wanted = name.lower()
        found = next((value for field, value in self._fields if field.lower() == wanted), None)
        return decoded(found) or None if found is not None else None

    def all(self) -> tuple[tuple[str, str], ...]:
        """Return every field, decoded."""
        return tuple((name, decoded(value)) for name, value in self._fields)

    @property
    def content_type(self) -> str:
        """Return the media type in lower case; text/plain when there is none (RFC 2045)."""
        value = (self.text("Content-Type") or "").split(";")[0].strip().lower()
        return value if re.fullmatch(r"[\w.+-]{1,80}/[\w.+-]{1,120}", value) else "text/plain"

    @property
    def disposition(self) -> str:
        """Return "attachment", "inline" or ""."""
        return (self.text("Content-Disposition") or "").split(";")[0].strip().lower()

    @property
    def filename(self) -> str | None:
        """Return the name a part gives its file."""
        name = self.parameter("Content-Disposition", "filename") or self.parameter("Content-Type", "name")
        return name.replace("\x00", "").strip() or None if name else None

    def parameter(self, field: str, name: str) -> str | None:
        """Return a parameter of a field (RFC 2231 included); tolerates a missing closing quote."""
        value = self.text(field)
        if not value:
            return None
        message = Message()
        message[field] = " ".join(value.split())
        try:
            found = message.get_param(name, header=field)
        except (ValueError, LookupError, TypeError):
            return None
        return _collapsed(found) if found else None


def decoded(value: bytes) -> str:
    """Return a header's text: encoded words joined before decoding, raw bytes by a guess."""
    raw = decode(value) if not value.isascii() else value.decode("ascii")
    pieces: list[tuple[str | None, bytes]] = []
    at = 0
    for word in _ENCODED.finditer(raw):
        between = raw[at : word.start()]
        if between.strip() or (between and not (pieces and pieces[-1][0])):
            pieces.append((None, between.encode()))
        charset = word[1].split("*")[0].lower()
        content = transfer.encoded_word(word[2], word[3])
        if pieces and pieces[-1][0] == charset:  # mail programs cut characters in two
            content = pieces.pop()[1] + content
        pieces.append((charset, content))
        at = word.end()
    pieces.append((None, raw[at:].encode()))
    text = "".join(decode(content, charset) if charset else content.decode() for charset, content in pieces)
    return " ".join(text.split())


def _collapsed(found: str | tuple[str | None, str | None, str]) -> str:
    try:
        return decoded_parameter(collapse_rfc2231_value(found))
    except (LookupError, ValueError):
        return str(found[2]) if isinstance(found, tuple) else found


def decoded_parameter(written: str) -> str:
    """Return a parameter's text; many programs put encoded words where RFC 2231 forbids them."""
    return decoded(written.encode("utf-8", "replace")).strip('"')
