"""What became of an attempt, written down."""

import logging
from collections.abc import Mapping

from bot.outbox.answers import (
    Answer,
    Gone,
    LockedOut,
    NotSent,
    Posted,
    Refused,
    RefusedForm,
    SlowDown,
    Unclear,
)
from bot.outbox.claims import INSTEAD_OF, Claims
from bot.outbox.model import CHANGES, Kind, Row, Speaker
from bot.outbox.pace import Pace
from bot.outbox.poster import Poster
from bot.outbox.terms import Terms
from bot.storage import DatabaseAway

logger = logging.getLogger(__name__)


class Outcome:
    """Turns answers into the row's next state, and tells speakers of deliveries."""

    def __init__(
        self,
        claims: Claims,
        speakers: Mapping[Kind, Speaker],
        poster: Poster,
        pace: Pace,
        terms: Terms,
    ) -> None:
        self._claims = claims
        self._speakers = speakers
        self._poster = poster
        self._pace = pace
        self._terms = terms

    def found(self, row: Row, places: tuple[Posted, ...]) -> None:
        """Note that the row stands there from a former attempt; what stands twice is withdrawn."""
        for extra in places[1:]:
            self._poster.withdraw(row.team, extra)
        self._note_delivery(row, places[0], found=True)

    def conclude(self, row: Row, answer: Answer, form: int) -> None:
        """Note Slack's answer to the form number `form`."""
        match answer:
            case Posted():
                self._note_delivery(row, answer, found=False)
            case SlowDown(seconds):
                self._pace.pause(row, seconds)
                self._claims.put_back(row, seconds, form=form)
            case NotSent(code):
                self._claims.retry(row, code, doubt=row.doubt)
            case Unclear(code, is_silent):
                wait_s = self._terms.settle_s if is_silent else 0.0
                self._claims.retry(row, code, doubt=True, at_least_s=wait_s)
            case LockedOut(code):
                self._wait_outside(row, code)
            case Gone(code) if row.kind in CHANGES:
                logger.info("Row %d changes nothing: its message is gone (%s).", row.id, code)
                self._claims.drop(row)
            case Refused(code) | RefusedForm(code) | Gone(code):
                self._give_up(row, code)

    def _note_delivery(self, row: Row, place: Posted, *, found: bool) -> None:
        standing = self._claims.record(row, place, found=found)
        if standing.ts != place.ts:
            # Another worker was first: a worker that froze longer than its lease wakes up here.
            self._poster.withdraw(row.team, place)
        if self._tell_speaker(row, standing):
            self._claims.finish(row)

    def _tell_speaker(self, row: Row, place: Posted) -> bool:
        """Tell the speaker; False when the row comes again to tell it again."""
        try:
            self._speakers[row.kind].said(row, place.channel, place.ts)
        except DatabaseAway:
            raise
        except Exception:
            # The delivery stands, whatever the speaker makes of it.
            logger.exception("The delivery of row %d was not taken note of.", row.id)
            if row.attempts + 1 < self._terms.speaker_tries:
                self._claims.retry(row, "not taken note of", doubt=True)
                return False
        return True

    def _wait_outside(self, row: Row, code: str) -> None:
        logger.error("Slack does not let the bot speak in workspace %s (%s).", row.team, code)
        if row.attempts + 1 < self._terms.locked_out_tries:
            self._claims.retry(row, code, doubt=row.doubt)
        else:
            self._give_up(row, code)

    def _give_up(self, row: Row, code: str) -> None:
        owner = _whom_to_tell(row)
        logger.error("Row %d (%s) cannot be said in %s (%s).", row.id, row.kind, row.channel, code)
        if owner:
            self._claims.redirect(row, code, owner)
        else:
            self._claims.fail(row, code)


def _whom_to_tell(row: Row) -> str | None:
    """Return who gets in private what cannot be said in its place; None when that is no use."""
    is_told = row.kind in CHANGES or INSTEAD_OF in row.payload or row.channel == row.owner
    return None if is_told else row.owner
