import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from bot.clock import SystemClock
from bot.errors import Misconfigured
from bot.health import FRESH_S, Readiness, database_check, registry_of
from bot.intake.model import Via
from bot.outbox.model import Kind, State
from bot.storage import Database, open_database
from bot.storage.tables import deliveries, inquiries, outbox
from bot.web import Operator, WebServer, web_app


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def troubles() -> dict[str, str | None]:
    return {"database": None, "Slack": None}


@pytest.fixture
def server(database: Database, troubles: dict[str, str | None]) -> Iterator[WebServer]:
    checks = {name: (lambda name=name: troubles[name]) for name in troubles}
    app = web_app(Readiness(checks, SystemClock()), registry_of(database, SystemClock()))
    server = WebServer(app, "127.0.0.1", 0)
    server.start()
    yield server
    server.stop()


def get(server: WebServer, path: str, method: str = "GET") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, path)
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_living_bot_says_so(server: WebServer) -> None:
    assert get(server, "/healthz") == (200, "ok\n")


def test_a_bot_in_order_is_ready(server: WebServer) -> None:
    assert get(server, "/readyz") == (200, "ready\n")


def test_a_bot_that_cannot_work_says_why(server: WebServer, troubles: dict[str, str | None]) -> None:
    troubles["Slack"] = "not connected in Socket Mode"
    assert get(server, "/readyz") == (503, "Slack: not connected in Socket Mode\n")


def test_without_a_door_slack_has_nothing_to_call(server: WebServer) -> None:
    assert get(server, "/slack/events", "POST")[0] == 404


@pytest.mark.parametrize(
    ("shown", "answer"),
    [
        ("Bearer s3cret", (200, "cancelled 57\n")),
        ("Bearer other", (404, "not found\n")),
        ("Bearer sécret", (404, "not found\n")),
        ("", (404, "not found\n")),
    ],
    ids=["the key", "another key", "strange signs", "no key"],
)
def test_only_who_knows_the_key_cancels_a_reminder(shown: str, answer: tuple[int, str]) -> None:
    done: list[int] = []

    def cancel(number: int) -> str:
        done.append(number)
        return f"cancelled {number}"

    operator = Operator("s3cret", cancel)
    app = web_app(Readiness({}, SystemClock()), CollectorRegistry(), operator=operator)
    headers = {"Authorization": shown} if shown else {}
    told = app.test_client().post("/operator/reminders/57/cancel", headers=headers)
    assert (told.status_code, told.text) == answer
    assert done == ([57] if told.status_code == 200 else [])
    assert "s3cret" not in repr(operator)


def test_without_an_operator_nobody_cancels_anything(server: WebServer) -> None:
    assert get(server, "/operator/reminders/57/cancel", "POST")[0] == 404


def test_readiness_is_not_found_out_more_often_than_needed() -> None:
    class StandingClock(SystemClock):
        seconds = 0.0

        def steady(self) -> float:
            return self.seconds

    asked: list[int] = []
    clock = StandingClock()
    readiness = Readiness({"Slack": lambda: asked.append(1)}, clock)
    readiness.reasons(), readiness.reasons()
    clock.seconds = FRESH_S + 1
    readiness.reasons()
    assert len(asked) == 2


def test_a_closed_database_is_a_reason(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    check = database_check(database)
    assert check() is None
    database.close()
    (tmp_path / "bot.db").unlink()
    (tmp_path / "bot.db").mkdir()
    assert "does not answer" in str(check())


def test_figures_count_inquiries_by_type_and_the_outbox_by_state(
    server: WebServer, database: Database
) -> None:
    types = [("sample_hunter", None), ("sample_hunter", "market_entrant"), (None, None)]
    with database.begin() as connection:
        for number, (judged, corrected) in enumerate(types):
            place = {"team": "T", "channel": "C", "ts": str(number), "thread_ts": "1", "via": Via.MESSAGE}
            kinds = {"buyer_type": judged, "corrected_type": corrected, "received_at": 1, "state_at": 1}
            connection.execute(inquiries.insert().values(**place, **kinds))
        row = {"kind": Kind.ADVICE, "team": "T", "channel": "C", "due_at": 1, "created_at": 1}
        connection.execute(outbox.insert().values(**row, state=State.SCHEDULED, doubt=True))
        connection.execute(outbox.insert().values(**row, state=State.DONE))
    status, figures = get(server, "/metrics")
    assert status == 200
    for line in (
        'inquiry_bot_inquiries{type="sample_hunter"} 1.0',
        'inquiry_bot_inquiries{type="market_entrant"} 1.0',
        'inquiry_bot_inquiries{type="waiting"} 1.0',
        'inquiry_bot_outbox_rows{kind="advice",state="scheduled"} 1.0',
        'inquiry_bot_outbox_rows{kind="advice",state="done"} 1.0',
        "inquiry_bot_outbox_due 1.0",
        "inquiry_bot_outbox_doubtful 1.0",
        "inquiry_bot_outbox_found 0.0",
        "process_resident_memory_bytes",
    ):
        assert line in figures


def test_figures_tell_how_reminders_stand_and_how_late_they_came(
    server: WebServer, database: Database
) -> None:
    now = SystemClock().now_ms()
    row = {"kind": Kind.REMINDER, "team": "T", "channel": "C", "created_at": 1, "due_at": now - 10_000}
    with database.begin() as connection:
        for changes in (
            {"state": State.SCHEDULED, "next_at": now + 90_000},
            {"state": State.SCHEDULED},  # held
            {"state": State.FAILED},
            {"state": State.SCHEDULED, "due_at": now + 90_000, "next_at": now + 90_000},
        ):
            connection.execute(outbox.insert().values(**{**row, **changes}))
        for late_s in (0, 4, 400):
            came = {**row, "state": State.DONE, "due_at": now - late_s * 1000}
            insert = outbox.insert().values(**came).returning(outbox.c.id)
            number = connection.execute(insert).scalar_one()
            place = {"channel": "C", "ts": "1.0", "sent_at": now, "seq": 0}
            connection.execute(deliveries.insert().values(outbox_id=number, **place))
    figures = get(server, "/metrics")[1]
    for line in (
        'inquiry_bot_reminders{state="waiting"} 2.0',
        'inquiry_bot_reminders{state="held"} 1.0',
        'inquiry_bot_reminders{state="failed"} 1.0',
        'inquiry_bot_reminders{state="came"} 3.0',
        "inquiry_bot_reminders_overdue 1.0",
        "inquiry_bot_outbox_due 1.0",
        'inquiry_bot_reminder_lateness_seconds_bucket{le="1.0"} 1.0',
        'inquiry_bot_reminder_lateness_seconds_bucket{le="5.0"} 2.0',
        'inquiry_bot_reminder_lateness_seconds_bucket{le="+Inf"} 3.0',
        "inquiry_bot_reminder_lateness_seconds_gsum 404.0",
    ):
        assert line in figures


def test_without_a_database_there_are_no_figures(server: WebServer, database: Database) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    assert get(server, "/metrics")[0] == 503


def test_a_port_in_use_is_one_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        app = web_app(Readiness({}, SystemClock()), CollectorRegistry())
        with pytest.raises(
            Misconfigured, match=rf"127\.0\.0\.1:{port} cannot be served .*: set HOST or PORT\."
        ):
            WebServer(app, "127.0.0.1", port)


def test_a_server_that_never_ran_gives_its_port_back() -> None:
    app = web_app(Readiness({}, SystemClock()), CollectorRegistry())
    server = WebServer(app, "127.0.0.1", 0)
    port = server.port
    server.stop()
    socket.create_server(("127.0.0.1", port)).close()
