import pytest

from bot.reading import Origin, read_text
from bot.reading.model import Reading
from bot.reading.text import buyers_words

WORDS = "We run three hotels in Porto and need 300 bath towels, 600 gsm, logo embroidered. CIF Leixões?"

ALIBABA = f"""Hi Our Factory,
You have received a new inquiry from Rui Tavares (Portugal)
Product: Bath towel 600 gsm
Quantity: 300 Piece/Pieces
Message:
{WORDS}
Rui Tavares
Reply within 24 hours to keep your response rate high.
[View inquiry] [Reply now]
© 1999-2026. All rights reserved. Unsubscribe"""

MADE_IN_CHINA = f"""尊敬的供应商：
您收到一条新的询盘
采购产品：Bath towel 600 gsm
联系人：Rui Tavares
采购要求：{WORDS}
请在24小时内回复以提高响应率。
【立即报价】"""

GLOBAL_SOURCES = f"""New Inquiry Received
------------------------------
Buyer name:\tMr. Rui Tavares
Business type:\tHotel group
Inquiry details:
{WORDS}
------------------------------
This is an automated message. Log in to reply to this buyer."""

TRADE_INDIA = f"""Dear Supplier,
Rui Tavares from Portugal has sent you an enquiry.
Requirement details: bath towels
"{WORDS}"
Email: rui@tres-hoteis.example
You are receiving this mail because you are a member."""


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("feedback@service.alibaba.com", ALIBABA),
        ("noreply@made-in-china.com", MADE_IN_CHINA),
        ("inquiry@globalsources.com", GLOBAL_SOURCES),
        ("leads@tradeindia.com", TRADE_INDIA),
        ("no-reply@some-new-platform.example", ALIBABA),
        (None, ALIBABA),
        (None, MADE_IN_CHINA),
        (None, GLOBAL_SOURCES),
        (None, TRADE_INDIA),
    ],
)
def test_the_buyers_words_come_out_of_a_platforms_mail(sender: str | None, text: str) -> None:
    reading = buyers_words(Reading(text, Origin.ORIGINAL_MAIL, "Inquiry", "The Platform", sender))
    assert reading.origin is Origin.PLATFORM
    assert reading.sender_name == "Rui Tavares"
    assert WORDS in reading.text
    talk = (
        "24",
        "response rate",
        "nsubscribe",
        "Log in",
        "automated",
        "Reply now",
        "立即报价",
        "member",
        "----",
    )
    assert [one for one in talk if one in reading.text] == []


def test_the_platforms_address_is_not_the_buyers() -> None:
    told = buyers_words(Reading(ALIBABA, sender_email="feedback@service.alibaba.com"))
    assert told.sender_email is None
    assert read_text(TRADE_INDIA).sender_email == "rui@tres-hoteis.example"


def test_what_the_platform_knows_of_the_buyer_stays() -> None:
    reading = read_text(ALIBABA)
    assert "Quantity: 300 Piece/Pieces" in reading.text
    assert "Rui Tavares (Portugal)" in reading.text


@pytest.mark.parametrize("name", ["guest_8812", "先生/女士", "登录后查看"])
def test_a_name_that_names_nobody_is_none(name: str) -> None:
    text = f"You have a new inquiry!\nBuyer: {name}\nMessage:\n{WORDS}\nReply within 24 hours."
    assert read_text(text).sender_name is None


@pytest.mark.parametrize(
    "text",
    [
        f"Message: {WORDS}",
        "We saw you on a platform and wait for your reply within 24 hours.\n" + WORDS,
        "Is my message received? Reply now please.\n" + WORDS,
    ],
)
def test_a_buyers_own_mail_is_not_taken_for_a_platforms(text: str) -> None:
    reading = read_text(text)
    assert (reading.text, reading.origin) == (text, Origin.TEXT)
