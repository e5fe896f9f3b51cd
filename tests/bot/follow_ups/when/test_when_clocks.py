"""Hours that clocks skip or show twice, and zones that changed their rules."""

import pytest

from bot.follow_ups.when import Understood

GAPS = [  # the hour does not exist: it moves forward
    ("America/New_York", "2026-03-07 12:00", "tomorrow 02:30", "2026-03-08 03:30"),
    ("Europe/Berlin", "2026-03-28 12:00", "tomorrow 02:30", "2026-03-29 03:30"),
    ("America/Sao_Paulo", "2018-11-03 12:00", "tomorrow 00:30", "2018-11-04 01:30"),
    ("Australia/Lord_Howe", "2026-10-03 12:00", "tomorrow 02:15", "2026-10-04 02:45"),
    ("America/New_York", "2026-03-07 02:30", "1d", "2026-03-08 03:30"),
    ("Europe/Berlin", "2026-03-28 02:30", "1天后", "2026-03-29 03:30"),
]
FOLDS = [  # the hour comes twice: the first is taken; minutes are those until then
    ("America/New_York", "2026-10-31 12:00", "tomorrow 01:30", 13 * 60 + 30),
    ("Europe/Berlin", "2026-10-24 12:00", "tomorrow 02:30", 14 * 60 + 30),
    ("America/Sao_Paulo", "2018-02-16 12:00", "tomorrow 23:30", 35 * 60 + 30),
    ("Australia/Lord_Howe", "2026-04-04 12:00", "tomorrow 01:45", 13 * 60 + 45),
]
KEPT = [  # days keep the clock on the wall, hours are true hours
    ("America/New_York", "2026-10-31 12:00", "1d", "2026-11-01 12:00", 25 * 60),
    ("America/New_York", "2026-10-31 12:00", "24h", "2026-11-01 11:00", 24 * 60),
    ("Europe/Berlin", "2026-03-28 12:00", "1d", "2026-03-29 12:00", 23 * 60),
    ("Europe/Berlin", "2026-03-28 12:00", "24小时后", "2026-03-29 13:00", 24 * 60),
    ("America/Sao_Paulo", "2018-11-03 12:00", "tomorrow 9am", "2018-11-04 09:00", 20 * 60),
    ("Australia/Lord_Howe", "2026-10-03 12:00", "明天9点", "2026-10-04 09:00", 20 * 60 + 30),
]
MINUTE_MS = 60_000


def now_of(say, now: str, zone: str) -> int:
    return say("1h", now=now, zone=zone).due_at - 60 * MINUTE_MS


@pytest.mark.parametrize(("zone", "now", "typed", "meant"), GAPS)
def test_an_hour_the_clocks_skip_moves_forward_and_is_told(
    say, local, zone: str, now: str, typed: str, meant: str
) -> None:
    heard = say(typed, now=now, zone=zone, country=None)
    assert isinstance(heard, Understood)
    assert local(heard.due_at, zone) == meant
    assert "clock_change" in [remark.kind for remark in heard.remarks]


@pytest.mark.parametrize(("zone", "now", "typed", "minutes"), FOLDS)
def test_of_an_hour_shown_twice_the_first_is_meant(
    say, zone: str, now: str, typed: str, minutes: int
) -> None:
    heard = say(typed, now=now, zone=zone, country=None)
    assert heard.due_at - now_of(say, now, zone) == minutes * MINUTE_MS


def test_of_an_hour_shown_twice_the_second_is_meant_once_the_first_is_over(say) -> None:
    """Half past one, first time, in New York: "at 01:30" is in an hour."""
    heard = say("at 01:30", now="2026-11-01 01:30", zone="America/New_York", country="US")
    assert heard.due_at - now_of(say, "2026-11-01 01:30", "America/New_York") == 60 * MINUTE_MS


@pytest.mark.parametrize(("zone", "now", "typed", "meant", "minutes"), KEPT)
def test_days_keep_the_clock_and_hours_are_true(
    say, local, zone: str, now: str, typed: str, meant: str, minutes: int
) -> None:
    heard = say(typed, now=now, zone=zone, country=None)
    assert local(heard.due_at, zone) == meant
    assert heard.due_at - now_of(say, now, zone) == minutes * MINUTE_MS


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"])
def test_tomorrow_is_the_askers_own(say, local, zone: str) -> None:
    assert local(say("tomorrow 9am", zone=zone).due_at, zone) == "2026-11-26 09:00"
