"""Mails between a buyer, Pedro, and us, as mail programs write them."""

from email.message import EmailMessage

PEDRO = "Pedro Alves <pedro@casaluz.example>"
US = "Mei Chen <mei@brightlamp.example>"
ANSWER = "Thank you for the quotation, your price is a little high. Can you do 4.20 for 800 pcs?"
OURS = "Dear Pedro, have you had time to look at our quotation? I am happy to help with any question."


def eml(
    sender: str = PEDRO,
    to: str = US,
    subject: str = "Re: Quotation LED lamps",
    text: str = ANSWER,
    date: str | None = "Mon, 30 Nov 2026 10:00:00 +0000",
    **headers: str,
) -> bytes:
    """Return a mail as its bytes."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = "<1@casaluz.example>"
    if date:
        mail["Date"] = date
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def with_attached(outer: bytes, inner: bytes) -> bytes:
    """Return a mail with another one attached."""
    from email import message_from_bytes, policy

    mail = message_from_bytes(outer, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(message_from_bytes(inner, policy=policy.default))
    return mail.as_bytes()


GMAIL_QUOTE = f"""{OURS}

Best regards, Mei

On Mon, Nov 23, 2026 at 9:12 AM Pedro Alves <pedro@casaluz.example> wrote:

> Please quote 500 pcs of LED lamps.
> Pedro
"""
OUTLOOK_QUOTE = f"""{OURS}

________________________________
From: Pedro Alves <pedro@casaluz.example>
Sent: Monday, November 23, 2026 9:12 AM
To: Mei Chen <mei@brightlamp.example>
Subject: LED lamps

Please quote 500 pcs of LED lamps.
"""
SHORT_OUTLOOK_QUOTE = OUTLOOK_QUOTE.replace(OURS, "Any news?")
ORIGINAL_QUOTE = f"""{OURS}

-----Original Message-----
From: Pedro Alves <pedro@casaluz.example>
Sent: Monday, November 23, 2026 9:12 AM
To: Mei Chen <mei@brightlamp.example>
Subject: LED lamps

Please quote 500 pcs of LED lamps.
"""
FOXMAIL_QUOTE = f"""{OURS}

Mei

发件人： Pedro Alves
发送时间： 2026-11-23 17:12
收件人： mei@brightlamp.example
主题： LED lamps
Please quote 500 pcs of LED lamps. My address is pedro@casaluz.example
"""
QQ_QUOTE = f"""{OURS}

------------------ 原始邮件 ------------------
发件人: "Pedro Alves" <pedro@casaluz.example>;
发送时间: 2026年11月23日(星期一) 下午5:12
收件人: "Mei Chen"<mei@brightlamp.example>;
主题: LED lamps

Please quote 500 pcs of LED lamps.
"""
NETEASE_QUOTE = f"""{OURS}

At 2026-11-23 17:12:00, "Pedro Alves" <pedro@casaluz.example> wrote:
>Please quote 500 pcs of LED lamps.
"""
QUOTING = {
    "Gmail": GMAIL_QUOTE,
    "Outlook": OUTLOOK_QUOTE,
    "Outlook, three words": SHORT_OUTLOOK_QUOTE,
    "Original Message": ORIGINAL_QUOTE,
    "Foxmail": FOXMAIL_QUOTE,
    "QQ": QQ_QUOTE,
    "NetEase": NETEASE_QUOTE,
}

PASTED = {
    "Outlook": f"""From: Pedro Alves <pedro@casaluz.example>
Sent: Monday, November 30, 2026 10:00 AM
To: Mei Chen <mei@brightlamp.example>
Subject: RE: Quotation LED lamps

{ANSWER}
""",
    "Gmail forward": f"""---------- Forwarded message ---------
From: Pedro Alves <pedro@casaluz.example>
Date: Mon, Nov 30, 2026 at 10:00 AM
Subject: Re: Quotation LED lamps
To: Mei Chen <mei@brightlamp.example>

{ANSWER}
""",
    "Foxmail": f"""发件人： Pedro Alves <pedro@casaluz.example>
发送时间： 2026-11-30 18:00
收件人： mei@brightlamp.example
主题： Re: Quotation LED lamps

{ANSWER}
""",
    "QQ": f"""发件人: "Pedro Alves" <pedro@casaluz.example>;
发送时间: 2026年11月30日(星期一) 下午6:00
收件人: "Mei Chen"<mei@brightlamp.example>;
主题: Re: Quotation LED lamps

{ANSWER}
""",
}


def as_ours(pasted: str) -> str:
    """Return a pasted mail from us to the buyer, with the buyer's own below."""
    swapped = pasted.replace("pedro@casaluz", "@").replace("mei@brightlamp", "pedro@casaluz")
    swapped = swapped.replace("Pedro Alves", "#").replace("Mei Chen", "Pedro Alves").replace("#", "Mei Chen")
    return swapped.replace("@.example", "mei@brightlamp.example").replace(ANSWER, OUTLOOK_QUOTE)
