"""How the bot starts, and how it refuses to: one clear message, exit code 2, no traceback."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.local_slack import LocalSlack
from tests.end_to_end.office import INQUIRY, MANIFEST, ROOT, Office, clean_env, env_of, free_port


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    with LocalSlack(SystemClock(), manifest=MANIFEST) as slack:
        yield slack


def serve(folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=folder,
        env={**clean_env(), "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refuses(folder: Path, env: dict[str, str], *named: str, code: int = 2) -> None:
    ended = serve(folder, env)
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    for word in named:
        assert word in ended.stderr
    secrets = [value for name, value in env.items() if "TOKEN" in name or "SECRET" in name]
    assert not [secret for secret in secrets if len(secret) > 8 and secret in ended.stderr]


BOT, APP, SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({}, (BOT, APP, SECRET, "playground")),
        ({BOT: "xoxb-1-2-abc"}, (APP, SECRET)),
        ({APP: "xapp-1-2-abc"}, (BOT,)),
        ({SECRET: "0123456789abcdef"}, (BOT,)),
        ({BOT: "xoxp-1-2-abcdefgh", APP: "xapp-1-2-abc"}, (BOT, "xoxb-")),
        ({BOT: "xoxb-1-2-abc", APP: "xoxb-1-2-abcdefgh"}, (APP, "xapp-")),
        ({BOT: "xoxb-1 2-abcdefgh", APP: "nonsense-token"}, (BOT, APP)),
        ({BOT: "xoxb-1", APP: "xapp-1", "PORT": "eighty"}, ("PORT",)),
        ({BOT: "xoxb-1", APP: "xapp-1", "DATABASE_URL": "mysql://x"}, ("DATABASE_URL",)),
    ],
    ids=[
        "none",
        "bot-only",
        "app-only",
        "secret-only",
        "user-token",
        "bot-token-twice",
        "both-malformed",
        "port",
        "database",
    ],
)
def test_missing_and_malformed_settings_are_named(
    tmp_path: Path, env: dict[str, str], named: tuple[str, ...]
) -> None:
    refuses(tmp_path, env, *named)


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_a_bot_token_slack_does_not_know_is_named(slack: LocalSlack, tmp_path: Path, mode: str) -> None:
    env = env_of(slack, mode, tmp_path, free_port()) | {BOT: "xoxb-nobody-issued-this"}
    refuses(tmp_path, env, BOT)


def test_an_app_token_slack_does_not_know_is_named(slack: LocalSlack, tmp_path: Path) -> None:
    env = env_of(slack, "socket", tmp_path, free_port()) | {APP: "xapp-nobody-issued-this"}
    refuses(tmp_path, env, APP)


def test_a_broken_knowledge_folder_stops_the_start_with_every_fault(
    slack: LocalSlack, tmp_path: Path
) -> None:
    folder = tmp_path / "ours" / "types"
    folder.mkdir(parents=True)
    (folder / "sample_hunter.toml").write_text('id = "sample_hunter"\nunknown_key = 1\n', "utf-8")
    (folder / "casual_browser.toml").write_text('id = "casual_browser"\nodds = 3\n', "utf-8")
    env = env_of(slack, "socket", tmp_path, free_port()) | {"KNOWLEDGE_DIR": str(tmp_path / "ours")}
    refuses(tmp_path, env, "sample_hunter.toml", "casual_browser.toml")


def test_a_port_in_use_is_named(slack: LocalSlack, tmp_path: Path, office: Office) -> None:
    env = env_of(slack, "http", tmp_path, office.bot.port)
    refuses(tmp_path, env, "PORT", str(office.bot.port))


def test_a_second_process_on_the_same_sqlite_file_is_refused(
    slack: LocalSlack, tmp_path: Path, office: Office
) -> None:
    env = {**env_of(slack, "socket", tmp_path, free_port()), "DATABASE_URL": office.bot.env["DATABASE_URL"]}
    refuses(tmp_path, env, "PostgreSQL", code=1)
    office.only_advice(office.mei.types("#inquiries", INQUIRY))


def test_tokens_may_stand_in_a_dotenv_file(slack: LocalSlack, tmp_path: Path) -> None:
    lines = [f"{name}={value}" for name, value in env_of(slack, "socket", tmp_path, 70000).items()]
    (tmp_path / ".env").write_text("\n".join(line for line in lines if "=" in line), "utf-8")
    refuses(tmp_path, {}, "PORT")


def test_health_and_figures_are_served_in_both_modes(office: Office) -> None:
    assert [office.bot.status(path) for path in ("/healthz", "/readyz", "/metrics")] == [200, 200, 200]
    assert office.bot.status("/slack/events") in (404, 405)


@pytest.mark.parametrize("crash_office", ["socket-sqlite"], indirect=True)
def test_the_bot_is_not_ready_while_slack_is_away(crash_office: Office) -> None:
    from bot.local_slack import faults

    crash_office.slack.faults.on("apps.connections.open", faults.server_error(), times=None)
    crash_office.slack.sockets.cut()
    crash_office.slack.wait_for(lambda: crash_office.bot.status("/readyz") == 503, 30)
    assert crash_office.bot.status("/healthz") == 200
    crash_office.slack.faults.clear()
    crash_office.slack.wait_for(lambda: crash_office.bot.status("/readyz") == 200, 60)
