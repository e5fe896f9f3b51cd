"""A Slack that records, at the network's edge; and a speaker with few words."""

import fcntl
import json
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.outbox.answers import Answer, Found, NotThere, Posted, Sighting
from bot.outbox.model import Form, Row, Utterance
from bot.outbox.poster import KEY, Message

Take = Callable[[], Posted]  # the taking of a message
Fault = Callable[[Take], Answer]


def taken_then(answer: Answer) -> Fault:
    """Slack takes the message and answers this."""

    def fault(take: Take) -> Answer:
        take()
        return answer

    return fault


def untaken(answer: Answer) -> Fault:
    """Slack takes nothing and answers this."""
    return lambda take: answer


@dataclass
class RecordingSlack:
    """Takes messages, unless the next fault says otherwise."""

    posts: list[Message] = field(default_factory=list)
    places: list[Posted] = field(default_factory=list)
    updates: list[Message] = field(default_factory=list)
    withdrawn: list[Posted] = field(default_factory=list)
    attempts: list[Message] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    refuses: Callable[[Message], Answer | None] = lambda message: None
    sightings: deque[Sighting] = field(default_factory=deque)
    looked_up: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def say(self, message: Message) -> Answer:
        with self.lock:
            self.attempts.append(message)
            fault = self.faults.popleft() if self.faults else None
            refusal = self.refuses(message)
        if refusal:
            return refusal
        return fault(lambda: self.take(message)) if fault else self.take(message)

    def take(self, message: Message) -> Posted:
        with self.lock:
            if message.update_ts:
                self.updates.append(message)
                return Posted(message.channel, message.update_ts)
            self.posts.append(message)
            channel = f"D{message.channel}" if message.channel.startswith("U") else message.channel
            self.places.append(Posted(channel, f"{len(self.posts)}.000000"))
            return self.places[-1]

    def look_up(self, row: Row) -> Sighting:
        with self.lock:
            self.looked_up.append(row.key)
            if self.sightings:
                return self.sightings.popleft()
            found = tuple(
                place
                for message, place in zip(self.posts, self.places, strict=True)
                if message.event_payload[KEY] == row.key and place not in self.withdrawn
            )
            return Found(found) if found else NotThere()

    def withdraw(self, team: str, place: Posted) -> None:
        self.withdrawn.append(place)

    @property
    def keys(self) -> list[str]:
        """The keys of all posts, in their order."""
        return [message.event_payload[KEY] for message in self.posts]

    @property
    def texts(self) -> list[str]:
        """The texts of all posts, in their order."""
        return [message.form.text for message in self.posts]


@dataclass
class FileSlack:
    """Records in a file, which outlives a killed process; all processes see the same."""

    path: Path
    before_take: Callable[[], None] = lambda: None
    after_take: Callable[[], None] = lambda: None
    may_look_up: bool = True

    def say(self, message: Message) -> Answer:
        self.before_take()
        place = self._take(message)
        self.after_take()
        return place

    def look_up(self, row: Row) -> Sighting:
        if not self.may_look_up:
            return NotThere()
        found = tuple(Posted(line["channel"], line["ts"]) for line in self.lines() if line["key"] == row.key)
        return Found(found) if found else NotThere()

    def withdraw(self, team: str, place: Posted) -> None:
        raise AssertionError("nothing stands twice")

    def lines(self) -> list[dict[str, str]]:
        """Everything said so far."""
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text().splitlines()]

    def _take(self, message: Message) -> Posted:
        with self.path.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            place = Posted(message.channel, f"{len(file.readlines()) + 1}.000000")
            line = {"key": message.event_payload[KEY], "channel": place.channel, "ts": place.ts}
            file.write(json.dumps(line) + "\n")
        return place


@dataclass
class FewWords:
    """Says "row N" and remembers what was delivered where."""

    forms: tuple[Form, ...] = ()
    update_ts: str | None = None
    delivered: list[tuple[int, str, str]] = field(default_factory=list)
    before_compose: Callable[[Row], None] = lambda row: None
    before_said: Callable[[Row], None] = lambda row: None

    def compose(self, row: Row) -> Utterance | None:
        self.before_compose(row)
        forms = self.forms or (Form(f"row {row.id}"),)
        payload: Mapping[str, Any] = {"inquiry_id": str(row.inquiry_id)}
        return Utterance(forms, "inquiry_advice", payload, self.update_ts)

    def said(self, row: Row, channel: str, ts: str) -> None:
        self.before_said(row)
        self.delivered.append((row.id, channel, ts))
