"""The page's web server: its addresses, its guard, and a sentence for everything that goes wrong."""

import errno
import logging
import os
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot import texts
from bot.errors import BotError, Misconfigured
from bot.local_slack.model import Refused
from bot.playground import acts, guard
from bot.playground.acts import NotDone
from bot.playground.desk import Desk, as_json, language_asked
from bot.playground.house import House, StartingOver
from bot.texts import Language
from bot.web import WebServer

logger = logging.getLogger(__name__)

LARGEST_BODY: Final = 10 * acts.LARGEST_FILE  # several files, each of which is measured by itself
THREADS: Final = 24  # each open page holds one for its news
HOST: Final = "127.0.0.1"


class PageServer:
    """Serves the page on this machine, from `start()` until `stop()`."""

    def __init__(self, house: House, desk: Desk, port: int) -> None:
        """Take the port; raises Misconfigured when it cannot be had."""
        app = page_app(house, desk, lambda: self._web.port)
        try:
            # Looking ahead is how waitress notices that a listener has gone.
            self._web = WebServer(app, HOST, port, threads=THREADS, channel_request_lookahead=1)
        except Misconfigured as error:
            reason = os.strerror(getattr(error.__cause__, "errno", None) or errno.EADDRINUSE)
            raise Misconfigured(
                f"Port {port} cannot be had ({reason}): choose another with --port or PORT."
            ) from error

    @property
    def address(self) -> str:
        """Return the address to open in a browser."""
        return f"{self._web.address}/"

    def start(self) -> None:
        """Begin to serve."""
        self._web.start()

    def stop(self) -> None:
        """Finish requests in flight and give the port back."""
        self._web.stop()


def page_app(house: House, desk: Desk, port: Callable[[], int]) -> Flask:
    """Return the web application; `port` is where it is served."""
    app = Flask("playground", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.before_request(lambda: _turned_away(port()))
    app.after_request(_guarded)
    app.register_error_handler(Exception, lambda error: _told(house, error))
    for path, answer in _read(desk).items():
        app.add_url_rule(path, path, answer)
    for path, answer in _written(desk).items():
        app.add_url_rule(path, path, answer, methods=["POST"])
    return app


def _read(desk: Desk) -> Mapping[str, Callable[..., Response]]:
    return {
        "/": desk.index,
        "/page/<name>": desk.file,
        "/favicon.ico": lambda: Response(status=204),
        "/healthz": lambda: Response("ok\n", content_type="text/plain; charset=utf-8"),
        "/api/words": desk.words,
        "/api/state": desk.state,
        "/api/changes": desk.changes,
        "/api/samples": desk.samples,
        "/api/inspect": desk.inspect,
    }


def _written(desk: Desk) -> Mapping[str, Callable[..., Response]]:
    return {
        "/api/act": desk.act,
        "/api/upload": desk.upload,
        "/api/clock": desk.move_clock,
        "/api/start-over": desk.start_over,
    }


def _turned_away(port: int) -> Response | None:
    reason = guard.objection(request.method, request.path, dict(request.headers), port)
    return as_json({"ok": False, "says": reason}, 403) if reason else None


def _guarded(response: Response) -> Response:
    response.headers.update(guard.HEADERS)
    return response


def _told(house: House, error: Exception) -> Response:
    """Say in one sentence what went wrong; what nobody foresaw is logged with its traceback."""
    key, status, values = _finding(error)
    says = texts.load().say(f"playground.says.{key}", _reader(house), **values)
    return as_json({"ok": False, "says": says}, status)


def _finding(error: Exception) -> tuple[str, int, Mapping[str, object]]:
    if isinstance(error, NotDone):
        return error.key, 200, error.values
    if isinstance(error, Refused):
        return _finding(acts.why_refused(error))
    if isinstance(error, RequestEntityTooLarge):
        return "too_large", 413, {"most": acts.LARGEST_FILE // 2**20}
    if isinstance(error, HTTPException):
        return "no_such_page", error.code or 500, {}
    if isinstance(error, BotError):
        logger.warning("The page was told to try again: %s", error)
        return ("starting_over" if isinstance(error, StartingOver) else "busy"), 503, {}
    logger.error("The page's request could not be answered.", exc_info=error)
    return "broken", 500, {}


def _reader(house: House) -> Language:
    """Return the language of the person acted as, also where the request itself could not be read."""
    if request.args.get("language"):
        return language_asked()
    try:
        return house.language_of(_named())
    except (Refused, BotError, HTTPException):
        return "en"


def _named() -> str:
    given: Any = request.get_json(silent=True) if request.is_json else request.values
    return str(given.get("as", "")) if hasattr(given, "get") else ""
