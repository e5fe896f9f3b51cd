import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.advice.limits import BLOCKS_PER_MESSAGE, MESSAGE_BLOCKS, size_of
from bot.follow_ups.delivery.card import Told, fresh_menus, reminder_forms
from bot.follow_ups.delivery.card_actions import (
    SNOOZES,
    arrival_block,
    parse_snooze,
    reminder_of_block,
    snooze_value,
)
from bot.follow_ups.delivery.note import NoteSpeaker
from bot.local_slack.block_kit.blocks import message_problems
from bot.outbox.model import Kind, Row
from bot.texts import LANGUAGES, Language

TOLD = Told(
    opening="<@U1>, Pedro Gómez owes you an answer: your quotation went out 3 days ago.",
    circumstances=("Product: LED panel", "Type: 🎯 Supplier seeker", "Came in 5 days ago"),
    words="What is your lead time?",
    to_do="Ask whether the quotation arrived.",
    draft_title="Draft in Spanish",
    draft="Estimado Pedro Gómez,\n\n¿Recibió nuestra cotización?",
)
STEP = replace(TOLD, has_plan=True, asks_for_arrival=True, arrived_on=date(2026, 12, 3))
HOSTILE = "<!channel> *bold* `code` <https://evil.example|bank> &amp; \u202etxet " + "x" * 5000
NASTY = replace(TOLD, words=HOSTILE, note_title="Note", note=HOSTILE, to_do=HOSTILE, draft=HOSTILE * 3)
BARE = Told(opening="<@U1>, you owe the buyer an answer.", circumstances=())
EVERY = [TOLD, STEP, NASTY, replace(NASTY, has_plan=True, asks_for_arrival=True), BARE]
LABEL = 20  # characters of a button that a phone still shows in one row with another
CJK_LABEL = 8


def elements(form: Any) -> list[Any]:
    return [one for block in form.blocks if block["type"] == "actions" for one in block["elements"]]


def test_a_reminder_says_who_owes_whom_what_about_and_what_to_write() -> None:
    form = reminder_forms(TOLD, 7, "en")[0]
    assert form.text == f"{TOLD.opening}\nAsk whether the quotation arrived."
    said = json.dumps(form.blocks, ensure_ascii=False)
    for part in (TOLD.opening, *TOLD.circumstances, TOLD.words, TOLD.to_do, "Draft in Spanish"):
        assert part in said
    boxes = [e for b in form.blocks for e in b.get("elements", ()) if e["type"] == "rich_text_preformatted"]
    assert boxes[0]["elements"][0]["text"] == TOLD.draft


def test_its_buttons_know_which_reminder_they_are_of() -> None:
    done, snooze, replied, stop = elements(reminder_forms(STEP, 7, "en")[0])
    assert (done["action_id"], done["value"], done["style"]) == ("follow_up_done", "7", "primary")
    assert [parse_snooze(one["value"]) for one in snooze["options"]] == [(one, "7") for one in SNOOZES]
    assert (replied["action_id"], replied["value"]) == ("follow_up_buyer_replied", "7")
    assert (stop["action_id"], stop["value"]) == ("follow_up_stop_plan", "7")


def test_a_reminder_of_no_plan_has_no_plan_to_stop() -> None:
    ids = [one["action_id"] for one in elements(reminder_forms(TOLD, 7, "en")[0])]
    assert "follow_up_stop_plan" not in ids


def test_a_step_after_samples_asks_on_which_day_they_arrived() -> None:
    asking = next(block for block in reminder_forms(STEP, 7, "en")[0].blocks if "accessory" in block)
    assert asking["accessory"]["initial_date"] == "2026-12-03"
    assert reminder_of_block(asking["block_id"]) == "7"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", EVERY, ids=["usual", "step", "hostile", "hostile-step", "bare"])
def test_slack_takes_every_form_and_nobody_is_pinged(told: Told, language: Language) -> None:
    for form in reminder_forms(told, 10**17, language):
        assert message_problems([dict(block) for block in form.blocks]) == []
        assert len(form.blocks) <= BLOCKS_PER_MESSAGE
        assert size_of(form.blocks) <= MESSAGE_BLOCKS
        assert len(form.text) <= 4000
        assert "<!channel>" not in form.text
        assert "<!channel>" not in str([b for b in form.blocks if b["type"] != "rich_text"])
        assert "\u202e" not in str(form)


@pytest.mark.parametrize(("language", "longest"), [("en", LABEL), ("zh", CJK_LABEL)])
def test_labels_are_short_enough_for_a_phone(language: Language, longest: int) -> None:
    for one in elements(reminder_forms(STEP, 7, language)[0]):
        label = one["text"]["text"] if "text" in one else one["placeholder"]["text"]
        assert len(label) <= longest


def test_the_form_without_the_draft_comes_before_plain_text() -> None:
    full, short, plain = reminder_forms(TOLD, 7, "en")
    assert "Estimado" in str(full.blocks)
    assert "Estimado" not in str(short.blocks)
    assert elements(short)
    assert plain.blocks == ()


def test_the_buyers_words_are_cut_to_one_line() -> None:
    form = reminder_forms(replace(TOLD, words="y" * 500), 7, "en")[0]
    quote = next(e for b in form.blocks for e in b.get("elements", ()) if e["type"] == "rich_text_quote")
    assert len(quote["elements"][0]["text"]) == 140


def test_the_notification_says_that_it_comes_late() -> None:
    form = reminder_forms(replace(TOLD, late="Sorry, 3 minutes late."), 7, "en")[0]
    assert form.text.startswith(f"{TOLD.opening}\nSorry, 3 minutes late.\n")


def test_a_menu_is_made_as_if_never_used_by_another_name_of_its_block() -> None:
    blocks = reminder_forms(TOLD, 7, "en")[0].blocks
    once, again = fresh_menus(blocks, 1), fresh_menus(blocks, 2)
    assert once[-1]["block_id"] != again[-1]["block_id"]
    assert once[-1]["elements"] == blocks[-1]["elements"]
    assert message_problems([dict(block) for block in again]) == []


@pytest.mark.parametrize("value", ["", "week:7", ":7", "hourly:7"])
def test_what_no_snooze_menu_says_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no entry"):
        parse_snooze(value)


def test_values_of_menus_come_back() -> None:
    assert parse_snooze(snooze_value("tomorrow", 57)) == ("tomorrow", "57")
    assert reminder_of_block(arrival_block(57)) == "57"


def test_a_note_says_its_text_or_nothing() -> None:
    row = Row(1, Kind.NOTE, 5, "T", "C", "1.2", None, {"text": "hello"}, 0, 0, "c", False, None, 0, 0)
    said = NoteSpeaker().compose(row)
    assert said is not None
    assert (said.forms[0].text, said.event_payload) == ("hello", {"inquiry_id": "5"})
    assert NoteSpeaker().compose(replace(row, payload={})) is None
