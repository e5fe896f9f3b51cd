"""A house as tests live in it, and its page as a browser asks for it."""

import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.local_slack.persons import Person
from bot.playground.house import House
from bot.settings import Settings

Json = dict[str, Any]
Message = dict[str, Any]

SAMPLES = "Dear sir, please send free samples by DHL to our office, no need of price list now."


@dataclass
class Living:
    """A house, and how its people live in it."""

    house: House

    def person(self, name: str) -> Person:
        return self.house.office.slack.person(name)

    @property
    def inquiries(self) -> str:
        return self.house.office.slack.workspace.channel("inquiries").id

    def wait_for(self, look: Callable[[], Any], timeout_s: float = 15) -> Any:
        return self.house.office.slack.wait_for(look, timeout_s)

    def said(self, message: Message, event_type: str) -> list[Message]:
        thread = self.house.office.slack.thread(message)
        return [one for one in thread if one.get("metadata", {}).get("event_type") == event_type]

    def advice(self, message: Message) -> Message:
        """Return the advice on a message, as soon as it stands."""
        return self.wait_for(lambda: self.said(message, "inquiry_advice"))[0]


def opened(folder: Path, **settings: Any) -> House:
    house = House(Settings(**settings), folder, SystemClock())
    house.open()
    return house


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Browser:
    """Asks as the page does."""

    port: int
    ours: Mapping[str, str] = field(
        default_factory=lambda: {"X-Playground": "1", "Sec-Fetch-Site": "same-origin"}
    )

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        sent = {**self.ours, "Content-Type": "application/json", **headers}
        return self.ask("POST", path, json.dumps(body).encode(), sent)

    def act(self, name: str, act: str, **fields: Any) -> Json:
        done: Json = self.post("/api/act", {"as": name, "act": act, **fields}).json
        return done

    def state(self, name: str) -> Json:
        seen: Json = self.get(f"/api/state?as={name}").json
        return seen

    def upload(self, fields: Mapping[str, str], *files: tuple[str, bytes]) -> Answer:
        edge = b"--edge-of-a-part"
        parts = [
            b'%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s' % (edge, k.encode(), v.encode())
            for k, v in fields.items()
        ]
        parts += [
            b'%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s'
            % (edge, name.encode(), raw)
            for name, raw in files
        ]
        sent = {**self.ours, "Content-Type": f"multipart/form-data; boundary={edge[2:].decode()}"}
        return self.ask("POST", "/api/upload", b"\r\n".join([*parts, edge + b"--\r\n"]), sent)

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
