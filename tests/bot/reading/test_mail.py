import base64
import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.reading import Origin, read_mail

HEAD = b"From: Ana Reis <ana@reis.example>\nTo: sales@ourfactory.example\nSubject: Towels\n"
WORDS = "We need 300 bath towels, CIF Lisboa, before June. Please quote with lead time."


def mail(*headers: bytes, body: bytes = WORDS.encode()) -> bytes:
    return HEAD + b"".join(header + b"\n" for header in headers) + b"\n" + body


def multipart(kind: str, *parts: bytes, boundary: str = "b0") -> bytes:
    mark = f"\n--{boundary}\n".encode()
    body = mark + mark.join(parts) + f"\n--{boundary}--\n".encode()
    return mail(f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode(), body=body)


def part(kind: str, body: bytes, *headers: str) -> bytes:
    return f"Content-Type: {kind}\n".encode() + "".join(f"{one}\n" for one in headers).encode() + b"\n" + body


@pytest.mark.parametrize(
    "raw",
    [
        mail(),
        mail().replace(b"\n", b"\r\n"),
        b"\n\n" + mail(),
        mail(b"Content-Transfer-Encoding: base64", body=base64.encodebytes(WORDS.encode())),
        mail(
            b"Content-Transfer-Encoding: base64", body=base64.b64encode(WORDS.encode()).rstrip(b"=") + b"!!"
        ),
        mail(b"Content-Transfer-Encoding: Quoted-Printable ", body=WORDS.replace(" ", "=20").encode()),
        mail(b'Content-Type: text/plain; charset="none-such'),
        mail(b"Content-Type: rubbish"),
        mail(b"Content-Type: text/html", body=f"<p>{WORDS}</p>".encode()),
        mail(b"Content-Type: text/plain", body=f"<html><p>{WORDS}</p>".encode()),
        mail(
            b"Content-Type: text/plain; format=flowed", body=WORDS.replace("towels, ", "towels, \n").encode()
        ),
        multipart("mixed", part("text/plain", WORDS.encode())),
        multipart("mixed", WORDS.encode()),
        multipart("mixed", part("text/plain", WORDS.encode())).removesuffix(b"--\n"),
        multipart("mixed", part("text/plain", WORDS.encode())).replace(b'boundary="b0"', b'boundary="b0'),
        mail(b"Content-Type: multipart/mixed"),
        mail(b'Content-Type: multipart/mixed; boundary="other"'),
        multipart("alternative", part("text/plain", WORDS.encode()), part("text/html", b"<b>rich</b>")),
        multipart("alternative", part("text/plain", b" "), part("text/html", f"<b>{WORDS}</b>".encode())),
        multipart(
            "alternative", part("text/plain", b"see html"), part("text/html", f"<b>{WORDS}</b>".encode() * 1)
        ),
        multipart(
            "mixed",
            part("text/plain", WORDS.encode()),
            part("text/plain", b"not read", 'Content-Disposition: attachment; filename="notes.txt"'),
        ),
    ],
)
def test_the_words_of_a_mail_are_read_however_it_is_made(raw: bytes) -> None:
    reading = read_mail(raw)
    assert reading.text == WORDS
    assert (reading.sender_name, reading.sender_email, reading.subject) == (
        "Ana Reis",
        "ana@reis.example",
        "Towels",
    )
    assert reading.origin is Origin.ORIGINAL_MAIL


def subject(written: bytes) -> bytes:
    return b"From: a@b.example\nSubject: " + written + b"\n\nhello"


@pytest.mark.parametrize(
    ("written", "decoded"),
    [
        (b"=?utf-8?B?5L2g5aW9?=", "你好"),
        (b"=?GB2312?B?xPq6ww==?= =?GB2312?B?xPq6ww==?=", "您好您好"),
        (b"=?gb2312?B?xPo=?= =?gb2312?B?usM=?=", "您好"),
        (b"=?utf-8?B?5L0=?=\n =?utf-8?B?oOWlvQ==?=", "你好"),
        (b"=?utf-8?Q?caf=C3=A9_au_lait?= and tea", "café au lait and tea"),
        (b"RE: =?iso-8859-1?q?=E9chantillons?= =?utf-8?q?_2?=", "RE: échantillons 2"),
        (b"=?gb2312?Q?=CC=D5?= 2026", "陶 2026"),
        ("报价 2026".encode("gb18030") + " 你好，请问价格".encode("gb18030"), "报价 2026 你好，请问价格"),
        ("café".encode(), "café"),
        (b"=?none-such?B?aGk=?=", "hi"),
        (b"=?utf-8?B?!!!?=", ""),
        (b"=?utf-8?X?hi?=", "=?utf-8?X?hi?="),
        (b"two\n lines", "two lines"),
    ],
)
def test_a_subject_is_decoded(written: bytes, decoded: str) -> None:
    assert (read_mail(subject(written)).subject or "") == decoded


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7.pdf", "报价.pdf"),
        ('attachment; filename="=?gb2312?B?sai82w==?=.pdf"', "报价.pdf"),
        ("attachment; filename*0=PO_2026; filename*1=.pdf.exe", "PO_2026.pdf.exe"),
        ("attachment", "application.pdf"),
    ],
)
def test_an_attachment_has_its_name(disposition: str, name: str) -> None:
    attached = part("application/pdf", b"%PDF", f"Content-Disposition: {disposition}")
    reading = read_mail(multipart("mixed", part("text/plain", WORDS.encode()), attached))
    assert [one.name for one in reading.attachments] == [name]


