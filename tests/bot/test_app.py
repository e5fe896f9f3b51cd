"""The start and the end of the bot, in this process, before an embedded Slack or none."""

import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.signature import SignatureVerifier

from bot import app
from bot.app import Running
from bot.clock import SystemClock
from bot.command_line.running_bot import cancel_there
from bot.errors import BotError, Misconfigured
from bot.local_slack import LocalSlack
from bot.local_slack.faults import refusal, server_error
from bot.settings import Settings
from bot.storage import Door, door_of

WORDS = "Please quote 2,000 pcs LED panel 60x60 40W, CIF Hamburg, CE certified. Anna Schmidt, ABC GmbH"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock()) as slack:
        yield slack


@pytest.fixture
def settings(slack: LocalSlack, tmp_path: Path) -> Settings:
    return settings_for(slack, tmp_path)


def settings_for(slack: LocalSlack, tmp_path: Path, **more: Any) -> Settings:
    values = {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "slack_api_url": slack.api_url,
        "database_url": f"sqlite:///{tmp_path / 'bot.db'}",
        "port": 0,
    }
    return Settings(**{**values, **more})


def http_settings(slack: LocalSlack, tmp_path: Path, **more: Any) -> Settings:
    secret = {"slack_app_token": "", "slack_signing_secret": slack.signing_secret}
    return settings_for(slack, tmp_path, **{**secret, **more})


def run(settings: Settings, *, is_awaited: bool = True) -> Running:
    bot = app.build(settings, SystemClock())
    bot.prove_tokens()
    bot.start()
    if is_awaited and bot.socket:
        assert bot.socket.wait_connected(20)
    return bot


def get(bot: Running, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", bot.web.port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def advices(slack: LocalSlack, message: Any) -> list[Any]:
    kind = "inquiry_advice"
    return [r for r in slack.thread(message) if r.get("metadata", {}).get("event_type") == kind]


def test_in_socket_mode_a_message_is_answered(slack: LocalSlack, settings: Settings) -> None:
    bot = run(settings)
    message = slack.person("emma").types("#inquiries", WORDS)
    assert slack.wait_for(lambda: advices(slack, message))
    assert get(bot, "/readyz") == (200, "ready\n")
    bot.stop()


def test_in_http_mode_a_message_is_answered(slack: LocalSlack, tmp_path: Path) -> None:
    bot = run(http_settings(slack, tmp_path))
    slack.push_to(f"{bot.web.address}/slack/events")
    message = slack.person("emma").types("#inquiries", WORDS)
    assert slack.wait_for(lambda: advices(slack, message))
    emma = slack.person("emma")
    assert emma.runs("/inquiry classify max payload 20t of LED panels please").trouble is None
    assert slack.wait_for(lambda: emma.ephemerals)
    assert get(bot, "/readyz") == (200, "ready\n")
    bot.stop()


def test_client_ids_in_the_environment_do_not_change_the_mode(
    slack: LocalSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "from-the-environment")
    bot = run(settings)
    message = slack.person("emma").types("#inquiries", WORDS)
    assert slack.wait_for(lambda: advices(slack, message))
    bot.stop()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "SLACK_BOT_TOKEN"),
        ({"slack_app_token": "xapp-wrong"}, "SLACK_APP_TOKEN"),
    ],
    ids=["bot-token", "app-token"],
)
def test_a_token_slack_refuses_is_one_clear_sentence(
    slack: LocalSlack, tmp_path: Path, wrong: dict[str, str], named: str
) -> None:
    with pytest.raises(Misconfigured, match=rf"Slack does not accept {named} \(invalid_auth\)") as raised:
        app.serve(settings_for(slack, tmp_path, **wrong), SystemClock())
    assert raised.value.exit_code == 2
    assert "\n" not in str(raised.value)


def test_while_slack_is_away_the_bot_starts_and_waits(slack: LocalSlack, settings: Settings) -> None:
    slack.faults.on("auth.test", server_error())
    slack.faults.on("apps.connections.open", server_error())
    bot = run(settings)
    bot.stop()


def test_a_bot_that_is_not_connected_is_not_ready(slack: LocalSlack, settings: Settings) -> None:
    slack.faults.on("apps.connections.open", refusal("internal_error"), times=None)
    bot = run(settings, is_awaited=False)
    assert get(bot, "/healthz")[0] == 200
    assert get(bot, "/readyz") == (503, "Slack: not connected in Socket Mode\n")
    bot.stop()


