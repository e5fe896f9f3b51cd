from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.clock import SystemClock
from bot.local_slack import LocalSlack


class MovedClock(SystemClock):
    """The machine's time, moved on by hand; its steady seconds are the machine's plus `waited_s`."""

    def __init__(self) -> None:
        self.moved = timedelta()
        self.waited_s = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def now_ms(self) -> int:
        return int(self.now().timestamp() * 1000)

    def steady(self) -> float:
        return super().steady() + self.waited_s


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


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=5)
