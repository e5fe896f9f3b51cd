"""An uploaded mail shows what stands in it."""

import pytest

from bot.local_slack.model import StoredFile
from bot.playground.previews import LONGEST, with_previews

MAIL = b"From: Tom Reed <tom@buyer.example>\nSubject: Samples\n\nPlease send free samples."


def stored(name: str, raw: bytes) -> dict[str, StoredFile]:
    return {"F1": StoredFile({"id": "F1", "name": name}, raw)}


def message(name: str) -> dict[str, object]:
    return {"ts": "1.0", "files": [{"id": "F1", "name": name, "size": 3}]}


def test_an_uploaded_mail_shows_subject_sender_and_words() -> None:
    shown = with_previews(message("inquiry.eml"), stored("inquiry.eml", MAIL))["files"][0]
    assert shown["subject"] == "Samples"
    assert shown["from"] == [{"original": "Tom Reed <tom@buyer.example>"}]
    assert "free samples" in shown["plain_text"]
    assert shown["size"] == 3


def test_a_mail_in_a_forwarded_message_shows_it_too() -> None:
    forwarded = {"ts": "2.0", "attachments": [message("inquiry.eml")]}
    shown = with_previews(forwarded, stored("inquiry.eml", MAIL))
    assert shown["attachments"][0]["files"][0]["subject"] == "Samples"


def test_the_stored_message_stays_as_it_was() -> None:
    before = message("inquiry.eml")
    with_previews(before, stored("inquiry.eml", MAIL))
    assert before == message("inquiry.eml")


@pytest.mark.parametrize(
    ("name", "raw"),
    [("list.pdf", b"%PDF-1.4"), ("note.txt", b"hello"), ("broken.msg", b"\x00\x01"), ("empty.eml", b"  ")],
    ids=["pdf", "text", "unreadable", "empty"],
)
def test_other_files_are_shown_by_name_alone(name: str, raw: bytes) -> None:
    assert with_previews(message(name), stored(name, raw)) == message(name)


def test_of_a_very_long_mail_the_page_gets_the_beginning() -> None:
    raw = MAIL + b" More words of one long mail." * 2000
    shown = with_previews(message("inquiry.eml"), stored("inquiry.eml", raw))["files"][0]
    assert len(shown["plain_text"]) <= LONGEST


def test_a_message_whose_file_is_gone_is_shown_all_the_same() -> None:
    assert with_previews(message("inquiry.eml"), {}) == message("inquiry.eml")