def test_broken_knowledge_stops_the_start_with_every_fault(slack: LocalSlack, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    (folder / "types").mkdir(parents=True)
    (folder / "types" / "sample_hunter.toml").write_text('id = "sample_hunter"\nname = 3\nnonsense = 1\n')
    with pytest.raises(Misconfigured) as raised:
        app.build(settings_for(slack, tmp_path, knowledge_dir=folder), SystemClock())
    assert len(raised.value.problems) >= 2
    assert not (tmp_path / "bot.db").exists()


def test_a_port_in_use_stops_the_start_and_lets_go_of_the_database(slack: LocalSlack, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wrong = settings_for(slack, tmp_path, port=taken.getsockname()[1])
        with pytest.raises(Misconfigured, match="cannot be served"):
            app.build(wrong, SystemClock())
    app.build(settings_for(slack, tmp_path), SystemClock()).stop()


def test_a_database_another_process_holds_stops_the_start(slack: LocalSlack, settings: Settings) -> None:
    bot = app.build(settings, SystemClock())
    with pytest.raises(BotError):
        app.build(settings, SystemClock())
    bot.stop()


def test_a_signal_ends_the_bot_and_nothing_is_left_open(slack: LocalSlack, settings: Settings) -> None:
    def stop_once_connected() -> None:
        slack.wait_for(lambda: slack.calls("apps.connections.open"), 20)
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    killer = threading.Thread(target=stop_once_connected)
    killer.start()
    app.serve(settings, SystemClock())
    killer.join()
    assert signal.getsignal(signal.SIGTERM) is before
    app.build(settings, SystemClock()).stop()


def test_with_retention_0_the_words_are_erased_once_the_advice_is_out(
    slack: LocalSlack, tmp_path: Path
) -> None:
    bot = run(settings_for(slack, tmp_path, retention_days=0))
    message = slack.person("emma").types("#inquiries", WORDS)
    slack.wait_for(lambda: advices(slack, message))
    find = bot.services.inquiries.find
    record = slack.wait_for(lambda: _erased(find(slack.here.team, message["channel"], message["ts"])))
    assert (record.received, record.reading, record.verdict) == (None, None, None)
    assert record.buyer_type
    bot.stop()


def test_no_library_may_log_bodies_or_tokens() -> None:
    app.quieten_libraries()
    for name in ("slack_sdk.web.base_client", "slack_bolt.App", "websockets.client", "waitress.queue"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)


class TestManyWorkspaces:
    @pytest.fixture
    def many(self, slack: LocalSlack, tmp_path: Path) -> Iterator[Running]:
        ids = {"slack_client_id": "1.2", "slack_client_secret": "s", "slack_bot_token": ""}
        bot = run(http_settings(slack, tmp_path, **ids))
        yield bot
        bot.stop()

    def test_a_workspace_installs_at_a_page(self, many: Running) -> None:
        status, page = get(many, "/slack/install")
        assert status == 200
        assert "oauth/v2/authorize?" in page
        assert "client_id=1.2" in page

    def test_a_forged_return_is_refused(self, many: Running) -> None:
        status, _ = get(many, "/slack/oauth_redirect?" + urlencode({"code": "c", "state": "forged"}))
        assert status == 400

    def test_a_workspace_that_installed_is_served_until_it_takes_the_app_out(
        self, many: Running, slack: LocalSlack
    ) -> None:
        here = slack.here
        store = SQLAlchemyInstallationStore("1.2", many.services.database.engine)
        ids = {"team_id": here.team, "user_id": "U1", "bot_id": here.bot, "bot_user_id": here.bot_user}
        store.save(Installation(app_id=here.app, bot_token=slack.bot_token, **ids))
        slack.push_to(f"{many.web.address}/slack/events")
        message = slack.person("emma").types("#inquiries", WORDS)
        assert slack.wait_for(lambda: advices(slack, message))
        gone = {"type": "event_callback", "team_id": here.team, "event": {"type": "app_uninstalled"}}
        assert _post(many, json.dumps(gone).encode(), slack.signing_secret) == 200
        assert store.find_bot(enterprise_id=None, team_id=here.team) is None

    def test_a_workspace_nobody_installed_is_not_served(self, many: Running, slack: LocalSlack) -> None:
        event = {"type": "message", "channel": "C1", "ts": "1.2", "user": "U1", "text": WORDS}
        body = json.dumps({"type": "event_callback", "team_id": "TOTHER", "event": event}).encode()
        _post(many, body, slack.signing_secret)
        assert many.services.inquiries.find("TOTHER", "C1", "1.2") is None


def _post(bot: Running, body: bytes, secret: str) -> int:
    at = str(SystemClock().now_ms() // 1000)
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": str(signature),
    }
    connection = HTTPConnection("127.0.0.1", bot.web.port, timeout=10)
    try:
        connection.request("POST", "/slack/events", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _erased(record: Any) -> Any:
    return record if record and record.erased_at else None


def test_a_running_bot_says_beside_its_file_where_it_listens_and_ends_saying_so(settings: Settings) -> None:
    bot = run(settings)
    door = door_of(settings.database_url)
    assert door == Door(bot.web.address, bot.operator.key)
    assert cancel_there(settings.database_url, 57) == "unknown"
    bot.stop()
    assert door_of(settings.database_url) is None


@pytest.mark.timeout(20)
def test_a_signal_that_reaches_another_thread_ends_the_wait_too() -> None:
    asked, over = threading.Event(), threading.Event()
    other = threading.Thread(target=over.wait)
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: asked.set())
    try:
        other.start()
        sender = threading.Timer(0.2, lambda: signal.pthread_kill(other.ident or 0, signal.SIGTERM))
        sender.start()
        app.wait_until(asked)
        sender.join()
    finally:
        over.set()
        other.join()
        signal.signal(signal.SIGTERM, before)
    assert asked.is_set()
