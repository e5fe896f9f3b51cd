"""Undoes base64, quoted-printable and format=flowed; damage costs what is damaged, not the mail."""

import binascii
import quopri
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SIGNATURE = "-- "


def decoded_body(body: bytes, encoding: str) -> bytes:
    """Return the bytes of a part."""
    kind = encoding.strip().lower()
    if kind == "base64":
        return base64(body)
    return quopri.decodestring(body) if kind == "quoted-printable" else body


def base64(body: bytes) -> bytes:
    """Return the bytes of base64 text up to its end; strange characters and missing padding are forgiven."""
    bare = _NOT_BASE64.sub(b"", body.partition(b"=")[0] if b"=" in body[-4:] else body)
    whole = len(bare) - (len(bare) % 4 == 1)
    try:
        return binascii.a2b_base64(bare[:whole] + b"=" * (-whole % 4))
    except binascii.Error:
        return b""


def encoded_word(kind: str, content: str) -> bytes:
    """Return the bytes of an RFC 2047 word of kind B or Q."""
    raw = content.encode("utf-8", "replace")
    return base64(raw) if kind in "bB" else quopri.decodestring(raw, header=True)


def unflowed(text: str, delsp: bool) -> str:
    """Join the lines that format=flowed broke (RFC 3676); quotes are joined with quotes of their depth."""
    joined: list[list[str]] = []
    before: tuple[int, bool] = (0, False)  # depth, goes on
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")
        goes_on = body.endswith(" ") and body != _SIGNATURE
        if before == (depth, True) and body != _SIGNATURE:
            joined[-1].append(body)
        else:
            joined.append(["> " * bool(depth) + body if depth < 2 else ">" * depth + " " + body])
        if goes_on and delsp:
            joined[-1][-1] = joined[-1][-1][:-1]
        before = (depth, goes_on)
    return "\n".join("".join(parts) for parts in joined)
