"""Texts that mean harm: each is answered once, and nothing of them pings, links, formats or breaks."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.local_slack import Mail
from tests.end_to_end.office import INQUIRY, Message, Office

TEXTS: dict[str, str] = {
    "30-kB": INQUIRY * 80,
    "30-kB-one-word": "x" * 30_000,
    "30-kB-spaces": " " * 30_000 + "price please",
    "30-kB-brackets": "<" * 15_000 + ">" * 15_000,
    "mentions": "<!channel> <!here> <!everyone> @channel @here @everyone <@U0EMMA00001> <#C000000001> "
    + INQUIRY,
    "links": f"<https://evil.example|your bank> https://evil.example/?a=<b> {INQUIRY}",
    "markup": f"*bold* _it_ ~no~ `code` ```pre``` > quote {INQUIRY}",
    "right-to-left": f"\u202e\u2066\u2067{INQUIRY}\u2069\u202c\u200f",
    "nul": f"\x00\x01\x1b[31m{INQUIRY}\x00",
    "zero-width": "\u200b\u200c\u200d\ufeff".join(INQUIRY),
    "combining": "Z\u0351\u036b\u0343" * 500 + INQUIRY,
    "emoji": "😀🏳️‍🌈👩‍👩‍👧‍👦" * 300 + INQUIRY,
    "surrogates-and-noncharacters": f"\ufffe\uffff\U0010ffff {INQUIRY}",
    "entities": f"&amp;lt;!channel&amp;gt; &lt;!here&gt; {INQUIRY}",
    "format": "%s %n {0} {name!r} ${HOME} $(id) '; DROP TABLE inquiries; -- " + INQUIRY,
    "only-punctuation": "?!?!?! ... ---",
    "one-letter": "a",
}


def texts_of(value: Any) -> Iterator[tuple[str, str]]:
    """Yield every (type, text) of text objects and rich text leaves."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield str(value.get("type")), value["text"]
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)


def assert_harmless(reply: Message) -> None:
    parsed = [reply["text"], *(text for kind, text in texts_of(reply.get("blocks", [])) if kind == "mrkdwn")]
    for text in parsed:
        assert not re.search(r"<(!|#|https?:|mailto:)", text), text
        assert "https://" not in text, "Slack would make a link of it"
        assert not re.search(r"<@(?!U0INQUIRY01)", text), text
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08]", text), text
    kinds = set(re.findall(r'"type": "(\w+)"', json.dumps(reply.get("blocks", []))))
    assert not kinds & {"link", "user", "usergroup", "channel", "broadcast"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_message_gets_one_harmless_answer(office: Office, name: str) -> None:
    message = office.emma.types("#inquiries", TEXTS[name])
    office.slack.wait_for(lambda: office.slack.thread(message))
    office.settle()
    (reply,) = office.slack.thread(message)
    assert_harmless(reply)


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_email_gets_one_harmless_answer(office: Office, name: str) -> None:
    text = TEXTS[name]
    mail = Mail(f"{text[:80]} <a@b.example>", text[:200].replace("\n", " "), text, html=f"<p>{text}</p>")
    message = office.slack.email_to("#inquiries", mail)
    office.slack.wait_for(lambda: office.slack.thread(message))
    office.settle()
    (reply,) = office.slack.thread(message)
    assert_harmless(reply)


@pytest.mark.parametrize("name", ["30-kB", "mentions", "right-to-left", "markup", "format"])
def test_a_draft_of_a_hostile_inquiry_opens(office: Office, name: str) -> None:
    message = office.emma.types("#inquiries", TEXTS[name])
    advice = office.only_advice(message)
    office.emma.clicks(advice, "inquiry_draft_reply")
    office.emma.closes(office.slack.wait_for(lambda: office.emma.modal))


def test_a_file_name_that_means_harm_is_only_shown(office: Office) -> None:
    name = "<!channel>\u202e*x*_<https://evil.example|y>.eml"
    message = office.emma.uploads("#inquiries", (name, b""))
    office.slack.wait_for(lambda: office.slack.thread(message))
    office.settle()
    (reply,) = office.slack.thread(message)
    assert_harmless(reply)


def test_no_word_of_a_buyer_enters_the_log(office: Office) -> None:
    office.only_advice(office.emma.types("#inquiries", f"{INQUIRY} Zanzibarquux"))
    office.emma.runs("/inquiry classify Zanzibarquux wants prices")
    office.settle()
    assert "Zanzibarquux" not in office.bot.log
    assert office.slack.bot_token not in office.bot.log
