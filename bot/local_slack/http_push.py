"""Events, commands and interactivity over signed HTTP to the bot's request URL."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit

from bot.local_slack.delivery import PATIENCE_S, Ack, Attempt
from bot.local_slack.model import Json
from bot.local_slack.posts import as_json

_FORM: Final = "application/x-www-form-urlencoded"


class HttpPush:
    """One request URL for everything, as the manifest of this bot has it."""

    def __init__(self, url: str, signing_secret: str, now_s: Callable[[], int]) -> None:
        self._url = urlsplit(url)
        self._secret = signing_secret
        self._now_s = now_s

    def hand_over(self, attempt: Attempt) -> Ack:
        """POST the payload and wait for a 2xx."""
        kind, body = _body(attempt)
        try:
            return self._post(kind, body, _retry_headers(attempt))
        except TimeoutError:
            return Ack(failure="http_timeout")
        except (OSError, http.client.HTTPException):
            return Ack(failure="connection_failed")

    def verify(self, challenge: str) -> bool:
        """Send url_verification; returns whether the challenge came back."""
        body = {"token": "local", "challenge": challenge, "type": "url_verification"}
        ack = self.hand_over(Attempt("events_api", body))
        return ack.is_good and (ack.body or {}).get("challenge", (ack.body or {}).get("text")) == challenge

    def _post(self, kind: str, body: str, headers: dict[str, str]) -> Ack:
        connection = http.client.HTTPConnection(self._url.netloc, timeout=PATIENCE_S)
        try:
            connection.request(
                "POST", self._url.path or "/", body.encode(), self._headers(kind, body) | headers
            )
            response = connection.getresponse()
            return _ack(response, response.read())
        finally:
            connection.close()

    def _headers(self, kind: str, body: str) -> dict[str, str]:
        at = str(self._now_s())
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": sign(self._secret, at, body),
        }


def sign(secret: str, timestamp: str, body: str) -> str:
    """Return the v0 signature over timestamp and raw body."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _body(attempt: Attempt) -> tuple[str, str]:
    if attempt.kind == "events_api":
        return "application/json", as_json(attempt.payload)
    if attempt.kind == "slash_commands":
        return _FORM, urlencode(attempt.payload)
    return _FORM, urlencode({"payload": as_json(attempt.payload)})


def _retry_headers(attempt: Attempt) -> dict[str, str]:
    if not attempt.number:
        return {}
    return {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}


def _ack(response: http.client.HTTPResponse, raw: bytes) -> Ack:
    if not 200 <= response.status < 300:
        return Ack(failure="http_error", no_retry=response.headers.get("X-Slack-No-Retry") == "1")
    return Ack(body=_read(raw.decode("utf-8", "replace")))


def _read(text: str) -> Json | None:
    if not text.strip():
        return None
    try:
        read = json.loads(text)
    except ValueError:
        return {"text": text}
    return read if isinstance(read, dict) else {"text": text}
