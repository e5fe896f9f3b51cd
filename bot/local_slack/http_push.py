"""Events, commands and interactivity over signed HTTP to the bot's request URL.

Several URLs are replicas behind one load balancer.
"""

import hashlib
import hmac
import http.client
import itertools
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final
from urllib.parse import SplitResult, urlencode, urlsplit

from bot.local_slack.delivery import PATIENCE_S, Ack, Attempt
from bot.local_slack.model import Json
from bot.local_slack.posts import as_json

_FORM: Final = "application/x-www-form-urlencoded"


class HttpPush:
    """One request URL for everything, as the manifest of this bot has it; replicas take turns."""

    def __init__(self, urls: Sequence[str], signing_secret: str, now_s: Callable[[], int]) -> None:
        self._urls = tuple(urlsplit(url) for url in urls)
        self._turn = itertools.count()
        self._secret = signing_secret
        self._now_s = now_s

    def hand_over(self, attempt: Attempt) -> Ack:
        """POST the payload and wait for a 2xx."""
        first = next(self._turn)
        for number in range(len(self._urls)):
            with suppress(ConnectionRefusedError):  # nobody there: the next one
                return self._hand_over(self._urls[(first + number) % len(self._urls)], attempt)
        return Ack(failure="connection_failed")

    def verify(self, challenge: str) -> bool:
        """Send url_verification; returns whether the challenge came back."""
        body = {"token": "local", "challenge": challenge, "type": "url_verification"}
        ack = self.hand_over(Attempt("events_api", body))
        return ack.is_good and (ack.body or {}).get("challenge", (ack.body or {}).get("text")) == challenge

    def _hand_over(self, url: SplitResult, attempt: Attempt) -> Ack:
        kind, body = _body(attempt)
        try:
            return self._post(url, kind, body, _retry_headers(attempt))
        except TimeoutError:
            return Ack(failure="http_timeout")
        except ConnectionRefusedError:
            raise
        except (OSError, http.client.HTTPException):
            return Ack(failure="connection_failed")

    def _post(self, url: SplitResult, kind: str, body: str, headers: dict[str, str]) -> Ack:
        connection = http.client.HTTPConnection(url.netloc, timeout=PATIENCE_S)
        try:
            connection.request("POST", url.path or "/", body.encode(), self._headers(kind, body) | headers)
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
