from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.follow_ups.moment import DAY_MS, HOUR_MS, MINUTE_MS, days_later, moment, span
from bot.texts import Language

SHANGHAI, BERLIN, NEW_YORK = map(ZoneInfo, ("Asia/Shanghai", "Europe/Berlin", "America/New_York"))


def ms(*when: int, zone: ZoneInfo) -> int:
    return int(datetime(*when, tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Friday, 27 November 2026 at 09:30 (Asia/Shanghai)"),
        ("zh", "2026年11月27日星期五 09:30（Asia/Shanghai）"),
    ],
)
def test_a_moment_names_weekday_date_time_and_zone(language: Language, said: str) -> None:
    assert moment(ms(2026, 11, 27, 9, 30, zone=SHANGHAI), SHANGHAI, language) == said


@pytest.mark.parametrize(
    ("length_ms", "said"),
    [
        (0, "1 minute"),
        (5 * MINUTE_MS, "5 minutes"),
        (HOUR_MS, "1 hour"),
        (23 * HOUR_MS, "23 hours"),
        (DAY_MS, "1 day"),
        (3 * DAY_MS + HOUR_MS, "3 days"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(length_ms: int, said: str) -> None:
    assert span(length_ms, "en") == said


@pytest.mark.parametrize(
    ("zone", "start", "then"),
    [
        (SHANGHAI, (2026, 11, 24, 9, 0), (2026, 11, 27, 9, 0)),
        (BERLIN, (2026, 10, 23, 9, 0), (2026, 10, 26, 9, 0)),  # the clocks went back in between
        (BERLIN, (2026, 3, 27, 9, 0), (2026, 3, 30, 9, 0)),  # … and forward
        (NEW_YORK, (2026, 3, 5, 2, 30), (2026, 3, 8, 3, 30)),  # 02:30 was skipped that day
        (SHANGHAI, (2026, 2, 26, 12, 0), (2026, 3, 1, 12, 0)),
    ],
    ids=["plain", "autumn", "spring", "skipped", "month-end"],
)
def test_days_later_is_the_same_time_of_day(
    zone: ZoneInfo, start: tuple[int, ...], then: tuple[int, ...]
) -> None:
    later = datetime.fromtimestamp(days_later(ms(*start, zone=zone), 3, zone) / 1000, UTC).astimezone(zone)
    assert later.timetuple()[:5] == then
