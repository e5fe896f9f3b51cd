import re
from pathlib import Path

import pytest

from bot import texts

READING = Path(__file__).parents[3] / "bot"
SOURCES = "\n".join(
    path.read_text("utf-8") for path in [*READING.glob("reading/*.py"), READING / "slack/files.py"]
)
REASONS = set(re.findall(r'Unreadable\("(\w+)"', SOURCES)) | {"gone", "no_access", "unreachable"}
NOTES = {"cut", "headers_not_available", "no_body", "winmail", "first_pages", "one_of_files", "files_unread"}


@pytest.mark.parametrize(
    "key", sorted({f"unreadable.{one}" for one in REASONS} | {f"reading.{one}" for one in NOTES})
)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_reason_and_note_has_its_sentence(key: str, language: texts.Language) -> None:
    assert texts.load().say(key, language, name="offer.docx")


def test_no_note_or_reason_is_left_without_use() -> None:
    known = {key for key in texts.load().keys("en") if key.startswith(("unreadable.", "reading."))}
    assert known == {f"unreadable.{one}" for one in REASONS} | {f"reading.{one}" for one in NOTES}
