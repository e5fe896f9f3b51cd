"""Settings are read once, every problem is reported together, secrets stay out of sight."""

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.settings import Mode, Settings, missing_tokens, read_settings


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    settings = read_settings({})
    assert settings == Settings()
    assert (settings.port, settings.retention_days, settings.inquiry_language) == (3000, 30, "auto")


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("SLACK_API_URL", "http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"),
        ("INQUIRY_CHANNELS", " C0AB1, C0AB2 ,", frozenset({"C0AB1", "C0AB2"})),
        ("DATABASE_URL", "postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("DATABASE_URL", "postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("DATABASE_URL", "sqlite:///x.db", "sqlite:///x.db"),
        ("PORT", "0", 0),
        ("RETENTION_DAYS", "0", 0),
        ("INQUIRY_LANGUAGE", "ZH", "zh"),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
        ("PORT", "   ", 3000),
    ],
)
def test_values_are_read_as_people_write_them(name: str, written: str, read: object) -> None:
    assert getattr(read_settings({name: written}), name.lower()) == read


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_API_URL", "slack.com"),
        ("INQUIRY_CHANNELS", "#inquiries"),
        ("INQUIRY_CHANNELS", "c0ab1"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite://"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("PORT", "³"),
        ("KNOWLEDGE_DIR", "/nowhere/at/all"),
        ("INQUIRY_LANGUAGE", "fr"),
        ("RETENTION_DAYS", "-1"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_malformed_value_is_one_sentence_that_names_the_variable(name: str, written: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        read_settings({name: written})
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(f"{name} ")
    assert caught.value.exit_code == 2


def test_all_problems_are_reported_together() -> None:
    with pytest.raises(Misconfigured) as caught:
        read_settings({"PORT": "x", "LOG_FORMAT": "y", "SLACK_APP_TOKEN": "z"})
    assert [p.split()[0] for p in caught.value.problems] == ["SLACK_APP_TOKEN", "PORT", "LOG_FORMAT"]


def test_a_wrong_token_is_not_repeated_in_the_message() -> None:
    with pytest.raises(Misconfigured) as caught:
        read_settings({"SLACK_BOT_TOKEN": "secret-value"})
    assert "secret-value" not in str(caught.value)


def test_secrets_do_not_show_in_repr() -> None:
    env = {
        "SLACK_BOT_TOKEN": "xoxb-hush",
        "SLACK_APP_TOKEN": "xapp-hush",
        "SLACK_SIGNING_SECRET": "hush",
        "SLACK_CLIENT_SECRET": "hush",
        "DATABASE_URL": "postgresql://u:hush@h/n",
    }
    assert "hush" not in repr(read_settings(env))


BOT, APP, SECRET = {"SLACK_BOT_TOKEN": "xoxb-1"}, {"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_SIGNING_SECRET": "s"}
CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c"}


@pytest.mark.parametrize(
    ("env", "mode"),
    [
        ({}, Mode.NONE),
        (BOT, Mode.NONE),
        (APP, Mode.NONE),
        (SECRET, Mode.NONE),
        (CLIENT, Mode.NONE),
        (BOT | APP, Mode.SOCKET),
        (BOT | SECRET, Mode.HTTP),
        (BOT | APP | SECRET, Mode.SOCKET),
        (SECRET | CLIENT, Mode.HTTP_MANY),
        (BOT | APP | CLIENT, Mode.SOCKET),
    ],
    ids=lambda value: "+".join(value) or "nothing" if isinstance(value, dict) else value.value,
)
def test_the_tokens_decide_the_mode(env: dict[str, str], mode: Mode) -> None:
    settings = read_settings(env)
    assert settings.mode is mode
    if mode is Mode.NONE:
        assert "SLACK_" in missing_tokens(settings)


def test_a_knowledge_folder_must_exist(tmp_path: Path) -> None:
    assert read_settings({"KNOWLEDGE_DIR": str(tmp_path)}).knowledge_dir == tmp_path
