import json
from pathlib import Path
from typing import Any

import pytest

from bot.reading import Origin, Reading, read_file

MAILS = Path(__file__).parents[2] / "mails"
EXPECTED = [json.loads(line) for line in (MAILS / "expected.jsonl").read_text("utf-8").splitlines()]
FORWARDS = {"06", "07", "08", "09", "10", "11"}


def reading_of(name: str) -> Reading:
    return read_file(name, (MAILS / name).read_bytes())


@pytest.mark.parametrize("expected", EXPECTED, ids=[one["file"] for one in EXPECTED])
def test_the_buyer_and_his_words_are_found(expected: dict[str, Any]) -> None:
    reading = reading_of(expected["file"])
    assert reading.sender_name == expected["buyer_name"]
    assert reading.sender_email == expected["buyer_email"]
    assert reading.subject == expected["subject"]
    assert [part for part in expected["text_contains"] if part not in reading.text] == []
    assert [part for part in expected["text_lacks"] if part in reading.text] == []


@pytest.mark.parametrize("expected", EXPECTED, ids=[one["file"] for one in EXPECTED])
def test_headers_are_kept_only_where_they_are_the_buyers(expected: dict[str, Any]) -> None:
    reading = reading_of(expected["file"])
    is_forward = expected["file"][:2] in FORWARDS
    assert (reading.origin is Origin.FORWARD) is is_forward
    assert bool(reading.headers) is not is_forward
    assert ("headers_not_available" in reading.notes) is is_forward


@pytest.mark.parametrize(
    ("name", "attached"),
    [
        ("14-lookalike-html-attachment.eml", ["PO-77120.html"]),
        ("15-zip-and-exe-attachments.eml", ["specification.zip", "photos.pdf.exe"]),
        ("17-winmail-dat.eml", ["winmail.dat"]),
        ("23-html-only-windows-1252-inline-image.eml", []),
    ],
)
def test_attachments_are_named(name: str, attached: list[str]) -> None:
    assert [one.name for one in reading_of(name).attachments] == attached


def test_a_link_that_leads_elsewhere_shows_where() -> None:
    assert (
        "tradehub.example/rfq/25517 <http://verify-login.tradehub-account.example/"
        in reading_of("24-credential-link-auth-fail.eml").text
    )


def test_a_long_history_goes_without_a_word() -> None:
    reading = reading_of("20-body-200kb.eml")
    assert len(reading.text) < 600
    assert reading.notes == ()
