import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.errors import Unreadable
from bot.intake.model import SlackFile
from bot.reading.received import Described
from bot.slack.files import FileFetcher

MAIL = b"From: a@b.example\nSubject: x\n\nhello"
LOGIN = b"<html>Sign in to Slack <link href='https://a.slack-edge.com/x.css'></html>"


@dataclass
class Host:
    """A server of files; keeps what it was asked, with the token it was given."""

    url: str = ""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)


@pytest.fixture
def host() -> Iterator[Host]:
    served = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


def _handler(served: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers.get("Authorization")))
            status, headers, body = served.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


Fetch = Callable[..., bytes]


@pytest.fixture
def fetch(host: Host) -> Fetch:
    fetcher = FileFetcher(f"{host.url}/api/", lambda team: "xoxb-secret" if team == "T1" else None)

    def fetched(path: str = "/f/a.eml", **more: Any) -> bytes:
        url = path if path.startswith("http") else host.url + path
        return fetcher("T1", slack_file(**{"url": url, **more}))

    return fetched


def slack_file(**more: Any) -> SlackFile:
    known = {
        "id": "F1",
        "name": "a.eml",
        "mimetype": "message/rfc822",
        "filetype": "eml",
        "mode": "hosted",
        "size": 9,
        "url": None,
        "is_external": False,
        "file_access": "visible",
    }
    return SlackFile(**(known | more))


def reason_of(call: Callable[[], object]) -> str:
    with pytest.raises(Unreadable) as caught:
        call()
    assert caught.value.name == "a.eml"
    return caught.value.reason


def test_a_file_is_fetched_with_the_workspaces_token(host: Host, fetch: Fetch) -> None:
    host.answers["/f/a.eml"] = (200, {"Content-Type": "message/rfc822"}, MAIL)
    assert fetch() == MAIL
    assert host.asked == [("/f/a.eml", "Bearer xoxb-secret")]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a.eml",
        "https://slack.com.evil.example/a.eml",
        "https://evilslack.com/a.eml",
        "https://files.slack.com@evil.example/a.eml",
        "http://files.slack.com/a.eml",
        "file:///etc/hosts",
        "ftp://127.0.0.1/a.eml",
        "https://127.0.0.1/a.eml",
        "http://[::1",
        "",
    ],
)
def test_the_token_goes_to_no_other_host(fetch: Fetch, url: str) -> None:
    if url:
        assert reason_of(lambda: fetch(url if url.startswith("http") else "/", url=url)) == "external"


def test_an_external_file_is_not_fetched_at_all(host: Host, fetch: Fetch) -> None:
    assert reason_of(lambda: fetch(is_external=True)) == "external"
    assert host.asked == []


def test_a_redirect_is_followed_on_slack_only(host: Host, fetch: Fetch) -> None:
    host.answers["/f/a.eml"] = (302, {"Location": "/f/b.eml"}, b"")
    host.answers["/f/b.eml"] = (200, {"Content-Type": "message/rfc822"}, MAIL)
    assert fetch() == MAIL
    host.answers["/f/a.eml"] = (302, {"Location": "https://evil.example/"}, b"")
    assert reason_of(fetch) == "login_page"


def test_redirects_in_a_circle_end(host: Host, fetch: Fetch) -> None:
    host.answers["/f/a.eml"] = (302, {"Location": "/f/a.eml"}, b"")
    assert reason_of(fetch) == "login_page"
    assert len(host.asked) == 4


@pytest.mark.parametrize("mimetype", ["message/rfc822", "text/html"])
def test_a_sign_in_page_is_not_taken_for_the_file(host: Host, fetch: Fetch, mimetype: str) -> None:
    host.answers["/f/a.eml"] = (200, {"Content-Type": "text/html; charset=utf-8"}, LOGIN)
    assert reason_of(lambda: fetch(mimetype=mimetype)) == "login_page"


def test_a_page_that_is_the_file_is_fetched(host: Host, fetch: Fetch) -> None:
    host.answers["/f/a.eml"] = (200, {"Content-Type": "text/html"}, b"<p>500 mugs, we met on slack</p>")
    assert fetch(mimetype="text/html").startswith(b"<p>500")


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "gone"), (410, "gone"), (403, "no_access"), (401, "no_access"), (500, "unreachable")],
)
def test_a_refusal_has_its_reason(host: Host, fetch: Fetch, status: int, reason: str) -> None:
    host.answers["/f/a.eml"] = (status, {}, b"")
    assert reason_of(fetch) == reason
    assert len(host.asked) == (2 if status == 500 else 1)


def test_a_file_past_the_limit_is_not_read_to_its_end(host: Host, fetch: Fetch) -> None:
    host.answers["/f/a.eml"] = (200, {"Content-Type": "message/rfc822"}, b"x" * 25_000_001)
    assert reason_of(fetch) == "too_large"


def test_a_file_that_breaks_off_is_not_passed_off_as_whole(host: Host, fetch: Fetch) -> None:
    host.answers["/f/a.eml"] = (200, {"Content-Length": "500"}, MAIL)
    assert reason_of(fetch) == "unreachable"


def test_a_host_that_is_down_is_unreachable() -> None:
    fetcher = FileFetcher("http://127.0.0.1:9/api/", lambda team: "xoxb-secret")
    assert reason_of(lambda: fetcher("T1", slack_file(url="http://127.0.0.1:9/a"))) == "unreachable"


def test_a_slow_file_is_given_up_at_its_deadline(host: Host) -> None:
    ticks = iter(range(0, 1_000_000, 50))
    fetcher = FileFetcher(host.url, lambda team: "xoxb-secret", now_s=lambda: float(next(ticks)))
    host.answers["/f/a.eml"] = (200, {}, b"x" * 2_000_000)
    assert reason_of(lambda: fetcher("T1", slack_file(url=f"{host.url}/f/a.eml"))) == "unreachable"


@pytest.mark.parametrize("more", [{"url": None}, {"file_access": "check_file_info"}])
def test_slack_is_asked_what_a_file_is_when_the_event_does_not_say(
    host: Host, fetch: Fetch, more: dict[str, Any]
) -> None:
    about = {"id": "F1", "name": "b.eml", "mode": "hosted", "url_private": f"{host.url}/f/b.eml"}
    host.answers["/api/files.info"] = (200, {}, json.dumps({"ok": True, "file": about}).encode())
    with pytest.raises(Described) as caught:
        fetch(**more)
    assert (caught.value.file.name, caught.value.file.url) == ("b.eml", f"{host.url}/f/b.eml")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"ok": False, "error": "file_not_found"}, "gone"),
        ({"ok": False, "error": "missing_scope"}, "no_access"),
        ({"ok": False, "error": "internal_error"}, "unreachable"),
        ({"ok": True, "file": {"id": "F1", "mode": "tombstone"}}, "gone"),
        ({"ok": True, "file": {"id": "F1", "file_access": "check_file_info"}}, "no_access"),
        ({"ok": True}, "no_access"),
    ],
)
def test_what_slack_does_not_tell_has_its_reason(
    host: Host, fetch: Fetch, answer: dict[str, Any], reason: str
) -> None:
    host.answers["/api/files.info"] = (200, {}, json.dumps(answer).encode())
    assert reason_of(lambda: fetch(url=None)) == reason
