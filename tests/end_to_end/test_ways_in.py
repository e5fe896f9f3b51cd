"""Every way an inquiry comes in, in both modes: exactly one advice in its thread, as the contract has it."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from bot.local_slack import Mail
from tests.end_to_end.office import INQUIRY, Message, Office

HTML = f"<html><body><p>{INQUIRY.replace(chr(10), '<br>')}</p></body></html>".encode()
TYPES = {
    "supplier_seeker",
    "market_entrant",
    "information_gatherer",
    "casual_browser",
    "intelligence_thief",
    "sample_hunter",
    "not_an_inquiry",
    "unclear",
}


def eml() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Ahmed Hassan <ahmed@alnoor-trading.ae>"
    mail["To"] = "sales@factory.cn"
    mail["Subject"] = "Inquiry for LED panels"
    mail["Date"] = "Mon, 02 Mar 2026 10:00:00 +0400"
    mail.set_content(INQUIRY)
    mail.add_alternative(HTML.decode(), subtype="html")
    return mail.as_bytes()


def elsewhere(office: Office) -> Message:
    """A message in a channel the bot does not see."""
    return office.emma.types("#random", INQUIRY)


WAYS: dict[str, Callable[[Office], Message]] = {
    "typed": lambda o: o.mei.types("#inquiries", INQUIRY),
    "one-line": lambda o: o.mei.types("#inquiries", "Pls send me your best price and free samples"),
    "chinese": lambda o: o.emma.types(
        "#inquiries", "你好，我们是深圳的贸易公司，想采购5000个LED面板灯，请报FOB价。"
    ),
    "forwarded": lambda o: o.mei.forwards(elsewhere(o), "#inquiries"),
    "forwarded-with-comment": lambda o: o.mei.forwards(elsewhere(o), "#inquiries", comment="who is this?"),
    "email": lambda o: o.slack.email_to(
        "#inquiries", Mail("Ahmed <ahmed@alnoor-trading.ae>", "Inquiry for LED panels", INQUIRY)
    ),
    "long-email": lambda o: o.slack.email_to(
        "#inquiries",
        Mail("Ahmed <a@alnoor.ae>", "LED", INQUIRY * 20, html=HTML.decode() * 20, has_more=True),
    ),
    "forwarded-email": lambda o: o.mei.forwards(
        o.slack.email_to("#random", Mail("Ahmed <a@alnoor.ae>", "LED", INQUIRY)), "#inquiries"
    ),
    "eml": lambda o: o.mei.uploads("#inquiries", ("inquiry.eml", eml())),
    "txt-with-comment": lambda o: o.mei.uploads(
        "#inquiries", ("inquiry.txt", INQUIRY.encode()), comment="please look"
    ),
    "html": lambda o: o.mei.uploads("#inquiries", ("inquiry.html", HTML)),
    "snippet": lambda o: o.mei.pastes_snippet("#inquiries", INQUIRY),
    "connect-file": lambda o: o.mei.brings(
        "#inquiries", [o.slack.files.in_part(o.slack.files.upload(o.mei.id, "inquiry.eml", eml()))]
    ),
    "mention": lambda o: o.mei.types("#general", f"@bot {INQUIRY}"),
    "mention-in-inquiry-channel": lambda o: o.mei.types("#inquiries", f"@bot {INQUIRY}"),
    "direct-message": lambda o: o.mei.types("@bot", INQUIRY),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_inquiry_gets_exactly_one_advice(office: Office, way: str) -> None:
    message = WAYS[way](office)
    advice = office.only_advice(message)
    assert advice["thread_ts"] == message["ts"]
    payload = advice["metadata"]["event_payload"]
    assert payload["inquiry_id"]
    assert payload["type"] in TYPES
    assert advice["text"], "what notifications and screen readers read"
    assert advice["blocks"]


def test_advice_pings_nobody_and_fetches_nothing(office: Office) -> None:
    office.only_advice(office.mei.types("#inquiries", f"{INQUIRY}\nhttps://phish.example/login"))
    call = office.slack.calls("chat.postMessage")[-1]
    assert call.args["unfurl_links"] is False
    assert call.args["unfurl_media"] is False


def test_a_reply_in_a_thread_is_an_inquiry_only_when_the_bot_is_mentioned(office: Office) -> None:
    parent = office.mei.types("#general", "a colleague's talk")
    office.emma.replies(parent, INQUIRY)
    office.emma.replies(parent, f"@bot {INQUIRY}")
    office.only_advice(parent)


def test_the_shortcut_takes_any_message_in(office: Office) -> None:
    message = office.emma.types("#general", INQUIRY)
    assert office.mei.uses_shortcut("classify_inquiry", message).trouble is None
    office.only_advice(message)


def test_the_shortcut_works_inside_threads(office: Office) -> None:
    parent = office.emma.types("#general", "look at this")
    reply = office.emma.replies(parent, INQUIRY)
    assert office.mei.uses_shortcut("classify_inquiry", reply).trouble is None
    office.only_advice(parent)


def test_the_shortcut_used_twice_gives_one_advice_and_says_where_it_stands(office: Office) -> None:
    message = office.emma.types("#general", INQUIRY)
    office.mei.uses_shortcut("classify_inquiry", message)
    advice = office.only_advice(message)
    office.mei.uses_shortcut("classify_inquiry", message)
    link = f"/p{advice['ts'].replace('.', '')}"
    office.slack.wait_for(lambda: any(link in m["text"] for m in office.mei.ephemerals))
    office.only_advice(message)


def test_where_the_bot_is_no_member_the_shortcut_answers_its_user_alone(office: Office) -> None:
    message = elsewhere(office)
    office.expected_refusals.append(lambda call: call.answer["error"] == "not_in_channel")
    before = len(office.emma.ephemerals)
    assert office.emma.uses_shortcut("classify_inquiry", message).trouble is None
    office.slack.wait_for(lambda: len(office.emma.ephemerals) > before)
    assert office.slack.thread(message) == ()


def test_the_language_is_the_readers(office: Office) -> None:
    chinese = office.only_advice(office.mei.types("#inquiries", INQUIRY))
    english = office.only_advice(office.emma.types("#inquiries", INQUIRY))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese["text"])
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english["text"])


@pytest.mark.parametrize("answers", ["login_page", "redirect", "gone"])
def test_a_file_that_cannot_be_had_is_said_in_one_sentence(office: Office, answers: str) -> None:
    message = office.emma.uploads("#inquiries", ("inquiry.eml", eml()), answers=answers)
    (reply,) = office.slack.wait_for(lambda: office.slack.thread(message))
    office.settle()
    assert len(office.slack.thread(message)) == 1
    assert "inquiry.eml" in readable(reply)


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.eml", b"", "no text"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "photo.png"),
        ("broken.pdf", b"%PDF-1.7 no", "broken.pdf"),
    ],
    ids=["empty", "picture", "broken"],
)
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(
    office: Office, name: str, raw: bytes, says: str
) -> None:
    message = office.emma.uploads("#inquiries", (name, raw))
    office.slack.wait_for(lambda: office.slack.thread(message))
    office.settle()
    (reply,) = office.slack.thread(message)
    assert says in readable(reply)


def readable(message: Message) -> str:
    """The text as people see it: invisible characters keep names from becoming links."""
    return str(message["text"]).replace("\u2060", "")
