import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

import knowledge
from bot.follow_ups.calendar.countries import calendars
from bot.follow_ups.calendar.festivals import FESTIVALS, Festival
from bot.follow_ups.calendar.public_holidays import free_days
from bot.follow_ups.calendar.working_days import (
    WorkingDays,
    country_name,
    country_named,
    country_of_zone,
    hour_there,
    working_days_of,
)

ISO_CODES = sorted({code for zone in available_timezones() if (code := country_of_zone(zone))})
codes = st.one_of(st.none(), st.sampled_from(ISO_CODES), st.text(max_size=4))
near_days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def week_of(country: str | None) -> str:
    """The free days of the week from Monday 16 November 2026, as M T W T F S S with a dash for each."""
    days = [date(2026, 11, 16) + timedelta(days=later) for later in range(7)]
    return "".join(
        sign if working_days_of(country).is_working(day) else "-"
        for sign, day in zip("MTWTFSS", days, strict=True)
    )


@pytest.mark.parametrize(
    ("country", "week"),
    [
        pytest.param(None, "MTWTF--", id="unknown"),
        pytest.param("CN", "MTWTF--", id="China"),
        pytest.param("SA", "MTWT--S", id="Saudi Arabia"),
        pytest.param("KW", "MTWT--S", id="Kuwait"),
        pytest.param("QA", "MTWT--S", id="Qatar"),
        pytest.param("BH", "MTWT--S", id="Bahrain"),
        pytest.param("EG", "MTWT--S", id="Egypt"),
        pytest.param("JO", "MTWT--S", id="Jordan"),
        pytest.param("IQ", "MTWT--S", id="Iraq"),
        pytest.param("DZ", "MTWT--S", id="Algeria"),
        pytest.param("IL", "MTWT--S", id="Israel"),
        pytest.param("BD", "MTWT--S", id="Bangladesh"),
        pytest.param("MV", "MTWT--S", id="Maldives"),
        pytest.param("LY", "MTWT--S", id="Libya, by our own list"),
        pytest.param("SO", "MTWT--S", id="Somalia, by our own list"),
        pytest.param("AE", "MTWTF--", id="the UAE since 2022"),
        pytest.param("IR", "MTWT-SS", id="Iran: Friday only"),
        pytest.param("LB", "MTWTF--", id="Lebanon"),
        pytest.param("TR", "MTWTF--", id="Turkey"),
        pytest.param("ID", "MTWTF--", id="Indonesia"),
        pytest.param("PK", "MTWTF--", id="Pakistan"),
        pytest.param("IN", "MTWTF--", id="India"),
        pytest.param("HK", "MTWTF--", id="Hong Kong's offices"),
    ],
)
def test_every_country_has_its_own_weekend(country: str | None, week: str) -> None:
    assert week_of(country) == week


@pytest.mark.parametrize(
    ("country", "day", "english", "chinese"),
    [
        ("DE", date(2026, 12, 25), "holiday in Germany (Christmas Day)", "德国放假（圣诞节）"),
        ("DE", date(2027, 5, 1), "holiday in Germany (Labor Day)", "德国放假（劳动节）"),
        ("DE", date(2026, 12, 27), "weekend", "周末"),
        ("DE", date(2026, 12, 28), "", ""),
        ("GB", date(2027, 3, 29), "holiday in the UK (Easter Monday)", "英国放假（复活节星期一）"),
        ("US", date(2026, 11, 26), "holiday in the US (Thanksgiving Day)", "美国放假（感恩节）"),
        ("US", date(2026, 11, 27), "holiday in the US (Thanksgiving Day)", "美国放假（感恩节）"),
        ("JP", date(2028, 1, 3), "holiday in Japan (New Year's Day)", "日本放假（元旦）"),
        ("CN", date(2027, 2, 5), "holiday in China (Chinese New Year's Eve)", "中国放假（农历除夕）"),
        ("CN", date(2027, 2, 8), "holiday in China (Chinese New Year)", "中国放假（春节）"),
        ("CN", date(2026, 10, 6), "holiday in China (National Day)", "中国放假（国庆节）"),
        ("IN", date(2027, 1, 26), "holiday in India (Republic Day)", "印度放假（共和国日）"),
        ("IR", date(2027, 3, 21), "holiday in Iran (Nowruz)", "伊朗放假（诺鲁孜节）"),
        (None, date(2026, 12, 25), "", ""),
        (None, date(2026, 12, 26), "weekend", "周末"),
    ],
)
def test_a_free_day_says_why(country: str | None, day: date, english: str, chinese: str) -> None:
    days = working_days_of(country)
    assert (days.why_free(day, "en"), days.why_free(day, "zh")) == (english, chinese)
    assert days.is_working(day) is (not english)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ],
)
def test_china_works_on_its_make_up_days(day: date) -> None:
    assert day.weekday() >= 5
    assert working_days_of("CN").is_working(day)
    assert not working_days_of("HK").is_working(day)


