"""The file the figures are kept in; each benchmark replaces its own and leaves the others."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.json"


def write(figures: Iterable[Mapping[str, Any]]) -> None:
    """Write figures down by their `what`."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    together = {each["what"]: dict(each) for each in (*kept, *figures)}
    RESULTS.write_text(json.dumps([*together.values()], indent=2) + "\n", "utf-8")
    print(
        f"\nWritten to {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}."
    )
