"""Who may say which row now."""

import threading

import pytest
from sqlalchemy import Select, func, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.outbox.answers import Posted
from bot.outbox.claims import Claims
from bot.outbox.model import Form, Kind, Row, State
from bot.outbox.poster import Message
from bot.outbox.queries import earliest
from bot.outbox.store import Outbox
from bot.outbox.terms import Terms
from bot.storage import Database, open_database
from bot.storage.tables import outbox
from tests.bot.outbox.desk import BY_HAND, Desk
from tests.bot.storage.stillness import StillClock


def test_a_row_is_claimed_when_it_is_due_and_not_before(desk: Desk) -> None:
    row_id = desk.schedule(Kind.REMINDER, in_s=60)
    desk.clock.pass_by(59.999)
    assert desk.claims.claim() is None
    desk.clock.pass_by(0.001)
    assert desk.claim().id == row_id


def test_a_claimed_row_is_in_doubt_and_leased(desk: Desk) -> None:
    row = desk.claim() if desk.schedule() else None
    assert row
    assert not row.doubt  # as it was before the claim
    stands = desk.row(row.id)
    assert (stands.state, stands.doubt, stands.claim) == (State.SENDING, True, row.claim)
    assert stands.first_try_at == desk.clock.ms
    assert desk.next_in_s(row.id) == 60
    assert desk.claims.claim() is None


def test_advice_is_claimed_before_reminders_that_are_due_longer(desk: Desk) -> None:
    reminders = [desk.schedule(Kind.REMINDER) for _ in range(3)]
    desk.clock.pass_by(60)
    advice = desk.schedule(Kind.ADVICE)
    assert [desk.claim().id for _ in range(4)] == [advice, *reminders]


def test_what_is_due_longest_comes_first(desk: Desk) -> None:
    later, sooner = desk.schedule(in_s=20), desk.schedule(in_s=10)
    desk.clock.pass_by(30)
    assert [desk.claim().id, desk.claim().id] == [sooner, later]


def test_a_lease_that_is_over_settles_before_anybody_looks(desk: Desk) -> None:
    desk.schedule()
    first = desk.claim()
    desk.clock.pass_by(60)
    assert desk.claims.claim() is None
    assert desk.next_in_s(first.id) == 15
    desk.clock.pass_by(15)
    second = desk.claim()
    assert (second.id, second.doubt, second.key) == (first.id, True, first.key)
    assert second.first_try_at == desk.clock.ms - 75_000


def test_a_process_alone_with_its_file_need_not_wait_for_the_leases_of_a_dead_one(desk: Desk) -> None:
    desk.schedule()
    row = desk.claim()
    desk.claims.take_over()
    assert desk.next_in_s(row.id) == (60 if desk.database.is_shared else 15)
    assert desk.row(row.id).doubt
    assert desk.claims.claim() is None


def test_rows_behind_a_lease_that_is_over_do_not_wait(desk: Desk) -> None:
    desk.schedule()
    desk.claim()
    desk.clock.pass_by(61)
    fresh = desk.schedule()
    assert desk.claim().id == fresh


def test_who_lost_the_lease_changes_nothing_any_more(desk: Desk) -> None:
    row_id = desk.schedule()
    first = desk.claim()
    desk.clock.pass_by(60)
    desk.claims.claim()
    desk.clock.pass_by(15)
    second = desk.claim()
    before = desk.row(row_id)
    assert not desk.claims.renew(first)
    desk.claims.put_back(first, 0)
    desk.claims.retry(first, "late", doubt=False)
    desk.claims.fail(first, "late")
    desk.claims.redirect(first, "late", "U0MEI")
    desk.claims.drop(first)
    assert desk.row(row_id) == before
    assert len(desk.rows()) == 1
    assert desk.claims.renew(second)


def test_a_fact_outranks_a_lease(desk: Desk) -> None:
    row_id = desk.schedule()
    first = desk.claim()
    desk.clock.pass_by(60)
    desk.claims.claim()
    assert desk.claims.record(first, Posted("C", "1.0"), found=False) == Posted("C", "1.0")
    desk.claims.finish(first)
    assert desk.row(row_id).state == State.DONE
    desk.clock.pass_by(60)
    assert desk.claims.claim() is None


def test_the_first_record_of_a_delivery_stays(desk: Desk) -> None:
    desk.schedule()
    row = desk.claim()
    desk.claims.record(row, Posted("C", "1.0"), found=False)
    assert desk.claims.record(row, Posted("C", "2.0"), found=True) == Posted("C", "1.0")
    (delivery,) = desk.deliveries()
    assert (delivery.ts, delivery.found, delivery.sent_at) == ("1.0", False, desk.clock.ms)


