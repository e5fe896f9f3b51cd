"""The program as a person calls it: words in, output, errors and exit code out."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Inquire = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def inquiry_bot(tmp_path: Path) -> Inquire:
    """Return a function that runs `inquiry-bot` in an empty folder with no settings but those given."""

    def run(*words: str | Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "COVERAGE_PROCESS_START")}
        return subprocess.run(
            [sys.executable, "-m", "bot", *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONUTF8": "1", **env},
            check=False,
            timeout=60,
        )

    return run
