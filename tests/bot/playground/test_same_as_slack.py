"""What the playground shows is, byte for byte, what the bot posts to Slack over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from bot.local_slack.posts import as_json
from bot.playground.manifest import manifest
from bot.settings import Mode, Settings
from tests.bot.playground.house_of_tests import SAMPLES, Living

PURCHASE = (
    "Dear sales team,\n\nWe are Al Noor Trading LLC in Dubai and buy LED panel lights every quarter. "
    "Please quote 5,000 pcs of 600x600 mm, 40 W, CIF Jebel Ali, with CE and RoHS certificates. "
    "Target price is USD 9.50. Payment by L/C at sight.\n\nAhmed Hassan\nahmed@alnoor-trading.ae"
)
HOSTILE = "<!channel> *bold* <http://evil.example|your bank> & <@U0MEI000001> `x` free samples please &lt;"
SPOKEN = ("text", "blocks", "metadata")


@pytest.fixture(scope="module")
def slack_over_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSlack]:
    """Another workspace with another bot, which hears and answers over signed HTTP as in production."""
    folder: Path = tmp_path_factory.mktemp("http")
    with LocalSlack(SystemClock(), manifest=manifest()) as slack:
        settings = Settings(
            slack_bot_token=slack.bot_token,
            slack_signing_secret=slack.signing_secret,
            slack_api_url=slack.api_url,
            inquiry_channels=frozenset({slack.workspace.channel("inquiries").id}),
            database_url=f"sqlite:///{folder / 'bot.db'}",
            port=0,
        )
        assert settings.mode is Mode.HTTP
        running = app.build(settings, SystemClock())
        slack.push_to(f"{running.web.address}/slack/events")
        running.start()
        yield slack
        running.stop()


@pytest.mark.parametrize("name", ["emma", "mei"])
@pytest.mark.parametrize(
    "text",
    [SAMPLES, PURCHASE, HOSTILE, "你好，请问这款产品最低起订量和价格是多少？"],
    ids=["samples", "purchase", "hostile", "Chinese"],
)
def test_the_card_is_the_same_byte_for_byte(
    living: Living, slack_over_http: LocalSlack, name: str, text: str
) -> None:
    here = living.person(name).types("#inquiries", text)
    there = slack_over_http.person(name).types("#inquiries", text)
    shown = living.advice(here)
    posted = slack_over_http.wait_for(lambda: slack_over_http.thread(there))[0]
    assert bytes_of(shown, "blocks") == bytes_of(posted, "blocks")
    assert [shown[key] for key in SPOKEN] == [posted[key] for key in SPOKEN]


def bytes_of(message: dict[str, Any], key: str) -> bytes:
    return as_json(message[key]).encode()
