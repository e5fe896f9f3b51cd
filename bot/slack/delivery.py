"""The outbox' way to Slack: posts, changes, looks up and withdraws messages; every answer is put in words.

The clients repeat nothing by themselves: the SDK's own retry posts twice when Slack takes a message and
the connection breaks before the answer.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.outbox.answers import (
    Answer,
    Found,
    LockedOut,
    NotPermitted,
    NotSent,
    NotThere,
    Posted,
    Refused,
    Sighting,
    SlowDown,
    Told,
    Unclear,
    meaning_of,
)
from bot.outbox.model import Row
from bot.outbox.poster import KEY, Message
from bot.slack.clients import web_client

logger = logging.getLogger(__name__)

TIMEOUT_S = 10  # bot.outbox.terms.Terms.margin_s must be longer
PAGE = 200
# Apps sold outside Slack's Marketplace get so many messages a page, and one page a minute.
SMALLEST_PAGE = 15
AN_HOUR_S = 3600.0  # how far our clock and Slack's may be apart

# The last two: an answer in no known charset, or without what every answer holds.
FAILURES = (SlackApiError, OSError, HTTPException, ValueError, LookupError)


class SlackPoster:
    """Speaks in every workspace that `token_of` has a bot token for."""

    def __init__(
        self,
        token_of: Callable[[str], str | None],
        api_url: str,
        timeout_s: int = TIMEOUT_S,
    ) -> None:
        self._token_of = token_of
        self._api_url = api_url
        self._timeout_s = timeout_s

    def say(self, message: Message) -> Answer:
        """Post or change a message."""
        try:
            return _posted(self._send(message))
        except FAILURES as error:
            return told_by(error)

    def look_up(self, row: Row) -> Sighting:
        """Look for messages that carry the row's key, where the row is said."""
        try:
            places = tuple(sorted(self._places(row), key=lambda place: place.ts))
            return Found(places) if places else NotThere()
        except _Capped:
            return NotPermitted("ratelimited")
        except FAILURES as error:
            return _seen_by(told_by(error))

    def withdraw(self, team: str, place: Posted) -> None:
        """Delete a message that stands there twice; a failure is only logged."""
        logger.warning("A message of workspace %s stood there twice; the second is withdrawn.", team)
        try:
            self._client(team).chat_delete(channel=place.channel, ts=place.ts)
        except FAILURES as error:
            logger.warning("It could not be withdrawn: %s", told_by(error))

    def _client(self, team: str) -> WebClient:
        return web_client(self._api_url, self._token_of(team) or "", self._timeout_s)

    def _send(self, message: Message) -> SlackResponse:
        client = self._client(message.team)
        if message.update_ts:
            return client.chat_update(channel=message.channel, ts=message.update_ts, **_content(message))
        return client.chat_postMessage(
            channel=message.channel,
            thread_ts=message.thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **_content(message),
        )

    # looking up

    def _places(self, row: Row) -> Iterator[Posted]:
        channel = self._channel_of(row)
        pages = self._thread(row, channel) if row.thread_ts else self._history(row, channel)
        for page in pages:
            yield from (Posted(channel, message["ts"]) for message in page if _key_of(message) == row.key)

    def _channel_of(self, row: Row) -> str:
        if not row.channel.startswith(("U", "W")):
            return row.channel
        opened = self._client(row.team).conversations_open(users=row.channel)
        return str(opened["channel"]["id"])

    def _thread(self, row: Row, channel: str) -> Iterator[list[Any]]:
        # The whole thread: a time to begin at would be by our clock, which may be wrong.
        client = self._client(row.team)
        yield from _pages(
            lambda cursor: client.conversations_replies(
                channel=channel,
                ts=str(row.thread_ts),
                limit=PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
        )

    def _history(self, row: Row, channel: str) -> Iterator[list[Any]]:
        client = self._client(row.team)
        oldest = (row.first_try_at or row.due_at) / 1000 - AN_HOUR_S
        for page in _pages(
            lambda cursor: client.conversations_history(
                channel=channel, limit=PAGE, cursor=cursor, include_all_metadata=True
            )
        ):
            yield page
            # Newest first. The first page is read whatever our clock says.
            if page and float(page[-1]["ts"]) < oldest:
                return


def _posted(answer: SlackResponse) -> Answer:
    channel, ts = answer.get("channel"), answer.get("ts")
    return Posted(channel, ts) if channel and ts else Unclear("no ts")


class _Capped(Exception):
    """The look-up is so limited that it would never end."""


def told_by(error: Exception) -> Told:
    """Return what a failed call means."""
    if isinstance(error, SlackApiError):
        return _told_by_answer(error.response)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(error, URLError) and not isinstance(reason, TimeoutError):
        # urllib wraps what fails before the request is out: no name, no connection, no TLS.
        return _told_by_connection(reason)
    return Unclear(type(reason).__name__, is_silent=isinstance(reason, TimeoutError))


def _told_by_connection(reason: object) -> Told:
    name = type(reason).__name__
    is_refused = isinstance(reason, ConnectionRefusedError) or name in (
        "gaierror",
        "SSLCertVerificationError",
    )
    return NotSent(name) if is_refused else Unclear(name)


def _told_by_answer(response: Any) -> Told:
    if response.status_code == 429:
        return SlowDown(_retry_after(response.headers))
    if response.status_code != 200:
        return Unclear(f"HTTP {response.status_code}")
    code = str(response.get("error") or "no answer")
    # The SDK puts the first words of a body that is not JSON in the place of the code.
    return meaning_of(code) if " " not in code else Unclear("no JSON")


def _seen_by(told: Told) -> Sighting:
    match told:
        case Refused("thread_not_found"):
            return NotThere()
        case Refused(code):
            return NotPermitted(code)
        case LockedOut(code) if code in ("missing_scope", "no_permission", "access_denied"):
            return NotPermitted(code)
        case _:
            return told


def _retry_after(headers: Mapping[str, str]) -> float:
    written = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(written) if written.isascii() and written.isdigit() else 1.0


def _content(message: Message) -> dict[str, Any]:
    content: dict[str, Any] = {
        "text": message.form.text,
        "metadata": {"event_type": message.event_type, "event_payload": dict(message.event_payload)},
    }
    if message.form.blocks:
        content["blocks"] = [dict(block) for block in message.form.blocks]
    elif message.update_ts:
        content["blocks"] = []  # else the former blocks would stay
    return content


def _pages(ask: Callable[[str | None], SlackResponse]) -> Iterator[list[Any]]:
    cursor, is_capped = None, False
    while True:
        try:
            answer = ask(cursor)
        except SlackApiError as error:
            if is_capped and error.response.status_code == 429:
                raise _Capped from error
            raise
        page: list[Any] = answer["messages"]
        yield page
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        is_capped = len(page) <= SMALLEST_PAGE < PAGE


def _key_of(message: Mapping[str, Any]) -> object:
    return ((message.get("metadata") or {}).get("event_payload") or {}).get(KEY)
