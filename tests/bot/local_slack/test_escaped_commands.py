"""A command whose manifest says `should_escape` is told people, channels and links as Slack writes them."""

from collections.abc import Iterator

import pytest

from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from bot.local_slack.mrkdwn import Names, escaped


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        yield slack


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("3d @mei call", "3d <@U1|mei> call"),
        ("3d @nobody call", "3d @nobody call"),
        ("#inquiries 3d", "<#C1|inquiries> 3d"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("https://local.slack.com/archives/C1/p1", "<https://local.slack.com/archives/C1/p1>"),
    ],
)
def test_names_and_links_are_escaped(typed: str, sent: str) -> None:
    names = Names({"mei": "U1"}.get, {"inquiries": "C1"}.get)
    assert escaped(typed, names, {"U1": "mei"}.__getitem__) == sent


def test_the_app_with_all_this_slack_knows_escapes_follow_ups_only(slack: LocalSlack) -> None:
    assert slack.here.escaped_commands == {"/followup"}
