"""The bot put together: settings in, a running bot out. The only place that knows every room.

Order of the start: knowledge, database, web port, Slack. A fault in one stops the start before the next.
Order of the end: nothing new is taken in, work in flight is finished, the database is closed.
"""

import logging
import random
import secrets
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import Any

from slack_bolt import App

import handlers
import knowledge
from bot.clock import Clock
from bot.errors import Misconfigured
from bot.follow_ups.buyer_mail.correspondence import Correspondence
from bot.follow_ups.promises.calling_off import call_off
from bot.follow_ups.promises.plans import Plans
from bot.follow_ups.promises.reminders import Reminders
from bot.follow_ups.promises.states import States
from bot.health import Readiness, database_check, registry_of
from bot.housekeeping import Housekeeping
from bot.outbox.awakening import Awakening
from bot.outbox.store import Outbox
from bot.outbox.worker import Worker
from bot.people import People, Profile
from bot.services import Services
from bot.settings import Mode, Settings
from bot.slack.clients import QUICK_S, TIMEOUT_S, SlackAway, SocketAddresses, profile_of, web_client
from bot.slack.delivery import SlackPoster
from bot.slack.door import HttpDoor, dispatch_envelope
from bot.slack.files import FileFetcher
from bot.slack.installations import Installations
from bot.slack.socket_mode import SocketMode
from bot.slack.workspaces import Workspaces
from bot.speakers import speakers_of
from bot.storage import Database, Door, open_database
from bot.storage.events import SeenEvents
from bot.storage.inquiries import Inquiries
from bot.storage.people import PeopleRows
from bot.web import Operator, WebServer, web_app
from knowledge import Knowledge

logger = logging.getLogger(__name__)

TokenOf = Callable[[str | None], str | None]  # team

LISTENERS = 16  # Socket Mode work at once; a rush of 40 a second takes a few ms of it each
LOOK_AROUND_S = 0.5
WITHIN_S = 5.0  # what is in flight may take so long to end
LOGGED_FROM = {  # below: bodies, tokens, tickets, and what nobody needs to know
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.CRITICAL,
    "websockets": logging.CRITICAL,
    "waitress": logging.ERROR,
    "alembic": logging.WARNING,
}


@dataclass(slots=True)
class Running:
    """A bot with everything in its place, not started yet."""

    services: Services
    bolt: App
    workspaces: Workspaces
    awakening: Awakening
    worker: Worker
    housekeeping: Housekeeping
    web: WebServer
    addresses: SocketAddresses | None
    socket: SocketMode | None
    operator: Operator
    is_started: bool = False

    def prove_tokens(self) -> None:
        """Raise Misconfigured for a token Slack refuses; while Slack is away, the bot starts all the same."""
        try:
            self.workspaces.identity_of(None)
            if self.addresses:
                self.addresses.prove()
        except SlackAway as error:
            logger.warning("%s Trying on.", error)

    def start(self) -> None:
        """Begin to listen and to speak."""
        self.is_started = True
        self.awakening.wake()
        self.worker.start()
        self.housekeeping.start()
        self.web.start()
        self.services.database.show(Door(self.web.address, self.operator.key))
        if self.socket:
            self.socket.start()

    def stop(self) -> None:
        """Take nothing new in, finish what is in flight, close the database."""
        if self.is_started and self.socket:
            self.socket.stop(WITHIN_S)
        self.services.database.show(None)
        self.web.stop()
        if self.is_started:
            self.worker.stop()
            self.housekeeping.stop()
        self.services.database.close()


def serve(settings: Settings, clock: Clock) -> None:
    """Run the bot until SIGTERM or SIGINT; raises Misconfigured when it cannot start."""
    quieten_libraries()
    stopping = threading.Event()
    with _signals(stopping):
        running = build(settings, clock)
        try:
            running.prove_tokens()
            running.start()
            logger.info("Serving in %s mode; health on %s/healthz", settings.mode, running.web.address)
            wait_until(stopping)
            logger.info("Stopping: finishing what is in flight.")
        finally:
            running.stop()


def build(settings: Settings, clock: Clock) -> Running:
    """Put the bot together; raises Misconfigured for knowledge, database or port that cannot be used."""
    known = _knowledge(settings)
    with ExitStack() as undo:
        database = open_database(settings.database_url)
        undo.callback(database.close)
        database.upgrade()
        running = _assemble(settings, clock, known, database)
        undo.pop_all()
        return running


def wait_until(asked: threading.Event) -> None:
    """Wait in the main thread until a signal's handler sets `asked`."""
    # A signal may reach the process by another thread, which does not wake this one: Python runs its
    # handler when this one next looks around.
    while not asked.wait(LOOK_AROUND_S):
        pass


def quieten_libraries() -> None:
    """Keep buyers' words and tokens out of the log, whatever LOG_LEVEL is."""
    for name, level in LOGGED_FROM.items():
        logging.getLogger(name).setLevel(level)


