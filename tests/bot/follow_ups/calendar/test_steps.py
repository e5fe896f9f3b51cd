from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import knowledge
from bot.follow_ups.calendar.steps import APART, Step, day_of, morning_of, moved_says, steps_of
from bot.follow_ups.calendar.working_days import WorkingDays, country_of_zone, working_days_of
from knowledge.content import Plan, Situation, Touch
from knowledge.model import Bilingual

PLANS = {each.plan: each for each in knowledge.load().situations.values()}
OFFICES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Riyadh",
    "Asia/Tehran",
    "Australia/Lord_Howe",
]
BUYERS = [None, "DE", "US", "SA", "AE", "IR", "LY", "IN", "BR", "RU", "CN", "XX", ""]


def ms(when: str, tz: str) -> int:
    return int(datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(tz)).timestamp() * 1000)


def steps(
    plan: Plan,
    when: str,
    tz: str = "Asia/Shanghai",
    buyer: str | None = None,
    taken: tuple[date, ...] = (),
    arrived_on: date | None = None,
) -> tuple[Step, ...]:
    return steps_of(
        PLANS[plan],
        started_ms=ms(when, tz),
        zone=ZoneInfo(tz),
        owner_days=working_days_of(country_of_zone(tz)),
        buyer_days=WorkingDays(buyer) if buyer is not None else None,
        taken=taken,
        arrived_on=arrived_on,
    )


def shown(found: tuple[Step, ...], tz: str = "Asia/Shanghai") -> list[str]:
    return [f"{datetime.fromtimestamp(step.due_at / 1000, ZoneInfo(tz)):%a %d %b %H:%M}" for step in found]


def test_a_quotation_is_followed_up_four_times_at_nine_and_samples_five_times() -> None:
    assert shown(steps("quote", "2026-11-30T16:20")) == [
        "Thu 03 Dec 09:00",
        "Mon 07 Dec 09:00",
        "Mon 14 Dec 09:00",
        "Wed 30 Dec 09:00",
    ]
    assert shown(steps("sample", "2026-11-30T16:20")) == [
        "Mon 30 Nov 16:20",
        "Mon 07 Dec 09:00",
        "Mon 14 Dec 09:00",
        "Mon 28 Dec 09:00",
        "Tue 19 Jan 09:00",
    ]
    assert not any(step.moved_from for step in steps("quote", "2026-11-30T16:20"))


def test_what_to_do_at_the_dispatch_comes_at_once_or_on_the_next_working_morning() -> None:
    assert shown(steps("sample", "2026-11-27T23:59"))[0] == "Fri 27 Nov 23:59"
    assert shown(steps("sample", "2026-11-28T10:00"))[0] == "Mon 30 Nov 09:00"
    assert shown(steps("sample", "2026-11-27T10:00", taken=(date(2026, 11, 27),)))[0] == "Mon 30 Nov 09:00"


def test_the_day_of_arrival_counts_once_it_is_known() -> None:
    early = steps("sample", "2026-11-30T10:00", arrived_on=date(2026, 12, 2))
    late = steps("sample", "2026-11-30T10:00", arrived_on=date(2026, 12, 14))
    assert shown(early)[:3] == ["Mon 30 Nov 10:00", "Fri 04 Dec 09:00", "Fri 11 Dec 09:00"]
    assert shown(late)[:3] == ["Mon 30 Nov 10:00", "Wed 16 Dec 09:00", "Wed 23 Dec 09:00"]


def test_an_arrival_before_the_plan_began_brings_no_step_into_the_past() -> None:
    found = steps("sample", "2026-11-30T10:00", arrived_on=date(2026, 11, 20))
    assert shown(found)[:3] == ["Mon 30 Nov 10:00", "Wed 02 Dec 09:00", "Fri 04 Dec 09:00"]


