"""Doctor's questions to Slack find what stands in the bot's way, each in a line."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from bot.local_slack.faults import Fault
from bot.settings import Settings
from bot.slack.probe import SCOPES, findings

MANIFEST = json.loads((Path(__file__).parents[3] / "deploy/manifest.json").read_text("utf-8"))


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        yield slack


def settings_for(slack: LocalSlack, **more: Any) -> Settings:
    return Settings(
        slack_bot_token=slack.bot_token, slack_app_token=slack.app_token, slack_api_url=slack.api_url, **more
    )


def test_a_sound_set_up_is_fine_in_every_line(slack: LocalSlack) -> None:
    inquiries = slack.workspace.channel("#inquiries").id
    found = list(findings(settings_for(slack, inquiry_channels=frozenset({inquiries}))))
    assert [each.about for each in found] == ["bot token", "scopes", "app token", f"channel {inquiries}"]
    assert all(each.is_fine for each in found)


def test_a_refused_bot_token_is_the_only_finding(slack: LocalSlack) -> None:
    (found,) = findings(replace(settings_for(slack), slack_bot_token="xoxb-other"))
    assert (found.is_fine, found.says) == (False, "Slack says invalid_auth")


def test_missing_scopes_are_named() -> None:
    manifest = json.loads(json.dumps(MANIFEST))
    manifest["oauth_config"]["scopes"]["bot"].remove("files:read")
    with LocalSlack(SystemClock(), manifest=manifest) as slack:
        found = {each.about: each for each in findings(settings_for(slack))}
    assert not found["scopes"].is_fine
    assert "missing files:read" in found["scopes"].says


def test_scopes_that_are_not_told_are_not_said_to_be_missing(slack: LocalSlack) -> None:
    slack.faults.on("auth.test", Fault("proxied", body={"ok": True, "user": "bot", "team": "Desk"}))
    found = {each.about: each for each in findings(settings_for(slack))}
    assert found["scopes"].is_fine
    assert "missing" not in found["scopes"].says


def test_a_refused_app_token_is_told(slack: LocalSlack) -> None:
    found = {each.about: each for each in findings(replace(settings_for(slack), slack_app_token="xapp-x"))}
    assert not found["app token"].is_fine


@pytest.mark.parametrize(("channel", "says"), [("random", "invite it"), ("C0NOWHERE00", "channel_not_found")])
def test_a_channel_without_the_bot_is_told(slack: LocalSlack, channel: str, says: str) -> None:
    id_ = channel if channel.startswith("C0") else slack.workspace.channel(f"#{channel}").id
    found = list(findings(settings_for(slack, inquiry_channels=frozenset({id_}))))[-1]
    assert not found.is_fine
    assert says in found.says


def test_slack_out_of_reach_is_told(slack: LocalSlack) -> None:
    (found,) = findings(replace(settings_for(slack), slack_api_url="http://127.0.0.1:9/api/"))
    assert "cannot be reached" in found.says


def test_doctor_asks_for_the_scopes_of_the_manifest() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == SCOPES
