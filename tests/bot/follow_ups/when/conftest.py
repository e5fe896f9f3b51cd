"""Saying times on a Wednesday afternoon in Shanghai, or wherever and whenever a test wants."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.follow_ups.calendar.working_days import working_days_of
from bot.follow_ups.when import Asker, Heard, read_when

Say = Callable[..., Heard]
Local = Callable[..., str]
SHANGHAI = "Asia/Shanghai"


@pytest.fixture(scope="session")
def say() -> Say:
    def heard(
        text: str,
        now: str = "2026-11-25 15:30",
        zone: str = SHANGHAI,
        locale: str | None = "en-US",
        country: str | None = "CN",
    ) -> Heard:
        there = ZoneInfo(zone)
        now_ms = int(datetime.fromisoformat(now).replace(tzinfo=there).timestamp() * 1000)
        return read_when(text, Asker(now_ms, there, locale, working_days_of(country)))

    return heard


@pytest.fixture(scope="session")
def local() -> Local:
    def shown(at_ms: int, zone: str = SHANGHAI) -> str:
        moment = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(zone))
        return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")

    return shown
