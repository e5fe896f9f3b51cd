"""Thousands of reminders due in the same second: do all come, how late, does any channel or advice starve?

The real worker delivers them to a Slack in this process that takes its time over each post. Each channel
takes one a second, so the last must wait at least as many seconds as there are reminders in its channel.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench import results
from bot.clock import SystemClock
from bot.outbox.answers import Answer, NotThere, Posted, Sighting
from bot.outbox.model import Form, Kind, Row, Utterance
from bot.outbox.poster import KEY, Message
from bot.outbox.store import Outbox
from bot.outbox.worker import THREADS, Worker
from bot.storage import Database, open_database
from bot.storage.tables import outbox
from tests.postgres import NoServer, server

REMINDERS = 5_000
CHANNELS = 100
SLACK_S = 0.1
ADVICE_EVERY_S = 1.0
PATIENCE_S = 600


@dataclass
class SlowSlack:
    """Takes every message after a while and remembers when it began to."""

    takes_s: float
    said: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # by channel
    advised: dict[int, float] = field(default_factory=dict)  # by row
    is_enough: threading.Event = field(default_factory=threading.Event)
    expected: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, message: Message) -> Answer:
        """Take a message, after a while."""
        began = time.monotonic()
        time.sleep(self.takes_s)
        with self.lock:
            if message.event_type == Kind.ADVICE:
                self.advised[int(message.event_payload[KEY].partition(":")[0])] = time.monotonic()
            else:
                self.said[message.channel].append(began)
            if sum(map(len, self.said.values())) >= self.expected:
                self.is_enough.set()
        return Posted(message.channel, f"{began:.6f}")

    def look_up(self, row: Row) -> Sighting:
        """Find nothing: nothing is in doubt here."""
        return NotThere()

    def withdraw(self, team: str, place: Posted) -> None:
        """Must not be needed."""
        raise AssertionError("nothing stands twice")


class KindSpeaker:
    """Says a line; the kind of the row is the type of the message."""

    def compose(self, row: Row) -> Utterance:
        """Return the line."""
        return Utterance((Form(f"row {row.id}"),), row.kind, {})

    def said(self, row: Row, channel: str, ts: str) -> None:
        """Nothing is kept."""


def run(database: Database, slack: SlowSlack, count: int, channels: int, threads: int) -> dict[str, Any]:
    """Deliver the rush, with a new inquiry every second, and return what was measured."""
    clock = SystemClock()
    slack.expected = count
    due_at = clock.now_ms() + 2_000
    _schedule(database, count, channels, due_at)
    threading.Event().wait(max((due_at - clock.now_ms()) / 1000, 0))
    worker = Worker(database, dict.fromkeys(Kind, KindSpeaker()), slack, clock, threads)
    began = time.monotonic()
    worker.start()
    asked = _advise_meanwhile(Outbox(database, clock), clock, slack.is_enough)
    worker.stop()
    return _figures(slack, asked, began, count)


def _schedule(database: Database, count: int, channels: int, due_at: int) -> None:
    rows = [
        {
            "kind": Kind.REMINDER,
            "team": "T1",
            "channel": f"C{number % channels}",
            "due_at": due_at + number % 1_000,
            "next_at": due_at + number % 1_000,
            "created_at": due_at,
        }
        for number in range(count)
    ]
    with database.begin() as connection:
        connection.execute(insert(outbox), rows)


def _advise_meanwhile(rows: Outbox, clock: SystemClock, enough: threading.Event) -> dict[int, float]:
    asked: dict[int, float] = {}
    end = time.monotonic() + PATIENCE_S
    while not enough.wait(ADVICE_EVERY_S) and time.monotonic() < end:
        begin = time.monotonic()
        row_id = rows.schedule(
            Kind.ADVICE,
            team="T1",
            channel=f"C{len(asked)}",
            thread_ts="1.1",
            inquiry_id=None,
            owner=None,
            payload={},
            due_at=clock.now_ms(),
            created_by=None,
        )
        asked[row_id] = begin
    return asked


def _figures(slack: SlowSlack, asked: dict[int, float], began: float, count: int) -> dict[str, Any]:
    times = sorted(moment - began for moments in slack.said.values() for moment in moments)
    gaps = [
        later - sooner
        for moments in slack.said.values()
        for sooner, later in zip(sorted(moments), sorted(moments)[1:], strict=False)
    ]
    ends = sorted(max(moments) - began for moments in slack.said.values())
    waits = sorted(
        slack.advised[row_id] - begin for row_id, begin in asked.items() if row_id in slack.advised
    )
    return {
        "delivered": len(times),
        "not_delivered": count - len(times),
        "closest_two_in_a_channel_s": round(min(gaps, default=0.0), 3),
        "late_p50_s": round(_at(times, 0.5), 2),
        "late_p99_s": round(_at(times, 0.99), 2),
        "late_last_s": round(times[-1], 2),
        "first_channel_done_s": round(ends[0], 2),
        "last_channel_done_s": round(ends[-1], 2),
        "advice_asked": len(asked),
        "advice_p50_s": round(_at(waits, 0.5), 3),
        "advice_max_s": round(waits[-1], 3) if waits else 0.0,
    }


def _at(sorted_values: Sequence[float], share: float) -> float:
    return sorted_values[int((len(sorted_values) - 1) * share)] if sorted_values else 0.0


@contextmanager
def _database(kind: str) -> Iterator[Database]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield from _opened(f"sqlite:///{Path(folder) / 'rush.db'}")
        return
    with server() as running:
        yield from _opened(running.url_of(running.create()))


def _opened(url: str) -> Iterator[Database]:
    database = open_database(url)
    database.upgrade()
    yield database
    database.close()


def figures(
    kind: str,
    count: int = REMINDERS,
    channels: int = CHANNELS,
    takes_s: float = SLACK_S,
    threads: int = THREADS,
) -> dict[str, Any]:
    """Return the measured figures of one rush on one kind of database."""
    with _database(kind) as database:
        measured = run(database, SlowSlack(takes_s), count, channels, threads)
    what = f"{count:,} reminders due at once over {channels} channels, {kind}"
    return {
        "what": what,
        "threads": threads,
        "slack_takes_s": takes_s,
        "least_s": -(-count // channels) - 1,
        **measured,
    }


def main() -> None:
    """Run one rush and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reminders", type=int, default=REMINDERS)
    asked.add_argument("--channels", type=int, default=CHANNELS)
    asked.add_argument("--slack-takes", type=float, default=SLACK_S, help="seconds for each post")
    asked.add_argument("--threads", type=int, default=THREADS)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    wanted = asked.parse_args()
    try:
        measured = figures(
            wanted.database, wanted.reminders, wanted.channels, wanted.slack_takes, wanted.threads
        )
    except NoServer as error:
        sys.exit(str(error))
    show(measured)
    results.write([measured])


def show(measured: dict[str, Any]) -> None:
    """Print figures, a line each."""
    print(f"\n{measured['what']}")
    for name, value in measured.items():
        if name != "what":
            print(f"  {name.replace('_', ' '):32}{value:>12}")


if __name__ == "__main__":
    main()
