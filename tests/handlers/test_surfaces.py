"""What Slack may send by the manifest is heard, and nothing else is asked for."""

import json
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.local_slack.faults import refusal
from handlers import ids

MANIFEST = json.loads((Path(__file__).parents[2] / "deploy" / "manifest.json").read_text("utf-8"))
TEAM = "T0LOCAL0001"

EVENTS: dict[str, dict[str, Any]] = {
    "app_home_opened": {"user": "U0EMMA00001", "channel": "D1", "tab": "messages"},
    "app_mention": {"user": "U0EMMA00001", "channel": "C1", "ts": "1.2", "text": "hello", "bot_id": "B9"},
    "app_uninstalled": {},
    "member_joined_channel": {"user": "U0INQUIRY01", "channel": "C1"},
    "message": {"user": "U0EMMA00001", "channel": "C1", "ts": "1.2", "subtype": "channel_join"},
    "tokens_revoked": {"tokens": {"oauth": [], "bot": ["U0INQUIRY01"]}},
    "user_change": {"user": {"id": "U0EMMA00001", "tz": "Europe/Berlin", "locale": "de-DE"}},
}


def test_the_manifest_subscribes_to_what_is_listened_for() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {name.partition(".")[0] for name in subscribed} == set(ids.EVENTS)


def test_the_manifest_names_the_commands_and_the_shortcuts() -> None:
    features = MANIFEST["features"]
    commands = [one["command"] for one in features["slash_commands"]]
    assert commands == [ids.COMMAND_INQUIRY, ids.COMMAND_FOLLOWUP]
    shortcuts = [one["callback_id"] for one in features["shortcuts"]]
    assert shortcuts == [ids.SHORTCUT_CLASSIFY, ids.SHORTCUT_FOLLOW_UP]


def test_only_the_command_that_names_people_is_told_who_they_are() -> None:
    """Escaped, @mei comes as <@U1|mei>; a pasted inquiry shall come as it is."""
    escaped = {one["command"]: one["should_escape"] for one in MANIFEST["features"]["slash_commands"]}
    assert escaped == {ids.COMMAND_INQUIRY: False, ids.COMMAND_FOLLOWUP: True}


@pytest.mark.parametrize("name", ids.EVENTS)
def test_every_subscribed_event_is_acknowledged(scene: Any, name: str) -> None:
    event = {"type": name, **EVENTS[name]}
    body = {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0INQUIRY01",
        "event_id": f"Ev{name}",
        "event": event,
    }
    assert scene.bot.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200


def test_events_nobody_listens_for_are_acknowledged(scene: Any) -> None:
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev9", "event": {"type": "file_shared"}}
    assert scene.bot.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200


@pytest.mark.parametrize(
    ("code", "status"), [("not_enabled", 200), ("internal_error", 500)], ids=["for good", "for now"]
)
def test_what_slack_refuses_for_good_is_not_delivered_again(scene: Any, code: str, status: int) -> None:
    scene.slack.faults.on("views.publish", refusal(code))
    event = {"type": "app_home_opened", "user": "U0EMMA00001", "channel": "D1", "tab": "home"}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev8", "event": event}
    assert scene.bot.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status == status


def test_ids_begin_with_the_noun_they_act_on() -> None:
    names = [value for key, value in vars(ids).items() if key.startswith(("ACTION_", "VIEW_", "BLOCK_"))]
    assert all(name.startswith(("inquiry_", "follow_up_", "home_")) for name in names)


def test_an_event_that_could_not_be_written_down_is_not_acknowledged(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    scene.bot.worker.stop()
    scene.bot.services.database.engine.dispose()
    event = {"type": "message", "user": "U0EMMA00001", "channel": "C1", "ts": "1.2", "text": "secret words"}
    event["channel"] = scene.slack.workspace.channel("inquiries").id
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}
    with scene.bot.services.database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE inquiries")
    assert scene.bot.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 500
    assert "event message Ev1 failed" in caplog.text
    assert "secret words" not in caplog.text
