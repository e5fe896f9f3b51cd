"""The same words on other days: what is over, what comes next, what must be asked."""

import pytest

from bot.follow_ups.when import Doubtful, NotATime, Understood

SAID_ON = [
    ("next Monday", "2026-11-28 12:00", "2026-11-30 09:00"),
    ("next Monday", "2026-11-29 12:00", "2026-11-30 09:00"),
    ("next Friday", "2026-11-27 12:00", "2026-12-04 09:00"),
    ("next Friday", "2026-11-29 12:00", "2026-12-04 09:00"),
    ("Friday 17:00", "2026-11-27 12:00", "2026-11-27 17:00"),
    ("Friday 10:00", "2026-11-27 12:00", "2026-12-04 10:00"),
    ("Friday", "2026-11-27 08:00", "2026-11-27 09:00"),
    ("Friday", "2026-11-27 12:00", "2026-12-04 09:00"),
    ("8pm", "2026-11-25 19:00", "2026-11-25 20:00"),
    ("8pm", "2026-11-25 20:00", "2026-11-26 20:00"),
    ("midnight", "2026-11-25 23:59", "2026-11-26 00:00"),
    ("tonight", "2026-11-25 20:30", "2026-11-25 22:00"),
    ("this morning", "2026-11-25 09:30", "2026-11-25 11:00"),
    ("today", "2026-11-25 07:00", "2026-11-25 09:00"),
    ("下周五", "2026-11-29 12:00", "2026-12-04 09:00"),
    ("下下周一", "2026-11-29 12:00", "2026-12-07 09:00"),
    ("周日", "2026-11-29 08:00", "2026-11-29 09:00"),
    ("周日", "2026-11-29 12:00", "2026-12-06 09:00"),
    ("周末", "2026-11-28 12:00", "2026-11-29 09:00"),
    ("weekend", "2026-11-29 12:00", "2026-12-05 09:00"),
    ("月底", "2026-11-30 12:00", "2026-11-30 17:00"),
    ("1mo", "2027-01-31 12:00", "2027-02-28 12:00"),
    ("一个月后", "2028-01-31 12:00", "2028-02-29 12:00"),
    ("1 year", "2028-02-29 12:00", "2029-02-28 12:00"),
    ("the 31st", "2027-02-10 12:00", "2027-03-31 09:00"),
    ("25 Nov", "2026-11-25 15:30", "2026-11-25 17:00"),
    ("24 Nov", "2026-11-25 15:30", "2027-11-24 09:00"),
    ("1月8日", "2026-11-25 15:30", "2027-01-08 09:00"),
    ("next month", "2026-12-05 12:00", "2027-01-04 09:00"),
    ("下个月31号", "2026-11-25 15:30", "2026-12-31 09:00"),
    ("明年", "2026-12-31 23:00", "2027-01-04 09:00"),
    ("tomorrow same time", "2026-11-25 15:30", "2026-11-26 15:30"),
    ("明天这个时候", "2026-11-25 15:30", "2026-11-26 15:30"),
    ("next business day", "2026-12-31 10:00", "2027-01-04 09:00"),
    ("下个工作日", "2026-12-31 10:00", "2027-01-04 09:00"),
    ("end of tomorrow", "2026-11-25 15:30", "2026-11-26 18:00"),
    ("monday after lunch", "2026-11-25 15:30", "2026-11-30 14:00"),
    ("今年年底", "2026-11-25 15:30", "2026-12-31 09:00"),
    ("明年一季度末", "2026-11-25 15:30", "2027-03-31 09:00"),
    ("Q1", "2026-11-25 15:30", "2027-01-04 09:00"),
    ("31/12", "2026-11-25 15:30", "2026-12-31 09:00"),
    ("3 working days", "2026-12-31 10:00", "2027-01-06 10:00"),
]
ASKED_ON = [
    ("this Monday", "2026-11-25 15:30", "past", ["2026-11-30 09:00", "2026-11-26 09:00"]),
    ("next Tuesday", "2026-11-30 12:00", "ambiguous", ["2026-12-08 09:00", "2026-12-01 09:00"]),
    ("next Sunday", "2026-11-25 12:00", "ambiguous", ["2026-12-06 09:00", "2026-11-29 09:00"]),
    ("next weekend", "2026-11-25 12:00", "ambiguous", ["2026-12-05 09:00", "2026-11-28 09:00"]),
    ("today 9am", "2026-11-25 15:30", "past", ["2026-11-26 09:00", "2026-11-25 16:30"]),
    ("25 Nov 9am", "2026-11-25 15:30", "past", ["2026-11-26 09:00", "2027-11-25 09:00", "2026-11-25 16:30"]),
    ("2026-03-01", "2026-11-25 15:30", "past", ["2027-03-01 09:00", "2026-11-26 09:00"]),
    ("yesterday", "2026-11-25 15:30", "past", ["2026-11-26 09:00"]),
    ("3 days ago", "2026-11-25 15:30", "past", ["2026-11-28 09:00", "2026-11-26 09:00"]),
    ("上周五", "2026-11-25 15:30", "past", ["2026-11-27 09:00", "2026-11-26 09:00"]),
    ("0d", "2026-11-25 15:30", "past", ["2026-11-25 16:30", "2026-11-26 09:00"]),
    ("now", "2026-11-25 15:30", "past", ["2026-11-25 16:30", "2026-11-26 09:00"]),
    ("before Friday", "2026-11-25 15:30", "ambiguous", ["2026-11-26 09:00", "2026-11-27 09:00"]),
    ("tomorrow midnight", "2026-11-25 15:30", "ambiguous", ["2026-11-27 00:00", "2026-11-26 00:00"]),
    ("31/11", "2026-11-25 15:30", "no_such_day", ["2026-11-30 09:00", "2026-12-01 09:00"]),
    ("before diwali", "2048-07-20 12:00", "which_holiday", []),
    ("31 Nov", "2026-11-25 15:30", "no_such_day", ["2026-11-30 09:00", "2026-12-01 09:00"]),
    ("2月30日", "2026-11-25 15:30", "no_such_day", ["2027-02-28 09:00", "2027-03-01 09:00"]),
    ("Friday 1 December", "2026-11-25 15:30", "weekday_differs", ["2026-12-01 09:00", "2026-11-27 09:00"]),
    ("3000d", "2026-11-25 15:30", "too_far", ["2027-11-25 15:30"]),
    ("9999999999999 years", "2026-11-25 15:30", "too_far", ["2027-11-25 15:30"]),
    ("3 days after delivery", "2026-11-25 15:30", "unknown_event", ["2026-11-28 15:30"]),
    ("-3d", "2026-11-25 15:30", "past", ["2026-11-28 15:30"]),
    ("-3天", "2026-11-25 15:30", "past", ["2026-11-28 15:30"]),
    ("-2 weeks", "2026-11-25 15:30", "past", ["2026-12-09 15:30"]),
    ("tomorrow 25:00", "2026-11-25 15:30", "no_such_day", ["2026-11-26 09:00"]),
    ("tomorrow at 9:75", "2026-11-25 15:30", "no_such_day", ["2026-11-26 09:00"]),
    ("明天25点", "2026-11-25 15:30", "no_such_day", ["2026-11-26 09:00"]),
    ("Friday 30:10", "2026-11-25 15:30", "no_such_day", ["2026-11-27 09:00"]),
    ("daily", "2026-11-25 15:30", "recurring", ["2026-11-26 09:00"]),
    ("每月底", "2026-11-25 15:30", "recurring", ["2026-11-30 09:00"]),
    ("Mondays", "2026-11-25 15:30", "recurring", ["2026-11-30 09:00"]),
]
NO_TIMES = [
    "",
    " ",
    "ask about the samples tomorrow",
    "the buyer",
    "may I ask",
    "second sample",
    "Tom asked for samples",
    "问样品",
    "3个样品",
    "3号样品寄出",
    "中东客户",
    "周日本客户来",
    "一定要问",
    "样品寄出后3天",
]


