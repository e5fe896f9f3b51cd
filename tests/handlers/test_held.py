"""Reminders held back after a restore: their owner is asked, and answers with one click."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.advice.limits import MESSAGE_TEXT, SECTION_TEXT, length
from bot.follow_ups.conversation.reader import Reader
from bot.follow_ups.naming import BUYER, PRODUCT
from bot.follow_ups.promises.held import NOTE, SHOWN
from bot.follow_ups.promises.held import question as question_of
from bot.outbox.awakening import RESTORED_TO
from bot.outbox.model import Kind, State
from bot.storage.tables import outbox
from handlers import ids

HOUR_MS = 3_600_000


@pytest.fixture
def message(scene: Any) -> Any:
    return scene.slack.person("emma").types("#inquiries", "We need 5,000 pcs A4 paper, CIF Santos. Pedro")


@pytest.fixture
def card(scene: Any, message: Any) -> Any:
    return scene.advice_in(message)


@pytest.fixture
def held(scene: Any, message: Any, card: Any) -> list[int]:
    """Two reminders of Emma's that a restore held back, and her question about them."""
    services, emma = scene.bot.services, scene.slack.person("emma").user
    inquiry, now = scene.record_of(message), services.clock.now_ms()
    numbers = [
        services.reminders.set(inquiry, owner=emma.id, by=emma.id, due_at=now + HOUR_MS * hours, note=note)
        for hours, note in ((1, ""), (2, "ask for <feedback>"))
    ]
    with services.database.begin() as connection:
        late = update(outbox).where(outbox.c.id.in_(numbers))
        connection.execute(late.values(next_at=None, due_at=outbox.c.due_at - 24 * HOUR_MS))
    services.outbox.schedule(
        Kind.HELD,
        team=inquiry.team,
        channel=emma.id,
        thread_ts=None,
        inquiry_id=None,
        owner=emma.id,
        payload={RESTORED_TO: now - 30 * HOUR_MS},
        due_at=now,
        created_by=None,
    )
    return numbers


@pytest.fixture
def question(scene: Any, held: list[int]) -> Any:
    slack = scene.slack
    emma = slack.person("emma").user
    channel = slack.workspace.direct(emma.id, slack.here.bot_user)
    found: Any = slack.wait_for(
        lambda: [one for one in channel.messages if "restored from a backup" in one["text"]]
    )
    return {**found[-1], "channel": channel.id}


def is_answered(scene: Any, question: Any) -> bool:
    (asked,) = [one for one in scene.slack.messages(question["channel"]) if one["ts"] == question["ts"]]
    return not [block for block in asked["blocks"] if block["type"] == "actions"]


def states(scene: Any, numbers: list[int]) -> set[State]:
    return {scene.bot.services.reminders.get(scene.slack.here.team, number).state for number in numbers}


def test_the_question_names_each_reminder(question: Any, held: list[int]) -> None:
    for number in held:
        assert f"*#{number}*" in question["text"]
    assert "ask for &lt;feedback&gt;" in question["text"]
    assert "as it was on" in question["text"]
    (buttons,) = [block for block in question["blocks"] if block["type"] == "actions"]
    assert [one["action_id"] for one in buttons["elements"]] == [ids.ACTION_RELEASE, ids.ACTION_DROP]


def test_send_them_now_sends_each_once(scene: Any, held: list[int], question: Any) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(question, ids.ACTION_RELEASE)
    scene.slack.wait_for(lambda: states(scene, held) == {State.DONE})
    scene.slack.wait_for(lambda: is_answered(scene, question))


def test_dealt_with_closes_them_and_a_second_click_does_no_harm(
    scene: Any, held: list[int], question: Any
) -> None:
    emma = scene.slack.person("emma")
    emma.clicks(question, ids.ACTION_DROP)
    scene.slack.wait_for(lambda: is_answered(scene, question))
    assert states(scene, held) == {State.CANCELLED}
    emma.clicks(question, ids.ACTION_RELEASE)
    scene.slack.wait_for(lambda: [one for one in emma.ephemerals if "has been dealt with" in one["text"]])
    assert states(scene, held) == {State.CANCELLED}


def test_the_list_shows_what_is_held(scene: Any, held: list[int]) -> None:
    services, emma = scene.bot.services, scene.slack.person("emma").user
    mine = services.reminders.of_person(scene.slack.here.team, emma.id)
    assert [(one.id, one.is_held) for one in mine] == [(number, True) for number in held]


def test_a_question_full_of_the_longest_names_fits_into_slacks_limits() -> None:
    reader = Reader("T1", "U1", "en", ZoneInfo("America/Argentina/Buenos_Aires"))
    when = reader.when_short(0, 1_800_000_000_000)
    lines = [" · ".join(("*#123456789012*", when, "b" * BUYER, "p" * PRODUCT, "n" * NOTE))] * SHOWN
    form = question_of(reader, 1_800_000_000_000, lines, 5_000)
    said = [block["text"]["text"] for block in form.blocks if block["type"] == "section"]
    assert max(map(length, said)) <= SECTION_TEXT
    assert length(form.text) <= MESSAGE_TEXT
