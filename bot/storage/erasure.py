"""Forgetting buyers' words: what they wrote goes, what it amounted to (type, state, figures) stays."""

from typing import Any

from sqlalchemy import ColumnElement, Update, exists, not_, select, true, update

from bot.clock import Clock
from bot.outbox.model import Kind, State
from bot.storage.database import Database
from bot.storage.tables import deliveries, inquiries, outbox

NO_WORDS: dict[str, Any] = {"received": None, "reading": None, "verdict": None}
NOTHING = "{}"
FINISHED = (State.DONE, State.FAILED, State.CANCELLED)


class Erasure:
    """Erases what holds words of a buyer."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def erase(self, inquiry_id: int) -> bool:
        """Erase the words of one inquiry at once; False when there were none.

        Rows of the outbox that are still to be said keep theirs until they are said: cancel them first
        to forget those too.
        """
        return self._erase(inquiries.c.id == inquiry_id, outbox.c.inquiry_id == inquiry_id) == 1

    def erase_if_said(self, inquiry_id: int) -> bool:
        """Erase the words of an inquiry unless its advice is still to be said."""
        is_said = (inquiries.c.id == inquiry_id) & not_(_advice_is_pending())
        return self._erase(is_said, outbox.c.inquiry_id == inquiry_id) == 1

    def erase_older_than(self, ms: int) -> int:
        """Erase the words of all inquiries received before `ms` whose advice is said; return how many."""
        return self._erase((inquiries.c.received_at < ms) & not_(_advice_is_pending()), true())

    def _erase(self, wanted: ColumnElement[bool], rows: ColumnElement[bool]) -> int:
        gone = (
            update(inquiries)
            .where(wanted, inquiries.c.erased_at.is_(None))
            .values(**NO_WORDS, erased_at=self._clock.now_ms())
        )
        with self._database.begin() as connection:
            count = connection.execute(gone).rowcount
            connection.execute(_emptied(rows))
        if count:
            self._database.wipe_log()
        return count


def _advice_is_pending() -> ColumnElement[bool]:
    stands = exists().where(deliveries.c.outbox_id == outbox.c.id, deliveries.c.seq == outbox.c.seq)
    return exists(
        select(outbox.c.id).where(
            outbox.c.inquiry_id == inquiries.c.id,
            outbox.c.kind.in_([Kind.ADVICE, Kind.ADVICE_UPDATE]),
            outbox.c.state.in_([State.SCHEDULED, State.SENDING]),
            not_(stands),
        )
    )


def _emptied(rows: ColumnElement[bool]) -> Update:
    """Return the emptying of those of `rows` that are finished and belong to erased inquiries."""
    is_of_erased = outbox.c.inquiry_id.in_(select(inquiries.c.id).where(inquiries.c.erased_at.is_not(None)))
    is_finished = (outbox.c.payload != NOTHING) & outbox.c.state.in_(FINISHED)
    # A reminder keeps its note, which is ours, until somebody is done with it.
    is_open = (outbox.c.kind == Kind.REMINDER) & outbox.c.closed_at.is_(None)
    is_over = not_(is_open) | (outbox.c.state == State.CANCELLED)
    return update(outbox).where(rows, is_finished, is_over, is_of_erased).values(payload=NOTHING)
