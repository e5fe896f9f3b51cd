"""The HTTP door: Web API, file downloads and response URLs."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.local_slack.faults import Fault, Faults, dropped
from bot.local_slack.methods import FOR_APP_TOKEN, FOR_BOT_TOKEN
from bot.local_slack.model import Json, Refused
from bot.local_slack.parts import Args, Parts
from bot.local_slack.posts import as_json
from bot.local_slack.responses import ResponseUrls

_LOGIN_PAGE: Final = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"
MOST_REMEMBERED: Final = 200
_HIDDEN: Final = frozenset({"token"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API as it was taken."""

    method: str
    args: Mapping[str, Any]
    answer: Json
    fault: str | None  # the fault that was switched on for it

    @property
    def is_rejected(self) -> bool:
        """Return whether Slack refused it by its own rules, not by a switched-on fault."""
        return not self.answer.get("ok") and self.fault is None


class _Quiet(WSGIRequestHandler):
    # Keep-alive, as Slack has it; and no request log on standard error.
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  (werkzeug's name)
        pass


class WebApi:
    """Answers calls, remembers them, and goes wrong where it is told to."""

    def __init__(self, parts: Parts, responses: ResponseUrls, faults: Faults) -> None:
        self._parts = parts
        self._responses = responses
        self._faults = faults
        self._stopping = threading.Event()
        self._server: BaseWSGIServer | None = None
        self.calls: list[Call] = []

    def remembered(self) -> list[Json]:
        """Return the latest calls by which the bot spoke, as plain JSON."""
        spoken = [call for call in tuple(self.calls) if call.method.startswith("chat.")]
        return [asdict(call) for call in spoken[-MOST_REMEMBERED:]]

    def recall(self, remembered: list[Json]) -> None:
        """Have taken the calls that were `remembered`."""
        self.calls = [*(Call(**call) for call in remembered), *self.calls]

    def start(self, host: str, port: int) -> int:
        """Open the door; returns its port."""
        self._server = make_server(host, port, self._flask(), threaded=True, request_handler=_Quiet)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._server.block_on_close = False  # type: ignore[attr-defined]
        threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="local-slack-web", daemon=True
        ).start()
        return int(self._server.server_port)

    def stop(self) -> None:
        """Close the door; slow and held answers are given up."""
        self._stopping.set()
        self._faults.clear()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def _flask(self) -> Flask:
        web = Flask("local_slack")
        # A dropped connection must reach the server as the exception it is.
        web.config["PROPAGATE_EXCEPTIONS"] = True
        web.add_url_rule("/api/<method>", "api", self._call, methods=["GET", "POST"])
        web.add_url_rule("/files-pri/<path:path>", "file", self._file)
        web.add_url_rule("/respond/<token>", "respond", self._respond, methods=["POST"])
        web.add_url_rule("/signin", "signin", lambda: _html(_LOGIN_PAGE))
        return web

    # the Web API

    def _call(self, method: str) -> Response:
        given = _arguments()
        args = Args(given)
        fault = self._held_up(self._faults.draw(method, given), given)
        answer = {"ok": True} if fault and not fault.takes else self._answer(method, args)
        says = dict(fault.body) if fault and not fault.answers_well else answer
        kept = {key: value for key, value in given.items() if key not in _HIDDEN}
        self.calls.append(Call(method, kept, says, fault.name if fault else None))
        self._parts.workspace.touch()
        return self._spoil(fault, says) if fault else self._json(says)

    def _held_up(self, fault: Fault | None, args: Mapping[str, Any]) -> Fault | None:
        """Hold a call up before its effect; returns what goes wrong with it then."""
        if fault is None or fault.takes or not fault.answers_well:
            return fault
        self._stopping.wait(fault.wait_s)
        is_cut = self._stopping.is_set() or (fault.gate and not fault.gate.lets_pass(args))
        return dropped(takes=False) if is_cut else None

    def _answer(self, method: str, args: Args) -> Json:
        try:
            handler = self._admitted(method, args.text("token"))
            return {"ok": True, **handler(self._parts, args)}
        except Refused as refused:
            return refused.answer()

    def _admitted(self, method: str, token_in_body: str) -> Any:
        """Return the method when the token is right and of the right kind."""
        here = self._parts.here
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ") or token_in_body
        if not token:
            raise Refused("not_authed")
        if token not in (here.bot_token, here.app_token):
            raise Refused("invalid_auth")
        if method not in FOR_APP_TOKEN and method not in FOR_BOT_TOKEN:
            raise Refused("unknown_method", req_method=method)
        if (method in FOR_APP_TOKEN) != (token == here.app_token):
            raise Refused("not_allowed_token_type")
        return FOR_APP_TOKEN.get(method) or FOR_BOT_TOKEN[method]

    def _spoil(self, fault: Fault, says: Json) -> Response:
        if fault.delay_s:
            self._stopping.wait(fault.delay_s)
        if fault.drops or (fault.gate and not fault.gate.lets_pass(request.values)):
            line: socket.socket = request.environ["werkzeug.socket"]
            with suppress(OSError):  # the bot may be gone already
                line.shutdown(socket.SHUT_RDWR)
            raise ConnectionResetError("cut on purpose")
        return self._json(says, fault.status, fault.headers)

    def _json(self, body: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
        response = Response(as_json(body), status, content_type="application/json; charset=utf-8")
        response.headers["x-oauth-scopes"] = ",".join(sorted(self._parts.here.scopes))
        response.headers["x-slack-req-id"] = self._parts.workspace.fresh_id("R")
        response.headers.update(headers or {})
        return response

    # files and response URLs

    def _file(self, path: str) -> Response:
        file_id = path.partition("/")[0].partition("-")[2]
        file = self._parts.workspace.files.get(file_id)
        if file is None or file.answers == "gone":
            return Response("not found", 404)
        if file.answers == "redirect":
            return Response("", 302, {"Location": "/signin"})
        bearer = f"Bearer {self._parts.here.bot_token}"
        is_allowed = (
            request.headers.get("Authorization") == bearer and "files:read" in self._parts.here.scopes
        )
        if not is_allowed or file.answers == "login_page":
            return _html(_LOGIN_PAGE)
        return Response(file.raw, content_type=file.about["mimetype"])

    def _respond(self, token: str) -> Response:
        try:
            self._responses.take(token, request.get_json(force=True))
        except Refused as refused:
            return Response(refused.code, 404, content_type="text/plain")
        return Response("ok", content_type="text/plain")


def _arguments() -> dict[str, Any]:
    """Slack reads JSON where the content type says so, else a form, and the query in any case."""
    given: dict[str, Any] = {**request.args, **request.form}
    if request.is_json:
        body = request.get_json(silent=True)
        given |= body if isinstance(body, dict) else {}
    return given


def _html(page: str) -> Response:
    return Response(page, content_type="text/html; charset=utf-8")
