"""The bot's web server: Slack's requests in HTTP mode; health, readiness and figures in every mode."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hmac import compare_digest
from typing import Any

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from waitress.server import create_server
from waitress.wasyncore import close_all

from bot.errors import BotError, Misconfigured
from bot.health import Readiness
from bot.slack.door import EVENTS_PATH, HttpDoor, Reply
from bot.slack.installations import INSTALL_PATH, REDIRECT_PATH, Installations

MAX_BODY_BYTES = 8 * 2**20  # an email event carries its whole text
THREADS = 16  # Slack waits 3 s for each answer; a rush of 40 a second needs more than waitress' four
OPERATOR_PATH = "/operator/reminders/<int:number>/cancel"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Operator:
    """What whoever runs the bot on this machine may have it do; they know the key from the lock's file."""

    key: str = field(repr=False)
    cancel: Callable[[int], str]  # a reminder's number → what came of it


def web_app(
    readiness: Readiness,
    registry: CollectorRegistry,
    door: HttpDoor | None = None,
    installations: Installations | None = None,
    operator: Operator | None = None,
) -> Flask:
    """Return the web application; without a door there is nothing for Slack to call."""
    app = Flask("inquiry-bot", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.add_url_rule("/healthz", view_func=_healthz)
    app.add_url_rule("/readyz", "readyz", lambda: _readyz(readiness))
    app.add_url_rule("/metrics", "metrics", lambda: _metrics(registry))
    if door:
        app.add_url_rule(EVENTS_PATH, "events", lambda: _events(door), methods=["POST"])
    if installations:
        for path in (INSTALL_PATH, REDIRECT_PATH):
            app.add_url_rule(path, path, lambda: _page(installations))
    if operator:
        view = partial(_cancelled, operator)
        app.add_url_rule(OPERATOR_PATH, "operator", view, methods=["POST"])
    return app


class WebServer:
    """Serves an application from threads of its own."""

    def __init__(
        self, app: Callable[..., Any], host: str, port: int, *, threads: int = THREADS, **waitress: Any
    ) -> None:
        """Take the port; raises Misconfigured when it cannot be had. `waitress` are its own adjustments."""
        self._open: dict[int, Any] = {}
        sockets = [_listening_socket(host, port)]
        self._server: Any = create_server(
            app, map=self._open, sockets=sockets, threads=threads, ident=None, **waitress
        )
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    @property
    def port(self) -> int:
        """Return the port in use, also where 0 was asked for."""
        return int(self._server.effective_port)

    @property
    def address(self) -> str:
        """Return the address to open in a browser."""
        host = self._server.effective_host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Finish requests in flight and give the port back."""
        self._server.task_dispatcher.shutdown(cancel_pending=False, timeout=5)
        if not self._thread.is_alive():
            close_all(self._open)
            return
        # Sockets belong to the serving thread: closing them from another one breaks its select().
        self._server.trigger.pull_trigger(lambda: close_all(self._open))
        self._thread.join(5)


def _listening_socket(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=256)
    except OSError as error:
        raise Misconfigured(
            f"{host}:{port} cannot be served ({error.strerror}): set HOST or PORT."
        ) from error


def _healthz() -> Response:
    return Response("ok\n", content_type=PLAIN)


def _readyz(readiness: Readiness) -> Response:
    reasons = readiness.reasons()
    return Response("\n".join(reasons or ("ready",)) + "\n", 503 if reasons else 200, content_type=PLAIN)


def _metrics(registry: CollectorRegistry) -> Response:
    try:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    except BotError as error:
        return Response(f"{error}\n", 503, content_type=PLAIN)


def _events(door: HttpDoor) -> Response:
    # The signature is over the bytes as they came.
    return _response(door.answer(request.get_data(), _query(), dict(request.headers)))


def _cancelled(operator: Operator, number: int) -> Response:
    shown = request.headers.get("Authorization", "")
    if not compare_digest(shown.encode(), f"Bearer {operator.key}".encode()):
        return Response("not found\n", 404, content_type=PLAIN)
    try:
        return Response(f"{operator.cancel(number)}\n", content_type=PLAIN)
    except BotError as error:
        return Response(f"{error}\n", 503, content_type=PLAIN)


def _page(installations: Installations) -> Response:
    return _response(installations.page(request.path, _query(), dict(request.headers)))


def _query() -> str:
    return request.query_string.decode("latin-1")


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, headers=list(reply.headers), content_type=reply.content_type)
