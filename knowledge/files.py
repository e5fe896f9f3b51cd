"""The built-in files of the knowledge, where they lie in the package."""

import tomllib
from pathlib import Path
from typing import Any

BUILT_IN = Path(__file__).parent


def table_of(name: str) -> dict[str, Any]:
    """Read a built-in TOML file, named from the package's folder ("lexicon/letters.toml")."""
    return tomllib.loads((BUILT_IN / name).read_text(encoding="utf-8"))
