import json
import logging
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.slack.door import HttpDoor, dispatch_envelope

SECRET = "a-signing-secret"
NOW_S = 1_800_000_000.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@pytest.fixture
def app() -> App:
    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_id="B1", bot_user_id="UBOT", bot_token="xoxb-1"
        )

    app = App(
        authorize=authorize,
        signing_secret=SECRET,
        request_verification_enabled=False,
        process_before_response=True,
        logger=logging.getLogger("slack_bolt"),
    )

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        if event["text"] == "break":
            raise ValueError("broken")

    @app.command("/inquiry")
    def inquiry(ack: Any, command: dict[str, Any]) -> None:
        ack(f"heard: {command['text']}")

    @app.action("press")
    def press(ack: Any) -> None:
        ack()

    return app


@pytest.fixture
def door(app: App) -> HttpDoor:
    return HttpDoor(app, SECRET, lambda: NOW_S)


def signed(body: bytes, content_type: str, at: float = NOW_S, secret: str = SECRET) -> dict[str, str]:
    timestamp = str(int(at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": str(signature),
    }


def event_body(text: str) -> bytes:
    event = {"type": "message", "text": text, "user": "U1", "channel": "C1", "ts": "1.2"}
    return json.dumps({"type": "event_callback", "team_id": "T1", "event": event}).encode()


def command_body(text: str) -> bytes:
    form = {"command": "/inquiry", "text": text, "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    return urlencode(form).encode()


def test_a_signed_event_is_acknowledged(door: HttpDoor) -> None:
    body = event_body("hello")
    assert door.answer(body, "", signed(body, JSON)).status == 200


def test_an_event_whose_work_failed_is_not_acknowledged(door: HttpDoor) -> None:
    body = event_body("break")
    assert door.answer(body, "", signed(body, JSON)).status == 500


@pytest.mark.parametrize(
    "text", ["classify max payload 20t", "payload", "payload=1 & more", "工厂 payload", ""], ids=str
)
def test_a_command_may_speak_of_payload(door: HttpDoor, text: str) -> None:
    body = command_body(text)
    reply = door.answer(body, "", signed(body, FORM))
    assert (reply.status, reply.body) == (200, f"heard: {text}")


def test_an_interaction_comes_in_the_same_way(door: HttpDoor) -> None:
    payload = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "actions": [{"type": "button", "action_id": "press", "block_id": "b", "value": "1"}],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    assert door.answer(body, "", signed(body, FORM)).status == 200


def test_slack_may_verify_the_address(door: HttpDoor) -> None:
    body = b'{"type":"url_verification","challenge":"abc","token":"t"}'
    reply = door.answer(body, "", signed(body, JSON))
    assert (reply.status, json.loads(reply.body)) == (200, {"challenge": "abc"})


def test_slack_may_probe_the_certificate(door: HttpDoor) -> None:
    assert door.answer(b"ssl_check=1&token=t", "", {}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "١٢٣", "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": "9" * 5000, "X-Slack-Signature": "v0=1"},
        {"X-Slack-Request-Timestamp": str(int(NOW_S)), "X-Slack-Signature": "v0=é"},
        {"X-Slack-Request-Timestamp": str(int(NOW_S)), "X-Slack-Signature": "v0=" + "0" * 64},
        signed(event_body("hello"), JSON, secret="another"),
        signed(event_body("hello"), JSON, at=NOW_S - 301),
        signed(event_body("other"), JSON),
    ],
    ids=["none", "word", "arabic", "endless", "accent", "wrong", "other-secret", "old", "other-body"],
)
def test_what_slack_did_not_sign_is_turned_away_and_not_logged(
    door: HttpDoor, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert door.answer(event_body("hello"), "", headers).status == 401
    assert "hello" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [b"{", b"[" * 200_000, b'{"a":' * 100_000, b"payload=%7B", b"payload=null", b"[]", b'"a"', b"null"],
    ids=["torn", "lists", "objects", "payload", "no payload", "list", "word", "null"],
)
def test_a_signed_body_that_cannot_be_read_is_refused(door: HttpDoor, body: bytes) -> None:
    assert door.answer(body, "", signed(body, JSON)).status == 400


def test_a_body_that_is_not_utf_8_is_refused(door: HttpDoor) -> None:
    assert door.answer(b"\xff\xfe", "", signed(b"", JSON)).status == 400


def test_an_envelope_is_answered_with_what_the_command_says(app: App) -> None:
    command = {"command": "/inquiry", "text": "x", "team_id": "T1", "user_id": "U1"}
    assert dispatch_envelope(app, {"envelope_id": "e", "payload": command}) == {
        "payload": {"text": "heard: x"}
    }


def test_an_envelope_of_an_event_is_acknowledged_without_a_payload(app: App) -> None:
    assert dispatch_envelope(app, {"envelope_id": "e", "payload": json.loads(event_body("hello"))}) == {}


def test_an_envelope_whose_work_failed_is_not_acknowledged(app: App) -> None:
    assert dispatch_envelope(app, {"envelope_id": "e", "payload": json.loads(event_body("break"))}) is None


def test_the_notice_of_withheld_events_is_acknowledged(app: App, door: HttpDoor) -> None:
    notice = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}
    body = json.dumps(notice).encode()
    assert door.answer(body, "", signed(body, JSON)).status == 200
    assert dispatch_envelope(app, {"envelope_id": "e1", "payload": notice}) == {}
