from dataclasses import replace

import pytest

from bot.follow_ups.card import Told, done_form, reminder_forms
from bot.follow_ups.note import NoteSpeaker
from bot.local_slack.block_kit.blocks import message_problems
from bot.outbox.model import Kind, Row

TOLD = Told(
    owner="U1",
    buyer="Anna Schmidt",
    came_in="Came in 3 days ago and nobody has marked it done.",
    late="",
    product="LED panel",
    type="Type: 🎯 Supplier seeker",
    words="What is your lead time?",
    next_step="Quote within a day.",
    note="",
)
HOSTILE = "<!channel> *bold* `code` <https://evil.example|bank> &amp; " + "x" * 5000
NOTHING = replace(TOLD, buyer="", product="", type="", words="", next_step="")


def test_a_reminder_says_whom_it_is_for_and_what_to_do() -> None:
    form = reminder_forms(TOLD, 7, "en")[0]
    said = str(form.blocks)
    assert form.text == "<@U1>, time to follow up with Anna Schmidt.\nQuote within a day."
    for part in ("Anna Schmidt", "3 days ago", "LED panel", "Supplier seeker", "lead time", "Quote within"):
        assert part in said


def test_its_button_knows_which_reminder_it_is() -> None:
    button = reminder_forms(TOLD, 7, "en")[0].blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == ("follow_up_done", "7")


@pytest.mark.parametrize(
    "told",
    [
        TOLD,
        NOTHING,
        replace(TOLD, buyer=HOSTILE, product=HOSTILE, words=HOSTILE, note=HOSTILE, next_step=HOSTILE),
    ],
    ids=["usual", "nothing-known", "hostile"],
)
def test_slack_takes_every_form_and_nobody_is_pinged(told: Told) -> None:
    for form in reminder_forms(told, 7, "zh"):
        assert message_problems([dict(block) for block in form.blocks]) == []
        assert len(form.text) <= 4000
        assert "<!channel>" not in form.text
        assert "<!channel>" not in str([b for b in form.blocks if b["type"] != "rich_text"])


def test_a_done_reminder_keeps_its_words_and_loses_its_button() -> None:
    form = done_form(reminder_forms(TOLD, 7, "en")[0].blocks, "✅ Done: <@U1>, today.")
    assert all(block["type"] != "actions" for block in form.blocks)
    assert form.blocks[-1]["elements"][0]["text"] == "✅ Done: <@U1>, today."


def test_a_note_says_its_text_or_nothing() -> None:
    row = Row(1, Kind.NOTE, 5, "T", "C", "1.2", None, {"text": "hello"}, 0, 0, "c", False, None, 0, 0)
    said = NoteSpeaker().compose(row)
    assert said is not None
    assert (said.forms[0].text, said.event_payload) == ("hello", {"inquiry_id": "5"})
    assert NoteSpeaker().compose(replace(row, payload={})) is None
