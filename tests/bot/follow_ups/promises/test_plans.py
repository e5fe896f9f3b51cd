"""Plans: written at once, moved with owner and arrival, ended once, never two reminders in a day."""

import threading
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.advice.advise import judge
from bot.advice.record import verdict_to_json
from bot.follow_ups.promises.plans import Standing, Started
from bot.outbox.model import Row
from bot.reading import read_text
from bot.storage.model import InquiryRecord
from bot.storage.tables import outbox
from knowledge.content import Plan
from tests.bot.follow_ups.desk_of_follow_ups import (
    IVY,
    MEI,
    SHANGHAI,
    TOM,
    FollowUpDesk,
    instant,
    known,
    local,
)
from tests.bot.storage.stillness import DAY_MS

NEW_YORK = ZoneInfo("America/New_York")
AFTER_QUOTATION = [
    "Mon 2026-11-30 09:00",
    "Wed 2026-12-02 09:00",
    "Wed 2026-12-09 09:00",
    "Fri 2026-12-25 09:00",
]


def start(desk: FollowUpDesk, inquiry: InquiryRecord, plan: Plan = "quote", owner: str = MEI) -> Started:
    started = desk.plans.start(inquiry, plan, owner=owner, by=MEI)
    assert isinstance(started, Started)
    return started


def days(desk: FollowUpDesk, zone: ZoneInfo = SHANGHAI) -> list[str]:
    """Return when what waits comes."""
    return [local(row.due_at, zone) for row in sorted(desk.waiting(), key=lambda row: row.due_at)]


