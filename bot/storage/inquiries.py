"""Inquiries: each Slack message that is one, once; with what became of it."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.clock import Clock
from bot.intake.as_json import received_from_json, received_to_json
from bot.intake.model import Arrival, Received, Via
from bot.outbox.model import Kind, State
from bot.outbox.store import PENDING, Outbox
from bot.storage.database import Database
from bot.storage.erasure import Erasure
from bot.storage.events import SeenEvents
from bot.storage.model import InquiryRecord, Receipt
from bot.storage.tables import inquiries, outbox

# What goes with the message it speaks about; reminders are promises and come all the same.
ABOUT_WORDS = (Kind.ADVICE, Kind.ADVICE_UPDATE, Kind.NOTE, Kind.BUYER_MAIL)
COLUMNS = tuple(inquiries.c[field.name] for field in fields(InquiryRecord))


class Inquiries(Erasure):
    """The table of inquiries, and the advice rows that belong to it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._outbox = Outbox(database, clock)
        self._seen = SeenEvents(database, clock)

    # arriving, changing, going

    def receive(self, arrival: Arrival, *, due_now: bool = True) -> Receipt:
        """Write an arrival and its advice row in one transaction; the same message twice is one inquiry.

        Without `due_now` the inquiry is written and no advice is said on it.
        """
        with self._database.begin() as connection:
            inquiry_id = self._insert(connection, arrival)
            if inquiry_id is None:
                return Receipt(_id_of(connection, arrival.team, arrival.channel, arrival.ts), False)
            if self._seen.knows(_deletion_of(arrival.team, arrival.channel, arrival.ts), connection):
                self._withdraw(connection, inquiry_id)
            elif due_now:
                self._schedule_advice(connection, inquiry_id, arrival)
            return Receipt(inquiry_id, True)

    def revise(self, team: str, channel: str, ts: str, received: Received) -> int | None:
        """Take the new text of an edited message and return its inquiry; None when it is none.

        The card is written anew when it stands already or is just being posted. The same edit twice, one
        older than what is known, and an edit of a deleted inquiry, change nothing.
        """
        written = _written(received)
        with self._database.begin() as connection:
            record = _find(connection, _is_message(team, channel, ts))
            if record is None:
                return None
            is_news = record.received != written and not _is_overtaken(received, record)
            if is_news and record.deleted_at is None:
                self._rewrite(connection, record, written)
            return record.id

    def delete(self, team: str, channel: str, ts: str) -> int | None:
        """Note that the message was deleted and cancel what is still to be said about it, but for reminders.

        Slack promises no order: a message that is not known may arrive after the news that it is gone.
        """
        with self._database.begin() as connection:
            record = _find(connection, _is_message(team, channel, ts))
            if record is None:
                self._seen.is_first(_deletion_of(team, channel, ts), connection)
                return None
            self._withdraw(connection, record.id)
            return record.id

    # reading

    def get(self, inquiry_id: int) -> InquiryRecord | None:
        """Return an inquiry by id."""
        with self._database.begin() as connection:
            return _find(connection, inquiries.c.id == inquiry_id)

    def find(self, team: str, channel: str, ts: str) -> InquiryRecord | None:
        """Return the inquiry a Slack message is."""
        with self._database.begin() as connection:
            return _find(connection, _is_message(team, channel, ts))

    def in_thread(self, team: str, channel: str, thread_ts: str) -> tuple[InquiryRecord, ...]:
        """Return the inquiries a thread is about, the latest first."""
        here = (inquiries.c.team == team) & (inquiries.c.channel == channel)
        is_about = inquiries.c.thread_ts == thread_ts
        wanted = select(*COLUMNS).where(here, is_about).order_by(inquiries.c.id.desc())
        with self._database.begin() as connection:
            return tuple(map(_record, connection.execute(wanted)))

    # what is found out about it

    def record_reading(self, inquiry_id: int, reading_json: str, revision: int | None = None) -> None:
        """Keep what was read of it; with `revision`, only while it stands at that one and is not erased."""
        self._change_words(inquiry_id, revision, reading=reading_json)

    def record_verdict(
        self,
        inquiry_id: int,
        verdict_json: str,
        buyer_type: str,
        confidence: float,
        language: str,
        revision: int | None = None,
    ) -> None:
        """Keep how it was judged; with `revision`, only while it stands at that one and is not erased."""
        self._change_words(
            inquiry_id,
            revision,
            verdict=verdict_json,
            buyer_type=buyer_type,
            confidence=confidence,
            language=language,
        )

    def record_buyer(self, inquiry_id: int, buyer_hash: str) -> None:
        """Keep whose it is, without the address."""
        self._change(inquiry_id, buyer_hash=buyer_hash)

    def record_advice(self, inquiry_id: int, channel: str, ts: str) -> None:
        """Note where its card stands."""
        self._change(inquiry_id, advice_channel=channel, advice_ts=ts)

    # what people say about it

    def correct(self, inquiry_id: int, buyer_type: str, user: str) -> None:
        """Keep a person's correction of the type beside the judgement."""
        now = self._clock.now_ms()
        self._change(inquiry_id, corrected_type=buyer_type, corrected_by=user, corrected_at=now)

    def set_owner(self, inquiry_id: int, user: str | None) -> None:
        """Put a salesperson in charge."""
        self._change(inquiry_id, owner=user)

    def renew_card(self, connection: Connection, record: InquiryRecord, by: str | None) -> None:
        """Have the card of an inquiry said again, as it would be said then."""
        self._outbox.schedule(
            Kind.ADVICE_UPDATE,
            team=record.team,
            channel=record.advice_channel or record.channel,
            thread_ts=record.thread_ts,
            inquiry_id=record.id,
            owner=by,
            payload={},
            due_at=self._clock.now_ms(),
            created_by=by,
            connection=connection,
        )

    def _withdraw(self, connection: Connection, inquiry_id: int) -> None:
        gone = update(inquiries).where(inquiries.c.id == inquiry_id, inquiries.c.deleted_at.is_(None))
        connection.execute(gone.values(deleted_at=self._clock.now_ms()))
        self._outbox.cancel_for_inquiry(inquiry_id, *ABOUT_WORDS, connection=connection)

    def _change_words(self, inquiry_id: int, revision: int | None, **values: Any) -> None:
        # An edit or an erasure while the former words were being read must not be undone by them.
        as_read = (
            [inquiries.c.revision == revision, inquiries.c.erased_at.is_(None)]
            if revision is not None
            else []
        )
        changed = update(inquiries).where(inquiries.c.id == inquiry_id, *as_read).values(values)
        with self._database.begin() as connection:
            connection.execute(changed)

    def _change(self, inquiry_id: int, **values: Any) -> None:
        with self._database.begin() as connection:
            connection.execute(update(inquiries).where(inquiries.c.id == inquiry_id).values(values))

    def _insert(self, connection: Connection, arrival: Arrival) -> int | None:
        now = self._clock.now_ms()
        insert = self._database.insert(inquiries).values(
            team=arrival.team,
            channel=arrival.channel,
            ts=arrival.ts,
            thread_ts=arrival.thread_ts,
            via=arrival.via,
            posted_by=arrival.posted_by,
            received=_written(arrival.received),
            received_at=now,
            state_at=now,
        )
        won = connection.execute(insert.on_conflict_do_nothing().returning(inquiries.c.id))
        return won.scalar_one_or_none()

    def _schedule_advice(self, connection: Connection, inquiry_id: int, arrival: Arrival) -> None:
        self._outbox.schedule(
            Kind.ADVICE,
            team=arrival.team,
            channel=arrival.channel,
            thread_ts=arrival.thread_ts,
            inquiry_id=inquiry_id,
            owner=arrival.posted_by,
            payload={},
            due_at=self._clock.now_ms(),
            created_by=arrival.posted_by,
            connection=connection,
        )

    def _rewrite(self, connection: Connection, record: InquiryRecord, written: str) -> None:
        connection.execute(
            update(inquiries)
            .where(inquiries.c.id == record.id)
            .values(
                received=written,
                revision=inquiries.c.revision + 1,
                reading=None,
                verdict=None,
                erased_at=None,
            )
        )
        if _wants_update(connection, record):
            self.renew_card(connection, record, record.posted_by)


