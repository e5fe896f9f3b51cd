"""Where Slack comes in: HTTP requests and Socket Mode envelopes, handed to Bolt as it wants them."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.request.internals import build_context
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

logger = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"


@dataclass(frozen=True, slots=True)
class Reply:
    """What an HTTP request is answered with."""

    status: int
    body: str
    content_type: str = "application/json;charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


UNSIGNED = Reply(401, '{"error":"invalid request"}')
NOT_SLACKS = Reply(400, '{"error":"invalid request"}')
PROBED = Reply(200, "", "text/plain")
RATE_LIMITED = Reply(200, "", "text/plain")


class HttpDoor:
    """Lets signed requests through to Bolt; nothing of an unsigned one is parsed or logged."""

    def __init__(self, app: App, signing_secret: str, now_s: Callable[[], float]) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, clock=_Now(now_s))

    def answer(self, raw: bytes, query: str, headers: Mapping[str, str]) -> Reply:
        """Answer one POST of Slack's: events, commands and interactions alike."""
        if raw.startswith(b"ssl_check=1"):
            return PROBED
        headers = {name.lower(): value for name, value in headers.items()}
        try:
            body = raw.decode("utf-8")
            if not self._is_signed(body, headers):
                return UNSIGNED
            request = _request(body, query, headers)
        # The last: Bolt takes every JSON for an object.
        except (ValueError, RecursionError, AttributeError, TypeError):
            return NOT_SLACKS
        return RATE_LIMITED if _is_rate_notice(request.body) else _reply(self._app.dispatch(request))

    def _is_signed(self, body: str, headers: Mapping[str, str]) -> bool:
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        # The SDK raises on a timestamp that is no number and on a signature that is not ASCII.
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 13 and signature.isascii()):
            return False
        return self._verifier.is_valid(body, timestamp, signature)


def dispatch_envelope(app: App, envelope: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Hand a Socket Mode envelope to Bolt; None when it must not be acknowledged."""
    headers = {
        "x-slack-retry-num": str(envelope.get("retry_attempt") or 0),
        "x-slack-retry-reason": str(envelope.get("retry_reason") or ""),
    }
    payload = dict(envelope.get("payload") or {})
    if _is_rate_notice(payload):
        return {}
    response = app.dispatch(BoltRequest(mode="socket_mode", body=payload, headers=dict(headers)))
    if response.status != 200:
        logger.warning("An envelope was not acknowledged (status %s).", response.status)
        return None
    return _payload_of(response)


def _is_rate_notice(body: Mapping[str, Any]) -> bool:
    """Tell whether Slack says that it withheld events, over 30,000 an hour; Bolt does not know the notice."""
    if body.get("type") != "app_rate_limited":
        return False
    logger.error("Slack withheld events of workspace %s: too many in an hour.", body.get("team_id"))
    return True


def _payload_of(response: BoltResponse) -> Mapping[str, Any]:
    if not response.body:
        return {}
    if response.first_headers().get("content-type", "").startswith("application/json"):
        return {"payload": json.loads(response.body)}
    return {"payload": {"text": response.body}}


def _request(body: str, query: str, headers: Mapping[str, str]) -> BoltRequest:
    request = BoltRequest(body=body, query=query, headers=dict(headers))
    # Bolt takes every form whose text holds the word "payload" for an interaction, and empties it.
    if request.body == {} and body:
        form = dict(parse_qsl(body, keep_blank_values=True))
        if "payload" not in form:
            request.body = form
            build_context(request.context, form)
    return request


def _reply(response: BoltResponse) -> Reply:
    content_type = response.first_headers().get("content-type", "text/plain;charset=utf-8")
    return Reply(response.status, response.body, content_type)


class _Now(SignatureClock):
    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s

    def now(self) -> float:
        """Return epoch seconds."""
        return self._now_s()
