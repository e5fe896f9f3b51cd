import pytest

from bot.errors import Unreadable
from bot.reading import Origin, read_text

WORDS = "Dear Sirs,\nplease quote 4,000 enamel mugs, FOB Ningbo, delivery in May.\nIngrid Solheim, Solheim AS"


def forwarded(*headers: str, above: str = "", marker: str = "", words: str = WORDS) -> str:
    return "\n".join([above, "", marker, *headers, "", words])


OUTLOOK_EN = (
    "From: Ingrid Solheim <ingrid@solheim.example>",
    "Sent: Monday, 5 January 2026 09:14",
    "To: sales",
    "Subject: Mugs",
)
FORWARDS = {
    "Gmail": forwarded(
        "From: Ingrid Solheim <ingrid@solheim.example>",
        "Date: Mon, Jan 5, 2026 at 9:14 AM",
        "Subject: Mugs",
        "To: <sales@ourfactory.example>",
        above="who takes this?",
        marker="---------- Forwarded message ---------",
    ),
    "Gmail zh": forwarded(
        "发件人： Ingrid Solheim <ingrid@solheim.example>",
        "Date: 2026年1月5日周一 09:14",
        "Subject: Mugs",
        "To: <sales@ourfactory.example>",
        marker="---------- Forwarded message ---------",
    ),
    "Outlook en": forwarded(*OUTLOOK_EN, above="Please check.\n\nLing"),
    "Outlook en, bold as Slack shows it": forwarded(*(f"*{one.replace(':', ':*', 1)}" for one in OUTLOOK_EN)),
    "Outlook en, rule": forwarded(*OUTLOOK_EN, marker="________________________________"),
    "Outlook en, folded recipients": forwarded(
        *OUTLOOK_EN[:2],
        "To: sales@ourfactory.example;",
        "jing@ourfactory.example",
        "Cc: a@b.example",
        "Subject: Mugs",
    ),
    "Outlook zh": forwarded(
        "发件人: Ingrid Solheim <ingrid@solheim.example>",
        "发送时间: 2026年1月5日 9:14",
        "收件人: 销售部",
        "抄送: 张三",
        "主题: Mugs",
        above="请跟进",
        marker="-----邮件原件-----",
    ),
    "Outlook zh-TW": forwarded(
        "寄件者: Ingrid Solheim <ingrid@solheim.example>",
        "寄件日期: 2026年1月5日",
        "收件者: sales",
        "主旨: Mugs",
        marker="-----原始郵件-----",
    ),
    "Outlook de": forwarded(
        "Von: Ingrid Solheim <ingrid@solheim.example>",
        "Gesendet: Montag, 5. Januar 2026 09:14",
        "An: sales@ourfactory.example",
        "Betreff: Mugs",
        marker="-----Ursprüngliche Nachricht-----",
    ),
    "Outlook fr": forwarded(
        "De : Ingrid Solheim <ingrid@solheim.example>",
        "Envoyé : lundi 5 janvier 2026 09:14",
        "À : sales",
        "Objet : Mugs",
    ),
    "Outlook es": forwarded(
        "De: Ingrid Solheim <ingrid@solheim.example>",
        "Enviado el: lunes, 5 de enero de 2026",
        "Para: sales",
        "Asunto: Mugs",
    ),
    "Outlook pt": forwarded(
        "De: Ingrid Solheim <ingrid@solheim.example>",
        "Enviada em: 5 de janeiro de 2026",
        "Para: sales",
        "Assunto: Mugs",
    ),
    "Outlook ru": forwarded(
        "От: Ingrid Solheim <ingrid@solheim.example>",
        "Отправлено: 5 января 2026 г.",
        "Кому: sales",
        "Тема: Mugs",
    ),
    "Foxmail": forwarded(
        "发件人： Ingrid Solheim",
        "发送时间： 2026-01-05 09:14",
        "收件人： sales",
        "主题： Mugs",
        above="小李,你跟一下",
        words=WORDS + ", ingrid@solheim.example",
    ),
    "QQ": forwarded(
        '发件人: "Ingrid Solheim" <ingrid@solheim.example>;',
        "发送时间: 2026年1月5日(星期一) 上午9:14",
        '收件人: "sales"<sales@ourfactory.example>;',
        "主题: Mugs",
        marker="------------------&nbsp;原始邮件&nbsp;------------------".replace("&nbsp;", "\u00a0"),
    ),
    "163": forwarded(
        '发件人："Ingrid Solheim" <ingrid@solheim.example>',
        "发送日期：2026-01-05 09:14:33",
        "收件人：sales@ourfactory.example",
        "主题：Mugs",
        marker="-------- 转发邮件信息 --------",
    ),
    "NetEase Mail Master": forwarded(
        "| 发件人 | Ingrid Solheim<ingrid@solheim.example> |",
        "| 发送日期 | 2026年01月05日 09:14 |",
        "| 收件人 | <sales@ourfactory.example> |",
        "| 主题 | Mugs |",
        marker="---- 转发的邮件 ----",
    ),
    "Aliyun": forwarded(
        "发件人：Ingrid Solheim <ingrid@solheim.example>",
        "日　期：2026年01月05日 09:14:33",
        "收件人：<sales@ourfactory.example>",
        "主　题：Mugs",
        marker="------------------------------------------------------------------",
    ),
    "Thunderbird": forwarded(
        "Subject: \tMugs",
        "Date: \tMon, 5 Jan 2026 09:14:00 +0100",
        "From: \tIngrid Solheim <ingrid@solheim.example>",
        "To: \tsales@ourfactory.example",
        marker="-------- Forwarded Message --------",
    ),
    "Yahoo": forwarded(
        "From: Ingrid Solheim <ingrid@solheim.example>",
        "To: sales",
        "Sent: Monday",
        "Subject: Mugs",
        marker="----- Forwarded Message -----",
    ),
    "Apple Mail": "FYI\n\n"
    + "\n".join(
        f"> {line}".rstrip()
        for line in forwarded(
            "From: Ingrid Solheim <ingrid@solheim.example>",
            "Subject: Mugs",
            "Date: 5 January 2026",
            "To: sales",
            marker="Begin forwarded message:\n",
        ).split("\n")
    ),
    "Apple Mail de": forwarded(
        "Von: Ingrid Solheim <ingrid@solheim.example>",
        "Betreff: Mugs",
        "Datum: 5. Januar 2026",
        "An: sales",
        marker="Anfang der weitergeleiteten Nachricht:\n",
    ),
    "pasted with its headers": "\n".join([*OUTLOOK_EN, "", WORDS]),
    "mailto as Outlook writes it": forwarded(
        "From: Ingrid Solheim [mailto:ingrid@solheim.example]",
        *OUTLOOK_EN[1:],
        marker="-----Original Message-----",
    ),
    "a forward of a forward": forwarded(
        "From: Wei <wei@ourfactory.example>",
        "Sent: Tuesday",
        "To: ling@ourfactory.example",
        "Subject: FW: Mugs",
        above="and now?",
        words=forwarded(*OUTLOOK_EN, above="for you"),
    ),
    "between back-ticks": "```\n" + "\n".join([*OUTLOOK_EN, "", WORDS]) + "\n```",
}