def test_back_off_doubles_up_to_five_minutes() -> None:
    waits = [Terms().back_off(attempts) for attempts in (1, 2, 3, 8, 9, 5_000)]
    assert waits == [2, 4, 8, 256, 300, 300]


# cancel and snooze


def test_a_cancelled_row_is_not_said(desk: Desk) -> None:
    row_id = desk.schedule(in_s=5)
    assert desk.outbox.cancel(row_id)
    assert not desk.outbox.cancel(row_id)
    desk.run(60)
    assert (desk.slack.posts, desk.row(row_id).next_at) == ([], None)


def test_only_the_pending_rows_of_the_inquiry_are_cancelled(desk: Desk) -> None:
    desk.schedule(inquiry_id=1)
    desk.run()
    for kind, inquiry in ((Kind.REMINDER, 1), (Kind.NOTE, 1), (Kind.REMINDER, 2)):
        desk.schedule(kind, in_s=60, inquiry_id=inquiry)
    assert desk.outbox.cancel_for_inquiry(1, Kind.REMINDER) == 1
    assert desk.outbox.cancel_for_inquiry(1) == 1
    assert [row.state for row in desk.rows()] == [
        State.DONE,
        State.CANCELLED,
        State.CANCELLED,
        State.SCHEDULED,
    ]


def test_a_snoozed_row_is_said_at_its_new_time(desk: Desk) -> None:
    row_id = desk.schedule(Kind.REMINDER, in_s=10)
    assert desk.outbox.snooze(row_id, desk.clock.ms + 60_000)
    desk.run(59)
    assert desk.slack.posts == []
    desk.run(1)
    assert desk.slack.keys == [f"{row_id}:1"]


def test_a_reminder_that_came_and_is_snoozed_waits_again(desk: Desk) -> None:
    row_id = desk.schedule(Kind.REMINDER)
    desk.run()
    with desk.database.begin() as connection:
        connection.execute(update(outbox).values(closed_at=1, closed_by="U0MEI"))
    assert desk.outbox.snooze(row_id, desk.clock.ms + 60_000)
    row = desk.row(row_id)
    assert (row.state, row.seq, row.closed_at, row.closed_by) == (State.SCHEDULED, 1, None, None)
    desk.run(60)
    assert desk.slack.keys == [f"{row_id}:0", f"{row_id}:1"]
    assert [(delivery.outbox_id, delivery.seq) for delivery in desk.deliveries()] == [
        (row_id, 0),
        (row_id, 1),
    ]


@pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.NOTE])
def test_what_is_no_reminder_is_snoozed_only_until_it_is_said(desk: Desk, kind: Kind) -> None:
    row_id = desk.schedule(kind)
    desk.run()
    assert not desk.outbox.snooze(row_id, desk.clock.ms + 60_000)


def test_a_cancelled_reminder_is_not_snoozed(desk: Desk) -> None:
    row_id = desk.schedule(Kind.REMINDER, in_s=60)
    desk.outbox.cancel(row_id)
    assert not desk.outbox.snooze(row_id, desk.clock.ms)


def test_a_row_in_doubt_that_is_snoozed_is_a_new_delivery(desk: Desk) -> None:
    """The look-up of the new one must not find the old post and call the new one said."""
    row_id = desk.schedule(Kind.REMINDER)
    old = desk.claim()
    desk.slack.posts.append(message_of(old.key))
    desk.slack.places.append(Posted("C", "1.0"))
    desk.outbox.snooze(row_id, desk.clock.ms + 60_000)
    desk.run(60)
    assert desk.slack.keys == [f"{row_id}:0", f"{row_id}:1"]
    assert desk.slack.looked_up == []


def message_of(key: str) -> Message:
    return Message("T1", "C", None, Form("said"), "follow_up_reminder", {"key": key})


def test_a_post_that_lands_after_its_row_was_cancelled_is_recorded(desk: Desk) -> None:
    row_id = desk.schedule()
    desk.speaker.before_compose = lambda row: (desk.outbox.cancel(row.id), None)[1]
    desk.run()
    assert desk.row(row_id).state == State.CANCELLED
    assert [delivery.outbox_id for delivery in desk.deliveries()] == [row_id]
    assert desk.speaker.delivered == [(row_id, "C0INQUIRY", "1.000000")]


# many at once


def test_under_load_each_row_is_claimed_once(database: Database) -> None:
    desk = Desk(database)
    expected = {desk.schedule(Kind.REMINDER) for _ in range(60)} | {desk.schedule() for _ in range(60)}
    claimed: list[int] = []

    def work() -> None:
        own = Claims(database, desk.clock, BY_HAND)
        while row := own.claim():
            claimed.append(row.id)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(expected)


