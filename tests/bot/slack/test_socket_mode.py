import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
from websockets.sync.server import ServerConnection, serve

from bot.clock import SystemClock
from bot.slack import socket_mode
from bot.slack.socket_mode import SocketMode, is_loopback

SOON_S = 20.0
HELLO = json.dumps({"type": "hello", "num_connections": 1})


class Slack:
    """The server's end of Socket Mode: each new connection is handed to the test."""

    def __init__(self) -> None:
        self.connections: queue.Queue[ServerConnection] = queue.Queue()
        self.opened = 0
        self.refusals = 0
        self.port = 0
        self._over = threading.Event()

    def accept(self, connection: ServerConnection) -> None:
        connection.send(HELLO)
        self.connections.put(connection)
        self._over.wait()

    def open_url(self) -> str:
        self.opened += 1
        if self.refusals:
            self.refusals -= 1
            raise ConnectionRefusedError("Slack is away")
        return f"ws://127.0.0.1:{self.port}/link?ticket={self.opened}"

    def next(self) -> ServerConnection:
        return self.connections.get(timeout=SOON_S)

    def close(self) -> None:
        self._over.set()


@pytest.fixture
def slack() -> Iterator[Slack]:
    slack = Slack()
    with serve(slack.accept, "127.0.0.1", 0) as server:
        slack.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield slack
        slack.close()
        server.shutdown()
        thread.join()


Listen = Callable[..., SocketMode]


@pytest.fixture
def listen(slack: Slack) -> Iterator[Listen]:
    with ExitStack() as stack:

        def start(dispatch: Callable[[Any], Any] = lambda envelope: {}, **options: Any) -> SocketMode:
            link = SocketMode(slack.open_url, dispatch, SystemClock(), lambda: 0.0, **options)
            link.start()
            stack.callback(link.stop)
            assert link.wait_connected(SOON_S)
            return link

        yield start


def envelope(number: int) -> str:
    return json.dumps({"envelope_id": f"e{number}", "type": "events_api", "payload": {"number": number}})


def test_an_envelope_is_answered_once_its_work_is_done(slack: Slack, listen: Listen) -> None:
    listen(lambda envelope: {"payload": {"text": "done"}})
    connection = slack.next()
    connection.send(envelope(1))
    assert json.loads(connection.recv(SOON_S)) == {"envelope_id": "e1", "payload": {"text": "done"}}


def test_an_envelope_whose_work_failed_is_left_for_slack_to_deliver_again(
    slack: Slack, listen: Listen
) -> None:
    listen(lambda envelope: None if envelope["payload"]["number"] == 1 else {})
    connection = slack.next()
    connection.send(envelope(1))
    connection.send(envelope(2))
    assert json.loads(connection.recv(SOON_S)) == {"envelope_id": "e2"}


def test_an_error_in_the_work_does_not_end_the_listening(
    slack: Slack, listen: Listen, caplog: pytest.LogCaptureFixture
) -> None:
    def work(envelope: Any) -> Any:
        return {} if envelope["payload"]["number"] == 2 else 1 / 0

    listen(work)
    connection = slack.next()
    connection.send(envelope(1))
    connection.send(envelope(2))
    assert json.loads(connection.recv(SOON_S)) == {"envelope_id": "e2"}
    assert "An envelope was not answered." in caplog.text


def test_a_new_connection_stands_before_a_dismissed_one_ends(slack: Slack, listen: Listen) -> None:
    link = listen()
    old = slack.next()
    old.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
    new = slack.next()
    old.send(envelope(1))
    assert json.loads(old.recv(SOON_S)) == {"envelope_id": "e1"}
    new.send(envelope(2))
    assert json.loads(new.recv(SOON_S)) == {"envelope_id": "e2"}
    assert link.is_connected


def test_a_lost_connection_is_made_again(slack: Slack, listen: Listen) -> None:
    listen()
    slack.next().close()
    assert slack.next()


def test_while_slack_is_away_the_attempts_go_on(slack: Slack, listen: Listen) -> None:
    slack.refusals = 2
    listen()
    assert slack.opened == 3


def test_a_silent_connection_is_given_up_within_15_seconds() -> None:
    assert socket_mode.PING_EVERY_S + socket_mode.PONG_WITHIN_S + socket_mode.CLOSE_WITHIN_S <= 15


class Relay:
    """A stretch of network between bot and Slack that can be cut without either end hearing of it."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.flows = threading.Event()
        self.flows.set()
        self._sockets: list[socket.socket] = [self._listener]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._target))
            self._sockets += [near, far]
            for source, sink in ((near, far), (far, near)):
                thread = threading.Thread(target=self._pump, args=(source, sink), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while piece := source.recv(65536):
                if self.flows.is_set():
                    sink.sendall(piece)
        except OSError:
            return

    def close(self) -> None:
        for end in self._sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            thread.join()


@contextmanager
def relay_to(port: int) -> Iterator[Relay]:
    relay = Relay(port)
    try:
        yield relay
    finally:
        relay.close()


def test_a_connection_that_went_silent_is_noticed_and_replaced(slack: Slack) -> None:
    with relay_to(slack.port) as relay:
        silent = f"ws://127.0.0.1:{relay.port}/link"
        urls = iter([silent])
        link = SocketMode(
            lambda: next(urls, None) or slack.open_url(),
            lambda envelope: {},
            SystemClock(),
            lambda: 0.0,
            ping_every_s=0.1,
            pong_within_s=0.3,
        )
        link.start()
        assert link.wait_connected(SOON_S)
        slack.next()
        relay.flows.clear()
        replacement = slack.next()
        replacement.send(envelope(7))
        assert json.loads(replacement.recv(SOON_S)) == {"envelope_id": "e7"}
        link.stop()


def test_stopping_lets_the_work_in_flight_be_acknowledged(slack: Slack, listen: Listen) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work(envelope: Any) -> Any:
        begun.set()
        return {} if may_end.wait(SOON_S) else None

    link = listen(work)
    connection = slack.next()
    connection.send(envelope(1))
    assert begun.wait(SOON_S)
    stopping = threading.Thread(target=link.stop)
    stopping.start()
    connection.send(envelope(2))
    may_end.set()
    assert json.loads(connection.recv(SOON_S)) == {"envelope_id": "e1"}
    stopping.join(SOON_S)
    assert not link._thread.is_alive()


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("ws://127.0.0.1:1/x", True),
        ("ws://localhost/x", True),
        ("ws://[::1]:9/x", True),
        ("wss://wss-primary.slack.com/link", False),
        ("wss://10.0.0.1/", False),
    ],
)
def test_no_proxy_stands_before_this_machine(url: str, stays: bool) -> None:
    assert is_loopback(url) is stays