@pytest.mark.parametrize(("typed", "now", "meant"), SAID_ON, ids=[f"{t} on {n}" for t, n, _ in SAID_ON])
def test_a_time_depends_on_when_it_is_said(say, local, typed: str, now: str, meant: str) -> None:
    heard = say(typed, now=now)
    assert isinstance(heard, Understood)
    assert local(heard.due_at) == meant


@pytest.mark.parametrize(
    ("typed", "now", "why", "offers"), ASKED_ON, ids=[f"{t} on {n}" for t, n, *_ in ASKED_ON]
)
def test_nothing_is_set_that_is_over_or_unclear(
    say, local, typed: str, now: str, why: str, offers: list[str]
) -> None:
    heard = say(typed, now=now)
    assert isinstance(heard, Doubtful)
    assert heard.why == why
    assert [local(each) for each in heard.offers] == offers


@pytest.mark.parametrize("typed", NO_TIMES)
def test_other_words_are_no_time(say, typed: str) -> None:
    assert say(typed) == NotATime(typed)


@pytest.mark.parametrize(
    ("typed", "locale", "likeliest"),
    [
        ("03/12/2027", "en-US", "2027-03-12 09:00"),
        ("03/12/2027", "en-GB", "2027-12-03 09:00"),
        ("03/12/2027", "de-DE", "2027-12-03 09:00"),
        ("03/12/2027", None, "2027-12-03 09:00"),
        ("03/12/2027", "zh-CN", "2027-03-12 09:00"),
        ("12/1", "en-US", "2026-12-01 09:00"),
        ("12/1", "en-GB", "2027-01-12 09:00"),
        ("12.1", "zh-CN", "2026-12-01 09:00"),
        ("12.1号", "zh-CN", "2026-12-01 09:00"),
    ],
)
def test_both_orders_of_a_date_are_offered(
    say, local, typed: str, locale: str | None, likeliest: str
) -> None:
    heard = say(typed, locale=locale)
    assert (heard.why, heard.detail) == ("ambiguous", "order")
    assert len(heard.offers) == 2
    assert local(heard.offers[0]) == likeliest