def test_all_steps_are_written_when_the_plan_starts(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    assert days(desk) == AFTER_QUOTATION
    rows = desk.waiting()
    assert [(row.kind, row.plan_id, row.step, row.owner) for row in rows] == [
        ("reminder", started.plan_id, number, MEI) for number in range(4)
    ]
    assert {(row.channel, row.thread_ts, row.inquiry_id) for row in rows} == {
        (inquiry.channel, inquiry.thread_ts, inquiry.id)
    }
    assert [step.due_at for step in started.steps] == [row.due_at for row in rows]
    assert desk.plans.steps_left(started.plan_id) == 4


def test_samples_are_followed_from_the_day_they_leave(desk: FollowUpDesk) -> None:
    start(desk, desk.inquiry(), "sample")
    assert days(desk) == [
        "Wed 2026-11-25 10:00",
        "Wed 2026-12-02 09:00",
        "Wed 2026-12-09 09:00",
        "Mon 2026-12-21 09:00",
        "Thu 2027-01-14 09:00",
    ]


def test_what_a_plan_would_be_is_what_it_becomes(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    foreseen = desk.plans.foreseen(inquiry, "quote", owner=MEI)
    assert desk.waiting() == []
    assert start(desk, inquiry).steps == foreseen


def test_days_are_the_owners(desk: FollowUpDesk) -> None:
    """Friday 27 November, three days after the 24th in New York, is free there after Thanksgiving."""
    start(desk, desk.inquiry(), owner=TOM)
    assert days(desk, NEW_YORK)[0] == "Mon 2026-11-30 09:00"


def test_days_are_the_buyers_too(desk: FollowUpDesk) -> None:
    """Friday and Saturday are free in Egypt, and Friday 25 December is a Friday."""
    inquiry = desk.inquiry()
    reading = read_text(
        "We are Nile Trading Co. in Egypt. Please quote 500 pcs of LED lamps, CIF Alexandria."
    )
    verdict = judge(known(), reading)
    assert verdict.facts.country is not None
    desk.inquiries.record_verdict(inquiry.id, verdict_to_json(verdict), verdict.type, 0.9, "en")
    start(desk, desk.again(inquiry))
    assert days(desk)[-1] == "Mon 2026-12-28 09:00"


@pytest.mark.parametrize(
    ("before", "plan", "after"),
    [
        ("new", "quote", "quoted"),
        ("answered", "quote", "quoted"),
        ("silent", "quote", "quoted"),
        ("lost", "quote", "quoted"),
        ("sample_sent", "quote", "sample_sent"),
        ("won", "quote", "won"),
        ("quoted", "sample", "sample_sent"),
        ("won", "sample", "won"),
    ],
)
def test_a_plan_moves_the_inquiry_on_and_never_back(
    desk: FollowUpDesk, before: str, plan: Plan, after: str
) -> None:
    inquiry = desk.inquiry()
    desk.states.set_state(inquiry, before, MEI)
    start(desk, desk.again(inquiry), plan)
    assert desk.again(inquiry).state == after


def test_another_plan_does_not_start_unasked(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    first = start(desk, inquiry)
    standing = desk.plans.start(inquiry, "sample", owner=MEI, by=TOM, once="press-1")
    assert isinstance(standing, Standing)
    assert (standing.record.id, standing.record.plan) == (first.plan_id, "quote")
    assert days(desk) == AFTER_QUOTATION
    assert desk.again(inquiry).state == "quoted"


def test_one_that_replaces_ends_the_former_with_all_its_steps(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    begun = desk.plans.start(inquiry, "sample", owner=MEI, by=TOM, replace=True)
    assert isinstance(begun, Started)
    assert begun.replaced is not None
    assert (begun.replaced.ended_because, begun.replaced.ended_by, begun.replaced.left_out) == (
        "replaced",
        TOM,
        4,
    )
    assert {row.plan_id for row in desk.waiting()} == {begun.plan_id}
    active = desk.plans.active(inquiry.id)
    assert active is not None
    assert (active.id, active.plan, active.started_by) == (begun.plan_id, "sample", TOM)


def test_a_second_press_starts_nothing(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    told = {"owner": MEI, "by": MEI, "once": "press-1", "replace": True}
    assert isinstance(desk.plans.start(inquiry, "quote", **told), Started)  # type: ignore[arg-type]
    assert desk.plans.start(inquiry, "quote", **told) is None  # type: ignore[arg-type]
    assert len(desk.waiting()) == 4


def test_two_that_start_at_once_are_one(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    made: list[object] = []
    threads = [
        threading.Thread(target=lambda: made.append(desk.plans.start(inquiry, "quote", owner=MEI, by=MEI)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(one).__name__ for one in made) == ["Standing", "Standing", "Standing", "Started"]
    assert days(desk) == AFTER_QUOTATION


def test_two_that_replace_at_once_leave_one(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    threads = [
        threading.Thread(
            target=desk.plans.start,
            args=(inquiry, "sample"),
            kwargs={"owner": MEI, "by": MEI, "replace": True},
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.waiting()) == 5
    assert len({row.plan_id for row in desk.waiting()}) == 1


def test_stopping_leaves_nothing_and_is_told_once(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    asked = desk.remind(inquiry)
    stopped = desk.plans.stop(inquiry.id, because="stopped", by=TOM)
    assert stopped is not None
    assert (stopped.state, stopped.left_out, stopped.ended_by) == ("ended", 4, TOM)
    assert desk.plans.stop(inquiry.id, because="stopped", by=TOM) is None
    assert [row.id for row in desk.waiting()] == [asked.id]


def come(desk: FollowUpDesk) -> Row:
    """Let time pass until the next step, and let it come."""
    desk.clock.ms = max(min(row.due_at for row in desk.waiting()), desk.clock.ms)
    return desk.deliver()


def test_the_end_of_a_plan_is_the_end_of_steps_that_wait_for_done(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    come(desk)
    assert len(desk.reminders.of_person("T1", MEI)) == 4
    stopped = desk.plans.stop(inquiry.id, because="stopped", by=MEI)
    assert stopped is not None
    assert stopped.left_out == 3
    assert desk.reminders.of_person("T1", MEI) == ()


def test_done_with_the_last_step_finishes_the_plan_and_calls_the_buyer_silent(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    for left in (3, 2, 1, 0):
        row = come(desk)
        assert desk.plans.steps_left(started.plan_id) == left
        assert desk.reminders.close(desk.reminder(row.id), MEI)
        assert (desk.plans.active(inquiry.id) is None) is (left == 0)
    assert desk.again(inquiry).state == "silent"
    assert desk.reminders.of_person("T1", MEI) == ()


def test_done_with_the_last_step_does_for_those_before_it(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    numbers = [come(desk).id for _ in range(4)]
    desk.reminders.close(desk.reminder(numbers[-1]), MEI)
    assert desk.plans.active(inquiry.id) is None
    assert desk.reminders.of_person("T1", MEI) == ()


def test_done_with_one_step_leaves_the_next(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    desk.reminders.close(desk.reminder(come(desk).id), MEI)
    following = desk.plans.next_step(started.plan_id)
    assert following is not None
    assert (following.step, local(following.due_at)) == (1, AFTER_QUOTATION[1])
    assert desk.again(inquiry).state == "quoted"


def test_a_plan_whose_steps_are_all_called_off_is_stopped(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    for row in desk.waiting():
        assert desk.plans.active(inquiry.id)
        desk.reminders.cancel(desk.reminder(row.id), MEI)
    assert desk.plans.active(inquiry.id) is None


def test_our_own_words_end_nothing(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    desk.reminders.close(desk.remind(inquiry), MEI)
    desk.inquiries.correct(inquiry.id, "sample_hunter", MEI)
    desk.remind(inquiry, 60)
    assert desk.plans.steps_left(started.plan_id) == 4


# when a step may not be said


def test_a_step_is_said_on_its_day(desk: FollowUpDesk) -> None:
    start(desk, desk.inquiry())
    desk.clock.ms = min(row.due_at for row in desk.waiting())
    assert desk.plans.not_before(desk.claim()) is None


def test_a_step_gives_way_to_a_reminder_that_came_that_day(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    desk.remind(inquiry, due_at=instant("2026-11-30 08:30"))
    desk.clock.ms = instant("2026-11-30 08:30")
    desk.deliver()
    desk.clock.ms = instant("2026-11-30 09:00")
    wanted = desk.plans.not_before(desk.claim())
    assert wanted is not None
    assert local(wanted) == "Tue 2026-12-01 09:00"


def test_a_step_gives_way_to_a_reminder_promised_for_later_that_day(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    desk.remind(inquiry, due_at=instant("2026-11-30 17:00"))
    desk.clock.ms = instant("2026-11-30 09:00")
    wanted = desk.plans.not_before(desk.claim())
    assert wanted is not None
    assert local(wanted) == "Tue 2026-12-01 09:00"


def test_a_reminder_of_another_inquiry_holds_nothing_up(desk: FollowUpDesk) -> None:
    start(desk, desk.inquiry())
    desk.remind(desk.inquiry("1700000002.000100"), due_at=instant("2026-11-30 17:00"))
    desk.clock.ms = instant("2026-11-30 09:00")
    assert desk.plans.not_before(desk.claim()) is None


def test_a_step_keeps_its_distance_from_the_former(desk: FollowUpDesk) -> None:
    """The first step came late, on Tuesday: the second, of Wednesday, waits until Thursday."""
    start(desk, desk.inquiry())
    desk.clock.ms = instant("2026-12-01 11:00")
    desk.deliver()
    desk.clock.ms = instant("2026-12-02 09:00")
    wanted = desk.plans.not_before(desk.claim())
    assert wanted is not None
    assert local(wanted) == "Thu 2026-12-03 09:00"


def test_after_a_long_standstill_steps_come_one_by_one(desk: FollowUpDesk) -> None:
    """The bot was down for three weeks: one step comes, the next ones two working days apart."""
    start(desk, desk.inquiry())
    desk.clock.ms = instant("2026-12-16 10:00")
    desk.deliver()
    said = []
    while desk.waiting():
        desk.clock.ms = max(desk.clock.ms, min(one.next_at for one in desk.waiting()))
        row = desk.claim()
        wanted = desk.plans.not_before(row)
        if wanted is None:
            desk.land(row, f"{desk.clock.ms / 1000:.6f}")
            said.append(local(desk.clock.ms))
        else:
            desk.claims.postpone(row, wanted)
    assert said == ["Fri 2026-12-18 09:00", "Tue 2026-12-22 09:00", "Fri 2026-12-25 09:00"]


def test_a_step_that_a_person_moved_comes_when_that_one_wants(desk: FollowUpDesk) -> None:
    start(desk, desk.inquiry())
    row = come(desk)
    desk.reminders.snooze(desk.reminder(row.id), desk.clock.ms + 3_600_000, MEI)
    desk.clock.pass_by(3600)
    again = desk.claim()
    assert (again.id, desk.plans.not_before(again)) == (row.id, None)


def test_a_reminder_of_no_plan_is_never_held_up(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.remind(inquiry, 0)
    desk.deliver()
    desk.remind(inquiry, 0)
    assert desk.plans.not_before(desk.claim()) is None


def test_no_step_is_planned_on_a_day_that_has_a_reminder(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.remind(inquiry, due_at=instant("2026-11-30 17:00"))
    start(desk, inquiry)
    assert days(desk)[:2] == ["Mon 2026-11-30 17:00", "Tue 2026-12-01 09:00"]


def test_no_step_is_planned_for_the_day_on_which_a_reminder_came(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.remind(inquiry, 0)
    desk.deliver()
    begun = desk.plans.start(inquiry, "sample", owner=MEI, by=MEI)
    assert isinstance(begun, Started)
    assert local(begun.steps[0].due_at) == "Thu 2026-11-26 09:00"
    desk.clock.ms = begun.steps[0].due_at
    assert desk.plans.not_before(desk.claim()) is None


# the arrival of samples


def test_steps_after_the_arrival_are_counted_from_the_day_it_is_told(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry, "sample")
    come(desk)
    desk.clock.ms = instant("2026-12-03 12:00")
    moved = desk.plans.arrived(started.plan_id, date(2026, 12, 3))
    assert [step.number for step in moved] == [1, 2, 3, 4]
    assert days(desk) == [
        "Mon 2026-12-07 09:00",
        "Mon 2026-12-14 09:00",
        "Thu 2026-12-24 09:00",
        "Mon 2027-01-18 09:00",
    ]
    active = desk.plans.active(inquiry.id)
    assert active is not None
    assert active.arrived_on == instant("2026-12-03 00:00", ZoneInfo("UTC"))
    assert desk.plans.arrived(started.plan_id, date(2026, 12, 3)) == ()


def test_steps_that_came_or_were_moved_by_hand_stay(desk: FollowUpDesk) -> None:
    started = start(desk, desk.inquiry(), "sample")
    come(desk)
    third = next(row for row in desk.waiting() if row.step == 2)
    desk.reminders.snooze(desk.reminder(third.id), instant("2026-12-08 16:00"), MEI)
    assert [step.number for step in desk.plans.arrived(started.plan_id, date(2026, 12, 3))] == [1, 3, 4]
    assert local(desk.reminder(third.id).due_at) == "Tue 2026-12-08 16:00"


def test_a_step_that_may_stand_in_its_thread_already_stays(desk: FollowUpDesk) -> None:
    started = start(desk, desk.inquiry(), "sample")
    come(desk)
    second = next(row for row in desk.waiting() if row.step == 1)
    with desk.database.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.id == second.id).values(doubt=True))
    assert [step.number for step in desk.plans.arrived(started.plan_id, date(2026, 12, 3))] == [2, 3, 4]
    assert next(row.seq for row in desk.waiting() if row.step == 1) == second.seq


def test_the_arrival_for_a_plan_that_ended_moves_nothing(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry, "sample")
    desk.plans.stop(inquiry.id, because="stopped", by=MEI)
    assert desk.plans.arrived(started.plan_id, date(2026, 12, 3)) == ()


# the owner


def test_who_takes_an_inquiry_takes_its_plan_into_their_zone(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    assert desk.plans.take(inquiry, TOM) == TOM
    assert {row.owner for row in desk.waiting()} == {TOM}
    assert days(desk, NEW_YORK) == [
        "Mon 2026-11-30 09:00",
        "Wed 2026-12-02 09:00",
        "Tue 2026-12-08 09:00",
        "Thu 2026-12-24 09:00",
    ]
    active = desk.plans.active(inquiry.id)
    assert active is not None
    assert (active.id, active.owner) == (started.plan_id, TOM)
    assert desk.again(inquiry).owner == TOM


def test_reminders_follow_the_owner_and_keep_their_instant(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.plans.take(inquiry, MEI)
    own = desk.remind(inquiry)
    for_mei = desk.remind(inquiry, by=IVY)
    for_ivy = desk.remind(inquiry, owner=IVY)
    came = desk.remind(inquiry, 0)
    desk.deliver()
    desk.plans.take(desk.again(inquiry), TOM)
    now = {one.id: (one.owner, one.due_at) for one in desk.reminders.of_inquiry(inquiry.id)}
    assert now == {
        own.id: (TOM, own.due_at),
        for_mei.id: (TOM, for_mei.due_at),
        for_ivy.id: (IVY, for_ivy.due_at),
        came.id: (TOM, came.due_at),
    }


def test_without_an_owner_what_the_poster_set_for_themselves_follows(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    own, for_poster = desk.remind(inquiry), desk.remind(inquiry, by=IVY)
    desk.plans.take(inquiry, TOM)
    assert (desk.reminder(own).owner, desk.reminder(for_poster).owner) == (TOM, MEI)


def test_of_two_who_take_it_at_once_the_first_has_it(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    assert desk.plans.take(inquiry, TOM) == TOM
    assert desk.plans.take(inquiry, IVY) == TOM
    assert desk.plans.take(inquiry, TOM) == TOM
    assert desk.again(inquiry).owner == TOM
    assert desk.plans.take(desk.again(inquiry), IVY) == IVY


def test_a_step_just_being_said_goes_out_as_it_is(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    desk.clock.ms = instant("2026-11-30 09:00")
    row = desk.claim()
    desk.plans.take(inquiry, TOM)
    desk.land(row)
    assert desk.deliveries() == [(row.id, 0)]
    assert desk.reminder(row.id).owner == TOM


def test_a_plan_can_be_handed_over_without_the_inquiry(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    start(desk, inquiry)
    desk.plans.reassign(inquiry.id, TOM)
    assert {row.owner for row in desk.waiting()} == {TOM}
    assert desk.again(inquiry).owner is None
    assert days(desk, NEW_YORK)[0] == "Mon 2026-11-30 09:00"


# zones and clocks

CHANGES: dict[str, Callable[[FollowUpDesk], None]] = {
    "the owner's profile zone": lambda desk: desk.zones.update({MEI: "America/New_York"}),
    "the clock, forward a day": lambda desk: setattr(desk.clock, "ms", desk.clock.ms + DAY_MS),
    "the clock, back a week": lambda desk: setattr(desk.clock, "ms", desk.clock.ms - 7 * DAY_MS),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_steps_once_written_stay_where_they_are(
    desk: FollowUpDesk, change: Callable[[FollowUpDesk], None]
) -> None:
    start(desk, desk.inquiry())
    change(desk)
    assert days(desk) == AFTER_QUOTATION


def test_a_clock_set_back_says_no_step_again(desk: FollowUpDesk) -> None:
    start(desk, desk.inquiry())
    row = come(desk)
    desk.clock.ms -= 7 * DAY_MS
    assert desk.claims.claim() is None
    desk.clock.ms += 7 * DAY_MS
    assert desk.claims.claim() is None
    assert desk.deliveries() == [(row.id, 0)]


def test_an_erased_inquiry_is_followed_all_the_same(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    desk.inquiries.erase(inquiry.id)
    assert come(desk).plan_id == started.plan_id
    assert desk.plans.take(desk.again(inquiry), TOM) == TOM
    assert desk.plans.steps_left(started.plan_id) == 3


def test_deleting_the_message_leaves_the_plan(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    started = start(desk, inquiry)
    desk.inquiries.delete("T1", inquiry.channel, inquiry.ts)
    assert desk.plans.steps_left(started.plan_id) == 4
