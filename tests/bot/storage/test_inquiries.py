"""Inquiries and the advice rows that belong to them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, text, update

from bot.intake.as_json import received_from_json
from bot.intake.model import Received, Via
from bot.outbox.model import Kind, State
from bot.outbox.store import Outbox
from bot.storage import Database, DatabaseAway
from bot.storage.inquiries import Inquiries
from bot.storage.model import InquiryRecord
from bot.storage.tables import deliveries, outbox
from tests.bot.storage.stillness import DAY_MS, StillClock, arrival

CHANNEL = "C0INQUIRY"
TS = "1700000001.000100"


def rows_of(database: Database) -> Sequence[Any]:
    with database.begin() as connection:
        return connection.execute(select(outbox).order_by(outbox.c.id)).all()


def kinds_and_states(database: Database) -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in rows_of(database)]


def bring_advice_to(database: Database, state: State, *, doubt: bool = False) -> None:
    advice = update(outbox).where(outbox.c.kind == Kind.ADVICE)
    with database.begin() as connection:
        connection.execute(advice.values(state=state, next_at=None, doubt=doubt))


def let_advice_stand(database: Database, inquiries: Inquiries, inquiry_id: int) -> None:
    bring_advice_to(database, State.DONE)
    inquiries.record_advice(inquiry_id, CHANNEL, "1700000009.000100")


def kept(inquiries: Inquiries, inquiry_id: int) -> InquiryRecord:
    record = inquiries.get(inquiry_id)
    assert record
    return record


# arriving


def test_an_arrival_is_an_inquiry_and_its_advice_is_due_at_once(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    receipt = inquiries.receive(arrival())
    assert receipt.is_new
    record = kept(inquiries, receipt.inquiry_id)
    assert (record.team, record.channel, record.ts, record.thread_ts) == ("T1", CHANNEL, TS, TS)
    assert (record.via, record.posted_by, record.received_at) == (Via.MESSAGE, "U0MEI", clock.ms)
    assert received_from_json(record.received or "") == Received("Please quote 500 pcs")
    assert record == inquiries.find("T1", CHANNEL, TS)
    (row,) = rows_of(database)
    assert (row.kind, row.state, row.inquiry_id) == (Kind.ADVICE, State.SCHEDULED, record.id)
    assert (row.channel, row.thread_ts, row.owner, row.due_at) == (CHANNEL, TS, "U0MEI", clock.ms)
    assert database.news.is_set()


def test_the_same_message_again_is_the_same_inquiry(inquiries: Inquiries, database: Database) -> None:
    first = inquiries.receive(arrival())
    again = inquiries.receive(arrival(text="as a mention"))
    assert (again.inquiry_id, again.is_new) == (first.inquiry_id, False)
    assert len(rows_of(database)) == 1


def test_the_same_message_to_eight_threads_at_once_is_one_inquiry(
    inquiries: Inquiries, database: Database
) -> None:
    messages = [arrival(ts=f"{number}.0") for number in range(10) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(inquiries.receive, messages))
    assert sum(receipt.is_new for receipt in receipts) == 10
    assert len({receipt.inquiry_id for receipt in receipts}) == 10
    assert len(rows_of(database)) == 10


@pytest.mark.parametrize("other", [{"team": "T2"}, {"channel": "C2"}, {"ts": "1700000001.000101"}])
def test_the_same_ts_elsewhere_is_another_inquiry(inquiries: Inquiries, other: dict[str, str]) -> None:
    inquiries.receive(arrival())
    assert inquiries.receive(arrival(**other)).is_new


def test_an_inquiry_nobody_wants_advice_on_now_has_no_row(inquiries: Inquiries, database: Database) -> None:
    assert inquiries.receive(arrival(), due_now=False).is_new
    assert rows_of(database) == []


def test_an_inquiry_without_its_advice_row_is_not_kept(inquiries: Inquiries, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    with pytest.raises(Exception, match="outbox"):
        inquiries.receive(arrival())
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO outbox"))
    assert inquiries.find("T1", CHANNEL, TS) is None


def test_what_cannot_be_written_is_an_error_not_a_loss(sqlite_url: str, clock: StillClock) -> None:
    from bot.storage import open_database

    database = open_database(sqlite_url)
    with database.begin() as connection:
        connection.execute(text("PRAGMA query_only = on"))
    with pytest.raises(DatabaseAway, match="readonly"):
        Inquiries(database, clock).receive(arrival())
    database.close()


@pytest.mark.parametrize(
    "words",
    ["询价：请报 500 件 FOB 上海", "مرحبا \u200f", "NUL \0 here", "😀" * 200, "\\u0000", "x" * 30_000],
    ids=["zh", "right to left", "nul", "astral", "escape", "long"],
)
def test_words_come_back_as_they_came(inquiries: Inquiries, words: str) -> None:
    receipt = inquiries.receive(arrival(text=words))
    assert received_from_json(kept(inquiries, receipt.inquiry_id).received or "").text == words


def test_half_an_emoji_is_no_reason_to_lose_an_inquiry(inquiries: Inquiries) -> None:
    receipt = inquiries.receive(arrival(text="500 pcs \ud83d"))
    assert received_from_json(kept(inquiries, receipt.inquiry_id).received or "").text == "500 pcs ?"


# editing


def test_an_edit_before_the_advice_is_out_needs_no_second_word(
    inquiries: Inquiries, database: Database
) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    inquiries.record_reading(inquiry_id, "{}")
    assert inquiries.revise("T1", CHANNEL, TS, Received("Please quote 900 pcs")) == inquiry_id
    record = kept(inquiries, inquiry_id)
    assert (record.revision, record.reading, record.verdict) == (1, None, None)
    assert received_from_json(record.received or "").text == "Please quote 900 pcs"
    assert kinds_and_states(database) == [(Kind.ADVICE, State.SCHEDULED)]


@pytest.mark.parametrize(
    ("state", "doubt"),
    [(State.SENDING, True), (State.SCHEDULED, True), (State.DONE, False)],
    ids=["on its way", "perhaps out", "out"],
)
def test_an_edit_changes_the_card_that_is_or_may_be_out(
    inquiries: Inquiries, database: Database, state: State, doubt: bool
) -> None:
    inquiries.receive(arrival())
    bring_advice_to(database, state, doubt=doubt)
    inquiries.revise("T1", CHANNEL, TS, Received("Please quote 900 pcs"))
    assert kinds_and_states(database) == [(Kind.ADVICE, state), (Kind.ADVICE_UPDATE, State.SCHEDULED)]


def test_an_edit_of_an_inquiry_whose_advice_failed_changes_no_card(
    inquiries: Inquiries, database: Database
) -> None:
    inquiries.receive(arrival())
    bring_advice_to(database, State.FAILED, doubt=True)
    inquiries.revise("T1", CHANNEL, TS, Received("Please quote 900 pcs"))
    assert len(rows_of(database)) == 1


def test_three_edits_in_a_row_change_the_card_once(inquiries: Inquiries, database: Database) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    let_advice_stand(database, inquiries, inquiry_id)
    for count in (1, 2, 3):
        inquiries.revise("T1", CHANNEL, TS, Received(f"Please quote {count} pcs"))
    assert kept(inquiries, inquiry_id).revision == 3
    assert kinds_and_states(database)[1:] == [(Kind.ADVICE_UPDATE, State.SCHEDULED)]


def test_an_edit_that_changes_no_word_changes_nothing(inquiries: Inquiries, database: Database) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    let_advice_stand(database, inquiries, inquiry_id)
    assert inquiries.revise("T1", CHANNEL, TS, Received("Please quote 500 pcs")) == inquiry_id
    assert kept(inquiries, inquiry_id).revision == 0
    assert len(rows_of(database)) == 1


def test_an_edit_told_late_does_not_undo_a_newer_one(inquiries: Inquiries) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    inquiries.revise("T1", CHANNEL, TS, Received("Please quote 900 pcs", edited_ts="1700000020.000100"))
    assert (
        inquiries.revise("T1", CHANNEL, TS, Received("700 pcs", edited_ts="1700000010.000100")) == inquiry_id
    )
    record = inquiries.get(inquiry_id)
    assert record is not None
    assert "900 pcs" in str(record.received)


def test_an_edited_message_that_is_no_inquiry_is_nothing(inquiries: Inquiries) -> None:
    assert inquiries.revise("T1", CHANNEL, "9.9", Received("hello")) is None


def test_former_words_read_late_do_not_undo_an_edit(inquiries: Inquiries) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    inquiries.revise("T1", CHANNEL, TS, Received("Please quote 900 pcs"))
    inquiries.record_reading(inquiry_id, '"500 pcs"', 0)
    inquiries.record_verdict(inquiry_id, '"500 pcs"', "casual_browser", 0.4, "en", 0)
    assert (kept(inquiries, inquiry_id).reading, kept(inquiries, inquiry_id).verdict) == (None, None)
    inquiries.record_reading(inquiry_id, '"900 pcs"', 1)
    assert kept(inquiries, inquiry_id).reading == '"900 pcs"'


def test_words_read_late_do_not_undo_an_erasure(inquiries: Inquiries) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    inquiries.erase(inquiry_id)
    inquiries.record_reading(inquiry_id, '"500 pcs"', 0)
    assert kept(inquiries, inquiry_id).reading is None


# deleting


def test_news_that_a_message_is_gone_may_overtake_it(inquiries: Inquiries, database: Database) -> None:
    assert inquiries.delete("T1", CHANNEL, TS) is None
    receipt = inquiries.receive(arrival())
    assert kept(inquiries, receipt.inquiry_id).deleted_at is not None
    assert rows_of(database) == []


def test_with_the_message_go_all_words_still_to_be_said(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    other = inquiries.receive(arrival(ts="2.0")).inquiry_id
    for kind in (Kind.NOTE, Kind.BUYER_MAIL, Kind.ADVICE_UPDATE):
        schedule(Outbox(database, clock), inquiry_id, clock.ms + DAY_MS, kind=kind)
    assert inquiries.delete("T1", CHANNEL, TS) == inquiry_id
    assert kept(inquiries, inquiry_id).deleted_at == clock.ms
    assert {(row.inquiry_id, row.state, row.next_at is None) for row in rows_of(database)} == {
        (inquiry_id, State.CANCELLED, True),
        (other, State.SCHEDULED, False),
    }


def test_a_reminder_outlives_the_message_it_speaks_of(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    reminder = schedule(Outbox(database, clock), inquiry_id, clock.ms + DAY_MS)
    inquiries.delete("T1", CHANNEL, TS)
    assert [row.id for row in rows_of(database) if row.next_at is not None] == [reminder]


def test_an_edit_after_the_end_is_not_taken(inquiries: Inquiries) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    inquiries.delete("T1", CHANNEL, TS)
    inquiries.revise("T1", CHANNEL, TS, Received("again"))
    assert kept(inquiries, inquiry_id).revision == 0


# what becomes of it


def test_judgement_correction_and_owner_stand_side_by_side(inquiries: Inquiries, clock: StillClock) -> None:
    inquiry_id = inquiries.receive(arrival()).inquiry_id
    inquiries.record_reading(inquiry_id, '{"text": "…"}')
    inquiries.record_verdict(inquiry_id, '{"type": "sample_hunter"}', "sample_hunter", 0.87, "en")
    clock.pass_by(60)
    inquiries.correct(inquiry_id, "market_entrant", "U0DAVID")
    inquiries.set_owner(inquiry_id, "U0DAVID")
    inquiries.record_advice(inquiry_id, "D1", "5.0")
    record = kept(inquiries, inquiry_id)
    assert (record.buyer_type, record.confidence, record.language) == ("sample_hunter", 0.87, "en")
    assert (record.corrected_type, record.corrected_by) == ("market_entrant", "U0DAVID")
    assert record.owner == "U0DAVID"
    assert record.corrected_at == clock.ms
    assert (record.advice_channel, record.advice_ts) == ("D1", "5.0")
    assert (record.reading, record.verdict) == ('{"text": "…"}', '{"type": "sample_hunter"}')


# forgetting


def schedule(
    outbox_rows: Outbox, inquiry_id: int, due_at: int, note: str = "ask Ahmed", kind: Kind = Kind.REMINDER
) -> int:
    return outbox_rows.schedule(
        kind,
        team="T1",
        channel=CHANNEL,
        thread_ts=TS,
        inquiry_id=inquiry_id,
        owner="U0MEI",
        payload={"note": note},
        due_at=due_at,
        created_by="U0MEI",
    )


def judged(inquiries: Inquiries, ts: str = TS) -> int:
    inquiry_id = inquiries.receive(arrival(ts=ts)).inquiry_id
    inquiries.record_reading(inquiry_id, '{"text": "Please quote 500 pcs"}')
    inquiries.record_verdict(inquiry_id, '{"quote": "500 pcs"}', "supplier_seeker", 0.9, "en")
    return inquiry_id


def words_in(database: Database) -> str:
    with database.begin() as connection:
        tables = [connection.execute(text(f"SELECT * FROM {name}")).all() for name in ("inquiries", "outbox")]
    return str(tables)


def test_erasing_leaves_type_state_and_figures_and_no_words(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    inquiry_id = judged(inquiries)
    schedule(Outbox(database, clock), inquiry_id, clock.ms, note="500 pcs for Ahmed", kind=Kind.NOTE)
    inquiries.delete("T1", CHANNEL, TS)
    assert inquiries.erase(inquiry_id)
    record = kept(inquiries, inquiry_id)
    assert (record.buyer_type, record.confidence, record.language) == ("supplier_seeker", 0.9, "en")
    assert record.erased_at == clock.ms
    assert "500 pcs" not in words_in(database)
    assert not inquiries.erase(inquiry_id)


def test_a_reminder_still_to_be_said_keeps_its_note_until_it_is_said(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    inquiry_id = judged(inquiries)
    reminder = schedule(Outbox(database, clock), inquiry_id, clock.ms + DAY_MS)
    inquiries.erase(inquiry_id)
    assert "ask Ahmed" in words_in(database)
    Outbox(database, clock).cancel(reminder)
    inquiries.erase_older_than(clock.ms)
    assert "ask Ahmed" not in words_in(database)


def test_words_are_erased_after_their_days_once_the_advice_is_out(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    old = judged(inquiries)
    clock.pass_by(31 * 24 * 3600)
    young = judged(inquiries, ts="2.0")
    assert inquiries.erase_older_than(clock.ms - 30 * DAY_MS) == 0  # the advice of neither is out
    bring_advice_to(database, State.DONE)
    assert inquiries.erase_older_than(clock.ms - 30 * DAY_MS) == 1
    assert (kept(inquiries, old).received, kept(inquiries, young).erased_at) == (None, None)


def test_words_are_erased_as_soon_as_the_advice_stands_but_not_before_an_edit_is_answered(
    inquiries: Inquiries, database: Database, clock: StillClock
) -> None:
    inquiry_id = judged(inquiries)
    assert not inquiries.erase_if_said(inquiry_id)
    bring_advice_to(database, State.SENDING, doubt=True)
    inquiries.revise("T1", CHANNEL, TS, Received("Please quote 900 pcs"))
    deliver_all(database)
    with database.begin() as connection:
        connection.execute(text("DELETE FROM deliveries WHERE outbox_id = 2"))
    assert not inquiries.erase_if_said(inquiry_id)
    deliver_all(database)
    assert inquiries.erase_if_said(inquiry_id)
    assert "900" not in words_in(database)


def deliver_all(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(deliveries.delete())
        for row in connection.execute(select(outbox)).all():
            delivery = {"outbox_id": row.id, "seq": row.seq, "channel": CHANNEL, "ts": "9.0", "sent_at": 1}
            connection.execute(deliveries.insert().values(delivery))
