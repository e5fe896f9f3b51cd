"""A desk on each kind of database."""

import pytest

from bot.storage import Database
from tests.bot.outbox.desk import Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)
