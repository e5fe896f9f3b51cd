"""A reminder comes, and comes once, whatever dies or goes wrong on its way.

The bot is killed while Slack holds what it asked, once on SQLite and once as one of three replicas on
PostgreSQL, which is not replaced. Every case has a reminder of its own, so that all share the waiting: what
a dead replica had in flight is touched again after its lease and the settling time of bot.outbox.terms.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from bot.local_slack import faults
from tests.end_to_end.office import Message, Office, open_office
from tests.end_to_end.reminding import (
    Promise,
    arrived,
    in_work,
    make_due,
    open_channels,
    promised,
    reminder_of,
)
from tests.postgres import PostgresServer

AFTER_A_CRASH_S = 120
LATE_BY_S = 600
SORRY = "抱歉"  # Mei reads Chinese

# What Slack was doing when the process died.
HELD = {
    "post-held-before-its-effect": ("chat.postMessage", False),
    "post-that-takes-effect-after-the-death": ("chat.postMessage", False),
    "post-held-before-its-answer": ("chat.postMessage", True),
    "look-up-held": ("conversations.replies", False),
}
OTHERS = ("set-by-command-before", "due-while-down", "not-yet-due", "delivered-before")
TROUBLE: Mapping[str, tuple[faults.Fault, ...]] = {
    "429": (faults.rate_limited(1),),
    "500": (faults.server_error(500),),
    "500-after-posting": (faults.server_error(500, takes=True),),
    "cut-before": (faults.dropped(takes=False),),
    "cut-after-accepting": (faults.dropped(takes=True),),
    "hanging": (faults.slow(30),),
    "hanging-before-its-effect": (faults.late(12),),
}
POINTS = (*HELD, *OTHERS)


@dataclass
class Crash:
    """An office in which the bot is killed and comes back, and what is to come of its promises."""

    office: Office
    promises: Mapping[str, Promise]
    gates: Mapping[str, faults.Gate] = field(default_factory=lambda: {point: faults.Gate() for point in HELD})

    def happen(self) -> None:
        """Kill the bot at every point at once, and let it come back to Slack's troubles."""
        self.deliver_one()
        self.set_by_command("set-by-command-before")
        self.freeze_others()
        self.hold_all()
        self.office.bot.kill()
        self.let_time_pass()
        self.come_back()
        self.expect_trouble()

    def deliver_one(self) -> None:
        make_due(self.office, self.promises["delivered-before"])
        self.office.slack.wait_for(lambda: self.came("delivered-before"))

    def set_by_command(self, name: str) -> None:
        """Set a second reminder, due after the death; the button's own is not due."""
        inquiry = self.promises[name].inquiry
        outcome = self.office.mei.runs("/followup 20s 问样品", inquiry["channel"])
        assert outcome.trouble is None, outcome
        first = self.promises[name].id
        number = self.office.slack.wait_for(
            lambda: now if (now := reminder_of(self.office, inquiry)) != first else 0
        )
        self.promises = {**self.promises, name: Promise(inquiry, number)}

    def freeze_others(self) -> None:
        # What is in flight is then in the hands of the process that dies.
        for other in self.office.others:
            other.freeze()

    def hold_all(self) -> None:
        """Bring the bot to where Slack holds each call."""
        look_up = self.promises["look-up-held"]
        self.expect("chat.postMessage", look_up, faults.dropped(takes=True))
        # The look-up first: it is asked for only some seconds after the post that got no answer.
        for point in reversed(HELD):
            method, takes = HELD[point]
            self.expect(method, self.promises[point], faults.held(self.gates[point], takes=takes))
            make_due(self.office, self.promises[point])
            if point == "look-up-held":
                self.wait_held(point)
        for point in HELD:
            self.wait_held(point)

    def wait_held(self, point: str) -> None:
        self.office.slack.wait_for(lambda: self.gates[point].held)

    def expect(self, method: str, promise: Promise, fault: faults.Fault) -> None:
        thread = promise.inquiry["ts"]
        self.office.slack.faults.on(
            method, fault, applies=lambda args: thread in (args.get("thread_ts"), args.get("ts"))
        )

    def let_time_pass(self) -> None:
        """Let everything that is not in flight have been due for ten minutes while nobody was there."""
        for point, gate in self.gates.items():
            if point == "post-that-takes-effect-after-the-death":
                gate.open()
            else:
                gate.cut()
        make_due(self.office, self.promises["due-while-down"], ago_s=LATE_BY_S)

    def come_back(self) -> None:
        for other in self.office.others:
            other.thaw()
        if not self.office.others:
            self.office.run()

    def expect_trouble(self) -> None:
        for name, troubles in TROUBLE.items():
            for trouble in troubles:
                self.expect("chat.postMessage", self.promises[name], trouble)
        make_due(self.office, *(self.promises[name] for name in TROUBLE))

    def came(self, name: str) -> tuple[Message, ...]:
        return arrived(self.office, self.promises[name])

    def only(self, name: str) -> Message:
        """Return the one reminder of a case, once nothing is left to be said of any."""
        due = [promise for case, promise in self.promises.items() if case != "not-yet-due"]
        self.office.slack.wait_for(lambda: not in_work(self.office, *due), AFTER_A_CRASH_S)
        came = self.came(name)
        assert len(came) == 1, f"{len(came)} came"
        return came[0]

    @property
    def was_looked_up(self) -> Callable[[str], bool]:
        found = {number for (number,) in self.office.rows("SELECT outbox_id FROM deliveries WHERE found")}
        return lambda name: self.promises[name].id in found


