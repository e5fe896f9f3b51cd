"""The real `inquiry-bot playground` as a child process, and what a program may ask it over HTTP."""

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.end_to_end.office import ROOT, clean_env, free_port

Json = dict[str, Any]
T = TypeVar("T")


@dataclass
class Playground:
    """The playground's process; stopped and started again in the same folder and on the same port."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def log_file(self) -> Path:
        return self.folder / "playground.log"

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8", errors="replace") if self.log_file.exists() else ""

    def start(self) -> None:
        """Start the process and wait until the page can be opened."""
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "playground", "--port", str(self.port), "--no-browser"],
                cwd=self.folder,
                env={**clean_env(), "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        wait_for(self._is_healthy, 60)

    def _is_healthy(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the playground ended by itself:\n{self.log}"
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except OSError:
            return False

    def stop(self) -> int:
        """Ask the process to end; returns its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def ask(
        self, method: str, path: str, body: Json | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Send one request as any program could; returns the status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = dict(headers or {})
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, sent)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def post(self, path: str, body: Json) -> Json:
        """Send what the page itself would send; returns its JSON answer."""
        own = {"X-Playground": "1", "Origin": self.address.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        status, answer = self.ask("POST", path, body, own)
        assert status == 200, (status, answer)
        found: Json = json.loads(answer)
        return found

    def state(self, person: str = "emma") -> Json:
        """Return the state that the page of a person shows."""
        found: Json = json.loads(self.ask("GET", f"/api/state?as={person}")[1])
        return found

    def channel(self, name: str, person: str = "emma") -> str:
        """Return the id of a channel by its name."""
        return next(str(c["id"]) for c in self.state(person)["channels"] if c["name"] == name)

    def messages(self, channel: str = "inquiries", person: str = "emma") -> list[Json]:
        """Return the messages of a channel, replies too, oldest first."""
        state = self.state(person)
        where = next(c["id"] for c in state["channels"] if c["name"] == channel)
        return list(state["messages"].get(where, []))

    def start_over(self) -> None:
        """Empty the workspace and put the clock back."""
        assert self.post("/api/start-over", {})["ok"]


def wait_for(found: Callable[[], T], timeout_s: float = 15) -> T:
    """Return what `found` gives as soon as it is something; raises AssertionError after `timeout_s`."""
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError("it did not come in time")


@contextmanager
def open_playground(folder: Path) -> Iterator[Playground]:
    """Run a playground in a folder of its own; it must end well and leave no traceback in its log."""
    playground = Playground(folder, free_port())
    playground.start()
    try:
        yield playground
    finally:
        assert playground.process is not None
        code = playground.stop() if playground.process.poll() is None else 0
    assert code == 0, playground.log
    assert "Traceback" not in playground.log, playground.log