def test_years_whose_make_up_days_are_not_published_keep_the_usual_length_of_chinese_holidays() -> None:
    year = free_days("CN", 2031)
    assert not year.worked
    eve = min(day for day, each in year.holidays.items() if each.en == "Chinese New Year's Eve")
    spring = [year.holidays[eve + timedelta(days=later)] for later in range(8)]
    assert [each.is_expected for each in spring][-1]
    assert all(date(2031, 10, day) in year.holidays for day in range(1, 8))


@pytest.mark.parametrize("country", ["SA", "AE", "EG", "TR", "ID", "MY", "PK", "BD"])
def test_eid_is_free_and_only_expected_until_the_moon_is_seen(country: str) -> None:
    eid = [each for each in free_days(country, 2027).holidays.values() if FESTIVALS["eid"].is_called(each.en)]
    assert len(eid) >= 2
    assert "开斋节" in "".join(each.zh for each in eid)


@pytest.mark.parametrize(
    ("country", "festival", "after", "last"),
    [
        ("CN", "spring_festival", date(2026, 1, 10), date(2026, 2, 23)),
        ("CN", "spring_festival", date(2026, 2, 20), date(2026, 2, 23)),
        ("CN", "national_day", date(2026, 9, 1), date(2026, 10, 7)),
        ("DE", "spring_festival", date(2026, 1, 10), date(2026, 2, 23)),
        ("DE", "christmas", date(2026, 11, 25), date(2026, 12, 27)),
        ("CN", "christmas", date(2026, 11, 25), date(2026, 12, 28)),
        ("RU", "christmas", date(2026, 12, 31), date(2027, 1, 10)),
        ("US", "new_year", date(2026, 11, 25), date(2027, 1, 3)),
        ("DE", "easter", date(2026, 11, 25), date(2027, 3, 29)),
        ("CN", "easter", date(2026, 11, 25), date(2027, 3, 29)),
        ("US", "thanksgiving", date(2026, 11, 25), date(2026, 11, 29)),
        ("US", "labour_day", date(2026, 11, 25), date(2027, 9, 6)),
        ("IN", "eid_al_adha", date(2027, 3, 20), date(2027, 5, 17)),
        ("VN", "spring_festival", date(2026, 11, 25), date(2027, 2, 10)),
        (None, "new_year", date(2026, 11, 25), date(2027, 1, 3)),
    ],
)
def test_after_a_festival_begins_when_its_last_free_day_is_over(
    country: str | None, festival: Festival, after: date, last: date
) -> None:
    assert working_days_of(country).end_of(festival, after) == last


@pytest.mark.parametrize("festival", FESTIVALS)
@given(country=codes, after=near_days)
def test_a_festival_ends_on_or_after_the_day_one_asks_and_work_begins_the_day_after(
    festival: Festival, country: str | None, after: date
) -> None:
    end = WorkingDays(country).end_of(festival, after)
    assert end is None or after <= end <= after + timedelta(days=800)


def test_every_festival_is_known_somewhere_each_year() -> None:
    missing = [
        name
        for name in FESTIVALS
        for year in (2026, 2027, 2028)
        if working_days_of(None).end_of(name, date(year, 1, 1)) is None
    ]
    assert missing == []


