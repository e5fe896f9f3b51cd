"""A real process with a worker in it, to be killed or frozen at a moment of choice."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.clock import SystemClock
from bot.outbox.model import Kind
from bot.outbox.terms import Terms
from bot.outbox.worker import Worker
from bot.storage import Database, open_database
from tests.bot.outbox.recording import FewWords, FileSlack

BRIEF = Terms(lease_s=0.7, margin_s=0.1, settle_s=0.2, back_off_s=0.05, poll_s=0.05)


class Moment(StrEnum):
    """Where in a delivery a process can end."""

    BEFORE_CLAIM = "before the claim is committed"
    AFTER_CLAIM = "after the claim, without words"
    BEFORE_POST = "just before Slack takes the post"
    AFTER_POST = "after Slack took the post"
    BEFORE_RECORD = "before the delivery is committed"
    AFTER_RECORD = "after the delivery, before the speaker hears of it"
    BEFORE_FINISH = "before the row is finished"


def at_once(number: int) -> Callable[[], None]:
    """Return what sends this process a signal it cannot refuse."""

    def strike() -> None:
        os.kill(os.getpid(), number)
        # Another thread may be the one to take the signal: this one must not go on meanwhile.
        threading.Event().wait(0.3)

    return strike


@dataclass
class Replica:
    """A child process that delivers; `strikes` is done at `moment`, by default it is killed."""

    url: str
    record: Path
    moment: Moment | None = None
    strikes: Callable[[], None] = field(default_factory=lambda: at_once(signal.SIGKILL))
    may_look_up: bool = True
    post_takes_s: float = 0.0
    pid: int = 0

    def start(self) -> "Replica":
        """Fork and begin to deliver."""
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._live()
            finally:
                os._exit(1)
        return self

    def wait(self) -> int:
        """Wait for the end of the process and return its exit code, or minus the signal."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def wait_until_frozen(self) -> None:
        """Wait until the process has been stopped."""
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)

    def kill(self) -> None:
        """End the process as by a power cut."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def _live(self) -> None:
        database = open_database(self.url)
        worker = self._worker(database)
        worker.start()
        signal.pause()

    def _worker(self, database: Database) -> Worker:
        if self.moment:
            self._strike_on_commit(database)
        speaker = FewWords(
            before_compose=lambda row: self._reach(Moment.AFTER_CLAIM),
            before_said=lambda row: self._reach(Moment.AFTER_RECORD),
        )
        slack = FileSlack(
            self.record,
            before_take=lambda: self._reach(Moment.BEFORE_POST),
            after_take=self._answer_late,
            may_look_up=self.may_look_up,
        )
        return Worker(database, dict.fromkeys(Kind, speaker), slack, SystemClock(), terms=BRIEF)

    def _answer_late(self) -> None:
        threading.Event().wait(self.post_takes_s)
        self._reach(Moment.AFTER_POST)

    def _reach(self, moment: Moment) -> None:
        if moment is self.moment:
            self.moment = None
            self.strikes()

    def _strike_on_commit(self, database: Database) -> None:
        """Know transactions by their statements: a claim, a delivery, and the row after a delivery."""
        seen: list[str] = []

        def executed(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        def committing(_connection: Any) -> None:
            last = seen[-1] if seen else ""
            if any(statement.startswith("INSERT INTO deliveries") for statement in seen[:-1]):
                self._reach(Moment.BEFORE_FINISH)
            if last.startswith("INSERT INTO deliveries"):
                self._reach(Moment.BEFORE_RECORD)
            if last.startswith("UPDATE outbox SET"):
                self._reach(Moment.BEFORE_CLAIM)

        event.listen(database.engine, "after_cursor_execute", executed)
        event.listen(database.engine, "commit", committing)