@pytest.mark.parametrize(
    ("tz", "buyer", "when", "number", "day", "english", "chinese"),
    [
        pytest.param(
            "Europe/Berlin", None, "2026-12-29T12:00", 0, "Mon 04 Jan 09:00",
            "moved from Fri 1 Jan, holiday in Germany (New Year's Day)",
            "原定 1月1日（周五），德国放假（元旦），已顺延", id="the owner's holiday",
        ),
        pytest.param(
            "Asia/Shanghai", "DE", "2026-12-22T09:00", 0, "Mon 28 Dec 09:00",
            "moved from Fri 25 Dec, holiday in Germany (Christmas Day)",
            "原定 12月25日（周五），德国放假（圣诞节），已顺延", id="the buyer's holiday",
        ),
        pytest.param(
            "Asia/Shanghai", "SA", "2026-12-01T09:00", 0, "Mon 07 Dec 09:00",
            "moved from Fri 4 Dec, weekend in Saudi Arabia",
            "原定 12月4日（周五），沙特周末，已顺延", id="the buyer's weekend",
        ),
        pytest.param(
            "Asia/Riyadh", None, "2026-12-01T09:00", 0, "Sun 06 Dec 09:00",
            "moved from Fri 4 Dec, weekend", "原定 12月4日（周五），周末，已顺延", id="the owner's weekend",
        ),
        pytest.param(
            "Asia/Shanghai", None, "2027-01-30T09:00", 1, "Mon 15 Feb 09:00",
            "moved from Sat 6 Feb, holiday in China (Chinese New Year)",
            "原定 2月6日（周六），中国放假（春节），已顺延", id="Chinese New Year",
        ),
        pytest.param(
            "Asia/Shanghai", None, "2026-02-10T09:00", 1, "Tue 24 Feb 09:00",
            "moved from Tue 17 Feb, holiday in China (Chinese New Year)",
            "原定 2月17日（周二），中国放假（春节），已顺延", id="Chinese New Year with adjusted days",
        ),
        pytest.param(
            "Asia/Shanghai", None, "2026-05-02T09:00", 1, "Sat 09 May 09:00", "", "", id="a make-up Saturday",
        ),
        pytest.param(
            "Europe/Berlin", None, "2026-12-29T12:00", 1, "Wed 06 Jan 09:00",
            "moved from Tue 5 Jan, too soon after the step before",
            "原定 1月5日（周二），离上一步太近，已顺延", id="too close",
        ),
    ],
)  # fmt: skip
def test_a_step_on_a_free_day_moves_on_and_says_why(
    tz: str, buyer: str | None, when: str, number: int, day: str, english: str, chinese: str
) -> None:
    step = steps("quote", when, tz, buyer)[number]
    assert shown((step,), tz) == [day]
    assert (moved_says(step, "en"), moved_says(step, "zh")) == (english, chinese)


def test_a_step_gives_way_to_what_somebody_wants_on_its_day() -> None:
    step = steps("quote", "2026-11-30T09:00", taken=(date(2026, 12, 3),))[0]
    assert shown((step,)) == ["Fri 04 Dec 09:00"]
    assert moved_says(step, "en") == "moved from Thu 3 Dec, there is another reminder that day"


def test_nine_stays_nine_when_the_clocks_change() -> None:
    found = steps("quote", "2026-10-23T15:00", "Europe/Berlin")
    assert shown(found, "Europe/Berlin") == [
        "Mon 26 Oct 09:00",
        "Fri 30 Oct 09:00",
        "Fri 06 Nov 09:00",
        "Mon 23 Nov 09:00",
    ]
    assert found[0].due_at - ms("2026-10-23T09:00", "Europe/Berlin") == (3 * 24 + 1) * 3_600_000


def test_crowded_touches_of_an_edited_plan_are_drawn_apart() -> None:
    touch = Touch(days=1, after="quotation", says=Bilingual("Ask.", "问一声。"))
    crowded = Situation("x", *([Bilingual("x", "甲")] * 2), "quote", (touch, touch, touch), ())
    zone = ZoneInfo("Europe/Berlin")
    found = steps_of(
        crowded,
        started_ms=ms("2026-11-30T09:00", "Europe/Berlin"),
        zone=zone,
        owner_days=working_days_of("DE"),
        buyer_days=None,
    )
    assert [day_of(step.due_at, zone).day for step in found] == [1, 3, 7]


@settings(max_examples=150)
@given(
    plan=st.sampled_from(sorted(PLANS)),
    tz=st.sampled_from(OFFICES),
    buyer=st.sampled_from(BUYERS),
    started=st.datetimes(*map(datetime.fromisoformat, ("2024-01-01", "2034-12-31"))),
    taken=st.sets(st.integers(0, 60), max_size=8),
    arrived_after=st.none() | st.integers(-10, 40),
)
def test_steps_keep_their_order_their_distance_and_everybodys_days(
    plan: Plan, tz: str, buyer: str | None, started: datetime, taken: set[int], arrived_after: int | None
) -> None:
    first_day = started.date()
    busy = tuple(first_day + timedelta(days=later) for later in taken)
    arrived = first_day + timedelta(days=arrived_after) if arrived_after is not None else None
    found = steps(plan, started.isoformat(), tz, buyer, busy, arrived)
    zone, owner, buyers = ZoneInfo(tz), working_days_of(country_of_zone(tz)), WorkingDays(buyer)
    days = [day_of(step.due_at, zone) for step in found]
    assert [step.number for step in found] == list(range(len(PLANS[plan].touches)))
    for step, day in zip(found, days, strict=True):
        since = (arrived or first_day + timedelta(days=5)) if step.touch.after == "arrival" else first_day
        assert day >= max(first_day, since + timedelta(days=step.touch.days))
        assert owner.is_working(day)
        assert buyer is None or buyers.is_working(day)
        assert day not in busy
        assert step.due_at == (morning_of(day, zone) if day > first_day else ms(started.isoformat(), tz))
        assert bool(moved_says(step, "en")) == bool(moved_says(step, "zh")) == (step.moved_from is not None)
    assert all(owner.after(earlier, APART) <= later for earlier, later in pairwise(days))
