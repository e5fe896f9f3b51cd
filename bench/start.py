"""How long `inquiry-bot classify` takes on a short text, beside a Python that does nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Result, against

TEXT = b"Please send us free samples by DHL, we will place a big order after."


def results() -> Iterator[Result]:
    """Compare the two processes."""
    command = Path(sys.executable).with_name("inquiry-bot")
    yield against(
        "inquiry-bot classify, a new process",
        lambda: subprocess.run([command, "classify", "--json"], input=TEXT, check=True, capture_output=True),
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        "python -c pass",
    )
