"""Reminders: promised, moved, done with, called off. Each change is one transaction.

The row of the inquiry is the gate: whatever changes the reminders of an inquiry first locks it, so that
two clicks at once come one after the other.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, select

from bot.clock import Clock
from bot.follow_ups.promises import endings, rows
from bot.follow_ups.promises.model import Ended, Promised, Reminder
from bot.follow_ups.promises.rows import IS_OPEN, IS_WAITING
from bot.follow_ups.promises.states import owes_answer
from bot.outbox.model import Kind, State
from bot.outbox.store import Outbox
from bot.storage.database import Database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import lock
from bot.storage.model import InquiryRecord
from bot.storage.tables import deliveries, outbox

__all__ = ["Promised", "Reminder", "Reminders"]


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders of all inquiries."""

    database: Database
    clock: Clock
    outbox: Outbox
    seen: SeenEvents

    # setting

    def set(
        self,
        inquiry: InquiryRecord,
        *,
        owner: str,
        by: str,
        due_at: int,
        note: str = "",
        once: str | None = None,
    ) -> int | None:
        """Promise a reminder in the inquiry's thread and return its number.

        None when `once` (the trigger of a command, the nonce of a button) was dealt with before.
        """
        with self.database.begin() as connection:
            lock(connection, inquiry.id)
            if once and not self.seen.is_first(once, connection):
                return None
            return self._write(connection, inquiry, owner, by, due_at, note, once)

    def set_before(self, inquiry_id: int, once: str) -> Reminder | None:
        """Return what a command or click that is told a second time set, whatever became of it."""
        return next(iter(self._found(rows.of_inquiry(inquiry_id), rows.was_set_by(once))), None)

    def promise(
        self, inquiry: InquiryRecord, *, owner: str, by: str, due_at: int, zone: ZoneInfo
    ) -> Promised:
        """Promise a reminder unless one without a note stands for that day in `zone` already."""
        with self.database.begin() as connection:
            lock(connection, inquiry.id)
            if standing := _on_day(connection, inquiry.id, owner, day_of(due_at, zone), zone):
                return Promised(standing.id, standing.due_at, is_new=False)
            number = self._write(connection, inquiry, owner, by, due_at, "")
            return Promised(number, due_at, is_new=True)

    # finding

    def get(self, team: str, number: int) -> Reminder | None:
        """Return a reminder by its number."""
        return next(iter(self._found(outbox.c.team == team, outbox.c.id == number)), None)

    def of_person(self, team: str, owner: str) -> tuple[Reminder, ...]:
        """Return what a person has open, overdue first."""
        return self._found(outbox.c.team == team, outbox.c.owner == owner, IS_OPEN)

    def of_inquiry(self, inquiry_id: int) -> tuple[Reminder, ...]:
        """Return what is open about an inquiry, overdue first."""
        return self._found(rows.of_inquiry(inquiry_id), IS_OPEN)

    def stands_on_day(self, inquiry_id: int, owner: str, day: date, zone: ZoneInfo) -> Reminder | None:
        """Return the reminder without a note that will remind a person of an inquiry on that day."""
        with self.database.begin() as connection:
            return _on_day(connection, inquiry_id, owner, day, zone)

    @staticmethod
    def may_change(reminder: Reminder, inquiry: InquiryRecord, user: str) -> bool:
        """Tell whether a person may: whom it reminds, who set it, and who is in charge of the inquiry."""
        return user in (reminder.owner, reminder.created_by, inquiry.owner)

    # changing

    def close(self, reminder: Reminder, by: str) -> bool:
        """Note that a person is done with it; False when it ended before, or is just being said.

        One that is still to come does not come any more. Where the next word was ours, it counts as said,
        and the plan whose last step this was as finished.
        """
        with self.database.begin() as connection:
            inquiry = self._gate(connection, reminder)
            now = self.clock.now_ms()
            is_answer = inquiry is not None and owes_answer(inquiry)
            current = self._end(connection, reminder, "answered" if is_answer else "done", by, now)
            if current is None:
                return False
            if inquiry and is_answer:
                answered = "answered" if inquiry.state == "new" else inquiry.state
                endings.set_state(connection, inquiry, answered, now)
            if inquiry and current.plan_id is not None:
                endings.finish_if_last(connection, inquiry, current, at=now, by=by)
            return True

    def snooze(self, reminder: Reminder, due_at: int, by: str) -> bool:
        """Let it come at `due_at` instead, or again; False while it is just being said, or when it ended."""
        return self._move(reminder, due_at, by, None)

    def change(self, reminder: Reminder, *, due_at: int, note: str, by: str) -> bool:
        """Give it another time and note; False while it is just being said, or when it ended."""
        return self._move(reminder, due_at, by, note)

    def cancel(self, reminder: Reminder, by: str, *, ended: Ended = "called_off") -> bool:
        """Call it off; False when it ended before, or is just being said."""
        with self.database.begin() as connection:
            inquiry = self._gate(connection, reminder)
            now = self.clock.now_ms()
            current = self._end(connection, reminder, ended, by, now)
            if current is None:
                return False
            if inquiry and current.plan_id is not None:
                endings.stop_if_empty(connection, current.plan_id, at=now, by=by)
            return True

    def redraw(self, reminder: Reminder, channel: str, ts: str, said: str = "") -> None:
        """Have one card of it say how it stands now; `said`, mrkdwn of ours, is added while it goes on."""
        self.outbox.schedule(
            Kind.REMINDER_UPDATE,
            team=reminder.team,
            channel=channel,
            thread_ts=None,
            inquiry_id=reminder.inquiry_id,
            owner=None,
            payload={rows.REMINDER: reminder.id, rows.CARD: ts, **({rows.SAID: said} if said else {})},
            due_at=self.clock.now_ms(),
            created_by=None,
        )

    def turn_of(self, reminder: Reminder, ts: str) -> tuple[int, bool]:
        """Return which turn of it a card was, and whether that is known for sure."""
        turn = select(deliveries.c.seq).where(deliveries.c.outbox_id == reminder.id, deliveries.c.ts == ts)
        with self.database.begin() as connection:
            found: int | None = connection.execute(turn).scalar()
        return (reminder.seq, False) if found is None else (found, True)

    def move_to(self, reminder: Reminder, inquiry: InquiryRecord) -> bool:
        """Let it speak of another inquiry, in that one's thread; False unless it is still to come."""
        with self.database.begin() as connection:
            for number in sorted({inquiry.id, reminder.inquiry_id or inquiry.id}):
                lock(connection, number)
            current = rows.locked(connection, reminder.id)
            if current is None or current.state != State.SCHEDULED or current.plan_id is not None:
                return False
            place = {
                "inquiry_id": inquiry.id,
                "channel": inquiry.advice_channel or inquiry.channel,
                "thread_ts": inquiry.thread_ts,
            }
            connection.execute(rows.change(reminder.id).values(place))
            return self.outbox.snooze(reminder.id, current.due_at, connection)

    def _move(self, reminder: Reminder, due_at: int, by: str, note: str | None) -> bool:
        with self.database.begin() as connection:
            self._gate(connection, reminder)
            current = rows.locked(connection, reminder.id)
            # What is just being said lands in a moment, and can be moved then.
            if current is None or not current.is_open or current.is_in_flight:
                return False
            written = {rows.MOVED_BY: by} if note is None else {rows.MOVED_BY: by, rows.NOTE: note}
            payload = rows.payload_with(connection, reminder.id, **written)
            connection.execute(rows.change(reminder.id).values(payload=payload))
            is_moved = self.outbox.snooze(reminder.id, due_at, connection)
            rows.renew_cards(connection, (reminder.id,), self.clock.now_ms())
            return is_moved

    def _end(
        self, connection: Connection, reminder: Reminder, ended: Ended, by: str, now: int
    ) -> Reminder | None:
        """Let go of it and return it as it was; None when it ended before, or is just being said."""
        current = rows.locked(connection, reminder.id)
        if current is None or not current.is_open or current.is_in_flight:
            return None
        payload = rows.payload_with(connection, reminder.id, **{rows.ENDED: ended})
        connection.execute(rows.change(reminder.id).values(payload=payload))
        rows.let_go(connection, outbox.c.id == reminder.id, at=now, by=by)
        return current

    def _write(
        self,
        connection: Connection,
        inquiry: InquiryRecord,
        owner: str,
        by: str,
        due_at: int,
        note: str,
        once: str | None = None,
    ) -> int:
        payload = {rows.NOTE: note, rows.ONCE: once}
        return self.outbox.schedule(
            Kind.REMINDER,
            team=inquiry.team,
            channel=inquiry.advice_channel or inquiry.channel,
            thread_ts=inquiry.thread_ts,
            inquiry_id=inquiry.id,
            owner=owner,
            payload={key: value for key, value in payload.items() if value},
            due_at=due_at,
            created_by=by,
            connection=connection,
        )

    def _gate(self, connection: Connection, reminder: Reminder) -> InquiryRecord | None:
        return lock(connection, reminder.inquiry_id) if reminder.inquiry_id is not None else None

    def _found(self, *conditions: ColumnElement[bool]) -> tuple[Reminder, ...]:
        with self.database.begin() as connection:
            return rows.found(connection, *conditions)


def day_of(at_ms: int, zone: ZoneInfo) -> date:
    """Return the day it is in `zone` at an instant."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone).date()


def _on_day(
    connection: Connection, inquiry_id: int, owner: str, day: date, zone: ZoneInfo
) -> Reminder | None:
    waiting = rows.found(connection, rows.of_inquiry(inquiry_id), outbox.c.owner == owner, IS_WAITING)
    alike = (one for one in waiting if one.plan_id is None and not one.note)
    return next((one for one in alike if day_of(one.due_at, zone) == day), None)