@pytest.mark.parametrize("by_database_clock", [True, False])
def test_a_claim_looks_only_at_the_index_of_rows_still_to_do(
    database: Database, by_database_clock: bool
) -> None:
    terms = Terms(trusts_database_clock=by_database_clock)
    fill(database, finished=5_000, later=500)
    now = Outbox(database, StillClock(), terms).now()
    for wanted, index in (
        (outbox.c.next_at <= now, "ix_outbox_next_at"),
        ((outbox.c.next_at <= now) & (outbox.c.kind == Kind.ADVICE), "ix_outbox_kind_next_at"),
    ):
        assert index in plan_of(database, earliest(wanted))
    first = select(func.min(outbox.c.next_at)).where(outbox.c.next_at.is_not(None))
    assert "next_at" in plan_of(database, first)


def test_the_time_until_the_next_row_is_known(desk: Desk) -> None:
    assert desk.claims.next_in_s() is None
    for in_s in (60, 30):
        desk.schedule(Kind.REMINDER, in_s=in_s)
    assert desk.claims.next_in_s() == 30
    desk.clock.pass_by(31)
    assert desk.claims.next_in_s() == -1


def fill(database: Database, finished: int, later: int) -> None:
    row = {"kind": "reminder", "team": "T1", "channel": "C1", "due_at": 1, "created_at": 1}
    rows = [{**row, "state": "done", "next_at": None}] * finished
    rows += [{**row, "state": "scheduled", "next_at": 4_000_000_000_000 + number} for number in range(later)]
    with database.begin() as connection:
        connection.execute(outbox.insert(), rows)
        connection.execute(text("ANALYZE"))


def plan_of(database: Database, query: Select[tuple[int]]) -> str:
    compiled = query.compile(database.engine, compile_kwargs={"literal_binds": False})
    explain = "EXPLAIN " if database.is_shared else "EXPLAIN QUERY PLAN "
    with database.begin() as connection:
        parameters = (
            compiled.params
            if database.is_shared
            else tuple(compiled.params[name] for name in compiled.positiontup or ())
        )
        rows = connection.exec_driver_sql(explain + str(compiled), parameters).all()
    plan = "\n".join(str(tuple(row)) for row in rows)
    assert "Seq Scan" not in plan
    assert "SCAN outbox" not in plan
    return plan


def test_rows_are_said_by_the_database_clock_where_replicas_share_one(database: Database) -> None:
    """A replica whose clock is wrong by an hour neither hurries nor waits."""
    slow = StillClock(ms=1_000)
    Desk(database, clock=slow, terms=Terms()).schedule()
    claimed = Claims(database, StillClock(ms=2_000), Terms()).claim()
    assert claimed
    with database.begin() as connection:
        next_at = connection.execute(select(outbox.c.next_at)).scalar_one()
    assert (next_at > 1_700_000_000_000) == database.is_shared


# turns


class OneTurn:
    """Gives everybody the turn and remembers who gave it up."""

    def __init__(self) -> None:
        self.left: list[int] = []

    def wait_s(self, row: Row) -> float:
        return 0.0

    def leave(self, row: Row) -> None:
        self.left.append(row.id)


def test_a_turn_is_given_up_when_the_claim_cannot_be_written(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    desk, turns = Desk(database), OneTurn()
    row_id = desk.schedule(Kind.REMINDER)
    refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    execute(database, refuse)
    with pytest.raises(IntegrityError):
        desk.claims.claim(turns)
    assert turns.left == [row_id]
    execute(database, "DROP TRIGGER refuse")
    claimed = desk.claims.claim(turns)
    assert claimed
    assert (claimed.id, turns.left) == (row_id, [row_id])
    database.close()


def execute(database: Database, statement: str) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql(statement)


def test_rows_whose_turn_is_later_are_passed_over_without_a_claim(desk: Desk) -> None:
    first, *others = (desk.schedule(Kind.REMINDER) for _ in range(120))
    elsewhere = desk.schedule(Kind.REMINDER, channel="C0OTHER")
    assert [row.id for row in (desk.claims.claim(desk.pace), desk.claims.claim(desk.pace)) if row] == [
        first,
        elsewhere,
    ]
    assert desk.claims.claim(desk.pace) is None
    assert {desk.row(row_id).state for row_id in others} == {State.SCHEDULED}
    assert [desk.next_in_s(row_id) for row_id in others] == list(range(1, 120))
    assert not any(desk.row(row_id).doubt for row_id in others)
