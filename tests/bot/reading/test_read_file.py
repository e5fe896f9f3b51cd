import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.reading import Origin, read_file
from tests.bot.reading.documents import outlook, pdf

WORDS = "We need 300 bath towels, CIF Lisboa, before June."
MAIL = f"From: Ana Reis <ana@reis.example>\nSubject: Towels\nMIME-Version: 1.0\n\n{WORDS}".encode()
OUTLOOK = {
    0x001A: "IPM.Note",
    0x0037: "Towels",
    0x1000: WORDS,
    0x0C1A: "Ana Reis",
    0x0C1F: "ana@reis.example",
}
PDF = pdf("We need 300 bath towels,", "CIF Lisboa, before June.")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("inquiry.eml", MAIL),
        ("inquiry.EML", MAIL),
        ("inquiry.txt", MAIL),
        ("inquiry", MAIL),
        ("", MAIL),
        ("inquiry.eml", WORDS.encode()),
        ("inquiry.msg", outlook(OUTLOOK)),
        ("inquiry.txt", WORDS.encode()),
        ("inquiry.txt", WORDS.encode("utf-16")),
        ("", WORDS.encode()),
        ("inquiry.csv", WORDS.encode()),
        ("inquiry.html", f"<p>{WORDS}</p>".encode()),
        ("inquiry", f"<html><p>{WORDS}</p>".encode()),
        ("inquiry.pdf", PDF),
        ("inquiry.txt", PDF),
        ("", PDF),
    ],
)
def test_a_file_is_read_by_its_name_and_its_first_bytes(name: str, raw: bytes) -> None:
    assert " ".join(read_file(name, raw).text.split()) == WORDS


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.eml", b"", "empty"),
        ("a.txt", b" \n", "empty"),
        ("a.html", b"<p></p>", "empty"),
        ("a.docx", b"PK\x03\x04", "unsupported"),
        ("a.png", b"\x89PNG", "unsupported"),
        ("a.doc", outlook(OUTLOOK), "unsupported"),
        ("a.zip", b"PK", "unsupported"),
        ("a", b"\x00\x01\x02", "unsupported"),
        ("a.pdf", pdf("", ""), "scanned"),
        ("a.pdf", b"%PDF-1.7 no more", "broken"),
        ("a.pdf", b"no pdf", "unsupported"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "broken"),
        ("a.msg", outlook({0x001A: "Word.Document"}), "broken"),
        ("a.txt", b"\x00" * 50 + b"x", "broken"),
        ("a.txt", random.Random(1).randbytes(20_000), "broken"),
        ("a.txt", b"x" * 25_000_001, "too_large"),
    ],
)
def test_what_cannot_be_read_says_why_and_which(name: str, raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_file(name, raw)
    assert (caught.value.reason, caught.value.name) == (reason, name)


def test_an_outlook_file_is_an_original_mail() -> None:
    headers = "From: Ana <ana@reis.example>\r\nDate: Mon, 5 Jan 2026 09:14:00 +0000\r\nX-Mailer: Foxmail"
    reading = read_file("x.msg", outlook(OUTLOOK | {0x007D: headers}, ("PO.pdf.exe",)))
    assert reading.origin is Origin.ORIGINAL_MAIL
    assert (reading.sender_name, reading.subject) == ("Ana", "Towels")
    assert ("X-Mailer", "Foxmail") in reading.headers
    assert [one.name for one in reading.attachments] == ["PO.pdf.exe"]


def test_an_outlook_file_without_headers_has_its_sender_from_outlook() -> None:
    reading = read_file("x.msg", outlook(OUTLOOK))
    assert (reading.sender_name, reading.sender_email) == ("Ana Reis", "ana@reis.example")


def test_of_a_long_pdf_the_first_pages_are_read() -> None:
    reading = read_file("x.pdf", pdf(*(f"page {number}" for number in range(12))))
    assert "page 9" in reading.text
    assert "page 10" not in reading.text
    assert reading.notes == ("first_pages",)


def test_a_saved_page_of_a_forward_is_unwrapped() -> None:
    page = f"<p>for you</p><div><b>From:</b> Ana Reis &lt;ana@reis.example&gt;<br><b>Sent:</b> Monday<br>\
<b>To:</b> sales<br><b>Subject:</b> Towels</div><p>{WORDS}</p>"
    reading = read_file("x.html", page.encode())
    assert (reading.text, reading.sender_email) == (WORDS, "ana@reis.example")


def test_a_page_says_its_own_charset() -> None:
    page = '<meta charset="gb2312"><p>请报价：毛巾三百条</p>'
    assert read_file("x.htm", page.encode("gb18030")).text == "请报价：毛巾三百条"


NAMES = st.sampled_from(["a.eml", "a.msg", "a.txt", "a.html", "a.pdf", "a", ""]) | st.text(max_size=8)


@given(NAMES, st.binary(max_size=400))
def test_no_file_fails_but_as_unreadable(name: str, raw: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_file(name, raw).text.encode()


@given(st.sampled_from([("a.msg", outlook(OUTLOOK, ("b.exe",))), ("a.pdf", PDF)]), st.data())
def test_damaged_documents_fail_only_as_unreadable(document: tuple[str, bytes], data: st.DataObject) -> None:
    name, raw = document
    at = data.draw(st.integers(0, len(raw) - 1))
    patch = data.draw(st.binary(min_size=1, max_size=9))
    with contextlib.suppress(Unreadable):
        read_file(name, raw[:at] + patch + raw[at + len(patch) :])
