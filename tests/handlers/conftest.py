"""A bot as it runs, in this process, before an embedded Slack."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.app import Running
from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from bot.settings import Settings
from bot.storage.model import InquiryRecord


class MovedClock(SystemClock):
    """The machine's time, moved on by hand."""

    moved_ms = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.moved_ms


@dataclass
class Scene:
    """The bot, the Slack before it, and shorthands for what people do and see."""

    slack: LocalSlack
    bot: Running
    clock: MovedClock

    def advice_in(self, message: Any) -> Any:
        """Wait until the advice stands in a message's thread and the bot has taken note of it."""
        advice = self.slack.wait_for(lambda: self.advices_in(message))[0]
        number = int(advice["metadata"]["event_payload"]["inquiry_id"])
        self.slack.wait_for(lambda: self.bot.services.inquiries.get(number).advice_ts)
        return advice

    def advices_in(self, message: Any) -> list[Any]:
        return [reply for reply in self.slack.thread(message) if _event_type(reply) == "inquiry_advice"]

    def record_of(self, message: Any) -> InquiryRecord:
        team = self.slack.here.team
        found = self.slack.wait_for(
            lambda: self.bot.services.inquiries.find(team, message["channel"], message["ts"])
        )
        assert found is not None
        return found

    def settled(self) -> None:
        """Wait until Slack's deliveries are acknowledged and nothing is left to say now."""
        self.slack.wait_for(lambda: not self.slack.undelivered and not self.due())

    def due(self) -> int:
        from sqlalchemy import func, select

        from bot.storage.tables import outbox

        with self.bot.services.database.begin() as connection:
            return connection.execute(
                select(func.count()).where(
                    outbox.c.next_at.is_not(None), outbox.c.due_at <= self.clock.now_ms()
                )
            ).scalar_one()

    def inquiries(self) -> int:
        from sqlalchemy import func, select

        from bot.storage.tables import inquiries

        with self.bot.services.database.begin() as connection:
            return connection.execute(select(func.count()).select_from(inquiries)).scalar_one()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def slack(clock: MovedClock) -> Iterator[LocalSlack]:
    with LocalSlack(clock) as slack:
        yield slack


Start = Callable[..., Scene]


@pytest.fixture
def start(slack: LocalSlack, clock: MovedClock, tmp_path: Path) -> Iterator[Start]:
    started: list[Running] = []

    def begin(**settings: Any) -> Scene:
        values = {
            "slack_bot_token": slack.bot_token,
            "slack_app_token": slack.app_token,
            "slack_api_url": slack.api_url,
            "database_url": f"sqlite:///{tmp_path / 'bot.db'}",
            "port": 0,
            "inquiry_channels": frozenset({slack.workspace.channel("inquiries").id}),
        }
        bot = app.build(Settings(**{**values, **settings}), clock)
        started.append(bot)
        bot.start()
        if bot.socket:
            assert bot.socket.wait_connected(20)
        return Scene(slack, bot, clock)

    yield begin
    for bot in started:
        bot.stop()


@pytest.fixture
def scene(start: Start) -> Scene:
    return start()


@pytest.fixture
def emma(scene: Any) -> Any:
    return scene.slack.person("emma")


@pytest.fixture
def mei(scene: Any) -> Any:
    return scene.slack.person("mei")


def _event_type(message: Any) -> str | None:
    return message.get("metadata", {}).get("event_type")
