"""A bare page round the block renderer, served under the playground's own security policy."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

import bot.playground
from bot import texts
from bot.playground.guard import HEADERS
from bot.texts import LANGUAGES

HERE = Path(__file__).parent
PAGE = Path(bot.playground.__file__).parent / "page"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Stage:
    """Shows blocks to a person, and tells what was clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root: Locator = page.locator("#stage")

    def show(self, *blocks: dict[str, Any], **changes: Any) -> Locator:
        """Show the blocks of a message."""
        self.page.evaluate("([blocks, changes]) => stage.show(blocks, changes)", [blocks, changes])
        return self.root

    def text(self, text: str, **changes: Any) -> Locator:
        """Show a message that is text alone."""
        self.page.evaluate("([text, changes]) => stage.text(text, changes)", [text, changes])
        return self.root

    def view(self, *blocks: dict[str, Any], **changes: Any) -> Locator:
        """Show a modal."""
        view = {"type": "modal", "blocks": blocks}
        self.page.evaluate("([view, changes]) => stage.view(view, changes)", [view, changes])
        return self.root

    def values(self) -> Any:
        """Return what stands in the modal."""
        return self.page.evaluate("() => stage.shown.values()")

    def complaints(self) -> Any:
        """Return what the page itself would complain about."""
        return self.page.evaluate("() => stage.shown.check()")

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show what the bot complains about."""
        self.page.evaluate("(errors) => stage.shown.showErrors(errors)", errors)

    @property
    def acts(self) -> Any:
        """Return what was clicked and chosen."""
        return self.page.evaluate("() => stage.acts")

    def focused(self) -> Locator:
        """Return what has the focus."""
        return self.page.locator(":focus")


@contextmanager
def stage_server() -> Iterator[str]:
    """Serve the stage on a free port; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/words.json":
            self._send(json.dumps(_words()).encode(), "application/json")
            return
        path = _file(self.path)
        if path.is_file():
            self._send(path.read_bytes(), TYPES[path.suffix])
        else:
            self.send_error(404)

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_: Any) -> None:
        """Keep quiet."""


def _file(path: str) -> Path:
    if path.startswith("/page/"):
        return PAGE / Path(path).name
    return HERE / ("stage.html" if path == "/" else Path(path).name)


def _words() -> dict[str, dict[str, str]]:
    return {language: texts.load().under("playground.", language) for language in LANGUAGES}
