"""The threads that say what is due.

One idle thread watches the outbox, the others wait for its place: it takes a row and lets the next one
watch. So an idle process asks the database once in `poll_s` or when the next row is due, and each row finds
a free thread at once.
The last idle thread takes advice only: a new inquiry never waits behind reminders Slack is slow to take.
"""

import logging
import threading
from collections.abc import Mapping

from bot.clock import Clock
from bot.outbox.claims import Claims
from bot.outbox.delivery import Delivery, LanguageOf
from bot.outbox.lease import Lease, last_start_from
from bot.outbox.model import Kind, Row, Speaker
from bot.outbox.outcome import Outcome
from bot.outbox.pace import Pace
from bot.outbox.poster import Poster
from bot.outbox.store import STANDARD_TERMS
from bot.outbox.terms import Terms
from bot.storage import Database, DatabaseAway
from bot.texts import Language

logger = logging.getLogger(__name__)

THREADS = 12  # with posts that take a tenth of a second: a hundred channels at their full pace
SHORTEST_S = 0.02
DRAIN_WITHIN_S = 15.0  # longer than a post may take


def in_english(_team: str, _user: str | None) -> Language:
    """Return English for everybody."""
    return "en"


class Worker:
    """Delivers due rows in `threads` threads, from `start()` until `stop()`."""

    def __init__(
        self,
        database: Database,
        speakers: Mapping[Kind, Speaker],
        poster: Poster,
        clock: Clock,
        threads: int = THREADS,
        *,
        terms: Terms = STANDARD_TERMS,
        language_of: LanguageOf = in_english,
    ) -> None:
        self._pace = Pace(clock, terms.between_posts_s)
        self._claims = Claims(database, clock, terms)
        self._delivery = Delivery(
            self._claims,
            speakers,
            poster,
            Outcome(self._claims, speakers, poster, self._pace, terms),
            self._pace,
            clock,
            terms,
            language_of,
        )
        self._news = database.news
        self._clock = clock
        self._terms = terms
        self._watch = threading.Lock()
        self._others = _Others(most=max(threads - 1, 1))
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"outbox-{number}", daemon=True)
            for number in range(1, threads + 1)
        ]

    def start(self) -> None:
        """Begin to deliver; what a killed process left in flight comes first, once it has settled."""
        self._claims.take_over()
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look at once; rows written through the same Database do this by themselves."""
        self._news.set()

    def stop(self, within_s: float = DRAIN_WITHIN_S) -> None:
        """Take nothing new and finish what is in flight."""
        self._stopping.set()
        self.wake()
        end = self._clock.steady() + within_s
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(end - self._clock.steady(), 0.0))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if lease := self._next():
                    self._deliver(lease)
            except Exception:
                # The last edge of the thread, which must live: the row comes again when its lease is over.
                logger.exception("An outbox row was left to its lease.")
                self._stopping.wait(self._terms.poll_s)

    def _deliver(self, lease: Lease) -> None:
        try:
            self._delivery.deliver(lease)
        finally:
            if lease.row.kind is not Kind.ADVICE and self._others.end():
                self._news.set()  # whoever watches may take more than advice again

    def _next(self) -> Lease | None:
        with self._watch:
            if self._stopping.is_set():
                return None
            claimed_at = self._clock.steady()
            only_advice = self._others.are_most()
            if row := self._claim(only_advice=only_advice):
                if row.kind is not Kind.ADVICE:
                    self._others.begin()
                return Lease(row, last_start_from(claimed_at, self._terms))
            self._news.wait(self._terms.poll_s if only_advice else self._rest_s())
            self._news.clear()
            return None

    def _rest_s(self) -> float:
        try:
            next_in_s = self._claims.next_in_s()
        except DatabaseAway:
            next_in_s = None
        # A row that is due and was not claimed is in the hands of another replica.
        return (
            self._terms.poll_s if next_in_s is None else min(max(next_in_s, SHORTEST_S), self._terms.poll_s)
        )

    def _claim(self, *, only_advice: bool) -> Row | None:
        try:
            return self._claims.claim(self._pace, only_advice=only_advice)
        except DatabaseAway as error:
            logger.warning("The outbox waits: %s", error)
            self._stopping.wait(self._terms.poll_s)
            return None


class _Others:
    """How many threads are busy with something else than advice."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._busy = 0

    def are_most(self) -> bool:
        """Tell whether no more may be."""
        return self._busy >= self._most

    def begin(self) -> None:
        """Count one more."""
        with self._lock:
            self._busy += 1

    def end(self) -> bool:
        """Count one less; True when that makes room."""
        with self._lock:
            self._busy -= 1
            return self._busy == self._most - 1
