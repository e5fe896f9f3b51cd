"""Forgets what must not be kept: buyers' words after RETENTION_DAYS, the keys of old events after a day.

And notes each minute that the database is alive, so that a restored one is known by it.
"""

import logging
import threading
from collections.abc import Callable

from bot.clock import Clock
from bot.errors import BotError
from bot.follow_ups.moment import DAY_MS
from bot.outbox.model import Row, Speaker, Utterance
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries

logger = logging.getLogger(__name__)

TIDY_EVERY_S = 3600.0
STAY_EVERY_S = 60.0


class Housekeeping:
    """Tidies once at the start and then every hour, in a thread of its own."""

    def __init__(
        self,
        inquiries: Inquiries,
        seen: SeenEvents,
        clock: Clock,
        retention_days: int,
        stay: Callable[[], None],
    ) -> None:
        self._inquiries = inquiries
        self._seen = seen
        self._clock = clock
        self._retention_days = retention_days
        self._stay = stay
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin to tidy."""
        self._thread.start()

    def stop(self) -> None:
        """End; a round in progress is finished."""
        self._stopping.set()
        self._thread.join(5)

    def tidy(self) -> None:
        """Do one round."""
        erased = self._inquiries.erase_older_than(self._clock.now_ms() - self._retention_days * DAY_MS)
        if erased:
            logger.info("Erased the words of %d inquiries older than %d days.", erased, self._retention_days)
        self._seen.forget_old()

    def _run(self) -> None:
        tidy_at = self._clock.steady()
        while not self._stopping.is_set():
            _try(self._stay)
            if self._clock.steady() >= tidy_at:
                tidy_at = self._clock.steady() + TIDY_EVERY_S
                _try(self.tidy)
            self._stopping.wait(STAY_EVERY_S)


def _try(duty: Callable[[], None]) -> None:
    try:
        duty()
    except BotError as error:
        logger.warning("A duty is left for the next round: %s", error)


class ForgetfulSpeaker:
    """Speaks as another does, and has the words erased as soon as they are used (RETENTION_DAYS=0)."""

    def __init__(self, speaker: Speaker, inquiries: Inquiries) -> None:
        self._speaker = speaker
        self._inquiries = inquiries

    def compose(self, row: Row) -> Utterance | None:
        """Return the other's words."""
        return self._speaker.compose(row)

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Note the delivery, then forget."""
        self._speaker.said(row, channel, ts)
        if row.inquiry_id is not None:
            self._inquiries.erase_if_said(row.inquiry_id)
