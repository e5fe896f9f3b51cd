"""Socket Mode: the WebSocket door. Each envelope goes to exactly one connection."""

import itertools
import json
import secrets
import threading
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from bot.local_slack.delivery import PATIENCE_S, Ack, Attempt
from bot.local_slack.model import Json
from bot.local_slack.posts import as_json

MOST_CONNECTIONS: Final = 10
_RETRY_REASON: Final = "timeout"  # Socket Mode's word where HTTP says http_timeout


class Line(ServerConnection):
    """One connection of the bot. Silent, it neither sends nor answers: a half-open line."""

    is_silent = False

    def send_data(self) -> None:
        """Send what is due; a silent line loses it."""
        if self.is_silent:
            self.protocol.data_to_send()
        else:
            super().send_data()


class _Waiting:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.ack: Ack | None = None
        self.came = threading.Event()

    def settle(self, ack: Ack) -> None:
        self.ack = ack
        self.came.set()


class Sockets:
    """Hands out socket addresses, greets, delivers, and goes away in all the ways Slack does."""

    def __init__(self, app: str, host: str, changed: Callable[[], None]) -> None:
        self._app = app
        self._host = host
        self._changed = changed
        self._lock = threading.RLock()
        self._lines: list[Line] = []
        self._turn = itertools.count()
        self._tickets: set[str] = set()
        self._waiting: dict[str, _Waiting] = {}
        self._server: Server | None = None
        self.envelopes: list[Json] = []

    def start(self) -> None:
        """Open the door on a port of its own."""
        self._server = serve(
            self._welcome,
            self._host,
            0,
            process_request=self._admit,
            create_connection=Line,
            compression=None,
            ping_interval=None,
            max_size=None,
        )
        threading.Thread(target=self._server.serve_forever, name="local-slack-sockets", daemon=True).start()

    def stop(self) -> None:
        """Close the door and every line."""
        # Lines first: the server's own farewell would wait for a dead line's answer.
        self.cut()
        if self._server is not None:
            self._server.shutdown()

    def address(self) -> str:
        """Return a fresh address, good for one connection."""
        assert self._server is not None
        ticket = secrets.token_hex(16)
        with self._lock:
            self._tickets.add(ticket)
        port = self._server.socket.getsockname()[1]
        return f"ws://{self._host}:{port}/link/?ticket={ticket}&app_id={self._app}"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the open connections."""
        with self._lock:
            return tuple(self._lines)

    def hand_over(self, attempt: Attempt) -> Ack:
        """Send to the next connection in turn and wait for its acknowledgement."""
        envelope = _envelope(attempt)
        line = self._next_line()
        if line is None:
            return Ack(failure=_RETRY_REASON)
        waiting = _Waiting(line)
        with self._lock:
            self.envelopes.append(envelope)
            self._waiting[envelope["envelope_id"]] = waiting
        try:
            line.send(as_json(envelope))
            waiting.came.wait(PATIENCE_S)
        except (ConnectionClosed, OSError):
            self._forget(line)
        finally:
            with self._lock:
                self._waiting.pop(envelope["envelope_id"], None)
        return waiting.ack or Ack(failure=_RETRY_REASON)

    # the ways Slack goes away

    def disconnect(self, reason: str = "refresh_requested", *, closes: bool = True) -> None:
        """Announce the end of every line; `warning` leaves it open a while, so pass closes=False."""
        for line in self.lines:
            self._announce(line, reason)
            if closes:
                self._forget(line)
                line.close()

    def cut(self) -> None:
        """Break every line without a word."""
        for line in self.lines:
            self._forget(line)
            line.close_socket()

    def go_silent(self) -> None:
        """Leave every line open and dead: nothing comes through, pings stay unanswered."""
        for line in self.lines:
            line.is_silent = True

    # inside

    def _admit(self, line: ServerConnection, request: Request) -> Response | None:
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        with self._lock:
            if ticket not in self._tickets:
                return line.respond(HTTPStatus.NOT_FOUND, "unknown or used ticket\n")
            self._tickets.remove(ticket)
            return None

    def _welcome(self, connection: ServerConnection) -> None:
        assert isinstance(connection, Line)
        with self._lock:
            is_full = len(self._lines) >= MOST_CONNECTIONS
            if not is_full:
                self._lines.append(connection)
        if is_full:
            self._announce(connection, "too_many_websockets")
            return
        try:
            connection.send(as_json(self._hello()))
            self._changed()
            for frame in connection:
                self._heard(frame)
        except (ConnectionClosed, OSError):
            pass
        finally:
            self._forget(connection)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.lines),
            "debug_info": {
                "host": "applink-local",
                "build_number": 10,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._app},
        }

    def _heard(self, frame: str | bytes) -> None:
        said: Any = json.loads(frame)
        with self._lock:
            waiting = self._waiting.get(said.get("envelope_id", ""))
        if waiting:
            waiting.settle(Ack(body=said.get("payload")))

    def _next_line(self) -> Line | None:
        lines = self.lines
        return lines[next(self._turn) % len(lines)] if lines else None

    def _announce(self, line: Line, reason: str) -> None:
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
        try:
            line.send(as_json(frame))
        except (ConnectionClosed, OSError):
            self._forget(line)

    def _forget(self, line: Line) -> None:
        with self._lock:
            if line in self._lines:
                self._lines.remove(line)
            lost = [w for w in self._waiting.values() if w.line is line and not w.came.is_set()]
        for waiting in lost:
            waiting.settle(Ack(failure=_RETRY_REASON))
        self._changed()


def _envelope(attempt: Attempt) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "type": attempt.kind,
        "accepts_response_payload": attempt.wants_answer,
        "payload": attempt.payload,
    }
    if attempt.kind == "events_api":
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return envelope
