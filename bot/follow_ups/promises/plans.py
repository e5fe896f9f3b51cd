"""Plans: the follow-ups of a silence, all written when the plan starts.

A step comes at 09:00 of its owner's day. What a plan wants yields to what people want: a step gives way to
other reminders of its day, and one that a person put to another time stays there.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, update

from bot.clock import Clock
from bot.follow_ups.calendar.calendars import Calendar, calendar_of
from bot.follow_ups.calendar.steps import Step, morning_of, steps_of
from bot.follow_ups.promises import endings, plan_rows, rows
from bot.follow_ups.promises.model import Because, PlanRecord, Reminder
from bot.follow_ups.promises.rows import IS_OPEN, IS_REMINDER, IS_WAITING
from bot.outbox.model import Row, State
from bot.outbox.store import Outbox
from bot.people import People
from bot.storage.database import Database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import lock
from bot.storage.model import InquiryRecord
from bot.storage.tables import inquiries, outbox, plans
from knowledge import Knowledge
from knowledge.content import Plan, Situation


@dataclass(frozen=True, slots=True)
class Started:
    """A plan that runs from now on, and the one it replaced."""

    plan_id: int
    steps: tuple[Step, ...]
    replaced: PlanRecord | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """There is a plan already; nothing was started."""

    record: PlanRecord


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of all inquiries."""

    database: Database
    clock: Clock
    outbox: Outbox
    seen: SeenEvents
    people: People
    knowledge: Knowledge

    # starting and ending

    def start(
        self,
        inquiry: InquiryRecord,
        plan: Plan,
        *,
        owner: str,
        by: str,
        once: str | None = None,
        replace: bool = False,
    ) -> Started | Standing | None:
        """Write all steps of a plan; the inquiry counts as quoted, or as having its samples, from now on.

        Standing while another plan runs, unless it is to be replaced. None when `once` was dealt with.
        """
        calendar = calendar_of(self.people, inquiry, owner)
        with self.database.begin() as connection:
            current = lock(connection, inquiry.id)
            if current is None or (once and self.seen.knows(once, connection)):
                return None
            standing = endings.active_plan(connection, inquiry.id)
            if standing and not replace:
                return Standing(standing)
            if once:
                self.seen.is_first(once, connection)
            now = self.clock.now_ms()
            replaced = endings.end_plan(connection, inquiry.id, because="replaced", by=by, at=now)
            plan_id = plan_rows.insert_plan(connection, current, plan, owner, by, now)
            steps = self._steps(connection, current.id, plan, now, calendar)
            plan_rows.write_steps(connection, self.outbox, current, plan_id, steps, owner=owner, by=by)
            plan_rows.note_sent(connection, current, plan, now)
            return Started(plan_id, steps, replaced)

    def stop(self, inquiry_id: int, *, because: Because, by: str) -> PlanRecord | None:
        """End the plan of an inquiry; its `left_out` steps will not come. None when there is no plan."""
        with self.database.begin() as connection:
            lock(connection, inquiry_id)
            now = self.clock.now_ms()
            return endings.end_plan(connection, inquiry_id, because=because, by=by, at=now)

    # finding

    def get(self, plan_id: int) -> PlanRecord | None:
        """Return a plan, ended or not; how many steps its end left out with it."""
        with self.database.begin() as connection:
            return endings.plan_with_left_out(connection, plan_id)

    def active(self, inquiry_id: int) -> PlanRecord | None:
        """Return the plan an inquiry is under."""
        with self.database.begin() as connection:
            return endings.active_plan(connection, inquiry_id)

    def next_step(self, plan_id: int) -> Reminder | None:
        """Return the step that comes next."""
        return next(iter(self._waiting(plan_id)), None)

    def steps_left(self, plan_id: int) -> int:
        """Return how many steps are still to come."""
        return len(self._waiting(plan_id))

    def foreseen(
        self, inquiry: InquiryRecord, plan: Plan, *, owner: str, arrived_on: date | None = None
    ) -> tuple[Step, ...]:
        """Return the steps a plan would have if it started now."""
        calendar = calendar_of(self.people, inquiry, owner)
        with self.database.begin() as connection:
            now = self.clock.now_ms()
            return self._steps(connection, inquiry.id, plan, now, calendar, arrived_on)

    # moving

    def arrived(self, plan_id: int, day: date) -> tuple[Step, ...]:
        """Count the steps after the arrival of the samples from `day`; return those that moved."""
        plan, inquiry = self._known(plan_id)
        if plan is None or inquiry is None:
            return ()
        calendar = calendar_of(self.people, inquiry, plan.owner)
        with self.database.begin() as connection:
            lock(connection, inquiry.id)
            current = endings.active_plan(connection, inquiry.id)
            if current is None or current.id != plan_id:
                return ()
            midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
            told = update(plans).where(plans.c.id == plan_id).values(arrived_on=midnight)
            connection.execute(told)
            return self._reckon_anew(connection, current, calendar, day)

    def reassign(self, inquiry_id: int, owner: str) -> None:
        """Let the steps to come, and those that wait for Done, remind another person, by that one's days."""
        plan = self.active(inquiry_id)
        _, inquiry = self._known(plan.id) if plan else (None, None)
        if inquiry is None:
            return
        calendar = calendar_of(self.people, inquiry, owner)
        with self.database.begin() as connection:
            lock(connection, inquiry_id)
            self._hand_over(connection, inquiry_id, owner, calendar)

    def take(self, inquiry: InquiryRecord, user: str) -> str:
        """Put a person in charge, with the plan and the reminders of whom it was before; return who is now.

        Somebody else when that one was put in charge after `inquiry` was looked up: the first one stays.
        """
        calendar = calendar_of(self.people, inquiry, user)
        with self.database.begin() as connection:
            current = lock(connection, inquiry.id)
            if current is None:
                return user
            if current.owner and current.owner not in (inquiry.owner, user):
                return current.owner
            taken = update(inquiries).where(inquiries.c.id == inquiry.id).values(owner=user)
            connection.execute(taken)
            plan_rows.move_reminders(connection, current, user)
            self._hand_over(connection, inquiry.id, user, calendar)
            return user

    def not_before(self, row: Row) -> int | None:
        """Return the instant a step must wait for (09:00 of its owner's first free day); None: say it now.

        At most one reminder about an inquiry comes in a day, none within two working days of the former step.
        """
        if row.plan_id is None or row.inquiry_id is None or row.payload.get(rows.MOVED_BY):
            return None
        _, inquiry = self._known(row.plan_id)
        if inquiry is None or row.owner is None:
            return None
        calendar = calendar_of(self.people, inquiry, row.owner)
        with self.database.begin() as connection:
            taken = plan_rows.days_of_others(connection, inquiry.id, calendar, row_id=row.id)
            taken |= plan_rows.promised_days(connection, inquiry.id, calendar)
            former = plan_rows.former_step_at(connection, row)
        agenda, today = calendar.agenda(taken), calendar.day_of(self.clock.now_ms())
        earliest = max(today, agenda.apart_from(calendar.day_of(former))) if former else today
        if earliest == today and today not in taken:
            return None
        return morning_of(agenda.first_free(earliest), calendar.zone)

    # parts of the above, inside a transaction

    def _situation(self, plan: Plan) -> Situation:
        return next(one for one in self.knowledge.situations.values() if one.plan == plan)

    def _steps(
        self,
        connection: Connection,
        inquiry_id: int,
        plan: Plan,
        started_ms: int,
        calendar: Calendar,
        arrived_on: date | None = None,
        plan_id: int | None = None,
    ) -> tuple[Step, ...]:
        taken = plan_rows.promised_days(connection, inquiry_id, calendar)
        # What came today counts as well, unless the plan itself said it.
        taken |= plan_rows.days_of_others(connection, inquiry_id, calendar, plan_id=plan_id)
        return steps_of(
            self._situation(plan),
            started_ms=started_ms,
            zone=calendar.zone,
            owner_days=calendar.owner_days,
            buyer_days=calendar.buyer_days,
            taken=taken,
            arrived_on=arrived_on,
        )

    def _hand_over(self, connection: Connection, inquiry_id: int, owner: str, calendar: Calendar) -> None:
        plan = endings.active_plan(connection, inquiry_id)
        if plan is None or plan.owner == owner:
            return
        connection.execute(update(plans).where(plans.c.id == plan.id).values(owner=owner))
        steps = update(outbox).where(outbox.c.plan_id == plan.id, IS_REMINDER, IS_OPEN)
        connection.execute(steps.values(owner=owner))
        self._reckon_anew(connection, plan, calendar, _day_told(plan))

    def _reckon_anew(
        self, connection: Connection, plan: PlanRecord, calendar: Calendar, arrived_on: date | None
    ) -> tuple[Step, ...]:
        steps = self._steps(
            connection, plan.inquiry_id, plan.plan, plan.started_at, calendar, arrived_on, plan.id
        )
        # A step without `next_at` is held until its owner says what becomes of it; one in doubt may stand
        # in its thread already, and would come again under a new seq.
        is_scheduled = (
            (outbox.c.state == State.SCHEDULED) & outbox.c.next_at.is_not(None) & outbox.c.doubt.is_(False)
        )
        is_movable = (outbox.c.plan_id == plan.id) & is_scheduled
        movable = {one.step: one for one in rows.found(connection, is_movable) if not one.moved_by}
        moved = [
            (movable[step.number], step)
            for step in steps
            if step.number in movable and movable[step.number].due_at != step.due_at
        ]
        for row, step in moved:
            self.outbox.snooze(row.id, step.due_at, connection)
        return tuple(step for _, step in moved)

    def _known(self, plan_id: int) -> tuple[PlanRecord | None, InquiryRecord | None]:
        with self.database.begin() as connection:
            plan = endings.plan_of(connection, plan_id)
            return plan, lock(connection, plan.inquiry_id) if plan else None

    def _waiting(self, plan_id: int) -> tuple[Reminder, ...]:
        with self.database.begin() as connection:
            return rows.found(connection, outbox.c.plan_id == plan_id, IS_WAITING)


def _day_told(plan: PlanRecord) -> date | None:
    return datetime.fromtimestamp(plan.arrived_on / 1000, UTC).date() if plan.arrived_on is not None else None
