"""What the page shows of an uploaded mail: subject, sender and words, as the bot reads them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from bot.errors import Unreadable
from bot.local_slack.model import Json, StoredFile
from bot.reading import read_file
from bot.reading.files import MAILS, suffix_of

LARGEST: Final = 2 * 2**20  # bytes; a preview is not worth the wait for more
LONGEST: Final = 20_000  # characters of the mail that the page gets


def with_previews(message: Mapping[str, Any], files: Mapping[str, StoredFile]) -> Json:
    """Return a message as stored, its mails (also those of forwarded messages) with what stands in them."""
    shown = _of_files(message, files)
    if "attachments" in shown:
        shown["attachments"] = [_of_files(one, files) for one in shown["attachments"]]
    return shown


def _of_files(holder: Mapping[str, Any], files: Mapping[str, StoredFile]) -> Json:
    if "files" not in holder:
        return dict(holder)
    return {**holder, "files": [{**about, **_preview(about, files)} for about in holder["files"]]}


def _preview(about: Mapping[str, Any], files: Mapping[str, StoredFile]) -> Json:
    stored = files.get(str(about.get("id")))
    name = str(about.get("name", ""))
    if stored is None or suffix_of(name) not in MAILS or len(stored.raw) > LARGEST:
        return {}
    subject, sender, text = _read(name, stored.raw)
    return {
        **({"subject": subject} if subject else {}),
        **({"from": [{"original": sender}]} if sender else {}),
        **({"plain_text": text} if text else {}),
    }


@lru_cache(maxsize=64)
def _read(name: str, raw: bytes) -> tuple[str | None, str | None, str]:
    # The state is asked for at every change, a mail is read once.
    try:
        reading = read_file(name, raw)
    except Unreadable:
        return None, None, ""
    return reading.subject, reading.sender, reading.text[:LONGEST]
