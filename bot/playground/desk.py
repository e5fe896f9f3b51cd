"""The page's questions and what it asks for, answered: one method for each address."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from flask import Response, request, send_from_directory

from bot import texts
from bot.clock import Clock
from bot.playground import acts, inspector, samples
from bot.playground.acts import NotDone
from bot.playground.changes import Changes
from bot.playground.house import House
from bot.playground.snapshot import ACTORS, clock_as, workspace_as
from bot.texts import Language

PAGE: Final = Path(__file__).parent / "page"
KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
LARGEST_JSON: Final = 8 * 2**20  # the longest text, in any script and escaped
WORDS: Final = "playground."
LONGEST_LEAP_MS: Final = 366 * 24 * 3600 * 1000


class Desk:
    """Answers the page's requests."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._settings = house.settings
        self._changes = Changes(house, clock.steady)

    # what the page reads

    def index(self) -> Response:
        """Return the page."""
        return self.file("index.html")

    def file(self, name: str) -> Response:
        """Return one of the page's files."""
        response = send_from_directory(PAGE, name)
        response.content_type = KINDS.get(Path(name).suffix, "application/octet-stream")
        return response

    def words(self) -> Response:
        """Return the page's words in one language."""
        return as_json(texts.load().under(WORDS, language_asked()))

    def state(self) -> Response:
        """Return everything the page shows to the person acted as."""
        version, office = self._house.version, self._house.office
        person, _ = acts.who(office, self._settings, request.args.get("as", ACTORS[0]))
        now = clock_as(office.clock, office.clock.moved_ms, self._house.next_reminder_ms())
        seen = workspace_as(office.slack, person.user, self._settings)
        return as_json({"version": version, "clock": now, **seen})

    def changes(self) -> Response:
        """Tell of changes as long as the page listens."""
        is_gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", lambda: False)
        return Response(self._changes.stream(is_gone), content_type="text/event-stream")

    def samples(self) -> Response:
        """Return the gallery's list."""
        return as_json(samples.samples(language_asked()))

    def inspect(self) -> Response:
        """Return what stands behind a message of the bot."""
        office, given = self._house.office, request.args
        channel, ts = given.get("channel", ""), given.get("ts", "")
        return as_json(
            inspector.inspect(office.slack, office.running.services, channel, ts, language_asked())
        )

    # what people do

    def act(self) -> Response:
        """Let the person do one thing."""
        return _done(acts.do(self._house.office, self._settings, body_sent()))

    def upload(self) -> Response:
        """Let the person upload files."""
        # One byte more than allowed shows that a file is too large, without holding all of it.
        files = (
            (one.filename or "", one.stream.read(acts.LARGEST_FILE + 1))
            for one in request.files.getlist("file")
        )
        return _done(acts.upload(self._house.office, self._settings, request.form, files))

    def move_clock(self) -> Response:
        """Let time pass."""
        body = body_sent()
        by_ms = body.get("by_ms")
        if body.get("to") == "next_reminder":
            by_ms = self._until_next_reminder()
        if type(by_ms) is not int or not 0 <= by_ms <= LONGEST_LEAP_MS:
            raise NotDone("bad_request", field="by_ms")
        self._house.move(by_ms)
        return as_json({"ok": True, "now_ms": self._house.office.clock.now_ms()})

    def start_over(self) -> Response:
        """Empty everything."""
        self._house.start_over()
        return as_json({"ok": True})

    def _until_next_reminder(self) -> int:
        due = self._house.next_reminder_ms()
        if due is None:
            raise NotDone("no_reminder")
        return max(0, due - self._house.office.clock.now_ms())


def as_json(body: Any, status: int = 200) -> Response:
    """Return `body` as a JSON response."""
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(written, status, content_type="application/json; charset=utf-8")


def language_asked() -> Language:
    """Return the language the page asks for by its query."""
    return "zh" if request.args.get("language") == "zh" else "en"


def body_sent() -> Mapping[str, Any]:
    """Return the JSON object that was sent; raises NotDone for anything else."""
    request.max_content_length = LARGEST_JSON
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise NotDone("bad_request", field="body")
    return body


def _done(result: Mapping[str, Any]) -> Response:
    return as_json({"ok": True, "result": result})
