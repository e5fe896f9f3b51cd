"""The page's server: files, news, the guard at the door, and no traceback to anybody."""

import http.client
import logging
import threading

import pytest

from bot.clock import SystemClock
from bot.errors import Misconfigured
from bot.playground import acts
from bot.playground.changes import MOST_LISTENERS
from bot.playground.desk import Desk
from bot.playground.guard import POLICY
from bot.playground.server import PageServer
from tests.bot.playground.house_of_tests import Browser, Living


def listen(browser: Browser) -> http.client.HTTPResponse:
    """Open the news; what is read next is the first event."""
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=20)
    connection.request("GET", "/api/changes?as=emma")
    news = connection.getresponse()
    assert (news.readline(), news.readline()) == (b"retry: 1000\n", b"\n")
    return news


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page/dom.js", "text/javascript"),
        ("/healthz", "text/plain"),
        ("/api/state?as=emma", "application/json"),
        ("/api/words?language=zh", "application/json"),
    ],
)
def test_everything_is_served_under_the_same_strict_rules(browser: Browser, path: str, kind: str) -> None:
    answer = browser.get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/page/",
        "/page/../server.py",
        "/page/..%2Fserver.py",
        "/page/%2e%2e/server.py",
        "/page//etc/passwd",
        "/page/none.js",
        "/server.py",
        "/api/none",
    ],
)
def test_only_the_pages_own_files_are_served(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status == 404
    assert b"import" not in answer.raw


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Playground": ""},
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_nobody_else_writes_here(browser: Browser, living: Living, headers: dict[str, str]) -> None:
    before = living.house.office.slack.workspace.changes
    answer = browser.post(
        "/api/act", {"as": "emma", "act": "type", "channel": living.inquiries, "text": "x"}, **headers
    )
    assert (answer.status, answer.json["ok"]) == (403, False)
    assert living.house.office.slack.workspace.changes == before


def test_a_form_of_another_page_is_turned_away(browser: Browser) -> None:
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://evil.example"}
    assert browser.ask("POST", "/api/start-over", b"", sent).status == 403


def test_both_names_of_this_machine_will_do(browser: Browser) -> None:
    assert browser.get("/", Host=f"localhost:{browser.port}").status == 200


def test_words_are_those_of_the_language_and_without_gaps(browser: Browser) -> None:
    english, chinese = (browser.get(f"/api/words?language={one}").json for one in ("en", "zh"))
    assert english.keys() == chinese.keys()
    assert "says.empty" in english
    assert english["says.empty"] != chinese["says.empty"]


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"x", "text/plain"),
    ],
)
def test_what_is_no_request_is_no_crash(browser: Browser, body: bytes, sent: str) -> None:
    answer = browser.ask("POST", "/api/act", body, {**browser.ours, "Content-Type": sent})
    assert (answer.status, answer.json["ok"]) == (200, False)


def test_a_body_beyond_all_measure_is_refused(browser: Browser) -> None:
    answer = browser.post("/api/act", {"as": "mei", "text": "x" * 9 * 2**20})
    assert (answer.status, answer.json["ok"]) == (413, False)


def test_nobody_sees_a_traceback_but_the_log(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(acts, "do", stumble)
    with caplog.at_level(logging.ERROR):
        answer = browser.post("/api/act", {"as": "mei", "act": "type"})
    assert (answer.status, answer.json["ok"]) == (500, False)
    assert "出了点问题" in answer.json["says"]
    assert "secret" not in answer.raw.decode()
    assert any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("name", ["eve", "", "slackbot", "inquiry_bot", "U0INQUIRY01"])
def test_one_acts_as_a_person_of_the_workspace_only(browser: Browser, name: str) -> None:
    refused = {"ok": False, "says": "Nobody here has that name."}
    assert browser.get(f"/api/state?as={name}").json == refused
    assert browser.act(name, "type", channel="C000000001", text="x") == refused


def test_who_names_nobody_sees_what_the_first_person_sees(browser: Browser) -> None:
    assert browser.get("/api/state").json["me"]["name"] == "emma"


# time


def test_the_clock_moves_for_the_page_too(browser: Browser) -> None:
    before = browser.state("emma")["clock"]
    moved = browser.post("/api/clock", {"by_ms": 3_600_000}).json
    after = browser.state("emma")["clock"]
    assert moved["ok"]
    assert after["now_ms"] >= moved["now_ms"] >= before["now_ms"] + 3_600_000
    assert after["moved_ms"] == before["moved_ms"] + 3_600_000


@pytest.mark.parametrize(
    "body",
    [
        {"by_ms": -1},
        {"by_ms": "1"},
        {"by_ms": 1.5},
        {"by_ms": True},
        {"by_ms": 10**15},
        {"to": "yesterday"},
        {},
    ],
    ids=str,
)
def test_the_clock_takes_only_what_is_time(browser: Browser, body: dict[str, object]) -> None:
    before = browser.state("emma")["clock"]["moved_ms"]
    assert browser.post("/api/clock", {"as": "emma", **body}).json["ok"] is False
    assert browser.state("emma")["clock"]["moved_ms"] == before


def test_no_reminder_is_no_reason_to_move(browser: Browser) -> None:
    answer = browser.post("/api/clock", {"to": "next_reminder", "as": "mei"}).json
    assert answer == {"ok": False, "says": "目前没有待发的提醒。"}


# news


def test_open_pages_hear_of_changes(browser: Browser, living: Living) -> None:
    news = listen(browser)
    assert news.getheader("Content-Type", "").startswith("text/event-stream")
    first = news.readline()
    assert news.readline() == b"\n"
    living.person("emma").types("#general", "hello")
    assert first.startswith(b'data: {"version": ')
    assert news.readline() > first
    news.close()


def test_starting_over_is_heard_and_seen(browser: Browser, living: Living) -> None:
    living.person("emma").types("#general", "old")
    news = listen(browser)
    news.readline()
    assert browser.post("/api/start-over", {}).json == {"ok": True}
    news.readline()
    assert news.readline().startswith(b"data: ")
    assert not any(browser.state("emma")["messages"].values())
    news.close()


def test_too_many_listeners_let_the_oldest_go(browser: Browser) -> None:
    oldest, *others = [listen(browser) for _ in range(MOST_LISTENERS + 1)]
    assert b"data" in oldest.read()
    assert browser.get("/healthz").status == 200
    for one in others:
        one.close()


def test_a_closed_page_gives_its_place_back(browser: Browser, living: Living) -> None:
    for _ in range(3 * MOST_LISTENERS):
        news = listen(browser)
        news.readline()
        news.close()
    assert browser.get("/healthz").status == 200


def test_news_end_when_the_house_closes(living: Living) -> None:
    page = PageServer(living.house, Desk(living.house, SystemClock()), 0)
    page.start()
    news = listen(Browser(int(page.address.rstrip("/").rpartition(":")[2])))
    news.readline()
    rest: list[bytes] = []
    reader = threading.Thread(target=lambda: rest.append(news.read()))
    reader.start()
    living.house.is_closing.set()
    reader.join(10)
    living.house.is_closing.clear()
    assert not reader.is_alive()
    page.stop()


def test_a_taken_port_is_one_sentence(browser: Browser, living: Living) -> None:
    desk = Desk(living.house, SystemClock())
    with pytest.raises(Misconfigured, match=f"Port {browser.port} .*in use.* --port"):
        PageServer(living.house, desk, browser.port)
