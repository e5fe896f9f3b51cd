"""A desk of follow-ups on each kind of database."""

import pytest

from bot.storage import Database
from tests.bot.follow_ups.desk_of_follow_ups import FollowUpDesk


@pytest.fixture
def desk(database: Database) -> FollowUpDesk:
    return FollowUpDesk(database)
