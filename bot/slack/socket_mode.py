"""Socket Mode: one connection to Slack, held for good; every envelope is answered once its work is done.

An envelope whose work failed is left unanswered: Slack delivers it again. A half-open connection is
noticed by its missing pong. While Slack is away, attempts grow rarer up to one in `LONGEST_WAIT_S`.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from bot.clock import Clock
from bot.slack.clients import reason_of

logger = logging.getLogger(__name__)

# A connection that went silent is given up after the sum of these three.
PING_EVERY_S = 5.0
PONG_WITHIN_S = 7.0
CLOSE_WITHIN_S = 2.0

OPEN_WITHIN_S = 10.0
LONGEST_WAIT_S = 30.0
PROVEN_AFTER_S = 10.0  # a connection that lived so long was a good one: the next attempt is at once
FAREWELL_S = 10.0  # Slack's `warning` comes about 10 s before it hangs up
MAX_FRAME_BYTES = 16 * 2**20

Envelope = Mapping[str, Any]
Answer = Mapping[str, Any] | None  # None: not acknowledged


class SocketMode:
    """Listens to Slack over a WebSocket in threads of its own, from `start()` until `stop()`."""

    def __init__(
        self,
        open_url: Callable[[], str],
        dispatch: Callable[[Envelope], Answer],
        clock: Clock,
        chance: Callable[[], float],
        *,
        concurrency: int = 16,
        ping_every_s: float = PING_EVERY_S,
        pong_within_s: float = PONG_WITHIN_S,
    ) -> None:
        self._open_url = open_url
        self._dispatch = dispatch
        self._clock = clock
        self._chance = chance
        self._ping_every_s = ping_every_s
        self._pong_within_s = pong_within_s
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix="socket-mode")
        self._in_flight: set[Future[None]] = set()
        self._taking = threading.Lock()
        self._links: set[ClientConnection] = set()
        self._greeted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="socket-mode", daemon=True)

    @property
    def is_connected(self) -> bool:
        """Tell whether Slack said hello on the present connection."""
        return self._greeted.is_set()

    def trouble(self) -> str | None:
        """Return why Slack cannot be heard; None when it can."""
        return None if self.is_connected else "not connected in Socket Mode"

    def wait_connected(self, timeout_s: float) -> bool:
        """Wait until Slack said hello, at most `timeout_s`; tell whether it did."""
        return self._greeted.wait(timeout_s)

    def start(self) -> None:
        """Begin to connect and listen."""
        self._thread.start()

    def stop(self, within_s: float = 5.0) -> None:
        """Take nothing new, let work in flight be acknowledged, hang up; takes about `within_s` at most."""
        with self._taking:
            self._stopping.set()
        wait(tuple(self._in_flight), timeout=within_s)
        self._pool.shutdown(wait=False, cancel_futures=True)
        for link in tuple(self._links):
            link.close()
        if self._thread.is_alive():
            self._thread.join(within_s)

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            born, at_least_s = self._clock.steady(), 0.0
            try:
                self._hold_one_connection()
            except (OSError, HTTPException, WebSocketException, SlackApiError) as error:
                logger.warning("Socket Mode connection lost or not made: %s", _reason(error))
                at_least_s = _retry_after(error)
            except Exception:
                # A bot whose listening thread has died looks alive and is deaf.
                logger.exception("Socket Mode connection broken.")
            is_proven = self.is_connected and self._clock.steady() - born > PROVEN_AFTER_S
            failures = 0 if is_proven else failures + 1
            self._greeted.clear()
            self._stopping.wait(max(at_least_s, self._wait_s(failures)))

    def _wait_s(self, failures: int) -> float:
        # The spread keeps replicas from knocking all at once when Slack comes back.
        longest = min(2.0 ** (failures - 1), LONGEST_WAIT_S) if failures else 0.0
        return longest * (0.5 + self._chance() / 2)

    def _hold_one_connection(self) -> None:
        link = self._connect()
        self._links.add(link)
        is_dismissed = False
        if self._stopping.is_set():
            self._hang_up(link)
            return
        try:
            is_dismissed = self._listen(link, _frames(link))
        finally:
            if is_dismissed:
                threading.Thread(target=self._hear_out, args=(link,), daemon=True).start()
            else:
                self._hang_up(link)

    def _connect(self) -> ClientConnection:
        url = self._open_url()
        return connect(
            url,
            legacy=True,
            proxy=None if is_loopback(url) else True,
            compression=None,
            open_timeout=OPEN_WITHIN_S,
            ping_interval=self._ping_every_s,
            ping_timeout=self._pong_within_s,
            close_timeout=CLOSE_WITHIN_S,
            max_size=MAX_FRAME_BYTES,
        )

    def _listen(self, link: ClientConnection, frames: Iterator[Envelope]) -> bool:
        """Hand on envelopes until the connection ends; True when Slack asks for a new connection."""
        for frame in frames:
            if frame.get("type") == "hello":
                self._greeted.set()
                logger.info("Connected to Slack in Socket Mode.")
            elif frame.get("type") == "disconnect":
                self._note_dismissal(str(frame.get("reason")))
                return True
            elif "envelope_id" in frame:
                self._take(link, frame)
        return False

    def _note_dismissal(self, reason: str) -> None:
        if reason == "link_disabled":
            logger.error("Socket Mode is switched off in the Slack app's settings: switch it on again.")
        else:
            logger.info("Slack asks for a new connection (%s).", reason)

    def _hear_out(self, link: ClientConnection) -> None:
        """Go on with a dismissed connection until Slack hangs up: envelopes may still come over it."""
        with suppress(TimeoutError, OSError, WebSocketException, ValueError):
            self._take_all(link, self._last_frames(link))
        wait(tuple(self._in_flight), timeout=CLOSE_WITHIN_S)
        self._hang_up(link)

    def _take_all(self, link: ClientConnection, frames: Iterator[Envelope]) -> None:
        for frame in frames:
            if "envelope_id" in frame:
                self._take(link, frame)

    def _last_frames(self, link: ClientConnection) -> Iterator[Envelope]:
        end = self._clock.steady() + FAREWELL_S
        while not self._stopping.is_set():
            yield json.loads(link.recv(timeout=max(end - self._clock.steady(), 0.0)))

    def _hang_up(self, link: ClientConnection) -> None:
        link.close()
        self._links.discard(link)

    def _take(self, link: ClientConnection, envelope: Envelope) -> None:
        # Work that has begun must be known as such before anybody waits for all of it to end.
        with self._taking:
            # What comes while stopping is not acknowledged: Slack delivers it again.
            if self._stopping.is_set():
                return
            work = self._pool.submit(self._answer, link, envelope)
            self._in_flight.add(work)
        work.add_done_callback(self._finish)

    def _finish(self, work: Future[None]) -> None:
        self._in_flight.discard(work)
        if not work.cancelled() and (error := work.exception()):
            logger.error("An envelope was not answered.", exc_info=error)

    def _answer(self, link: ClientConnection, envelope: Envelope) -> None:
        answer = self._dispatch(envelope)
        if answer is None:
            return
        try:
            link.send(json.dumps({"envelope_id": envelope["envelope_id"], **answer}))
        except ConnectionClosed:
            logger.info("The connection ended before an acknowledgement; Slack delivers again.")


def is_loopback(url: str) -> bool:
    """Tell whether `url` stays on this machine; no proxy may stand in between then."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _frames(link: ClientConnection) -> Iterator[Envelope]:
    for frame in link:
        yield json.loads(frame)


def _retry_after(error: Exception) -> float:
    if not isinstance(error, SlackApiError):
        return 0.0
    return float(getattr(error.response, "headers", {}).get("Retry-After", 0))


def _reason(error: Exception) -> str:
    if isinstance(error, WebSocketException):
        return str(error)
    return reason_of(error)
