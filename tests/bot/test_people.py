import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.intake.model import Via
from bot.people import (
    ASK_AGAIN_AFTER_S,
    FRESH_MS,
    NEWLY_MS,
    TRY_AGAIN_AFTER_S,
    People,
    Profile,
    language_of_locale,
)
from bot.storage import Database, open_database
from bot.storage.people import PeopleRows
from bot.storage.tables import inquiries

TEAM, MEI, SAM, CHANNEL = "T1", "UMEI", "USAM", "C1"
CHINA = Profile("zh-CN", "Asia/Shanghai")
ENGLAND = Profile("en-GB", "Europe/London")


@dataclass
class SetClock:
    ms: int = 1_800_000_000_000
    seconds: float = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.ms / 1000, UTC)

    def now_ms(self) -> int:
        return self.ms

    def steady(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        self.ms += int(seconds * 1000)
        self.seconds += seconds


@dataclass
class Directory:
    """Slack's users.info: the network's edge."""

    profiles: dict[str, Profile] = field(default_factory=lambda: {MEI: CHINA, SAM: ENGLAND})
    asked: list[str] = field(default_factory=list)
    is_away: bool = False

    def ask(self, team: str, user: str) -> Profile | None:
        self.asked.append(user)
        return None if self.is_away else self.profiles.get(user)


@dataclass(frozen=True)
class Inquiry:
    posted_by: str | None
    team: str = TEAM
    channel: str = CHANNEL


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def directory() -> Directory:
    return Directory()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def people(database: Database, directory: Directory, clock: SetClock) -> People:
    return People(PeopleRows(database, clock), directory.ask, clock)


def brought_by(database: Database, user: str | None, ts: str) -> None:
    row = {"team": TEAM, "channel": CHANNEL, "ts": ts, "thread_ts": ts, "via": Via.MESSAGE}
    with database.begin() as connection:
        connection.execute(inquiries.insert().values(**row, posted_by=user, received_at=1, state_at=1))


def test_a_person_is_spoken_to_in_the_language_of_their_slack(people: People) -> None:
    assert (people.language_of(TEAM, MEI), people.language_of(TEAM, SAM)) == ("zh", "en")


def test_a_person_has_the_time_zone_of_their_slack(people: People) -> None:
    assert people.zone_of(TEAM, MEI).key == "Asia/Shanghai"


def test_slack_is_asked_once_in_twelve_hours(people: People, directory: Directory, clock: SetClock) -> None:
    people.language_of(TEAM, MEI)
    clock.pass_by(FRESH_MS / 1000 - 1)
    people.zone_of(TEAM, MEI)
    assert directory.asked == [MEI]
    clock.pass_by(1)
    people.zone_of(TEAM, MEI)
    assert directory.asked == [MEI, MEI]


def test_what_was_known_serves_while_slack_is_away(
    people: People, directory: Directory, clock: SetClock
) -> None:
    people.language_of(TEAM, MEI)
    directory.is_away = True
    clock.pass_by(FRESH_MS / 1000)
    assert people.language_of(TEAM, MEI) == "zh"


def test_an_unknown_person_is_spoken_to_in_english_and_utc(people: People) -> None:
    assert (people.language_of(TEAM, "UNOBODY"), people.zone_of(TEAM, "UNOBODY").key) == ("en", "UTC")


def test_while_slack_is_away_it_is_not_asked_for_every_inquiry(
    people: People, directory: Directory, clock: SetClock
) -> None:
    directory.is_away = True
    for _ in range(5):
        people.language_of(TEAM, MEI)
    assert len(directory.asked) == 1
    directory.is_away = False
    clock.pass_by(ASK_AGAIN_AFTER_S)
    assert people.language_of(TEAM, MEI) == "zh"


def test_a_set_language_needs_no_question(database: Database, directory: Directory, clock: SetClock) -> None:
    people = People(PeopleRows(database, clock), directory.ask, clock, "zh")
    assert people.language_of(TEAM, SAM) == people.language_for(Inquiry(SAM)) == "zh"
    assert directory.asked == []


def test_advice_speaks_the_language_of_whoever_brought_the_inquiry(people: People) -> None:
    assert (people.language_for(Inquiry(MEI)), people.language_for(Inquiry(SAM))) == ("zh", "en")


def test_advice_on_an_email_speaks_as_the_channel_last_did(people: People, database: Database) -> None:
    people.profile(TEAM, SAM), people.profile(TEAM, MEI)
    brought_by(database, SAM, "1.1")
    brought_by(database, MEI, "1.2")
    brought_by(database, None, "1.3")
    assert people.language_for(Inquiry(None)) == "zh"


def test_advice_on_an_email_in_a_new_channel_is_english(people: People) -> None:
    assert people.language_for(Inquiry(None)) == "en"


def test_a_zone_that_is_none_is_utc(people: People, directory: Directory) -> None:
    directory.profiles[MEI] = Profile("zh-CN", "Mars/Olympus")
    assert people.zone_of(TEAM, MEI).key == "UTC"


# who speaks of a time


def test_whoever_speaks_of_a_time_is_looked_up_anew(
    people: People, directory: Directory, clock: SetClock
) -> None:
    assert people.renew(TEAM, MEI)
    directory.profiles[MEI] = Profile("en-US", "America/New_York")
    clock.pass_by(NEWLY_MS / 1000 - 1)
    people.renew(TEAM, MEI)
    assert (people.zone_of(TEAM, MEI).key, directory.asked) == ("Asia/Shanghai", [MEI])
    clock.pass_by(1)
    people.renew(TEAM, MEI)
    assert (people.zone_of(TEAM, MEI).key, people.language_of(TEAM, MEI)) == ("America/New_York", "en")
    assert directory.asked == [MEI, MEI]


def test_they_wait_for_the_quick_question_alone(
    database: Database, directory: Directory, clock: SetClock
) -> None:
    slowly = Directory()
    people = People(PeopleRows(database, clock), slowly.ask, clock, ask_quickly=directory.ask)
    directory.is_away = True
    assert not people.renew(TEAM, MEI)
    assert (people.zone_of(TEAM, MEI).key, slowly.asked) == ("UTC", [])


def test_the_zone_known_last_serves_while_slack_is_away(
    people: People, directory: Directory, clock: SetClock
) -> None:
    people.renew(TEAM, MEI)
    directory.is_away = True
    clock.pass_by(FRESH_MS / 1000)
    assert people.renew(TEAM, MEI)
    assert people.zone_of(TEAM, MEI).key == "Asia/Shanghai"


def test_a_stranger_who_tries_again_in_a_moment_is_looked_up_again(
    people: People, directory: Directory, clock: SetClock
) -> None:
    directory.is_away = True
    assert not people.renew(TEAM, MEI)
    directory.is_away = False
    clock.pass_by(TRY_AGAIN_AFTER_S)
    assert people.renew(TEAM, MEI)
    assert people.zone_of(TEAM, MEI).key == "Asia/Shanghai"


def test_what_slack_tells_of_its_own_accord_holds_at_once(people: People, directory: Directory) -> None:
    people.renew(TEAM, MEI)
    people.heard(TEAM, MEI, Profile(None, "Europe/Berlin"))
    assert people.profile(TEAM, MEI) == Profile("zh-CN", "Europe/Berlin")
    people.heard(TEAM, SAM, Profile("en-GB", "Europe/Rome"))
    assert people.zone_of(TEAM, SAM).key == "Europe/London"
    assert directory.asked == [MEI, SAM]


def test_many_threads_may_ask_at_once(people: People) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(people.language_of(TEAM, MEI))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["zh"] * 8


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-TW", "zh"),
        ("ZH", "zh"),
        ("en-US", "en"),
        ("de-DE", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_any_chinese_is_chinese_and_all_else_english(locale: str | None, language: str) -> None:
    assert language_of_locale(locale) == language