@pytest.mark.parametrize(
    ("typed", "locale", "meant"),
    [
        ("12/1", "zh-CN", "2026-12-01 09:00"),
        ("12/1", "zh-TW", "2026-12-01 09:00"),
        ("12/24", "en-GB", "2026-12-24 09:00"),
        ("24/12", "en-US", "2026-12-24 09:00"),
        ("12/12/2026", "en-GB", "2026-12-12 09:00"),
        ("5.12.2026", "en-US", "2026-12-05 09:00"),
        ("5.12.", "zh-CN", "2026-12-05 09:00"),
    ],
)
def test_a_date_of_one_order_is_set(say, local, typed: str, locale: str, meant: str) -> None:
    assert local(say(typed, locale=locale).due_at) == meant


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("3d", ["2026-11-30 15:30"]),
        ("weekend", ["2026-11-30 09:00"]),
        ("下周日", ["2026-12-07 09:00"]),
        ("1m", ["2026-12-25 15:30"]),
        ("at 9", ["2026-11-25 21:00"]),
        ("tomorrow at 3", ["2026-11-26 03:00"]),
        ("in 3-5 days", ["2026-11-30 15:30"]),
        ("tomorrow", []),
        ("2h", []),
    ],
)
def test_what_else_may_be_meant_is_one_click_away(say, local, typed: str, instead: list[str]) -> None:
    assert [local(each) for each in say(typed).instead] == instead


def test_weekends_are_those_of_the_askers_country(say, local) -> None:
    heard = say("Friday", country="SA", zone="Asia/Riyadh")
    assert [local(each, "Asia/Riyadh") for each in heard.instead] == ["2026-11-29 09:00"]
