"""The real `inquiry-bot serve` as a child process, talking with an embedded Slack in this one."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text

from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from bot.local_slack.persons import Person
from bot.local_slack.web_api import Call

ROOT = Path(__file__).parent.parent.parent
MANIFEST = json.loads((ROOT / "deploy" / "manifest.json").read_text("utf-8"))
MODES = ("socket", "http")

# A real first inquiry has about this much in it: enough for a verdict.
INQUIRY = (
    "Dear sales team,\n\nWe are Al Noor Trading LLC in Dubai and buy LED panel lights every quarter. "
    "Please quote 5,000 pcs of 600x600 mm, 40 W, CIF Jebel Ali, with CE and RoHS certificates. "
    "Target price is USD 9.50. Payment by L/C at sight. Delivery within 45 days.\n\n"
    "Ahmed Hassan\nPurchasing Manager\nahmed@alnoor-trading.ae\n+971 4 123 4567"
)

Message = dict[str, Any]


@dataclass
class Bot:
    """The bot's process; started, killed and started again on the same database."""

    env: Mapping[str, str]
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def log_file(self) -> Path:
        return self.folder / "bot.log"

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8", errors="replace") if self.log_file.exists() else ""

    def start(self) -> None:
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self.folder,
                env={**self.env, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    def is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the bot ended by itself:\n{self.log}"
        return self.status("/readyz") == 200

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def freeze(self) -> None:
        """Stop the process in the middle of whatever it does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen process go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask the process to end; returns its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@dataclass
class Office:
    """A workspace and the bot that serves it; `others` are replicas of the bot on the same database."""

    slack: LocalSlack
    bot: Bot
    mode: str
    others: tuple[Bot, ...] = ()
    expected_refusals: list[Callable[[Call], bool]] = field(default_factory=list)

    @property
    def mei(self) -> Person:
        return self.slack.person("mei")

    @property
    def emma(self) -> Person:
        return self.slack.person("emma")

    @property
    def bots(self) -> tuple[Bot, ...]:
        return self.bot, *self.others

    def run(self) -> None:
        """Start the bot and wait until it is ready."""
        self.bot.start()
        self.slack.wait_for(self.bot.is_ready, 60)

    @property
    def log(self) -> str:
        return "".join(bot.log for bot in self.bots)

    def close(self) -> None:
        """End every process that still runs."""
        for bot in self.bots:
            if bot.process and bot.process.poll() is None:
                bot.kill()

    def advice(self, message: Message) -> tuple[Message, ...]:
        """Return the advice that stands in a message's thread."""
        thread = self.slack.thread(message)
        return tuple(m for m in thread if m.get("metadata", {}).get("event_type") == "inquiry_advice")

    def wait_advice(self, message: Message, timeout_s: float = 15) -> Message:
        """Return the first advice on a message, as soon as it stands."""
        return self.slack.wait_for(lambda: self.advice(message), timeout_s)[0]

    def settle(self, timeout_s: float = 30) -> None:
        """Wait until every event is acknowledged and the outbox has nothing left that is due."""
        self.slack.wait_for(lambda: not self.slack.undelivered, timeout_s)
        self.slack.wait_for(lambda: not self.pending(), timeout_s)

    def only_advice(self, message: Message, timeout_s: float = 15) -> Message:
        """Return the one advice on a message, after all that could bring a second one is over."""
        self.wait_advice(message, timeout_s)
        self.settle(timeout_s)
        advice = self.advice(message)
        assert len(advice) == 1, [m["text"][:80] for m in advice]
        return advice[0]

    def pending(self) -> int:
        """Return how many outbox rows of the bot wait to be said now."""
        return self.ask("SELECT count(*) FROM outbox WHERE next_at IS NOT NULL AND kind <> 'reminder'")

    def inquiries(self) -> int:
        return self.ask("SELECT count(*) FROM inquiries")

    def ask(self, query: str) -> int:
        """Ask the bot's database for one number."""
        (row,) = self.rows(query)
        return int(row[0])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the bot's database answers."""
        engine = create_engine(self.bot.env["DATABASE_URL"], poolclass=NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def change(self, statement: str) -> list[tuple[Any, ...]]:
        """Change the bot's database behind its back; returns what the statement returns."""
        engine = create_engine(self.bot.env["DATABASE_URL"], poolclass=NullPool)
        with engine.begin() as connection:
            done = connection.execute(text(statement))
            return [tuple(row) for row in done] if done.returns_rows else []

    def refusals(self) -> list[Call]:
        calls = self.slack.rejected_calls
        return [call for call in calls if not any(expects(call) for expects in self.expected_refusals)]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def clean_env() -> dict[str, str]:
    """The environment without anything that means something to the bot or to Slack's libraries."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "COVERAGE_PROCESS_START")
    return {name: os.environ[name] for name in kept if name in os.environ}


def env_of(slack: LocalSlack, mode: str, folder: Path, port: int) -> dict[str, str]:
    door = {
        "socket": {"SLACK_APP_TOKEN": slack.app_token},
        "http": {"SLACK_SIGNING_SECRET": slack.signing_secret},
    }
    return {
        **clean_env(),
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        **door[mode],
        "INQUIRY_CHANNELS": slack.workspace.channel("#inquiries").id,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        "PORT": str(port),
    }


def bot_of(slack: LocalSlack, mode: str, folder: Path, **more: str) -> Bot:
    folder.mkdir(exist_ok=True)
    port = free_port()
    return Bot({**env_of(slack, mode, folder, port), **more}, folder, port)


def open_office(mode: str, folder: Path, *, replicas: int = 1, **more: str) -> Iterator[Office]:
    with LocalSlack(SystemClock(), manifest=MANIFEST) as slack:
        bot, *others = (bot_of(slack, mode, folder / f"{n}", **more) for n in range(replicas))
        office = Office(slack, bot, mode, tuple(others))
        if mode == "http":
            slack.push_to(*(f"http://127.0.0.1:{each.port}/slack/events" for each in office.bots))
        try:
            office.run()
            for other in others:
                other.start()
            slack.wait_for(lambda: all(other.is_ready() for other in others), 60)
            yield office
        finally:
            office.close()


def watched(office: Office) -> Iterator[Office]:
    """Lend the office to one test; fails it for a traceback or a refused call of its own."""
    log_before, calls_before = len(office.log), len(office.refusals())
    office.expected_refusals.clear()
    yield office
    new_log = office.log[log_before:]
    assert "Traceback" not in new_log, new_log
    refused = office.refusals()[calls_before:]
    assert not refused, [(call.method, call.answer) for call in refused]
