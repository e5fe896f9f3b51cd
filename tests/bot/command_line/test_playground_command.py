"""`inquiry-bot playground` and `run` without tokens, as a person starts and stops them."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
Inquire = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def started(folder: Path, *words: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    """Start the program in `folder`; it is killed at the end if it still runs."""
    clean = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "COVERAGE_PROCESS_START")}
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", *words],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def page_at(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl+C", "kill"])
def test_run_without_tokens_is_the_playground_and_says_why(
    tmp_path: Path, port: int, stop: signal.Signals
) -> None:
    with started(tmp_path, "run", PORT=str(port)) as process:
        assert line_of(process).startswith("No Slack token is set: opening the playground")
        assert f"http://127.0.0.1:{port}/" in line_of(process)
        assert "<html" in page_at(port)
        news = urllib.request.urlopen(f"http://127.0.0.1:{port}/api/changes?as=emma", timeout=10)
        news.readline()
        process.send_signal(stop)
        assert process.wait(20) == 0
        news.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_the_word_on_the_command_line_wins_over_the_environment(tmp_path: Path, port: int) -> None:
    with started(tmp_path, "playground", "--port", str(port), "--no-browser", PORT="1") as process:
        assert f"http://127.0.0.1:{port}/" in line_of(process)


def test_a_port_that_is_taken_is_one_sentence(inquiry_bot: Inquire) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = inquiry_bot("playground", "--no-browser", "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    reason = f"Port {port} cannot be had (Address already in use)"
    assert done.stderr == f"inquiry-bot: {reason}: choose another with --port or PORT.\n"


def test_a_second_playground_in_a_folder_is_one_sentence(
    tmp_path: Path, inquiry_bot: Inquire, port: int
) -> None:
    with started(tmp_path, "playground", "--port", str(port), "--no-browser") as process:
        line_of(process)
        done = inquiry_bot("playground", "--no-browser", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("inquiry-bot: A playground is already open here")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("written", ["-1", "65536", "eighty"])
def test_a_port_is_a_number(inquiry_bot: Inquire, written: str) -> None:
    done = inquiry_bot("playground", "--port", written)
    assert done.returncode == 2
    assert "--port" in done.stderr


def test_knowledge_that_is_broken_is_named(inquiry_bot: Inquire, tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "types"
    folder.mkdir(parents=True)
    (folder / "sample_hunter.toml").write_text("emoji = 5")
    done = inquiry_bot("playground", "--no-browser", "--port", "0", KNOWLEDGE_DIR=str(folder.parent))
    assert done.returncode == 2
    assert "sample_hunter.toml" in done.stderr
