"""Reads the text of a PDF's first pages."""

from io import BytesIO

from bot.errors import Unreadable
from bot.reading.limits import MAX_PDF_PAGES, MAX_WRAPPED
from bot.reading.model import Reading
from bot.reading.text import buyers_words, clean, tidy

MAGIC = b"%PDF-"


def read_pdf(raw: bytes, name: str) -> Reading:
    """Read a PDF; raises Unreadable: "encrypted" when locked by a password, "scanned" when without text."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted", name)
    pages = reader.pages
    texts: list[str] = []
    for at in range(min(len(pages), MAX_PDF_PAGES)):
        texts.append(pages[at].extract_text())
        if sum(map(len, texts)) > MAX_WRAPPED:
            break
    text = tidy(clean("\n\n".join(texts)))
    if not text:
        raise Unreadable("scanned", name)
    notes = ("first_pages",) if len(pages) > len(texts) else ()
    return buyers_words(Reading(text, notes=notes))
