"""Inquiries as they arrive, and a clock that stands still."""

import pytest

from bot.clock import Clock
from bot.storage import Database
from bot.storage.inquiries import Inquiries
from tests.bot.storage.stillness import StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def inquiries(database: Database, clock: Clock) -> Inquiries:
    return Inquiries(database, clock)
