"""`python -m bench.never_lost`: kill the bot again and again while it delivers reminders; count what came.

The real process serves an embedded Slack that takes its time, before and after a post has its effect. At a
random moment of a delivery the process is killed with SIGKILL and started again; on PostgreSQL one replica
after another. At the end every reminder must stand in its thread once. `--without-look-up` takes the bot
the permission to look its posts up: then some must stand there twice, which shows that the count can fail.
"""

import argparse
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import results
from bot.local_slack import faults
from tests.end_to_end.office import Message, Office, open_office
from tests.end_to_end.reminding import REMINDER, Promise, open_channels, promised
from tests.postgres import NoServer, server

CHANNELS = 24  # a channel takes one reminder a second
THREADS_A_CHANNEL = 2
REMINDERS_A_KILL = 10
DUE_WITHIN_MS = 800
SLOWNESS_S = (0.1, 0.4, 1.2)
AFTER_A_CRASH_S = 150


@dataclass
class Trial:
    """An office whose bot is killed while its reminders are on their way."""

    office: Office
    threads: list[Promise]
    chance: random.Random
    due: dict[int, int] = field(default_factory=dict)  # epoch ms by reminder
    kills: int = 0

    def strike(self) -> None:
        """Let reminders become due, and kill a process in the middle of them."""
        enough = self.posts() + self.chance.randrange(1, REMINDERS_A_KILL // 2)
        victim = self.office.bots[self.kills % len(self.office.bots)]
        self.office.slack.wait_for(victim.is_ready, 60)
        self.remind()
        self.office.slack.wait_for(lambda: self.posts() >= enough, AFTER_A_CRASH_S)
        threading.Event().wait(self.chance.random() / 2)
        victim.kill()
        victim.start()
        self.kills += 1

    def remind(self) -> None:
        """Write reminders down as the bot does, each for a thread of its own."""
        now, first = self.office.slack.workspace.clock.now_ms(), len(self.due)
        rows = ", ".join(
            self.row(first + number, now + self.chance.randrange(DUE_WITHIN_MS))
            for number in range(REMINDERS_A_KILL)
        )
        columns = "kind, inquiry_id, team, channel, thread_ts, owner, due_at, next_at, created_at"
        written = self.office.change(f"INSERT INTO outbox ({columns}) VALUES {rows} RETURNING id, due_at")
        self.due |= {int(number): int(due) for number, due in written}

    def row(self, turn: int, due: int) -> str:
        """Return a reminder as the values of an INSERT; the threads take turns."""
        inquiry = self.threads[turn % len(self.threads)].inquiry
        found = f"SELECT id FROM inquiries WHERE ts = '{inquiry['ts']}'"
        team, owner = self.office.slack.here.team, self.office.mei.id
        place = f"'{team}', '{inquiry['channel']}', '{inquiry['ts']}', '{owner}'"
        return f"('reminder', ({found}), {place}, {due}, {due}, {due})"

    def posts(self) -> int:
        """Return how often the bot has posted so far."""
        return len(self.office.slack.calls("chat.postMessage"))

    def settle(self) -> None:
        """Wait until the bot has done with every reminder."""
        last = f"SELECT count(*) FROM outbox WHERE id >= {min(self.due)} AND next_at IS NOT NULL"
        self.office.slack.wait_for(lambda: not self.office.ask(last), AFTER_A_CRASH_S)

    def figures(self) -> dict[str, Any]:
        """Return what became of the reminders."""
        came = [message for thread in self.threads for message in self.office.slack.thread(thread.inquiry)]
        first, copies = counted(came)
        late = sorted(first[number] - due for number, due in self.due.items() if number in first)
        # A second copy that was taken back has been seen all the same.
        taken_back = len(self.office.slack.calls("chat.delete"))
        return {
            "kills": self.kills,
            "reminders": len(self.due),
            "lost": len(self.due) - len(late),
            "doubled": sum(copies[number] > 1 for number in self.due) + taken_back,
            "found_by_look_up": self.office.ask("SELECT count(*) FROM deliveries WHERE found"),
            "late_p50_ms": late[len(late) // 2],
            "late_p99_ms": late[len(late) * 99 // 100],
            "late_max_ms": late[-1],
        }


def counted(messages: list[Message]) -> tuple[dict[int, int], Counter[int]]:
    """Return when each reminder came first, in epoch ms, and how often each came."""
    first: dict[int, int] = {}
    copies: Counter[int] = Counter()
    for message in messages:
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") == REMINDER:
            number = int(metadata["event_payload"]["reminder_id"])
            copies[number] += 1
            first.setdefault(number, int(float(message["ts"]) * 1000))
    return first, copies


def slow_down(office: Office, chance: random.Random) -> None:
    """Let Slack take its time with posts: one in two before its effect, the others before its answer."""
    for seconds in SLOWNESS_S:
        for fault in (faults.late(seconds), faults.slow(seconds)):
            office.slack.faults.on(
                "chat.postMessage", fault, times=None, applies=lambda _: chance.random() < 0.3
            )


@contextmanager
def office_on(database: str, replicas: int) -> Iterator[Office]:
    """Open an office whose bot keeps its reminders in such a database."""
    with tempfile.TemporaryDirectory(prefix="never-lost-") as folder:
        if database == "sqlite":
            yield from open_office("socket", Path(folder), INQUIRY_CHANNELS="")
            return
        with server() as running:
            name = running.create()
            more = {"DATABASE_URL": running.url_of(name), "INQUIRY_CHANNELS": ""}
            yield from open_office("http", Path(folder), replicas=replicas, **more)
            running.drop(name)


def run(office: Office, kills: int, *, looks_up: bool, seed: int) -> dict[str, Any]:
    """Kill the bot so often and return the figures."""
    chance = random.Random(seed)
    names = [f"team-{number}" for number in range(CHANNELS)]
    open_channels(office, names)
    threads = promised(office, [f"#{name}" for name in names * THREADS_A_CHANNEL])
    trial = Trial(office, threads, chance)
    slow_down(office, chance)
    if not looks_up:
        office.slack.faults.on("conversations.replies", faults.refusal("missing_scope"), times=None)
    for _ in range(kills):
        show(f"kills {trial.kills} of {kills}, reminders {len(trial.due)} …")
        trial.strike()
    show("waiting for what was in flight …")
    trial.settle()
    show("")
    return trial.figures()


def show(progress: str) -> None:
    """Show on a terminal how far it is."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


def table(figures: dict[str, Any]) -> str:
    """Return the figures as people read them."""
    return "\n".join(f"{name.replace('_', ' '):20}{value:>12,}" for name, value in figures.items())


def main() -> int:
    """Run the trial, print and keep its figures; 1 when a reminder was lost or came twice."""
    chosen = _arguments().parse_args()
    with office_on(chosen.database, chosen.replicas) as office:
        figures = run(office, chosen.kills, looks_up=not chosen.without_look_up, seed=chosen.seed)
    replicas = f" with {chosen.replicas} replicas" if chosen.database == "postgresql" else ""
    what = f"{chosen.kills} kills on {chosen.database}{replicas}"
    what += ", without the look-up" if chosen.without_look_up else ""
    print(f"{what}\n\n{table(figures)}")
    results.write([{"what": what, **figures}])
    return 1 if figures["lost"] or figures["doubled"] else 0


def _arguments() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser("python -m bench.never_lost", description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--replicas", type=int, default=3, help="on PostgreSQL; SQLite serves one process")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--without-look-up", action="store_true", help="must show doubles")
    return asked


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoServer as error:
        sys.exit(str(error))