def _assemble(settings: Settings, clock: Clock, known: Knowledge, database: Database) -> Running:
    installations = _installations(settings, database)
    token_of = installations.token_of if installations else lambda team: settings.slack_bot_token
    workspaces = Workspaces(settings.slack_api_url, token_of)
    services = _services(settings, clock, known, database, workspaces, token_of)
    bolt = _bolt(settings, services, workspaces, installations)
    addresses, socket = _socket_mode(settings, clock, bolt)
    operator = Operator(secrets.token_urlsafe(32), partial(call_off, services.reminders))
    seen = SeenEvents(database, clock)
    awakening = Awakening(database, clock, services.outbox)
    return Running(
        services=services,
        bolt=bolt,
        workspaces=workspaces,
        worker=_worker(services, workspaces, token_of),
        awakening=awakening,
        housekeeping=Housekeeping(services.inquiries, seen, clock, settings.retention_days, awakening.stay),
        web=_web(services, workspaces, bolt, socket, installations, operator),
        addresses=addresses,
        socket=socket,
        operator=operator,
    )


def _installations(settings: Settings, database: Database) -> Installations | None:
    if settings.mode is not Mode.HTTP_MANY:
        return None
    installations = Installations(settings, database.engine)
    installations.create_tables()
    return installations


def _knowledge(settings: Settings) -> Knowledge:
    try:
        return knowledge.load(settings.knowledge_dir)
    except knowledge.KnowledgeFaults as error:
        raise Misconfigured(*map(str, error.faults)) from error


def _services(
    settings: Settings,
    clock: Clock,
    known: Knowledge,
    database: Database,
    workspaces: Workspaces,
    token_of: TokenOf,
) -> Services:
    def ask(team: str, user: str, timeout_s: int = TIMEOUT_S) -> Profile | None:
        return profile_of(workspaces.client_of(team, timeout_s), user)

    outbox, seen = Outbox(database, clock), SeenEvents(database, clock)
    inquiries = Inquiries(database, clock)
    people = People(
        PeopleRows(database, clock), ask, clock, settings.inquiry_language, partial(ask, timeout_s=QUICK_S)
    )
    return Services(
        settings=settings,
        clock=clock,
        knowledge=known,
        database=database,
        inquiries=inquiries,
        outbox=outbox,
        people=people,
        reminders=Reminders(database, clock, outbox, seen),
        plans=Plans(database, clock, outbox, seen, people, known),
        states=States(database, clock),
        correspondence=Correspondence(database, clock, outbox, seen, inquiries),
        fetch=FileFetcher(settings.slack_api_url, token_of),
    )


def _bolt(
    settings: Settings, services: Services, workspaces: Workspaces, installations: Installations | None
) -> App:
    def authorize(team_id: str | None) -> Any:
        return workspaces.authorize(team_id)

    app = App(
        name="inquiry-bot",
        logger=logging.getLogger("slack_bolt"),
        client=web_client(settings.slack_api_url),
        # Our own, or Bolt would take to its own OAuth store when it sees SLACK_CLIENT_ID in the environment.
        authorize=authorize,
        signing_secret=settings.slack_signing_secret,
        request_verification_enabled=False,  # the door does it, and logs no bodies
        # The answer waits for the work: what could not be written down is not acknowledged.
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(1),
    )
    handlers.register(app, services, installations.forget if installations else _keep)
    return app


def _keep(team: str) -> None:
    """Forget nothing: the token stands in the settings."""


def _socket_mode(
    settings: Settings, clock: Clock, bolt: App
) -> tuple[SocketAddresses | None, SocketMode | None]:
    if settings.mode is not Mode.SOCKET:
        return None, None
    addresses = SocketAddresses(settings.slack_api_url, settings.slack_app_token)
    socket = SocketMode(
        addresses.next, partial(dispatch_envelope, bolt), clock, random.random, concurrency=LISTENERS
    )
    return addresses, socket


def _web(
    services: Services,
    workspaces: Workspaces,
    bolt: App,
    socket: SocketMode | None,
    installations: Installations | None,
    operator: Operator,
) -> WebServer:
    settings, clock, database = services.settings, services.clock, services.database
    checks = {"database": database_check(database), "Slack": socket.trouble if socket else workspaces.trouble}
    door = None
    if settings.mode in (Mode.HTTP, Mode.HTTP_MANY):
        door = HttpDoor(bolt, settings.slack_signing_secret, lambda: clock.now_ms() / 1000)
    app = web_app(Readiness(checks, clock), registry_of(database, clock), door, installations, operator)
    return WebServer(app, settings.host, settings.port)


def _worker(services: Services, workspaces: Workspaces, token_of: TokenOf) -> Worker:
    return Worker(
        services.database,
        speakers_of(services, workspaces.url_of),
        SlackPoster(token_of, services.settings.slack_api_url),
        services.clock,
        language_of=services.people.language_of,
    )


@contextmanager
def _signals(stopping: threading.Event) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