@pytest.mark.parametrize("text", FORWARDS.values(), ids=FORWARDS.keys())
def test_the_buyer_is_who_wrote_first(text: str) -> None:
    reading = read_text(text)
    assert (reading.sender_name, reading.sender_email) == ("Ingrid Solheim", "ingrid@solheim.example")
    assert reading.subject == "Mugs"
    assert reading.text.removesuffix(", ingrid@solheim.example") == WORDS
    assert reading.origin is Origin.FORWARD
    assert reading.sent_at


QUOTE = "We can offer USD 1.20 for 4,000 pcs, FOB Ningbo."
FAN = "Fan Li <fan@ourfactory.example>"
REPLIES = {
    "gmail": f"{WORDS}\n\nOn Mon, 5 Jan 2026 at 09:14, {FAN} wrote:\n\n> {QUOTE}\n> Fan",
    "wrapped intro": f"{WORDS}\n\nOn Mon, 5 Jan 2026, {FAN.replace(' <', chr(10) + '<')} wrote:\n> {QUOTE}",
    "intro without marks": f"{WORDS}\n\nOn 5 Jan 2026, at 09:14, {FAN} wrote:\n\n{QUOTE}",
    "163": f'{WORDS}\n\n在 2026-01-05 09:14:33，"Fan Li" <fan@ourfactory.example> 写道：\n\n{QUOTE}',
    "german": f"{WORDS}\n\nAm 05.01.2026 um 09:14 schrieb Fan Li:\n> {QUOTE}",
    "french": f"{WORDS}\n\nLe lun. 5 janv. 2026 à 09:14, {FAN} a écrit :\n> {QUOTE}",
    "marks alone": f"> {QUOTE}\n\n{WORDS}",
    "marks between": f"{WORDS.splitlines()[0]}\n> {QUOTE}\n" + "\n".join(WORDS.splitlines()[1:]),
    "qq, long above": f"""{WORDS}

------------------ 原始邮件 ------------------
发件人: "Fan" <fan@ourfactory.example>;
发送时间: 2026年1月5日
收件人: "Ingrid"
主题: Re: Mugs

{QUOTE}""",
    "replied": f"""{WORDS}

---- 回复的原邮件 ----
| 发件人 | Fan<fan@ourfactory.example> |
| 主题 | Mugs |

{QUOTE}{QUOTE}{QUOTE}""",
}


