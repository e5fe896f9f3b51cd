"""Reminders: what is promised comes once, when it was promised; what is done with does not come."""

import threading
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.follow_ups.promises.model import Promised, Reminder
from bot.follow_ups.promises.reminders import Reminders
from bot.outbox.answers import Posted
from bot.outbox.model import State
from bot.storage import Database
from tests.bot.follow_ups.desk_of_follow_ups import IVY, MEI, SHANGHAI, TOM, FollowUpDesk, instant
from tests.bot.storage.stillness import DAY_MS

NEW_YORK = ZoneInfo("America/New_York")


def test_a_reminder_is_promised_in_the_thread_of_its_inquiry(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    reminder = desk.remind(inquiry, owner=TOM, note="ask about the port")
    assert reminder.is_waiting
    assert not reminder.has_come
    assert reminder.is_open
    assert (reminder.owner, reminder.created_by, reminder.note) == (TOM, MEI, "ask about the port")
    assert (reminder.channel, reminder.thread_ts) == (inquiry.channel, inquiry.thread_ts)


def test_the_same_trigger_sets_one_reminder(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    told = {"owner": MEI, "by": MEI, "due_at": desk.clock.ms + 9}
    assert desk.reminders.set(inquiry, **told, once="trigger-1") is not None
    assert desk.reminders.set(inquiry, **told, once="trigger-1") is None
    assert desk.reminders.set(inquiry, **told, once="trigger-2") is not None
    assert len(desk.waiting()) == 2


def test_what_a_trigger_set_is_known_by_it_whatever_became_of_it(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.remind(inquiry, note='"once": "trigger-1"')
    reminder = desk.remind(inquiry, once="trigger-1", note="call")
    desk.remind(inquiry, once="trigger-12", note="call")
    desk.reminders.change(reminder, due_at=desk.clock.ms + 9, note="mail", by=MEI)
    desk.reminders.cancel(desk.reminder(reminder), MEI)
    found = desk.reminders.set_before(inquiry.id, "trigger-1")
    assert found is not None
    assert (found.id, found.note) == (reminder.id, "mail")
    assert desk.reminders.set_before(inquiry.id, "trigger-2") is None


def test_commands_are_never_taken_for_each_other(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.remind(inquiry)
    desk.remind(inquiry)
    assert len(desk.reminders.of_inquiry(inquiry.id)) == 2


def promise(desk: FollowUpDesk, inquiry_id: int, **more: object) -> Promised:
    told = {"owner": MEI, "by": MEI, "due_at": desk.clock.ms + 3 * DAY_MS, "zone": SHANGHAI}
    return desk.reminders.promise(desk.again(inquiry_id), **(told | more))  # type: ignore[arg-type]


def test_a_second_press_of_the_same_day_does_no_harm(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    first = promise(desk, inquiry.id)
    desk.clock.pass_by(5)
    second = promise(desk, inquiry.id)
    assert (first.is_new, second.is_new, second.id, second.due_at) == (True, False, first.id, first.due_at)
    assert len(desk.waiting()) == 1


def test_another_day_person_or_inquiry_is_another_promise(desk: FollowUpDesk) -> None:
    inquiry, other = desk.inquiry(), desk.inquiry("1700000002.000100")
    promise(desk, inquiry.id)
    assert promise(desk, inquiry.id, due_at=desk.clock.ms + 7 * DAY_MS).is_new
    assert promise(desk, inquiry.id, owner=TOM).is_new
    assert promise(desk, other.id).is_new


def test_a_reminder_with_a_note_stands_beside_one_without(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.remind(inquiry, 3 * DAY_MS / 1000, note="call them")
    assert promise(desk, inquiry.id).is_new


def test_the_day_is_that_of_who_presses(desk: FollowUpDesk) -> None:
    """23:30 in Shanghai and 00:30 there are two days, and one in New York."""
    inquiry = desk.inquiry()
    evening = instant("2026-11-28 23:30")
    standing = promise(desk, inquiry.id, due_at=evening)
    assert desk.reminders.stands_on_day(inquiry.id, MEI, date(2026, 11, 28), SHANGHAI)
    assert promise(desk, inquiry.id, due_at=evening + 3_600_000, zone=NEW_YORK).id == standing.id
    assert promise(desk, inquiry.id, due_at=evening + 3_600_000).is_new


def test_two_presses_at_once_are_one_promise(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    made: list[Promised] = []
    threads = [threading.Thread(target=lambda: made.append(promise(desk, inquiry.id))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.is_new for one in made) == [False, False, False, True]
    assert len(desk.waiting()) == 1


def test_everybody_lists_their_own_with_overdue_ones_first(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    later, came = desk.remind(inquiry, 7200), desk.remind(inquiry, 60)
    theirs = desk.remind(inquiry, 90_000, owner=TOM)
    gone = desk.remind(inquiry, 9000)
    desk.reminders.cancel(gone, MEI)
    desk.clock.pass_by(61)
    desk.deliver()
    mine = desk.reminders.of_person("T1", MEI)
    assert [one.id for one in mine] == [came.id, later.id]
    assert [one.is_overdue(desk.clock.ms) for one in mine] == [True, False]
    assert mine[0].has_come
    assert mine[0].delivered_ts
    assert [one.id for one in desk.reminders.of_person("T1", TOM)] == [theirs.id]
    assert desk.reminders.of_person("T2", MEI) == ()


def test_one_that_could_not_be_said_stays_on_the_list(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    desk.claims.fail(desk.claim(), "is_archived")
    (listed,) = desk.reminders.of_person("T1", MEI)
    assert (listed.is_failed, listed.last_error, listed.id) == (True, "is_archived", reminder.id)
    assert desk.reminders.snooze(listed, desk.clock.ms + 1000, MEI)
    assert desk.reminder(reminder).is_waiting


@pytest.mark.parametrize(
    ("user", "may"),
    [(MEI, True), (TOM, True), (IVY, True), ("U0SAM", False)],
    ids=["for", "by", "in charge", "no"],
)
def test_who_may_change_a_reminder(desk: FollowUpDesk, user: str, may: bool) -> None:
    inquiry = desk.inquiry()
    desk.inquiries.set_owner(inquiry.id, IVY)
    reminder = desk.remind(inquiry, owner=MEI, by=TOM)
    assert desk.reminders.may_change(reminder, desk.again(inquiry), user) is may


def test_done_closes_one_that_came_and_answers_a_new_inquiry(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    reminder = desk.remind(inquiry, 0)
    desk.deliver()
    assert desk.reminders.close(desk.reminder(reminder), MEI)
    closed = desk.reminder(reminder)
    assert not closed.is_open
    assert closed.closed_at == desk.clock.ms
    assert desk.again(inquiry).state == "answered"
    assert desk.reminders.of_person("T1", MEI) == ()


def test_done_moves_nothing_back(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    desk.states.set_state(inquiry, "sample_sent", MEI)
    reminder = desk.remind(inquiry)
    desk.reminders.close(reminder, MEI)
    assert desk.again(inquiry).state == "sample_sent"


def test_done_with_one_that_is_to_come_lets_it_not_come(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 60)
    assert desk.reminders.close(reminder, MEI)
    desk.clock.pass_by(61)
    assert desk.claims.claim() is None
    assert not desk.reminder(reminder).is_open


ENDING: list[Callable[[FollowUpDesk, Reminder], bool]] = [
    lambda desk, one: desk.reminders.close(one, MEI),
    lambda desk, one: desk.reminders.cancel(one, MEI),
    lambda desk, one: desk.reminders.snooze(one, desk.clock.ms + 9, MEI),
    lambda desk, one: desk.reminders.change(one, due_at=desk.clock.ms + 9, note="x", by=MEI),
    lambda desk, one: desk.reminders.move_to(one, desk.inquiry("1700000009.000100")),
]
NAMES = ["close", "cancel", "snooze", "change", "move"]


@pytest.mark.parametrize("act", ENDING, ids=NAMES)
@pytest.mark.parametrize("end", ENDING[:2], ids=NAMES[:2])
@pytest.mark.parametrize("has_come", [False, True], ids=["waiting", "came"])
def test_a_press_after_the_end_changes_nothing(
    desk: FollowUpDesk,
    end: Callable[[FollowUpDesk, Reminder], bool],
    act: Callable[[FollowUpDesk, Reminder], bool],
    has_come: bool,
) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    if has_come:
        desk.deliver()
    assert end(desk, reminder)
    ended = desk.reminder(reminder)
    assert not act(desk, reminder)
    assert desk.reminder(reminder) == ended
    assert [row for row in desk.waiting() if row.kind == "reminder"] == []


def test_snoozing_one_that_came_leaves_one_that_waits(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    reminder = desk.remind(inquiry, 0, note="call")
    desk.deliver()
    assert desk.reminders.snooze(desk.reminder(reminder), desk.clock.ms + 3_600_000, MEI)
    (row,) = desk.waiting()
    assert (row.id, row.due_at) == (reminder.id, desk.clock.ms + 3_600_000)
    again = desk.reminder(reminder)
    assert again.is_waiting
    assert not again.has_come
    assert again.note == "call"
    desk.clock.pass_by(3600)
    desk.deliver()
    assert desk.deliveries() == [(reminder.id, 0), (reminder.id, 1)]
    assert desk.claims.claim() is None


def test_snoozing_twice_at_once_leaves_one_that_waits(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    desk.deliver()
    later = desk.clock.ms + 60_000
    threads = [threading.Thread(target=desk.reminders.snooze, args=(reminder, later, MEI)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.waiting()) == 1
    desk.clock.pass_by(60)
    desk.deliver()
    assert desk.claims.claim() is None


def test_one_that_is_just_being_said_is_neither_lost_nor_doubled_by_a_snooze(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    row = desk.claim()
    assert not desk.reminders.snooze(reminder, desk.clock.ms + 60_000, MEI)
    assert not desk.reminders.change(reminder, due_at=desk.clock.ms + 60_000, note="", by=MEI)
    desk.land(row)
    assert desk.reminders.snooze(reminder, desk.clock.ms + 60_000, MEI)
    desk.clock.pass_by(60)
    desk.deliver()
    assert desk.deliveries() == [(reminder.id, 0), (reminder.id, 1)]
    assert desk.claims.claim() is None


@pytest.mark.parametrize("end", [Reminders.close, Reminders.cancel], ids=["done", "cancel"])
def test_what_is_just_being_said_cannot_be_called_back_until_it_stands(
    desk: FollowUpDesk, end: Callable[[Reminders, Reminder, str], bool]
) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    row = desk.claim()
    assert desk.reminder(reminder).is_in_flight
    assert not end(desk.reminders, reminder, MEI)
    assert desk.reminder(reminder).is_open
    desk.land(row)
    assert end(desk.reminders, reminder, MEI)
    assert not desk.reminder(reminder).is_open
    assert desk.changes() == [reminder.id]


def test_what_stands_but_is_not_noted_as_done_yet_can_be_ended(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    row = desk.claim()
    desk.claims.record(row, Posted(row.channel, "1800000000.000200"), found=False)
    assert desk.reminders.close(reminder, MEI)
    desk.claims.finish(row)
    assert not desk.reminder(reminder).is_open


def test_a_card_is_changed_when_its_reminder_moves_again(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    assert desk.changes() == []
    desk.deliver()
    for days in (1, 2):
        assert desk.reminders.snooze(desk.reminder(reminder), desk.clock.ms + days * 86_400_000, MEI)
        assert desk.changes() == [reminder.id] * days


def test_a_change_gives_another_time_and_note(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), note="call")
    due_at = desk.clock.ms + 5000
    assert desk.reminders.change(reminder, due_at=due_at, note="write", by=TOM)
    changed = desk.reminder(reminder)
    assert (changed.due_at, changed.note, changed.moved_by) == (due_at, "write", TOM)
    assert desk.reminders.change(reminder, due_at=due_at, note="", by=TOM)
    assert desk.reminder(reminder).note == ""


def test_a_reminder_moves_to_another_inquiry(desk: FollowUpDesk) -> None:
    reminder, other = desk.remind(desk.inquiry()), desk.inquiry("1700000002.000100")
    assert desk.reminders.move_to(reminder, other)
    moved = desk.reminder(reminder)
    assert (moved.inquiry_id, moved.thread_ts, moved.due_at) == (other.id, other.thread_ts, reminder.due_at)
    desk.clock.pass_by(3600)
    assert desk.claim().thread_ts == other.thread_ts


def test_one_that_came_does_not_move_to_another_inquiry(desk: FollowUpDesk) -> None:
    reminder, other = desk.remind(desk.inquiry(), 0), desk.inquiry("1700000002.000100")
    desk.deliver()
    assert not desk.reminders.move_to(reminder, other)


def test_a_number_of_another_team_or_of_advice_is_no_reminder(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    reminder = desk.remind(inquiry)
    advice = next(row.id for row in desk.rows() if row.kind == "advice")
    assert desk.reminders.get("T2", reminder.id) is None
    assert desk.reminders.get("T1", advice) is None
    assert desk.reminders.get("T1", 99_999) is None


ZONES = {
    "set by Shanghai for New York": ("Asia/Shanghai", "America/New_York"),
    "set by New York for Shanghai": ("America/New_York", "Asia/Shanghai"),
    "a profile without a zone": ("Asia/Shanghai", "UTC"),
}


@pytest.mark.parametrize(("setter", "reader"), ZONES.values(), ids=ZONES)
def test_a_promise_is_an_instant_wherever_people_are(desk: FollowUpDesk, setter: str, reader: str) -> None:
    desk.zones = {MEI: setter, TOM: reader}
    due_at = instant("2026-11-28 09:00", ZoneInfo(setter))
    reminder = desk.remind(desk.inquiry(), owner=TOM, due_at=due_at)
    desk.clock.ms = due_at - 1
    assert desk.claims.claim() is None
    desk.clock.ms = due_at
    assert desk.claim().id == reminder.id


def test_a_changed_profile_zone_moves_no_promise(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    reminder = desk.remind(inquiry, 2 * 86_400)
    desk.zones[MEI] = "America/New_York"
    desk.clock.pass_by(86_400)
    assert desk.people.zone_of("T1", MEI) == NEW_YORK
    assert desk.reminder(reminder).due_at == reminder.due_at


@pytest.mark.parametrize("moved_s", [-7 * 86_400, 7 * 86_400], ids=["back", "forward"])
def test_a_clock_that_is_set_anew_says_nothing_twice(desk: FollowUpDesk, moved_s: int) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    desk.deliver()
    desk.clock.ms += moved_s * 1000
    assert desk.claims.claim() is None
    desk.clock.ms -= moved_s * 1000
    assert desk.claims.claim() is None
    assert desk.deliveries() == [(reminder.id, 0)]


def test_a_clock_set_forward_says_what_is_due_then(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 86_400)
    desk.clock.ms += 2 * DAY_MS
    assert desk.claim().id == reminder.id


def test_an_erased_inquiry_still_reminds_and_keeps_the_note_until_done(desk: FollowUpDesk) -> None:
    inquiry = desk.inquiry()
    came, waits = desk.remind(inquiry, 0, note="call Pedro"), desk.remind(inquiry, note="write")
    desk.deliver()
    desk.inquiries.erase(inquiry.id)
    assert desk.again(inquiry).received is None
    assert (desk.reminder(came).note, desk.reminder(waits).note) == ("call Pedro", "write")
    desk.reminders.close(came, MEI)
    desk.inquiries.erase_older_than(desk.clock.ms + 1)
    assert desk.reminder(came).note == ""
    assert desk.reminder(waits).note == "write"


def test_deleting_the_message_withdraws_advice_but_no_reminder(desk: FollowUpDesk) -> None:
    receipt = desk.inquiry()
    reminder = desk.remind(receipt)
    desk.inquiries.delete("T1", receipt.channel, receipt.ts)
    assert desk.reminder(reminder).is_waiting
    assert [row.kind for row in desk.waiting()] == ["reminder"]


def test_state_of_a_reminder_is_told_in_words_of_the_house(desk: FollowUpDesk) -> None:
    reminder = desk.remind(desk.inquiry(), 0)
    assert reminder.state is State.SCHEDULED
    desk.claim()
    assert desk.reminder(reminder).is_waiting


def test_database_is_free_between_calls(database: Database) -> None:
    """SQLite has one connection: a call that kept it would stop everybody."""
    desk = FollowUpDesk(database)
    desk.remind(desk.inquiry())
    with database.begin():
        pass
