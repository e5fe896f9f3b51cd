from dataclasses import replace
from typing import Any

import pytest

from bot.advice.record import verdict_to_json
from bot.follow_ups.naming import age_of, buyer_of, named, named_plainly, product_of
from bot.intake.model import Via
from bot.reading import reading_to_json
from bot.reading.model import Reading
from bot.storage.model import InquiryRecord
from knowledge import Knowledge, load
from knowledge.model import Fact, Facts

URL = "https://ws.slack.com/"
DAY = 24 * 3600 * 1000


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load()


def fact(value: str) -> Fact:
    return Fact(value, value, 0, len(value))


def inquiry(known: Knowledge, *, facts: Facts | None = None, **sender: Any) -> InquiryRecord:
    """Return an inquiry as judged, with these facts in it."""
    verdict = replace(known.classify("Please quote"), facts=facts or Facts())
    nothing = dict.fromkeys(InquiryRecord.__dataclass_fields__)
    told = {
        "id": 4,
        "team": "T1",
        "channel": "C1",
        "ts": "1700000001.000100",
        "thread_ts": "1700000001.000100",
        "via": Via.MESSAGE,
        "received_at": 0,
        "state": "new",
        "buyer_type": "sample_hunter",
        "reading": reading_to_json(Reading(text="Please quote", **sender)),
        "verdict": verdict_to_json(verdict),
    }
    return InquiryRecord(**{**nothing, **told})


@pytest.mark.parametrize(
    ("facts", "sender", "name"),
    [
        (Facts(contact=fact("Ahmed Hassan"), company=fact("Al Noor")), {}, "Ahmed Hassan"),
        (Facts(company=fact("Al Noor")), {"sender_name": "Ahmed"}, "Ahmed"),
        (Facts(company=fact("Al Noor")), {}, "Al Noor"),
        (Facts(), {"sender_email": "ahmed@alnoor.ae"}, "ahmed@alnoor.ae"),
        (Facts(), {}, ""),
    ],
    ids=["person", "sender", "company", "address", "nobody"],
)
def test_the_buyer_is_named_by_the_best_that_is_known(
    known: Knowledge, facts: Facts, sender: dict[str, str], name: str
) -> None:
    assert buyer_of(inquiry(known, facts=facts, **sender)) == name


def test_buyer_and_product_are_linked_to_the_message(known: Knowledge) -> None:
    facts = Facts(contact=fact("Ahmed"), product=fact("LED panels"))
    said = named(known, inquiry(known, facts=facts), "en", URL)
    assert said == "<https://ws.slack.com/archives/C1/p1700000001000100|Ahmed · LED panels>"


def test_without_the_workspaces_address_there_is_no_link(known: Knowledge) -> None:
    assert named(known, inquiry(known, facts=Facts(contact=fact("Ahmed"))), "en") == "Ahmed"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_without_any_name_is_called_by_its_type(known: Knowledge, language: Any) -> None:
    erased = replace(inquiry(known), reading=None, verdict=None)
    expected = known.types["sample_hunter"].name.in_(language)
    assert expected in named(known, erased, language, URL)
    assert (buyer_of(erased), product_of(erased)) == ("", "")


def test_one_that_is_not_read_yet_is_said_to_be(known: Knowledge) -> None:
    unread = replace(inquiry(known), reading=None, verdict=None, buyer_type=None)
    assert "I have not read" in named(known, unread, "en")
    assert "I have not read" in named_plainly(known, unread, "en")


@pytest.mark.parametrize("hostile", ["<!channel>", "a|b>", "https://evil.example", "*x* `y` @here"])
def test_a_hostile_name_pings_and_links_nobody(known: Knowledge, hostile: str) -> None:
    facts = Facts(contact=fact(hostile), product=fact(hostile))
    said = named(known, inquiry(known, facts=facts), "en", URL)
    label = said.removeprefix("<https://ws.slack.com/archives/C1/p1700000001000100|").removesuffix(">")
    assert not any(bad in label for bad in ("<", ">", "|", "http", "*", "`", "@here"))


@pytest.mark.parametrize(
    ("age", "says"), [(0, "today"), (DAY - 1, "today"), (DAY, "1 day ago"), (5 * DAY, "5 days ago")]
)
def test_its_age_is_told_in_days(known: Knowledge, age: int, says: str) -> None:
    assert age_of(inquiry(known), age, "en") == says


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("王伟, 采购经理", "王伟，采购经理"),
        ("Wei Wang, 经理", "Wei Wang, 经理"),
        ("Ann Lee, Buyer", "Ann Lee, Buyer"),
    ],
)
def test_between_a_chinese_name_and_its_title_stands_a_chinese_comma(
    known: Knowledge, written: str, shown: str
) -> None:
    one = inquiry(known, facts=Facts(contact=fact(written)))
    assert named(known, one, "zh") == named_plainly(known, one, "zh") == shown
