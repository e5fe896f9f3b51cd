import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice import Advice, card_forms
from bot.advice.limits import MESSAGE_TEXT, length
from bot.advice.model import ReplyDraft, ShownFact, ShownSign, ShownWarning, Standing
from bot.local_slack.block_kit.messages import check_blocks
from bot.outbox.model import Form
from bot.reading.model import Reading
from knowledge import UNCLEAR, Verdict
from knowledge.model import Facts

GOLDEN = Path(__file__).parent / "cards"
HOSTILE = (
    "<!channel> <@U111> <https://evil.example|bank> https://evil.example/x *bold* `code` "
    "\u202etxet desrever\x00 & <b> {braces} "
)
MENTION = re.compile(r"<[@!#]|<https?:|\bhttps?://")

VERDICT = Verdict(
    type="sample_hunter",
    confidence=0.87,
    scores={"sample_hunter": 0.87, "casual_browser": 0.13},
    language="en",
    is_read=True,
    signs=(),
    facts=Facts(),
    completeness=0.2,
    missing=(),
    warnings=(),
    deciding_question=None,
)
ENGLISH = Advice(
    reading=Reading("send us fre samples, you pay the courier"),
    verdict=VERDICT,
    language="en",
    type="sample_hunter",
    emoji="🎁",
    type_name="Sample hunter",
    headline="🎁 Sample hunter · quite sure",
    confidence_words="quite sure",
    runner_up="Could also be 👀 Casual browser",
    signs=(
        ShownSign("Asks for free samples", "send us fre samples"),
        ShownSign("Freight at our cost", "pay the courier", "", "you ", ""),
    ),
    who="John Doe · Doe & Sons",
    buyer=("John Doe", "Doe & Sons", "writes English", "john@doe.example"),
    facts=(ShownFact("product", "product", "LED <panel>"), ShownFact("phone", "phone", "+1 555 0100")),
    completeness="2 of 10 details given · missing: quantity, company and 3 more",
    missing=("quantity", "company"),
    warnings=(ShownWarning("free_mail", "note", "A free mailbox.", "john@gmail.com"),),
    next_step="Answer on your usual terms: sample fee and freight on their side.",
    avoid=("Sending for free just this once.", "Chasing them."),
    question="",
    notes=("Forwarded as text: the mail headers cannot be checked.",),
    reply_draft=ReplyDraft("Dear John,", "en"),
)
CHINESE = replace(
    ENGLISH,
    language="zh",
    type_name="索要样品型",
    headline="🎁 索要样品型 · 比较确定",
    confidence_words="比较确定",
    runner_up="也可能是 👀 随便了解型",
    signs=(
        ShownSign("要求免费样品", "免费寄样", "", "请", "过来"),
        ShownSign("要求我方承担运费", "到付不行", "更像随便了解型"),
    ),
    who="王先生",
    buyer=("王先生", "用中文来信"),
    facts=(ShownFact("product", "产品", "LED 面板灯"),),
    completeness="信息完整度 2/10 · 还缺：数量、公司名称等（另有 3 项）",
    warnings=(),
    next_step="按惯例答复：样品费和运费由对方承担。",
    avoid=("免费寄过去。",),
    notes=(),
)
DANGER = replace(
    ENGLISH,
    warnings=(
        ShownWarning(
            "overpayment", "danger", "A cheque above the sum, the rest to be sent on.", "refund the balance"
        ),
        *ENGLISH.warnings,
    ),
    next_step="Verify first. Only then: answer on your usual terms.",
)
UNSURE = replace(
    ENGLISH,
    verdict=replace(VERDICT, type=UNCLEAR),
    type=UNCLEAR,
    emoji="🤔",
    type_name="Not clear yet",
    headline="🤔 Too early to tell the type",
    confidence_words="not sure",
    runner_up="Best guesses so far: 👀 Casual browser or 🎯 Supplier seeker",
    question="What quantity do you need, and by when?",
    avoid=(),
    who="",
    buyer=(),
    facts=(),
    warnings=(),
)
CORRECTED = replace(
    ENGLISH,
    type="supplier_seeker",
    emoji="🎯",
    type_name="Supplier seeker",
    headline="🎯 Supplier seeker",
    runner_up="",
)
STANDS = Standing(("*quotation sent* since Mon 23 Nov 09:00 (Asia/Shanghai)", "⏰ Mon 30 Nov 09:00, <@U222>"))
CARDS = {
    "english": card_forms(ENGLISH, inquiry_id=42),
    "chinese": card_forms(CHINESE, inquiry_id=42),
    "danger": card_forms(DANGER, inquiry_id=42),
    "unclear": card_forms(UNSURE, inquiry_id=42),
    "corrected": card_forms(CORRECTED, inquiry_id=42, corrected_by="U111", owner="U222", standing=STANDS),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_stays_as_it_was_approved(name: str) -> None:
    shown = [{"text": form.text, "blocks": form.blocks} for form in CARDS[name]]
    approved = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    assert json.loads(json.dumps(shown)) == approved


@pytest.mark.parametrize("name", CARDS)
def test_slack_takes_every_form_of_a_card(name: str) -> None:
    full, short, plain = CARDS[name]
    assert_accepted((full, short, plain))
    assert full.blocks
    assert short.blocks
    assert not plain.blocks


def test_danger_stands_above_the_type() -> None:
    for form in CARDS["danger"][:2]:
        first, second, third, *_ = form.blocks
        assert "do not pay" in first["text"]["text"]
        assert "A cheque above the sum" in json.dumps(second)
        assert third["type"] == "header"
    assert CARDS["danger"][2].text.startswith("⛔ Careful: do not pay")
    assert CARDS["danger"][0].text.startswith("⛔ Careful: do not pay")


def test_the_notification_says_type_buyer_and_next_step() -> None:
    assert CARDS["english"][0].text == (
        "🎁 Sample hunter · quite sure. John Doe · Doe &amp; Sons. "
        "Answer on your usual terms: sample fee and freight on their side."
    )


def test_a_company_that_ends_with_a_full_stop_gets_no_second_one() -> None:
    advice = replace(ENGLISH, who="Lumex Sp. z o.o.")
    assert "Lumex Sp. z o.o. Answer on" in card_forms(advice, inquiry_id=1)[0].text


def rows_of(form: Form) -> list[Any]:
    return [block["elements"] for block in form.blocks if block["type"] == "actions"]


def test_buttons_carry_nothing_but_the_inquiry() -> None:
    (*buttons, menu), reminding = rows_of(CARDS["english"][0])
    assert {button["value"] for button in (*buttons, *reminding)} == {"42"}
    values = ["details:42", "about_type:42", "take:42", "state:42"]
    assert [entry["value"] for entry in menu["options"]] == values


def test_old_names_of_buttons_stay() -> None:
    names = {button["action_id"] for row in rows_of(CARDS["english"][0]) for button in row}
    assert {"inquiry_draft_reply", "follow_up_in_3_days", "inquiry_correct_type", "inquiry_more"} <= names


def test_an_unclear_card_offers_no_page_of_its_type() -> None:
    menu = rows_of(CARDS["unclear"][0])[0][-1]
    assert [entry["value"] for entry in menu["options"]] == ["details:42", "take:42", "state:42"]


@pytest.mark.parametrize(("name", "longest"), [("english", 16), ("chinese", 8)])
def test_labels_are_short_enough_for_a_phone(name: str, longest: int) -> None:
    labels = [one["text"]["text"] for row in rows_of(CARDS[name][0]) for one in row if "text" in one]
    assert max(map(len, labels)) <= longest


def test_short_labels_are_spelled_out_for_who_listens() -> None:
    spoken = [button["accessibility_label"] for button in rows_of(CARDS["english"][0])[1]]
    assert spoken[:2] == ["Remind me in 3 days", "Remind me in 7 days"]


def test_what_stands_about_the_inquiry_stands_above_the_buttons() -> None:
    for form in CARDS["corrected"][:2]:
        standing = form.blocks[-3]
        assert [line["text"] for line in standing["elements"]] == list(STANDS.lines)


def test_what_stands_is_cut_before_slack_refuses_it() -> None:
    forms = card_forms(ENGLISH, inquiry_id=42, standing=Standing(("x" * 9000,) * 20))
    assert_accepted(forms)


def test_a_correction_names_who_made_it_and_who_is_in_charge() -> None:
    line = json.dumps(CARDS["corrected"][0].blocks, ensure_ascii=False)
    assert "Corrected by <@U111> to 🎯 *Supplier seeker*" in line
    assert "<@U222> takes care of this inquiry" in line


def test_a_user_id_that_is_none_is_no_mention() -> None:
    full = card_forms(CORRECTED, inquiry_id=42, corrected_by="!channel> <@U1")[0]
    assert not MENTION.search(json.dumps(full.blocks))


@pytest.mark.parametrize("form", [1, 2], ids=["short", "plain"])
def test_the_safer_forms_hold_no_word_of_the_buyer(form: int) -> None:
    said = json.dumps(CARDS["english"][form].blocks if form == 1 else CARDS["english"][form].text)
    for words in ("send us fre samples", "courier", "LED", "John", "gmail"):
        assert words not in said


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_a_buyer_writes_slack_takes_the_card_and_nothing_in_it_is_alive(text: str) -> None:
    forms = card_forms(filled_with(text), inquiry_id=1)
    assert len(forms) == 3
    assert_accepted(forms)


@pytest.mark.parametrize(
    "text",
    [HOSTILE, HOSTILE * 400, "报价单" * 12_000, "😀" * 30_000, '"\\' * 20_000, "&<>" * 10_000, "a" * 60_000],
    ids=["short", "60k", "chinese", "emoji", "quotes", "entities", "one word"],
)
def test_a_huge_hostile_inquiry_still_gets_its_full_card(text: str) -> None:
    forms = card_forms(filled_with(text), inquiry_id=1)
    assert len(forms) == 3
    assert_accepted(forms)


def test_knowledge_written_at_length_falls_back_to_a_form_slack_takes() -> None:
    long = "word " * 2_000
    wordy = replace(
        ENGLISH,
        next_step=long,
        avoid=(long,) * 3,
        notes=(long,) * 9,
        signs=tuple(ShownSign(f"{n} {long}", "q" * 200) for n in range(5)),
        warnings=tuple(ShownWarning(str(n), "danger", long, "e" * 200) for n in range(20)),
    )
    assert_accepted(card_forms(wordy, inquiry_id=1))


def filled_with(text: str) -> Advice:
    """Put `text` wherever a buyer's words can come to stand."""
    return replace(
        ENGLISH,
        signs=tuple(ShownSign("Asks for samples", text, "", text, text) for _ in range(5)),
        who=text,
        buyer=(text,) * 6,
        facts=tuple(ShownFact("product", "product", text) for _ in range(12)),
        warnings=tuple(
            ShownWarning("x", severity, "A warning.", text) for severity in ("danger", "caution") * 3
        ),
    )


def assert_accepted(forms: tuple[Form, ...]) -> None:
    for form in forms:
        assert 0 < length(form.text) <= MESSAGE_TEXT
        assert not MENTION.search(form.text)
        if form.blocks:
            check_blocks(json.loads(json.dumps(form.blocks)))
        assert not MENTION.search(
            "\n".join(texts_in(form.blocks)).replace("<@U111>", "").replace("<@U222>", "")
        )


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def test_an_advice_has_no_field_the_hostile_cards_forget() -> None:
    own_words = {"language", "type", "emoji", "type_name", "headline", "confidence_words", "runner_up"}
    own_words |= {"completeness", "missing", "next_step", "avoid", "question", "notes"}
    bookkeeping = {"reading", "verdict", "reply_draft"}
    hostile = {"signs", "who", "buyer", "facts", "warnings"}
    assert {field.name for field in fields(Advice)} == own_words | bookkeeping | hostile
