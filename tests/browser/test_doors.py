"""Who may speak with the playground: its own page on this machine, and nobody else."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.playground import Playground
from tests.browser.watch import Watch

OWN = {"X-Playground": "1", "Sec-Fetch-Site": "same-origin"}
START_OVER = "/api/start-over"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}"])
@pytest.mark.parametrize("path", ["/", "/api/state?as=emma", "/page/app.js"])
def test_a_name_that_only_points_here_is_refused(shared_playground: Playground, host: str, path: str) -> None:
    """DNS rebinding: a foreign page whose host name resolves to this machine."""
    asked = {"Host": host.format(port=shared_playground.port)}
    status, _ = shared_playground.ask("GET", path, headers=asked)
    assert status in (400, 403, 421)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_this_machines_own_names_are_let_in(shared_playground: Playground, name: str) -> None:
    assert shared_playground.ask("GET", "/", headers={"Host": f"{name}:{shared_playground.port}"})[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="without the header only its own page can set"),
        pytest.param({**OWN, "Origin": "https://evil.example"}, id="a foreign origin"),
        pytest.param({**OWN, "Origin": "null"}, id="an origin that hides itself"),
        pytest.param({**OWN, "Origin": "http://127.0.0.1:1"}, id="another program's page on this machine"),
        pytest.param({"X-Playground": "1", "Sec-Fetch-Site": "cross-site"}, id="a foreign site"),
        pytest.param({"X-Playground": "1", "Sec-Fetch-Site": "same-site"}, id="a neighbouring site"),
    ],
)
@pytest.mark.parametrize("path", ["/api/act", "/api/clock", START_OVER])
def test_a_post_from_elsewhere_is_refused(
    shared_playground: Playground, path: str, headers: dict[str, str]
) -> None:
    channel = shared_playground.channel("inquiries")
    body = {"as": "emma", "act": "type", "channel": channel, "text": "Hello"}
    assert shared_playground.ask("POST", path, body, headers)[0] == 403
    assert not shared_playground.messages()


@pytest.mark.parametrize("path", ["/page/../server.py", "/page/..%2fserver.py", "/page/%2e%2e/guard.py"])
def test_only_the_page_itself_is_served(shared_playground: Playground, path: str) -> None:
    status, answer = shared_playground.ask("GET", path)
    assert status in (400, 403, 404)
    assert "import" not in answer


class _ForeignPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of a page that is not ours."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _ForeignPage) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_foreign_page_in_the_same_browser_can_neither_act_nor_read(
    playground: Playground, open_page: OpenPage, watch: Watch, elsewhere: str
) -> None:
    tab = open_page(playground).tab.context.new_page()
    watch.allow(elsewhere)
    for refusal in ("CORS policy", "net::ERR_FAILED", "403", "NotSameOrigin"):
        watch.expect(refusal)
    tab.goto(elsewhere)
    outcome = tab.evaluate(
        """async ([address, channel]) => {
          const read = (path) => fetch(address + path).then((a) => a.text()).catch(() => "refused");
          const send = (more) => fetch(address + "api/act", {method: "POST", ...more})
            .then((a) => a.type + a.status).catch(() => "refused");
          const body = JSON.stringify({as: "emma", act: "type", channel, text: "Hello"});
          return [await read("api/state?as=emma"), await send({body, mode: "no-cors"}),
                  await send({body, headers: {"X-Playground": "1", "Content-Type": "application/json"}})];
        }""",
        [playground.address, playground.channel("inquiries")],
    )
    assert outcome == ["refused", "opaque0", "refused"] or outcome == ["refused"] * 3
    assert not playground.messages()
