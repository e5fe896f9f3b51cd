"""Socket Mode, line by line, with a plain WebSocket client and with slack_sdk's own."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.local_slack import LocalSlack


@contextmanager
def line(slack: LocalSlack) -> Iterator[ClientConnection]:
    url = WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)["url"]
    with connect(url, proxy=None, compression=None) as socket:
        assert heard(socket)["type"] == "hello"
        yield socket


def heard(socket: ClientConnection) -> Any:
    return json.loads(socket.recv(timeout=5))


def ack(socket: ClientConnection, envelope: dict[str, Any]) -> None:
    socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))


def test_an_address_is_good_for_one_connection(slack: LocalSlack) -> None:
    url = slack.sockets.address()
    with connect(url, proxy=None) as socket:
        assert heard(socket) == {
            "type": "hello",
            "num_connections": 1,
            "debug_info": {"host": "applink-local", "build_number": 10, "approximate_connection_time": 18060},
            "connection_info": {"app_id": slack.here.app},
        }
    with pytest.raises(InvalidStatus):
        connect(url, proxy=None)


def test_each_envelope_goes_to_exactly_one_connection(slack: LocalSlack) -> None:
    with line(slack) as one, line(slack) as two:
        mei = slack.person("mei")
        for n in range(4):
            mei.types("#inquiries", f"message {n}")
        envelopes = [heard(socket) for socket in (one, one, two, two)]
        ids = {envelope["payload"]["event_id"] for envelope in envelopes}
        assert len(ids) == 4
        for socket, envelope in zip((one, one, two, two), envelopes, strict=True):
            ack(socket, envelope)
        slack.wait_for(lambda: not slack.undelivered)


def test_an_unacknowledged_event_comes_again_with_its_reason(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.local_slack.sockets.PATIENCE_S", 0.05)
    slack.dispatcher.retry_delays_s = (0.0, 0.01, 0.01)
    with line(slack) as socket:
        slack.person("mei").types("#inquiries", "hello")
        envelopes = [heard(socket) for _ in range(4)]
        assert [(e["retry_attempt"], e["retry_reason"]) for e in envelopes] == [
            (0, ""),
            (1, "timeout"),
            (2, "timeout"),
            (3, "timeout"),
        ]
        assert len({e["payload"]["event_id"] for e in envelopes}) == 1
        assert len(slack.undelivered) == 1


def test_what_a_broken_line_held_is_told_to_the_next(slack: LocalSlack) -> None:
    slack.dispatcher.retry_delays_s = (0.01,) * 50
    with line(slack) as first:
        slack.person("mei").types("#inquiries", "hello")
        heard(first)
        slack.sockets.cut()
    with line(slack) as second:
        envelope = heard(second)
        assert envelope["retry_attempt"] >= 1
        ack(second, envelope)
        slack.wait_for(lambda: not slack.undelivered)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_slack_says_why_it_goes(slack: LocalSlack, reason: str) -> None:
    with line(slack) as socket:
        slack.sockets.disconnect(reason)
        assert heard(socket)["reason"] == reason
        with pytest.raises(ConnectionClosed):
            heard(socket)
    assert slack.sockets.lines == ()


def test_an_eleventh_connection_is_one_too_many(slack: LocalSlack) -> None:
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(line(slack))
        eleventh = stack.enter_context(connect(slack.sockets.address(), proxy=None))
        assert heard(eleventh)["reason"] == "too_many_websockets"


def test_a_silent_line_answers_no_ping(slack: LocalSlack) -> None:
    with connect(
        slack.sockets.address(), proxy=None, ping_interval=0.1, ping_timeout=0.3, close_timeout=0.1
    ) as socket:
        assert heard(socket)["type"] == "hello"
        slack.sockets.go_silent()
        assert len(slack.sockets.lines) == 1
        with pytest.raises(ConnectionClosed):
            heard(socket)


def test_a_ping_is_echoed_with_its_payload(slack: LocalSlack) -> None:
    with line(slack) as socket:
        assert socket.ping("session:1700000000").wait(5)
