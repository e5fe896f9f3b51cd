"""Gets payloads to the bot: events with retries, commands and interactions once."""

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from bot.local_slack.model import Json

PATIENCE_S: Final = 3.0  # Slack waits so long for an acknowledgement
RETRY_DELAYS_S: Final = (0.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to hand a payload over. `kind`: events_api, slash_commands or interactive."""

    kind: str
    payload: Json
    number: int = 0  # of the retry; 0 is the first
    reason: str = ""  # of the retry, in the words of the wire
    wants_answer: bool = False


@dataclass(frozen=True, slots=True)
class Ack:
    """What came back in time. `failure` is the retry reason when nothing good did."""

    body: Json | None = None
    failure: str = ""
    no_retry: bool = False

    @property
    def is_good(self) -> bool:
        """Return whether the bot acknowledged."""
        return not self.failure


class Wire(Protocol):
    """A way to the bot: Socket Mode or HTTP."""

    def hand_over(self, attempt: Attempt) -> Ack:
        """Hand the payload over and wait for the acknowledgement, PATIENCE_S at most."""


@dataclass(slots=True)
class Delivery:
    """One event on its way."""

    payload: Json
    acks: list[Ack] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Return whether the bot has acknowledged it."""
        return bool(self.acks) and self.acks[-1].is_good


class Dispatcher:
    """Delivers on threads of its own; retries of unacknowledged events come by a timer thread."""

    def __init__(self, wire: Wire, changed: Callable[[], None], steady: Callable[[], float]) -> None:
        self.wire = wire
        self.retry_delays_s = RETRY_DELAYS_S
        self.deliveries: list[Delivery] = []
        self._changed = changed
        self._pool = ThreadPoolExecutor(32, thread_name_prefix="local-slack-delivery")
        self._timer = Timer(steady)

    def start(self) -> None:
        """Begin to retry."""
        self._timer.start()

    def stop(self) -> None:
        """Deliver nothing more."""
        self._timer.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def event(self, payload: Json) -> Delivery:
        """Deliver an event, again if need be; returns at once."""
        delivery = Delivery(payload)
        self.deliveries.append(delivery)
        self._submit(delivery, Attempt("events_api", payload))
        return delivery

    def ask(self, kind: str, payload: Json, *, wants_answer: bool = False) -> Ack:
        """Deliver a command or an interaction once and wait for its answer."""
        return self.wire.hand_over(Attempt(kind, payload, wants_answer=wants_answer))

    def _submit(self, delivery: Delivery, attempt: Attempt) -> None:
        with suppress(RuntimeError):  # the pool is closed: nothing is delivered any more
            self._pool.submit(self._try, delivery, attempt)

    def _try(self, delivery: Delivery, attempt: Attempt) -> None:
        ack = self.wire.hand_over(attempt)
        delivery.acks.append(ack)
        self._changed()
        if ack.is_good or ack.no_retry or attempt.number >= len(self.retry_delays_s):
            return
        again = replace(attempt, number=attempt.number + 1, reason=ack.failure)
        self._timer.after(self.retry_delays_s[attempt.number], lambda: self._submit(delivery, again))


class Timer:
    """Calls functions later, one thread for all of them."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._wake = threading.Condition()
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._thread = threading.Thread(target=self._run, name="local-slack-timer", daemon=True)
        self._is_stopped = False

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Forget what was to come and end the thread."""
        with self._wake:
            self._is_stopped = True
            self._wake.notify_all()

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call `call` in `seconds`; it must be short."""
        with self._wake:
            heapq.heappush(self._queue, (self._steady() + seconds, next(self._order), call))
            self._wake.notify_all()

    def _run(self) -> None:
        while (call := self._next()) is not None:
            call()

    def _next(self) -> Callable[[], None] | None:
        with self._wake:
            while not self._is_stopped:
                wait = self._queue[0][0] - self._steady() if self._queue else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._queue)[2]
                self._wake.wait(wait)
        return None
