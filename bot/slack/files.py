"""Fetches files from Slack, and from nowhere else."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from slack_sdk.errors import SlackApiError

from bot.errors import Unreadable
from bot.intake.model import SlackFile
from bot.intake.received import file_of
from bot.reading.limits import MAX_FILE_BYTES
from bot.reading.received import Described
from bot.slack.clients import reason_of, web_client

logger = logging.getLogger(__name__)

# Hosts that Slack's file objects name; GovSlack has its own.
SLACK_HOSTS = ("slack.com", "slack-files.com", "slack-gov.com")
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
TIMEOUT_S = 10  # of one wait for the network
DEADLINE_S = 60  # of one file, whatever its size
TRIES = 2
MAX_REDIRECTS = 3
CHUNK = 256 * 1024  # bytes
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_REASONS = {401: "no_access", 403: "no_access", 404: "gone", 410: "gone", 413: "too_large"}
_REFUSALS = {"file_not_found": "gone", "file_deleted": "gone"}
_PASSING = frozenset(
    ("ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout")
)
_SIGN_IN = (b"/signin", b"slack-edge.com", b"redir=", b"sign in to")


class FileFetcher:
    """Gets the bytes of a file with its workspace's token, which goes to Slack's hosts only.

    Raises Unreadable: gone, no_access, too_large, external, login_page, unreachable; Described when Slack
    told only later, through files.info, what the file is.
    """

    def __init__(
        self,
        api_url: str,
        token_of: Callable[[str | None], str | None],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api_url = api_url
        self._api = urlsplit(api_url)
        self._token_of = token_of
        self._now_s = now_s

    def __call__(self, team: str, file: SlackFile) -> bytes:
        """Return the bytes of `file`, as a member of `team` may see them."""
        token = self._token_of(team) or ""
        if file.file_access == "check_file_info" or not file.url:
            raise Described(self._described(file, token))
        if file.is_external or not self._is_slacks(file.url):
            raise Unreadable("external", file.name)
        raw, kind = self._got(file, file.url, token)
        if kind == "text/html" and _is_sign_in(file, raw):
            raise Unreadable("login_page", file.name)
        return raw

    def _described(self, file: SlackFile, token: str) -> SlackFile:
        try:
            told = web_client(self._api_url, token).files_info(file=file.id)["file"]
        except SlackApiError as error:
            code = reason_of(error)
            reason = "unreachable" if code in _PASSING else _REFUSALS.get(code, "no_access")
            raise Unreadable(reason, file.name) from error
        except (OSError, HTTPException, KeyError, ValueError) as error:
            raise Unreadable("unreachable", file.name) from error
        described = file_of(told if isinstance(told, dict) else {})
        if not described.url or described.file_access == "check_file_info":
            raise Unreadable(
                "gone" if described.mode in ("tombstone", "hidden_by_limit") else "no_access", file.name
            )
        return replace(described, id=described.id or file.id)

    def _is_slacks(self, url: str) -> bool:
        """Tell whether the token may go to `url`: Slack over HTTPS, or the server the Web API is at."""
        try:
            asked = urlsplit(url)
            host = (asked.hostname or "").lower()
        except ValueError:
            return False
        if not host or asked.username is not None:
            return False
        if host == (self._api.hostname or "").lower():
            return asked.scheme == self._api.scheme
        is_slack = any(host == one or host.endswith(f".{one}") for one in SLACK_HOSTS)
        return is_slack and asked.scheme == "https"

    def _got(self, file: SlackFile, url: str, token: str) -> tuple[bytes, str]:
        """Try twice: a connection that broke or a server in trouble is often well a moment later."""
        for left in reversed(range(TRIES)):
            try:
                return self._followed(file, url, token)
            except (OSError, HTTPException, ValueError) as error:
                logger.warning("A file could not be fetched: %s", reason_of(error))
                if not left:
                    raise Unreadable("unreachable", file.name) from error
        raise Unreadable("unreachable", file.name)

    def _followed(self, file: SlackFile, url: str, token: str) -> tuple[bytes, str]:
        deadline = self._now_s() + DEADLINE_S
        home = urlsplit(url).hostname
        for _ in range(MAX_REDIRECTS + 1):
            request = Request(url)
            if urlsplit(url).hostname == home:
                request.add_unredirected_header("Authorization", f"Bearer {token}")
            try:
                with _opener(url).open(request, timeout=TIMEOUT_S) as answer:
                    return self._read(file, answer, deadline), answer.headers.get_content_type()
            except HTTPError as error:
                url = self._next(file, url, error)
        raise Unreadable("login_page", file.name)

    def _next(self, file: SlackFile, url: str, error: HTTPError) -> str:
        """Return where a redirect leads; raises Unreadable for another refusal, or another site."""
        with error:
            if error.code in _REASONS:
                raise Unreadable(_REASONS[error.code], file.name) from error
            if error.code not in _REDIRECTS:
                raise error
            target = urljoin(url, error.headers.get("Location", ""))
        if not self._is_slacks(target):
            raise Unreadable("login_page", file.name) from error
        return target

    def _read(self, file: SlackFile, answer: Any, deadline: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        while chunk := answer.read(CHUNK):
            size += len(chunk)
            if size > MAX_FILE_BYTES:
                raise Unreadable("too_large", file.name)
            if self._now_s() > deadline:
                raise Unreadable("unreachable", file.name)
            chunks.append(chunk)
        if size < int(answer.headers.get("Content-Length") or 0):
            raise IncompleteRead(b"", size)
        return b"".join(chunks)


class _NoRedirect(HTTPRedirectHandler):
    """Leaves redirects to the fetcher, which looks where they lead first."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


def _opener(url: str) -> OpenerDirector:
    if urlsplit(url).hostname in LOOPBACK:
        return build_opener(_NoRedirect, ProxyHandler({}))
    return build_opener(_NoRedirect)


def _is_sign_in(file: SlackFile, raw: bytes) -> bool:
    """Tell Slack's sign-in page, given with status 200, from a file that is HTML itself."""
    is_page = (
        file.mail is not None or "html" in file.mimetype or file.name.lower().endswith((".html", ".htm"))
    )
    if not is_page:
        return True
    head = raw[:100_000].lower()
    return b"slack" in head and sum(sign in head for sign in _SIGN_IN) >= 2