def lock(connection: Connection, inquiry_id: int) -> InquiryRecord | None:
    """Return an inquiry whose row nobody else locks or changes until the end of the transaction."""
    row = connection.execute(
        select(*COLUMNS).where(inquiries.c.id == inquiry_id).with_for_update()
    ).one_or_none()
    return _record(row) if row else None


def _written(received: Received) -> str:
    # Half an emoji, left over where Slack cut a text, is no UTF-8: no database takes it.
    return received_to_json(received).encode("utf-8", "replace").decode("utf-8")


def _is_overtaken(edit: Received, record: InquiryRecord) -> bool:
    # Slack tells again what was not acknowledged, minutes later: by then a newer edit may stand.
    return bool(record.received) and received_from_json(str(record.received)).edited_ts > edit.edited_ts


def _deletion_of(team: str, channel: str, ts: str) -> str:
    return f"deleted {team} {channel} {ts}"


def _is_message(team: str, channel: str, ts: str) -> Any:
    return (inquiries.c.team == team) & (inquiries.c.channel == channel) & (inquiries.c.ts == ts)


def _find(connection: Connection, wanted: Any) -> InquiryRecord | None:
    row = connection.execute(select(*COLUMNS).where(wanted)).one_or_none()
    return _record(row) if row else None


def _id_of(connection: Connection, team: str, channel: str, ts: str) -> int:
    wanted = select(inquiries.c.id).where(_is_message(team, channel, ts))
    return int(connection.execute(wanted).scalar_one())


def _record(row: Row[Any]) -> InquiryRecord:
    known = dict(row._mapping)
    return InquiryRecord(**(known | {"via": Via(known["via"])}))


def _wants_update(connection: Connection, record: InquiryRecord) -> bool:
    """Tell whether the card must be written anew: it is out, or may be, with the former text."""
    rows = connection.execute(
        select(outbox.c.kind, outbox.c.state, outbox.c.doubt).where(outbox.c.inquiry_id == record.id)
    ).all()
    if any(row.kind == Kind.ADVICE_UPDATE and row.state == State.SCHEDULED for row in rows):
        return False  # it will find the newest text
    return record.advice_ts is not None or any(_may_stand(row) for row in rows if row.kind == Kind.ADVICE)


def _may_stand(row: Any) -> bool:
    return row.state == State.DONE or (row.state in PENDING and bool(row.doubt))