def test_working_days_are_counted_over_weekends_and_holidays() -> None:
    germany = working_days_of("DE")
    assert germany.after(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert germany.after(date(2026, 12, 24), 5) == date(2027, 1, 4)
    assert germany.after(date(2026, 12, 25), 0) == date(2026, 12, 28)
    assert germany.next_working(date(2026, 12, 24)) == date(2026, 12, 24)


@given(country=codes, day=st.dates())
def test_no_country_and_no_day_is_too_strange(country: str | None, day: date) -> None:
    days = WorkingDays(country)
    assert days.is_working(day) == (days.why_free(day, "en") == "") == (days.why_free(day, "zh") == "")
    assert days.next_working(day) >= day


@given(country=codes, day=near_days, count=st.integers(0, 30))
def test_the_nth_working_day_is_one_and_lies_ahead(country: str | None, day: date, count: int) -> None:
    days = WorkingDays(country)
    found = days.after(day, count)
    between = sum(days.is_working(day + timedelta(days=later)) for later in range(1, (found - day).days + 1))
    assert days.is_working(found)
    assert between == count or (count == 0 and found >= day)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"), ("deutschland", "DE"), ("U.S.A.", "US"), ("the Netherlands", "NL"),
        ("U.A.E", "AE"), ("Côte d’Ivoire", "CI"), ("Việt Nam", "VN"), ("россии", "RU"),
        ("عمان", "OM"), ("한국", "KR"), ("美國", "US"), ("沙特阿拉伯", "SA"),
        ("  Saudi   Arabia. ", "SA"), ("P.R. China", "CN"), ("Guinea-Bissau", "GW"),
        ("Congo", None), ("Atlantis", None), ("", None), ("the", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_the_names_buyers_write(name: str, code: str | None) -> None:
    assert country_named(name) == code


def test_every_country_that_is_read_from_an_inquiry_is_known_but_the_two_congos() -> None:
    places = (Path(knowledge.__file__).parent / "lexicon" / "places.toml").read_text("utf-8")
    words = tomllib.loads(places)["entries"]["countries"]["words"]
    assert [word for word in words if country_named(word) is None] == ["congo"]


def test_no_name_stands_for_two_countries() -> None:
    table = tomllib.loads((Path("bot/follow_ups/calendar/countries.toml")).read_text("utf-8"))
    wrong = [(code, name) for code, names in table.items() for name in names if country_named(name) != code]
    assert wrong == []
    assert list(table) == sorted(table)
    assert country_name("AE", "en") == "the UAE"
    assert (country_name("DE", "zh"), country_name("XX", "zh")) == ("德国", "XX")


@given(st.text(max_size=40))
def test_a_nonsense_name_is_no_country_and_no_error(name: str) -> None:
    assert country_named(name) is None or country_named(name) in ISO_CODES


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("Asia/Shanghai", "CN"), ("Asia/Chongqing", "CN"), ("Asia/Calcutta", "IN"), ("Europe/Oslo", "NO"),
        ("Europe/Kiev", "UA"), ("US/Pacific", "US"), ("Asia/Hong_Kong", "HK"), ("America/Sao_Paulo", "BR"),
        ("UTC", None), ("EST", None), ("Etc/GMT+5", None), ("Mars/Olympus", None), ("", None),
    ],
)  # fmt: skip
def test_a_zone_tells_its_country(zone: str, code: str | None) -> None:
    assert country_of_zone(zone) == code


@pytest.mark.parametrize(
    ("country", "shown"),
    [
        ("DE", "2026-11-25T08:30+01:00"), ("CN", "2026-11-25T15:30+08:00"), ("IN", "2026-11-25T13:00+05:30"),
        ("PT", "2026-11-25T07:30+00:00"), ("AR", "2026-11-25T04:30-03:00"),
        ("US", None), ("RU", None), ("ID", None), ("XX", None), (None, None),
    ],
)  # fmt: skip
def test_the_hour_there_is_told_where_the_country_has_one(country: str | None, shown: str | None) -> None:
    hour = hour_there(country, ms("2026-11-25T07:30"))
    assert (hour.isoformat(timespec="minutes") if hour else None) == shown


@given(country=codes, at_ms=st.integers(-(2**62), 2**62))
def test_the_hour_there_is_never_an_error(country: str | None, at_ms: int) -> None:
    hour = hour_there(country, at_ms)
    assert hour is None or hour.tzinfo is not None


def test_our_own_calendars_name_only_countries_zones_and_festivals_there_are() -> None:
    own = calendars()
    assert {*own["weekend"], *own["region"], *own["main_zone"]} <= set(ISO_CODES)
    assert all(country_of_zone(zone) == code for code, zone in own["main_zone"].items())
    for rule in own["longer"]:
        english = [each.en for each in free_days(rule["country"], 2031).holidays.values()]
        assert any(name.startswith(rule["holiday"]) for name in english), rule


def test_the_holidays_are_read_at_the_first_question_and_not_at_the_start() -> None:
    rooms = "bot.app, bot.command_line, bot.follow_ups.calendar.steps"
    asked = f"import sys, {rooms}; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
