"""Who may talk with the page's server."""

import pytest

from bot.playground.guard import objection

PORT = 3000
HOST = f"127.0.0.1:{PORT}"
OURS = {"Host": HOST, "X-Playground": "1"}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {"Host": HOST}),
        ("GET", "/", {"Host": f"localhost:{PORT}", "Sec-Fetch-Site": "cross-site"}),
        ("GET", "/api/state", {"Host": HOST, "Sec-Fetch-Site": "same-origin"}),
        ("GET", "/api/state", {"Host": HOST, "Sec-Fetch-Site": "none"}),
        ("POST", "/api/act", OURS),
        ("POST", "/api/act", {**OURS, "Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}),
    ],
    ids=["page", "link from elsewhere", "own page", "typed address", "no origin", "own origin"],
)
def test_the_page_itself_is_welcome(method: str, path: str, headers: dict[str, str]) -> None:
    assert objection(method, path, headers, PORT) is None


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/", {"Host": "evil.example:3000"}),
        ("GET", "/", {"Host": "127.0.0.1:3001"}),
        ("GET", "/", {"Host": "127.0.0.1"}),
        ("GET", "/", {"Host": "127.0.0.1:3000.evil.example"}),
        ("GET", "/api/state", {"Host": HOST, "Sec-Fetch-Site": "cross-site"}),
        ("GET", "/api/changes", {"Host": HOST, "Sec-Fetch-Site": "same-site"}),
        ("POST", "/api/act", {"Host": HOST}),
        ("POST", "/api/act", {"Host": HOST, "X-Playground": "yes"}),
        ("POST", "/api/act", {**OURS, "Origin": "http://evil.example"}),
        ("POST", "/api/act", {**OURS, "Origin": "null"}),
        ("POST", "/api/act", {**OURS, "Origin": f"https://{HOST}"}),
        ("POST", "/api/act", {**OURS, "Origin": f"http://localhost:{PORT}"}),
        ("POST", "/api/act", {**OURS, "Sec-Fetch-Site": "cross-site"}),
    ],
    ids=[
        "no host",
        "rebound name",
        "other port",
        "no port",
        "name with an ending",
        "foreign read",
        "neighbouring read",
        "no header",
        "wrong header",
        "foreign origin",
        "sandboxed origin",
        "other scheme",
        "other of our names",
        "foreign write",
    ],
)
def test_everybody_else_is_turned_away(method: str, path: str, headers: dict[str, str]) -> None:
    assert objection(method, path, headers, PORT)


def test_browsers_leave_out_the_standard_port() -> None:
    assert objection("GET", "/", {"Host": "localhost"}, 80) is None
