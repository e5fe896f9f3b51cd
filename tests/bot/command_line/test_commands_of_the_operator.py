"""evaluate, knowledge check, database upgrade, doctor, serve and the help of each."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage import open_database

Inquire = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[3]
COMMANDS = (
    ["run"], ["serve"], ["classify"], ["evaluate"], ["knowledge"], ["knowledge", "check"], ["database"],
    ["database", "upgrade"], ["doctor"], ["reminders"], ["reminders", "list"], ["reminders", "cancel"],
)  # fmt: skip
ROWS = (
    {"text": "Please send free samples, you pay the courier.", "label": "sample_hunter", "group": "x"},
    {"text": "Quote 5,000 pcs A4 paper 80 g CIF Santos please.", "label": "supplier_seeker", "group": "y"},
    {
        "text": "Quote 20 MT urea FOB Odessa.",
        "label": "market_entrant",
        "also": ["supplier_seeker"],
        "group": "y",
    },
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    return path


@pytest.mark.parametrize("words", [[], *COMMANDS], ids=lambda words: " ".join(words) or "inquiry-bot")
def test_every_command_explains_itself(inquiry_bot: Inquire, words: list[str]) -> None:
    done = inquiry_bot(*words, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: inquiry-bot {' '.join(words)}".rstrip())
    assert "..." not in done.stdout.partition("Commands:")[2]


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [words for words in COMMANDS if f"inquiry-bot {' '.join(words)}" not in readme] == []


def test_evaluate_counts_what_can_be_defended_as_right(inquiry_bot: Inquire, corpus: Path) -> None:
    figures = json.loads(inquiry_bot("evaluate", corpus, "--json").stdout)
    assert figures["count"] == 3
    assert figures["accuracy"] == 1.0
    assert 0 <= figures["calibration_error"] <= 1
    assert figures["confusion"]["supplier_seeker"]["supplier_seeker"] == 2


def test_evaluate_prints_tables_of_the_rows_asked_for_and_draws_them(
    inquiry_bot: Inquire, corpus: Path, tmp_path: Path
) -> None:
    done = inquiry_bot("evaluate", corpus, "--where", "group=y", "--plot", "figures.png")
    assert done.returncode == 0
    assert done.stdout.startswith("2 inquiries, 100.0% right")
    assert (tmp_path / "figures.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("content", "words", "says"),
    [
        ("", [], "holds no row"),
        ('{"text": "x"}', [], "line 1"),
        ('{"text": "x", "label": "spy"}', [], "line 1"),
        ('{"label": "sample_hunter"}', [], "line 1"),
        ("nonsense", [], "line 1"),
        ('{"text": "x", "label": "unclear"}', ["--where", "group"], "KEY=VALUE"),
    ],
    ids=["empty", "no label", "unknown label", "no text", "not JSON", "half a condition"],
)
def test_evaluate_names_the_line_that_is_wrong(
    inquiry_bot: Inquire, tmp_path: Path, content: str, words: list[str], says: str
) -> None:
    (tmp_path / "bad.jsonl").write_text(content, "utf-8")
    done = inquiry_bot("evaluate", "bad.jsonl", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_built_in_knowledge_has_no_fault(inquiry_bot: Inquire) -> None:
    done = inquiry_bot("knowledge", "check")
    assert (done.returncode, done.stdout) == (0, "No faults: the built-in knowledge is fine.\n")


def test_knowledge_check_prints_every_fault_and_fails(inquiry_bot: Inquire, tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "mine.toml").write_text('id = "sample_hunter"\nemoij = 1\nodds = 2\n', "utf-8")
    done = inquiry_bot("knowledge", "check", ".")
    assert done.returncode == 1
    assert "emoij" in done.stdout
    assert "odds" in done.stdout
    assert "mine.toml" in done.stdout


def test_database_upgrade_makes_the_database(inquiry_bot: Inquire, tmp_path: Path) -> None:
    for _ in range(2):
        done = inquiry_bot("database", "upgrade", DATABASE_URL="sqlite:///deep/er/bot.db")
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")
    assert (tmp_path / "deep/er/bot.db").is_file()


def test_doctor_says_a_line_for_each_check_and_fails_where_tokens_are_missing(inquiry_bot: Inquire) -> None:
    done = inquiry_bot("doctor")
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "✓ settings",
        "✓ knowledge",
        "✓ database",
        "✗ tokens",
    ]


def test_doctor_finds_nothing_wrong_with_a_database_a_running_bot_uses(
    inquiry_bot: Inquire, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{tmp_path}/bot.db")
    try:
        done = inquiry_bot("doctor", DATABASE_URL=f"sqlite:///{tmp_path}/bot.db")
    finally:
        database.close()
    assert "✓ database: in use by a running bot" in done.stdout


def test_try_is_a_session_in_the_terminal(inquiry_bot: Inquire) -> None:
    pasted = "We need 5,000 pcs A4 paper, CIF Santos.\n.\nFree samples please, you pay courier.\n.\nquit\n"
    done = inquiry_bot("try", stdin=pasted)
    assert done.returncode == 0
    assert done.stdout.index("Supplier seeker") < done.stdout.index("Sample hunter")


def test_run_with_half_the_tokens_says_which_is_missing(inquiry_bot: Inquire) -> None:
    done = inquiry_bot("run", SLACK_BOT_TOKEN="xoxb-1")
    assert done.returncode == 2
    assert "SLACK_APP_TOKEN" in done.stderr
