"""Signed HTTP, retries and response URLs."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.local_slack import LocalSlack


class Door:
    """A request URL that answers as it is told and keeps what came."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                door.requests.append(({k.lower(): v for k, v in self.headers.items()}, body))
                status, headers, answer = door.answers.pop(0) if door.answers else (200, {}, b"")
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/slack/events"


@pytest.fixture
def door(slack: LocalSlack) -> Iterator[Door]:
    door = Door()
    slack.push_to(door.url)
    yield door
    door.server.shutdown()
    door.server.server_close()


def test_every_request_is_signed_over_its_raw_body(slack: LocalSlack, door: Door) -> None:
    mei = slack.person("mei")
    mei.types("#inquiries", "价格 & more")
    slack.wait_for(lambda: not slack.undelivered)
    mei.runs("/inquiry types")
    mei.uses_shortcut("classify_inquiry", slack.messages("#inquiries")[0])
    verifier = SignatureVerifier(slack.signing_secret)
    assert len(door.requests) == 3
    for headers, body in door.requests:
        assert verifier.is_valid_request(body, headers)
    event, command, shortcut = (body.decode() for _, body in door.requests)
    assert json.loads(event)["event"]["text"] == "价格 &amp; more"
    assert parse_qs(command)["command"] == ["/inquiry"]
    assert json.loads(parse_qs(shortcut)["payload"][0])["type"] == "message_action"


def test_a_refused_event_comes_again_with_its_reason(slack: LocalSlack, door: Door) -> None:
    slack.dispatcher.retry_delays_s = (0.0, 0.01, 0.01)
    door.answers = [(500, {}, b""), (404, {}, b""), (200, {}, b"")]
    slack.person("mei").types("#inquiries", "hello")
    slack.wait_for(lambda: not slack.undelivered)
    numbers = [headers.get("x-slack-retry-num") for headers, _ in door.requests]
    reasons = [headers.get("x-slack-retry-reason") for headers, _ in door.requests]
    assert (numbers, reasons) == ([None, "1", "2"], [None, "http_error", "http_error"])
    assert len({body for _, body in door.requests}) == 1


def test_retries_can_be_declined(slack: LocalSlack, door: Door) -> None:
    slack.dispatcher.retry_delays_s = (0.0,)
    door.answers = [(500, {"X-Slack-No-Retry": "1"}, b"")]
    slack.person("mei").types("#inquiries", "hello")
    slack.wait_for(lambda: slack.dispatcher.deliveries[0].acks)
    slack.person("mei").types("#inquiries", "second")
    slack.wait_for(lambda: len(door.requests) == 2)
    assert len(slack.dispatcher.deliveries[0].acks) == 1


def test_a_closed_door_is_a_failed_connection(slack: LocalSlack) -> None:
    slack.dispatcher.retry_delays_s = ()
    slack.push_to("http://127.0.0.1:9/slack/events")
    slack.person("mei").types("#inquiries", "hello")
    (ack,) = slack.wait_for(lambda: slack.dispatcher.deliveries[0].acks)
    assert ack.failure == "connection_failed"
    assert slack.person("mei").runs("/inquiry types").trouble == "dispatch_failed"


def test_commands_are_not_repeated(slack: LocalSlack, door: Door) -> None:
    door.answers = [(500, {}, b"")]
    assert slack.person("mei").runs("/inquiry types").trouble == "dispatch_failed"
    assert len(door.requests) == 1


def post(url: str, **body: Any) -> None:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.read() == b"ok"


def refused(url: str, **body: Any) -> str:
    with pytest.raises(HTTPError) as caught:
        post(url, **body)
    with caught.value as error:
        return error.read().decode()


def test_a_response_url_is_good_for_five_answers(slack: LocalSlack) -> None:
    mei = slack.person("mei")
    url = slack.responses.issue(slack.workspace.channel("#inquiries").id, mei.id)
    for n in range(4):
        post(url, text=f"answer {n}")
    post(url, text="for all", response_type="in_channel")
    assert refused(url, text="one more") == "used_url"
    assert len(mei.ephemerals) == 4
    assert [m["text"] for m in slack.messages("#inquiries")] == ["for all"]


def test_a_response_url_is_good_for_thirty_minutes(slack: LocalSlack, clock: Any) -> None:
    url = slack.responses.issue(slack.workspace.channel("#inquiries").id, slack.person("mei").id)
    clock.moved = timedelta(minutes=31)
    assert refused(url, text="late") == "expired_url"


def test_a_response_url_changes_and_deletes_what_was_clicked(slack: LocalSlack) -> None:
    mei = slack.person("mei")
    channel = slack.workspace.channel("#inquiries").id
    slack.responses.answer(channel, mei.id, {"text": "only you"})
    (own,) = mei.ephemerals
    url = slack.responses.issue(channel, mei.id, own)
    post(url, text="changed", replace_original=True)
    assert [m["text"] for m in mei.ephemerals] == ["changed"]
    post(url, delete_original=True)
    assert mei.ephemerals == ()


def test_a_response_url_refuses_bad_blocks(slack: LocalSlack) -> None:
    url = slack.responses.issue(slack.workspace.channel("#inquiries").id, slack.person("mei").id)
    assert refused(url, text="x", blocks=[{"type": "banner"}]) == "invalid_blocks"


def test_replicas_take_turns_and_one_that_is_gone_is_passed_over(slack: LocalSlack) -> None:
    first, second = Door(), Door()
    slack.push_to(first.url, "http://127.0.0.1:9/slack/events", second.url)
    for number in range(6):
        slack.person("mei").types("#inquiries", f"number {number}")
    slack.wait_for(lambda: not slack.undelivered)
    assert len(first.requests) + len(second.requests) == 6
    assert first.requests
    assert second.requests
    for door in (first, second):
        door.server.shutdown()
        door.server.server_close()
