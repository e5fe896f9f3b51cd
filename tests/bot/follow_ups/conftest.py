"""A desk of follow-ups on each kind of database, and the house around it."""

import pytest

from bot.follow_ups.buyer_mail.correspondence import Correspondence
from bot.services import Services
from bot.settings import Settings
from bot.storage import Database
from tests.bot.follow_ups.desk_of_follow_ups import FollowUpDesk, known


@pytest.fixture
def desk(database: Database) -> FollowUpDesk:
    return FollowUpDesk(database)


@pytest.fixture
def services(desk: FollowUpDesk) -> Services:
    """What speakers and cards use, over the desk's own parts."""
    return Services(
        settings=Settings(),
        clock=desk.clock,
        knowledge=known(),
        database=desk.database,
        inquiries=desk.inquiries,
        outbox=desk.outbox,
        people=desk.people,
        reminders=desk.reminders,
        plans=desk.plans,
        states=desk.states,
        correspondence=Correspondence(desk.database, desk.clock, desk.outbox, desk.seen, desk.inquiries),
        fetch=lambda _team, _file: b"",
    )