def passed_on(remark: bytes, inner: bytes, subject: bytes = b"Fw: see") -> bytes:
    parts = (part("text/plain", remark), part("message/rfc822", inner))
    outer = multipart("mixed", *parts, boundary=f"b{len(inner)}")
    return outer.replace(b"Ana Reis <ana@reis.example>", b"Wei <wei@ourfactory.example>", 1).replace(
        b"Towels", subject, 1
    )


def test_a_mail_attached_by_a_colleague_is_the_inquiry() -> None:
    reading = read_mail(passed_on(b"for you", passed_on(b"and for you", mail())))
    assert (reading.text, reading.sender_name, reading.subject) == (WORDS, "Ana Reis", "Towels")
    assert reading.origin is Origin.ORIGINAL_MAIL


def test_a_buyers_own_mail_with_an_old_mail_attached_stays_his() -> None:
    reading = read_mail(passed_on(WORDS.encode() * 4, mail(body=b"old"), subject=b"Towels"))
    assert reading.sender_name == "Wei"
    assert [one.mimetype for one in reading.attachments] == ["message/rfc822"]


def test_a_bounce_is_not_the_mail_it_returns() -> None:
    raw = passed_on(b"undeliverable", mail(), subject=b"failure").replace(
        b"multipart/mixed", b"multipart/report"
    )
    assert read_mail(raw).text == "undeliverable"


def test_the_charset_of_the_words_stands_among_the_headers() -> None:
    reading = read_mail(multipart("mixed", part('text/plain; charset="gb2312"', WORDS.encode())))
    assert ("Content-Type", 'text/plain; charset="gb2312"') in reading.headers


def test_html_that_hides_where_links_go_is_read_in_place_of_the_plain_text() -> None:
    rich = b"<p>sign in: <a href='http://evil.example/x'>https://bank.example</a></p>"
    plain = b"Please sign in at https://bank.example to see the order we have placed with you."
    reading = read_mail(multipart("alternative", part("text/plain", plain), part("text/html", rich)))
    assert "http://evil.example/x" in reading.text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "broken"),
        (b"\n\n\n", "broken"),
        (b"From: a@b.example\n\n", "empty"),
        (b"x" * 25_000_001, "too_large"),
    ],
    ids=["nothing", "empty lines", "no words, no subject", "too large"],
)
def test_what_is_no_mail_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_mail(raw)
    assert caught.value.reason == reason


LINES = b"""From: a@b.example
Subject: =?utf-8?B?
Content-Type: multipart/mixed; boundary=x
--x
--x--
Content-Type: message/rfc822
Content-Transfer-Encoding: base64
Content-Type: text/html; charset=x
> Forwarded message
---- Forwarded message ----
From: b@c.example
To: d
<p>
=?gb2312?Q?=FF?=
Content-Disposition: attachment; filename*0*=utf-8''%
Content-Type: text/plain; format=flowed; delsp=yes

""".split(b"\n")


@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from(LINES) | st.binary(max_size=20), max_size=25).map(b"\n".join)
)
def test_no_bytes_break_the_reading_of_mail(raw: bytes) -> None:
    try:
        reading = read_mail(raw)
    except Unreadable:
        return
    reading.text.encode()


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3_000))
MAILS_IN_MAILS = b"Content-Type: message/rfc822\n\n" * 100_000
HOSTILE = {
    "empty lines": b"\n" * 24_000_000,
    "one line": b"a" * 24_000_000,
    "one base64 file": multipart(
        "mixed", part("image/png", b"QUJD" * 6_000_000, "Content-Transfer-Encoding: base64")
    ),
    "boundaries": multipart("mixed", *([b"x"] * 400_000)),
    "nested boundaries": b"From: a@b.example\n" + NESTED + b"\n" * 10_000_000,
    "the same boundary inside": b"From: a@b.example\n"
    + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 200_000,
    "mails in mails": b"From: a@b.example\nSubject: Fw: x\n" + MAILS_IN_MAILS,
    "headers": b"X: y\n" * 4_000_000 + b"\nbody",
    "one folded header": b"Subject: x\n" + b" y\n" * 5_000_000 + b"\nbody",
    "encoded words": b"Subject: " + b"=?utf-8?B?5L2g?= " * 1_000_000 + b"\n\nbody",
    "quotes": mail(body=b"> " * 10_000_000),
    "quoted lines": mail(body=b"> x\n" * 5_000_000),
    "forwards": mail(body=b"From: a@b.example\nSent: x\nSubject: Fw: y\n\n" * 400_000),
    "introductions": mail(body=b"On 5 May a wrote a schrieb a wrote:\n" * 500_000),
    "labels": mail(body=b"From:\n" * 4_000_000),
    "addresses": mail(body=b"a@" * 10_000_000),
    "spaces": mail(body=b" " * 24_000_000),
    "html": mail(b"Content-Type: text/html", body=b"<div><table><tr><td>" * 1_000_000),
    "links": mail(b"Content-Type: text/html", body=b"<a href=http://x.example>y<div>" * 700_000),
    "platform": mail(body=b"You have a new inquiry\nMessage: reply within 24 hours. " * 300_000),
}


@pytest.mark.load
@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_mail_holds_the_reader_up(raw: bytes) -> None:
    """The bound is a dozen times what the slowest of them takes: it tells linear from quadratic."""
    started = time.process_time()
    with contextlib.suppress(Unreadable):
        read_mail(raw[:25_000_000])
    assert time.process_time() - started < 15
