"""The house the page looks into: an embedded Slack, the real bot that serves it, and a clock one can move."""

import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from bot import app
from bot.app import Running
from bot.clock import Clock
from bot.errors import BotError, Misconfigured
from bot.local_slack import LocalSlack
from bot.outbox.model import Kind, State
from bot.playground.clock import MovableClock
from bot.playground.manifest import manifest
from bot.playground.memory import PUT_ASIDE, Broken, Memory
from bot.playground.snapshot import ACTORS, language_of
from bot.settings import Settings
from bot.storage import DatabaseInUse
from bot.storage.tables import outbox
from bot.texts import Language

CONNECTED_WITHIN_S: Final = 10.0
CALM_WITHIN_S: Final = 2.0  # the clock waits so long for posts in flight
HEARD_WITHIN_S: Final = 0.5
LOOK_S: Final = 1.0
PAUSE_S: Final = 0.3
DATABASE: Final = "playground.db"
DATABASE_ENDINGS: Final = (".db", ".db-wal", ".db-shm", ".db-journal", ".alive")


logger = logging.getLogger(__name__)


class AlreadyOpen(BotError):
    """Another playground has this folder's database open."""


class StartingOver(BotError):
    """The house is closed for the moment: it is being emptied."""


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace, the bot at work in it, and the time both live in."""

    slack: LocalSlack
    running: Running
    clock: MovableClock


class House:
    """Starts and stops it all, and starts it over."""

    def __init__(self, settings: Settings, folder: Path, clock: Clock) -> None:
        self.settings = settings
        self._folder = folder
        self._clock = clock
        self._office: Office | None = None
        self._doors = threading.RLock()
        # Versions go on where a former process left off: a page that stayed open must see a new one.
        self._versions_before = clock.now_ms()
        self._memory = Memory(folder)
        self._keeper = threading.Thread(target=self._keep_on, name="playground-memory", daemon=True)
        self.is_closing = threading.Event()

    # doors

    def open(self) -> None:
        """Start the workspace as it was left, and the bot; raises BotError when they cannot start."""
        _make_room(self._folder)
        with self._doors:
            self._office = self._as_left()
        self._keeper.start()

    def send_home(self) -> None:
        """Let nobody wait for news any more: the house is about to close."""
        self.is_closing.set()
        if office := self._office:
            office.slack.workspace.touch()

    def close(self) -> None:
        """Stop everything; may be called twice."""
        self.send_home()
        with self._doors:
            if office := self._leave():
                self._stop_bot(office)
                self._keep(office)
                office.slack.stop()

    def start_over(self) -> None:
        """Throw everything away and begin with an empty workspace in the present; raises StartingOver."""
        with self._doors:
            if self.is_closing.is_set():
                raise StartingOver("The playground is closing.")
            if office := self._leave():
                self._stop_bot(office)
                office.slack.stop()
            self._memory.forget()
            for path in self._database_files():
                path.unlink()
            self._office = self._opened(None)
            if office:
                office.slack.workspace.touch()  # who still waits for a change of the old one looks at the new

    @property
    def office(self) -> Office:
        """Return what is open now; raises StartingOver when it is not to open again soon."""
        if self._office is None:
            with self._doors:  # it is being emptied: half a second
                pass
        if (office := self._office) is None:
            raise StartingOver("The playground is closed.")
        return office

    def language_of(self, name: str) -> Language:
        """Return the language of a person; raises Refused for a name nobody has."""
        return language_of(self.office.slack.person(name).user, self.settings)

    # changes

    @property
    def version(self) -> int:
        """Return a number that grows with every change people can see."""
        office = self._office
        return self._versions_before + (office.slack.workspace.changes if office else 0)

    def next_version(self, seen: int, timeout_s: float) -> int:
        """Return the version once it is no longer `seen`, or after `timeout_s`."""
        office = self._office
        if office is None:
            self.is_closing.wait(min(timeout_s, 0.2))
        elif self.version == seen:
            office.slack.workspace.next_change(seen - self._versions_before, timeout_s)
        return self.version

    # time

    def next_reminder_ms(self) -> int | None:
        """Return when the earliest reminder is due, epoch ms; None when none waits."""
        due = select(func.min(outbox.c.next_at)).where(
            outbox.c.kind == Kind.REMINDER, outbox.c.state == State.SCHEDULED
        )
        with self._doors, self.office.running.services.database.begin() as connection:
            found: int | None = connection.execute(due).scalar_one()
            return found

    def move(self, by_ms: int) -> None:
        """Let so much time pass at once, for the bot and for everybody in the workspace."""
        with self._doors:
            office = self.office
            with _calm(office):
                office.clock.move(by_ms)
            office.running.worker.wake()
            office.slack.workspace.touch()

    # inside

    def _leave(self) -> Office | None:
        office, self._office = self._office, None
        if office:
            office.slack.workspace.touch()  # nobody is to wait for its changes any more
            self._versions_before += office.slack.workspace.changes + 1
        return office

    def _stop_bot(self, office: Office) -> None:
        # What people have just said is to reach the bot: nobody delivers it again.
        with suppress(TimeoutError):
            office.slack.wait_for(lambda: not office.slack.undelivered, HEARD_WITHIN_S)
        office.running.stop()

    def _as_left(self) -> Office:
        try:
            return self._opened(self._memory.read())
        except Broken as error:
            aside = self._memory.put_aside()
            for path in self._database_files():  # it speaks of messages that are no more
                path.replace(path.with_name(f"{path.name}{PUT_ASIDE}"))
            logger.warning("The kept workspace is broken (%s): it is now %s, a new one begins.", error, aside)
            return self._opened(None)

    def _opened(self, kept: Mapping[str, Any] | None) -> Office:
        clock = MovableClock(self._clock, int(kept["moved_ms"]) if kept else 0)
        with ExitStack() as undo:
            slack = LocalSlack(clock, manifest=manifest())
            undo.callback(slack.stop)
            slack.start()
            if kept:
                self._memory.recall(kept, slack)
            for name in ACTORS:
                slack.workspace.direct(slack.person(name).id, slack.here.bot_user)
            running = self._built(slack, clock)
            undo.callback(running.stop)
            running.start()
            if running.socket:
                running.socket.wait_connected(CONNECTED_WITHIN_S)
            undo.pop_all()
            return Office(slack, running, clock)

    def _built(self, slack: LocalSlack, clock: MovableClock) -> Running:
        try:
            return app.build(self._settings_for(slack), clock)
        except DatabaseInUse as error:
            folder = self._folder.absolute()
            raise AlreadyOpen(f"A playground is already open here ({folder}): use it, or stop it.") from error

    def _settings_for(self, slack: LocalSlack) -> Settings:
        """Return the bot's settings: of the environment's only what is about advice and the log."""
        return Settings(
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token,
            slack_api_url=slack.api_url,
            inquiry_channels=frozenset({slack.workspace.channel("inquiries").id}),
            database_url=f"sqlite:///{self._folder / DATABASE}",
            port=0,
            knowledge_dir=self.settings.knowledge_dir,
            inquiry_language=self.settings.inquiry_language,
            log_level=self.settings.log_level,
            log_format=self.settings.log_format,
        )

    def _database_files(self) -> Iterator[Path]:
        """Yield the database and what SQLite keeps beside it; the lock stays, whoever holds it."""
        return (path for path in self._folder.glob(f"{DATABASE}*") if path.suffix in DATABASE_ENDINGS)

    def _keep_on(self) -> None:
        seen = 0
        while not self.is_closing.is_set():
            if self.next_version(seen, LOOK_S) == seen:
                continue
            self.is_closing.wait(PAUSE_S)  # many changes come together
            with self._doors:
                seen = self.version
                if self._office:
                    self._keep(self._office)

    def _keep(self, office: Office) -> None:
        try:
            self._memory.keep(office.slack, office.clock)
        except OSError as error:
            logger.warning("The workspace cannot be kept for the next start: %s", error)


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DATABASE).touch()
    except OSError as error:
        raise Misconfigured(
            f"The playground keeps its workspace in {folder.absolute()}, where it may not write "
            f"({error.strerror}): start it in a folder of your own."
        ) from error


@contextmanager
def _calm(office: Office) -> Iterator[None]:
    """Hold the outbox still, with no post in flight: a leap of the clock would end its lease.

    SQLite has one connection here, so nothing is claimed while this transaction is open.
    """
    in_flight = select(func.count()).where(outbox.c.state == State.SENDING)
    until = office.clock.steady() + CALM_WITHIN_S
    database = office.running.services.database
    while True:
        with database.begin() as connection:
            if not connection.execute(in_flight).scalar_one() or office.clock.steady() > until:
                yield
                return
        time.sleep(0.02)