def crash_in(office: Office) -> Crash:
    names = (*POINTS, *TROUBLE)
    # Each in a channel of its own: a channel takes one reminder a second.
    open_channels(office, names)
    return Crash(office, dict(zip(names, promised(office, [f"#{name}" for name in names]), strict=True)))


@pytest.fixture(scope="module")
def replicas_url(postgres_or_why_not: PostgresServer | str) -> Iterator[str]:
    if isinstance(postgres_or_why_not, str):
        pytest.skip(postgres_or_why_not)
    name = postgres_or_why_not.create()
    yield postgres_or_why_not.url_of(name)
    postgres_or_why_not.drop(name)


@pytest.fixture(scope="module", params=["sqlite", "three-replicas-on-postgresql"])
def crash(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crash]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        offices = open_office("socket", folder, INQUIRY_CHANNELS="")
    else:
        url = request.getfixturevalue("replicas_url")
        offices = open_office("http", folder, replicas=3, DATABASE_URL=url, INQUIRY_CHANNELS="")
    for office in offices:
        crash = crash_in(office)
        crash.happen()
        yield crash
        assert "Traceback" not in office.log, office.log


@pytest.mark.parametrize("point", [point for point in POINTS if point != "not-yet-due"])
def test_a_reminder_comes_once_though_the_bot_was_killed(crash: Crash, point: str) -> None:
    crash.only(point)


def test_a_reminder_that_is_not_due_waits_over_the_crash(crash: Crash) -> None:
    crash.only("delivered-before")
    assert not crash.came("not-yet-due")
    make_due(crash.office, crash.promises["not-yet-due"])
    crash.office.slack.wait_for(lambda: crash.came("not-yet-due"))


@pytest.mark.parametrize("point", ["post-held-before-its-answer", "post-that-takes-effect-after-the-death"])
def test_what_slack_took_is_found_and_not_said_again(crash: Crash, point: str) -> None:
    crash.only(point)
    assert crash.was_looked_up(point)


def test_a_reminder_due_while_nobody_was_there_says_how_late_it_is(crash: Crash) -> None:
    assert SORRY in in_words(crash.only("due-while-down"))
    assert SORRY not in in_words(crash.only("delivered-before"))


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_reminder_comes_once_whatever_slack_answers(crash: Crash, trouble: str) -> None:
    crash.only(trouble)


def in_words(message: Message) -> str:
    return json.dumps(message.get("blocks", message["text"]), ensure_ascii=False)