@pytest.mark.parametrize("text", REPLIES.values(), ids=REPLIES.keys())
def test_what_we_said_before_is_not_the_buyers(text: str) -> None:
    reading = read_text(text)
    assert QUOTE not in reading.text
    assert " ".join(reading.text.split()) == " ".join(WORDS.split())
    assert reading.origin is Origin.TEXT


def test_a_subject_with_re_settles_who_answers_whom() -> None:
    text = (
        "ok send it\n\nFrom: Fan <fan@ourfactory.example>\nSent: Monday\nTo: Ingrid\nSubject: Mugs\n\n"
        + QUOTE
    )
    assert read_text(text, "Re: Mugs").text == "ok send it"
    assert read_text(text, "FW: Mugs").text == QUOTE


def test_a_pasted_subject_line_is_the_subject() -> None:
    reading = read_text("Subject: Mugs\n\n" + WORDS)
    assert (reading.subject, reading.text) == ("Mugs", WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Please quote freight.\nFrom: Ningbo\nTo: Hamburg\nDate: 5 June\nGoods: mugs",
        "Our engineer wrote:\nwall 2 mm, lid 1 mm\nPlease quote.",
        "Size: 40 cm\nSubject to approval: yes\nTo: be confirmed",
        "We compare offers. Original message follows by fax.",
    ],
)
def test_a_buyers_own_lists_are_left_alone(text: str) -> None:
    assert read_text(text).text == text


def test_a_message_that_is_nothing_but_a_quote_is_the_inquiry() -> None:
    assert read_text("new one:\n> 500 mugs\n> to Oslo").text == "500 mugs\nto Oslo"
    assert read_text("> 500 mugs").text == "500 mugs"


@pytest.mark.parametrize("remark", ["Fwd from WhatsApp", "new one, see:", "客户发来的", "@Mei yours"])
def test_a_colleagues_remark_above_a_quote_is_not_the_inquiry(remark: str) -> None:
    assert read_text(f"{remark}\n> We need 300 bath towels.\n> CIF Lisboa.").text == (
        "We need 300 bath towels.\nCIF Lisboa."
    )


@pytest.mark.parametrize(
    "answer", ["Any update?", "Thank you, we agree.", "On 2 Feb 2026 Mei wrote:\n> x\n\nok"]
)
def test_an_answer_above_a_quote_is_the_buyers(answer: str) -> None:
    assert "towels" not in read_text(f"{answer}\n> We offer 300 bath towels.").text


def test_a_confidentiality_notice_is_dropped_and_the_signature_stays() -> None:
    notice = (
        "This e-mail and any attachments are confidential.\nIf you are not the intended recipient, delete it."
    )
    assert read_text(f"{WORDS}\n\n{notice}\n\n本邮件及其附件含有保密信息").text == WORDS


def test_control_characters_and_foreign_line_ends_are_gone() -> None:
    assert read_text("a\x00b\r\nc\rd\u2028e\x07").text == "ab\nc\nd\ne"


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00\x01", "```\n```"])
def test_nothing_is_said_to_be_nothing(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text(text)
    assert caught.value.reason == "empty"


def test_a_text_past_the_limit_is_cut_and_says_so() -> None:
    reading = read_text("500 mugs please\n" * 20_000)
    assert len(reading.text) <= 200_000
    assert reading.text.endswith("please")
    assert reading.notes == ("cut",)
