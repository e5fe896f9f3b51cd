"""How much of a mail is read; whatever is past a limit is said in a note."""

MAX_FILE_BYTES = 25_000_000  # the largest mail that Gmail and Outlook deliver
MAX_PARTS = 200
MAX_LEVELS = 20  # of parts in parts, mails in mails
MAX_FORWARDS = 10  # of forwards of forwards
MAX_TEXT = 200_000  # characters of the buyer's own words
MAX_WRAPPED = 500_000  # characters in which they are looked for
MAX_LINE = 1_000  # characters of a line that may be a header; RFC 5322 allows 998
MAX_HEADERS = 200
MAX_HEADER = 8_000  # characters of one header with its folded lines
MAX_HTML = 1_000_000  # characters
MAX_PDF_PAGES = 10


def cut(text: str, limit: int = MAX_TEXT) -> tuple[str, bool]:
    """Return `text` up to `limit` characters, if possible whole lines, and whether something went."""
    if len(text) <= limit:
        return text, False
    kept = text[:limit]
    end = kept.rfind("\n", max(0, limit - MAX_LINE))
    return kept[:end] if end > 0 else kept, True
