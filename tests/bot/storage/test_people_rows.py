"""What Slack said of people, and which events were seen."""

from concurrent.futures import ThreadPoolExecutor

from bot.storage import Database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries
from bot.storage.model import Person
from bot.storage.people import PeopleRows
from tests.bot.storage.stillness import DAY_MS, StillClock, arrival


def test_the_last_word_on_a_person_counts(database: Database, clock: StillClock) -> None:
    rows = PeopleRows(database, clock)
    assert rows.get("T1", "U0MEI") is None
    rows.put("T1", "U0MEI", locale="en-US", tz=None)
    clock.pass_by(5)
    rows.put("T1", "U0MEI", locale="zh-CN", tz="Asia/Shanghai")
    assert rows.get("T1", "U0MEI") == Person("zh-CN", "Asia/Shanghai", clock.ms)
    assert rows.get("T2", "U0MEI") is None


def test_a_channel_speaks_as_the_latest_known_person_in_it(
    database: Database, inquiries: Inquiries, clock: StillClock
) -> None:
    rows = PeopleRows(database, clock)
    rows.put("T1", "U0MEI", locale="zh-CN", tz=None)
    rows.put("T1", "U0EMMA", locale="en-US", tz=None)
    rows.put("T1", "U0ANNA", locale=None, tz=None)
    for ts, user in (("1.0", "U0EMMA"), ("2.0", "U0MEI"), ("3.0", "U0ANNA"), ("4.0", None), ("5.0", "U0NEW")):
        inquiries.receive(arrival(ts=ts, posted_by=user))
    inquiries.receive(arrival(ts="6.0", posted_by="U0EMMA", channel="C2"))
    assert rows.latest_locale_in("T1", "C0INQUIRY") == "zh-CN"


def test_a_channel_without_inquiries_speaks_as_whom_the_bot_met_last(
    database: Database, clock: StillClock
) -> None:
    rows = PeopleRows(database, clock)
    assert rows.latest_locale_in("T1", "C0INQUIRY") is None
    for user, locale in (("U0EMMA", "en-US"), ("U0MEI", "zh-CN"), ("U0ANNA", None)):
        rows.put("T1", user, locale=locale, tz=None)
        clock.pass_by(5)
    assert rows.latest_locale_in("T1", "C0INQUIRY") == "zh-CN"
    assert rows.latest_locale_in("T2", "C0INQUIRY") is None


def test_one_event_to_many_threads_has_one_effect(database: Database, clock: StillClock) -> None:
    seen = SeenEvents(database, clock)

    def is_first(key: str) -> bool:
        with database.begin() as connection:
            return seen.is_first(key, connection)

    keys = [f"Ev{number}" for number in range(10) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(is_first, keys)) == 10


def test_an_event_is_remembered_for_a_day(database: Database, clock: StillClock) -> None:
    seen = SeenEvents(database, clock)
    with database.begin() as connection:
        assert seen.is_first("Ev1", connection)
    clock.pass_by(DAY_MS / 1000)
    seen.forget_old()
    with database.begin() as connection:
        assert not seen.is_first("Ev1", connection)
    clock.pass_by(1)
    seen.forget_old()
    with database.begin() as connection:
        assert seen.is_first("Ev1", connection)
