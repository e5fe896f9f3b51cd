from collections.abc import Callable

import pytest

from bot.errors import Unreadable
from bot.intake.model import Received, SlackFile, SlackMail
from bot.reading import Origin, Reading, read_received
from bot.reading.received import Described

WORDS = "We need 300 bath towels, CIF Lisboa, before June. " * 6
MAIL = f"From: Ana Reis <ana@reis.example>\nSubject: Towels\nMIME-Version: 1.0\n\n{WORDS}".encode()


def slack_file(name: str = "inquiry.eml", **more: object) -> SlackFile:
    known = {
        "id": f"F{name}",
        "name": name,
        "mimetype": "",
        "filetype": "",
        "mode": "hosted",
        "size": 900,
        "url": f"https://files.slack.com/{name}",
        "is_external": False,
        "file_access": "visible",
        "mail": None,
    }
    return SlackFile(**(known | more))  # type: ignore[arg-type]


def slack_mail(**more: object) -> SlackFile:
    known = {
        "subject": "Towels",
        "sender": "Ana Reis <ana@reis.example>",
        "plain_text": WORDS,
        "simplified_html": "",
        "has_more": False,
        "date": "Mon, 5 Jan 2026 09:14:00 +0000",
        "message_id": None,
        "reply_to": None,
        "attachments": (),
    }
    mail = SlackMail(**(known | more))  # type: ignore[arg-type]
    return slack_file("Towels", mode="email", mimetype="text/html", mail=mail)


def serving(**content: bytes | str) -> Callable[[SlackFile], bytes]:
    """Serve files by the first part of their names; a string is the reason they cannot be had."""

    def fetch(file: SlackFile) -> bytes:
        told = content[file.name.partition(".")[0]]
        if isinstance(told, str):
            raise Unreadable(told, file.name)
        return told

    return fetch


def read(received: Received, **content: bytes | str) -> Reading:
    return read_received(received, serving(**content))


def words(reading: Reading) -> str:
    return " ".join(reading.text.split())


@pytest.mark.parametrize(
    "received",
    [
        Received(WORDS),
        Received("", forwarded=(WORDS,)),
        Received("who takes this?", forwarded=(WORDS,)),
        Received("", files=(slack_file(),)),
        Received("who takes this?", files=(slack_file(),)),
        Received(WORDS.upper(), files=(slack_file(),)),
        Received("see", forwarded=("mail below",), files=(slack_mail(),)),
        Received("", files=(slack_mail(),)),
        Received("", files=(slack_mail(plain_text="", simplified_html=f"<div>{WORDS}</div>"),)),
        Received("please check", files=(slack_file("inquiry.txt"),)),
        Received("", files=(slack_file("inquiry", mode="snippet"),)),
        Received("", files=(slack_file("inquiry", mimetype="message/rfc822"),)),
        Received("", files=(slack_file("photo.png", mimetype="image/png"), slack_file())),
        Received(WORDS, files=(slack_file("drawing.pdf"),)),
        Received(WORDS, files=(slack_file("photo.png", mimetype="image/png"),)),
    ],
)
def test_the_inquiry_is_found_in_what_came(received: Received) -> None:
    assert words(read(received, inquiry=MAIL, drawing=b"%PDF", Towels=b"")) == WORDS.strip()


def test_an_email_has_the_sender_subject_and_date_slack_read() -> None:
    reading = read(Received("", files=(slack_mail(attachments=("plan.pdf",)),)))
    assert reading.origin is Origin.SLACK_MAIL
    assert (reading.sender_name, reading.sender_email) == ("Ana Reis", "ana@reis.example")
    assert (reading.subject, reading.sent_at) == ("Towels", "Mon, 5 Jan 2026 09:14:00 +0000")
    assert [one.name for one in reading.attachments] == ["plan.pdf"]


def test_a_colleagues_forward_to_the_channel_is_the_buyers() -> None:
    told = f"FYI\n\nFrom: Ana Reis <ana@reis.example>\nSent: Monday\nTo: me\nSubject: Towels\n\n{WORDS}"
    mail = slack_mail(sender="Wei <wei@ourfactory.example>", subject="Fw: Towels", plain_text=told)
    reading = read(Received("", files=(mail,)))
    assert (reading.origin, reading.sender_name, reading.subject) == (Origin.FORWARD, "Ana Reis", "Towels")


def test_the_whole_of_a_cut_email_is_fetched() -> None:
    reading = read(
        Received("", files=(slack_mail(plain_text=WORDS[:40], has_more=True),)), Towels=f"<p>{WORDS}".encode()
    )
    assert words(reading) == WORDS.strip()
    assert reading.notes == ()


def test_a_cut_email_that_cannot_be_fetched_is_read_as_far_as_it_goes() -> None:
    reading = read(Received("", files=(slack_mail(plain_text=WORDS[:40], has_more=True),)), Towels="gone")
    assert reading.text == WORDS[:40].strip()
    assert reading.notes == ("cut",)


def test_an_email_without_words_still_has_its_subject() -> None:
    reading = read(Received("", files=(slack_mail(plain_text=""),)), Towels="gone")
    assert (reading.text, reading.subject, reading.notes) == ("", "Towels", ("no_body",))


def test_of_several_files_the_first_readable_one_is_read_and_it_says_so() -> None:
    files = (slack_file("old.eml"), slack_file(), slack_file("third.eml"))
    reading = read(Received("", files=files), old="gone", inquiry=MAIL)
    assert reading.subject == "Towels"
    assert reading.notes == ("one_of_files",)


def test_files_beside_typed_words_are_named_unread() -> None:
    reading = read(Received("300 towels please", files=(slack_file("plan.dwg"),)), plan=b"AC1027")
    assert reading.text == "300 towels please"
    assert [one.name for one in reading.attachments] == ["plan.dwg"]
    assert reading.notes == ("files_unread",)


def test_a_file_slack_describes_only_when_asked_is_read_as_what_it_is() -> None:
    stub = slack_file("", file_access="check_file_info", mode="file_access", url=None)

    def fetch(file: SlackFile) -> bytes:
        raise Described(slack_mail())

    assert read_received(Received("", files=(stub,)), fetch).sender_email == "ana@reis.example"


@pytest.mark.parametrize(
    ("received", "reason"),
    [
        (Received(""), "empty"),
        (Received("", files=(slack_file(mode="tombstone"),)), "gone"),
        (Received("", files=(slack_file(mode="hidden_by_limit"),)), "gone"),
        (Received("", files=(slack_file(file_access="access_denied"),)), "no_access"),
        (Received("", files=(slack_file(file_access="file_not_found"),)), "gone"),
        (Received("", files=(slack_file(is_external=True),)), "external"),
        (Received("", files=(slack_file(size=25_000_001),)), "too_large"),
        (Received("", files=(slack_file("photo.png", mimetype="image/png"),)), "unsupported"),
        (Received("", files=(slack_file("plan.docx"),)), "unsupported"),
        (Received("", files=(slack_file("lost.eml"), slack_file("plan.docx"))), "login_page"),
        (Received("", files=(slack_mail(plain_text="", subject=None),)), "empty"),
    ],
)
def test_what_cannot_be_read_says_why(received: Received, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(received, plan=b"PK\x03\x04", lost="login_page", Towels=b"<p></p>")
    assert caught.value.reason == reason
