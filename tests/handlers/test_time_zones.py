"""Whose clock a time is read by: the one Slack has now, and none at all rather than a wrong one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.follow_ups.delivery.card_actions import snooze_value
from bot.local_slack.faults import Gate, held, server_error
from bot.people import NEWLY_MS

INQUIRY = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"
NO_ZONE = "I could not ask Slack for your time zone; please try again in a moment."
HOUR_MS = 3_600_000


@pytest.fixture
def message(scene: Any, emma: Any) -> Any:
    posted = emma.types("#inquiries", INQUIRY)
    scene.advice_in(posted)
    return posted


def of(scene: Any, person: Any) -> Any:
    return scene.bot.services.reminders.of_person(scene.slack.here.team, person.id)


def is_away(scene: Any) -> None:
    scene.slack.faults.on("users.info", server_error(), times=None)


def hour(at_ms: int, zone: str) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(zone)):%H:%M}"


def test_who_travelled_is_reminded_by_the_clock_of_the_new_place(scene: Any, emma: Any, message: Any) -> None:
    emma.moves("Asia/Tokyo")
    scene.settled()
    shown = emma.runs("/followup tomorrow 9am").shown
    assert "Asia/Tokyo" in shown["text"]
    assert hour(of(scene, emma)[0].due_at, "Asia/Tokyo") == "09:00"


def test_it_holds_too_when_slack_does_not_tell_of_it(scene: Any, emma: Any, message: Any) -> None:
    users = scene.slack.workspace.users
    users[emma.id] = replace(users[emma.id], tz="Asia/Tokyo")
    scene.clock.moved_ms += NEWLY_MS
    assert "Asia/Tokyo" in emma.runs("/followup tomorrow 9am").shown["text"]


def test_the_zone_known_last_serves_while_slack_is_away(scene: Any, emma: Any, message: Any) -> None:
    is_away(scene)
    scene.clock.moved_ms += 24 * HOUR_MS
    assert "America/New_York" in emma.runs("/followup tomorrow 9am").shown["text"]


@pytest.mark.parametrize("words", ["tomorrow 9am", "next Tue 14:30", "明天9点", "03/12/2031", "plan quote"])
def test_by_no_clock_at_all_nothing_is_set(scene: Any, mei: Any, message: Any, words: str) -> None:
    is_away(scene)
    assert mei.runs(f"/followup {words}").shown["text"] == NO_ZONE
    assert not of(scene, mei)


@pytest.mark.parametrize("words", ["10m", "3d ask again", "三天后"])
def test_a_span_needs_no_clock(scene: Any, mei: Any, message: Any, words: str) -> None:
    is_away(scene)
    mei.runs(f"/followup {words}")
    assert len(of(scene, mei)) == 1


def test_words_that_name_no_time_are_said_to_name_none(scene: Any, mei: Any, message: Any) -> None:
    is_away(scene)
    assert "cannot find a time" in mei.runs("/followup ask for feedback").shown["text"]


def test_neither_dialog_opens_by_no_clock(scene: Any, mei: Any, message: Any) -> None:
    is_away(scene)
    mei.uses_shortcut("set_follow_up", message)
    scene.slack.wait_for(lambda: [one for one in mei.ephemerals if one["text"] == NO_ZONE])
    assert mei.modal is None


def test_a_slow_slack_does_not_take_the_commands_three_seconds(scene: Any, mei: Any, message: Any) -> None:
    gate = Gate()
    scene.slack.faults.on("users.info", held(gate, takes=False), times=None)
    assert mei.runs("/followup tomorrow 9am").shown["text"] == NO_ZONE
    gate.open()


def test_a_colleagues_plan_needs_their_clock(scene: Any, emma: Any, mei: Any, message: Any) -> None:
    emma.runs("/followup list")  # her own is known from here on
    is_away(scene)
    assert f"<@{mei.id}>'s time zone" in emma.runs("/followup plan quote @mei").shown["text"]
    assert not of(scene, mei)


# one person snoozes for another


def card_of(scene: Any, message: Any, owner: Any, by: Any) -> tuple[int, Any]:
    services = scene.bot.services
    number = services.reminders.set(
        scene.record_of(message), owner=owner.id, by=by.id, due_at=scene.clock.now_ms() + HOUR_MS
    )
    scene.clock.moved_ms += HOUR_MS + 1000
    scene.bot.worker.wake()
    team = scene.slack.here.team
    scene.slack.wait_for(lambda: services.reminders.get(team, number).has_come)
    found = services.reminders.get(team, number)
    return number, scene.slack.message({"channel": found.delivered_channel, "ts": found.delivered_ts})


def test_tomorrow_morning_is_the_owners_whoever_snoozes(
    scene: Any, emma: Any, mei: Any, message: Any
) -> None:
    number, card = card_of(scene, message, owner=mei, by=emma)
    emma.clicks(card, "follow_up_snooze", snooze_value("tomorrow", number))
    scene.slack.wait_for(lambda: of(scene, mei)[0].is_waiting)
    assert hour(of(scene, mei)[0].due_at, "Asia/Shanghai") == "09:00"


def test_a_typed_time_is_the_typers_and_the_owners_stands_beside(
    scene: Any, emma: Any, mei: Any, message: Any
) -> None:
    number, _ = card_of(scene, message, owner=mei, by=emma)
    shown = emma.runs(f"/followup snooze {number} tomorrow 9am").shown
    assert hour(of(scene, mei)[0].due_at, "America/New_York") == "09:00"
    assert "America/New_York" in shown["text"]
    assert "Asia/Shanghai" in str(shown["blocks"])
