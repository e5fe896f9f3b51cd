"""One row on its way: look where it is in doubt, find the words, post, write down what became of it.

A row that may have been posted before is looked up by its key; only when it does not stand there is it
posted. Where Slack does not permit the look-up it is posted again and says so: a lost sentence is worse.
"""

import logging
from collections.abc import Callable, Mapping

from bot.clock import Clock
from bot.outbox import failure
from bot.outbox.answers import Answer, Found, NotPermitted, NotThere, RefusedForm, Sighting
from bot.outbox.claims import INSTEAD_OF, Claims
from bot.outbox.lease import Lease
from bot.outbox.model import CHANGES, Kind, NotYet, Postponed, Row, Speaker, Utterance
from bot.outbox.outcome import Outcome
from bot.outbox.pace import Pace
from bot.outbox.poster import KEY, Message, Poster
from bot.outbox.terms import Terms
from bot.storage import DatabaseAway
from bot.texts import Language

logger = logging.getLogger(__name__)

CROWDED_S = 1.0
NO_FORM: Answer = RefusedForm("no form left")

LanguageOf = Callable[[str, str | None], Language]  # of a user in a team


class Delivery:
    """Delivers claimed rows."""

    def __init__(
        self,
        claims: Claims,
        speakers: Mapping[Kind, Speaker],
        poster: Poster,
        outcome: Outcome,
        pace: Pace,
        clock: Clock,
        terms: Terms,
        language_of: LanguageOf,
    ) -> None:
        self._claims = claims
        self._speakers = speakers
        self._poster = poster
        self._outcome = outcome
        self._pace = pace
        self._clock = clock
        self._terms = terms
        self._language_of = language_of

    def deliver(self, lease: Lease) -> None:
        """Bring a claimed row as far as it goes now."""
        try:
            if self._is_crowded(lease.row):
                self._claims.put_back(lease.row, CROWDED_S)
            else:
                self._look_and_say(lease)
        finally:
            self._pace.leave(lease.row)

    def _look_and_say(self, lease: Lease) -> None:
        row = lease.row
        match self._look(row):
            case Found(places):
                self._outcome.found(row, places)
            case NotThere():
                self._say(lease, is_repeat=False)
            case NotPermitted(code):
                logger.warning("Row %d is said again: Slack permits no look-up (%s).", row.id, code)
                self._say(lease, is_repeat=True)
            case told:
                self._outcome.conclude(row, told, row.form)

    def _is_crowded(self, row: Row) -> bool:
        # Of two changes of one card the older must not land last.
        return row.kind in CHANGES and self._claims.is_crowded(row)

    def _look(self, row: Row) -> Sighting:
        if not row.doubt:
            return NotThere()
        if standing := self._claims.standing(row):
            return Found((standing,))
        # Changing a message to what it already says does no harm.
        return NotThere() if row.kind in CHANGES else self._poster.look_up(row)

    # the words

    def _say(self, lease: Lease, *, is_repeat: bool) -> None:
        row = lease.row
        said = self._words(row)
        if said is None:
            return
        if lost := row.payload.get(INSTEAD_OF):
            said = failure.in_private(said, lost, self._language(row))
        if is_repeat:
            said = failure.as_repeat(said, self._language(row))
        self._climb_down(lease, said)

    def _words(self, row: Row) -> Utterance | None:
        """Return what to say; None when it is not said now, which is written down already."""
        try:
            said = self._speakers[row.kind].compose(row)
        except NotYet as not_yet:
            self._claims.put_back(row, not_yet.seconds)
            return None
        except Postponed as postponed:
            self._claims.postpone(row, postponed.due_at)
            if postponed.then:
                postponed.then()
            return None
        except DatabaseAway:
            raise  # no fault of the speaker's: the row comes again when its lease is over
        except Exception:
            # One row without words must not silence the others.
            logger.exception("No words for row %d (%s).", row.id, row.kind)
            return self._without_words(row)
        if said is None:
            self._claims.drop(row)
        return said

    def _without_words(self, row: Row) -> Utterance | None:
        if row.attempts + 1 < self._terms.speaker_tries:
            self._claims.retry(row, "no words", doubt=row.doubt)
            return None
        if row.kind in CHANGES:
            self._claims.fail(row, "no words")  # the card as it stands is better than a sentence
            return None
        return failure.speechless(row, self._language(row))

    # posting

    def _climb_down(self, lease: Lease, said: Utterance) -> None:
        """Post the fullest form Slack takes."""
        row, answer, number = lease.row, NO_FORM, lease.row.form
        for number in range(min(row.form, len(said.forms)), len(said.forms) + 1):
            if not lease.is_held(self._claims, self._clock, self._terms):
                logger.warning("Row %d is left to another worker: the lease is over.", row.id)
                return
            self._pace.speak(row)
            answer = self._poster.say(self._message(row, said, number))
            if not isinstance(answer, RefusedForm):
                break
            logger.warning("Slack refuses form %d of row %d (%s).", number, row.id, answer.code)
        self._outcome.conclude(row, answer, number)

    def _message(self, row: Row, said: Utterance, number: int) -> Message:
        is_last = number == len(said.forms)
        return Message(
            team=row.team,
            channel=row.channel,
            thread_ts=row.thread_ts,
            form=failure.last_resort(row, self._language(row)) if is_last else said.forms[number],
            event_type=said.event_type,
            # A changed message keeps the key it was posted with, by which it is found again.
            event_payload={KEY: row.key, **said.event_payload},
            update_ts=said.update_ts,
        )

    def _language(self, row: Row) -> Language:
        return self._language_of(row.team, row.owner)
