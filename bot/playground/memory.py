"""What outlives a restart: the workspace, as one JSON file beside the database, and its files' bytes.

The file is replaced as a whole, so it holds either the former state or the new one, never half of each.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.local_slack import LocalSlack
from bot.local_slack.posts import as_json
from bot.playground.clock import MovableClock

SHAPE: Final = 1  # raised when the file's shape changes
WORKSPACE: Final = "playground.json"
FILES: Final = "playground-files"
PUT_ASIDE: Final = ".broken"


class Broken(Exception):
    """What was kept cannot be used."""


class Memory:
    """Keeps the workspace in a folder and finds it there again."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / WORKSPACE
        self._files = folder / FILES
        self._written: set[str] = set()

    def read(self) -> Mapping[str, Any] | None:
        """Return what was kept, None at the first start; raises Broken."""
        try:
            kept: Mapping[str, Any] = json.loads(self._path.read_text("utf-8"))
            if kept["shape"] != SHAPE or kept["moved_ms"] < 0:
                raise Broken("it is of another shape")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Broken(str(error)) from error
        return kept

    def recall(self, kept: Mapping[str, Any], slack: LocalSlack) -> None:
        """Bring back into `slack` what was kept; raises Broken, and leaves `slack` unfit for use then."""
        try:
            slack.recall(kept["slack"], self._raw_of)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise Broken(repr(error)) from error

    def keep(self, slack: LocalSlack, clock: MovableClock) -> None:
        """Write the workspace down; raises OSError where that cannot be done."""
        with slack.workspace.changed:
            # Written out under the lock: nothing may change meanwhile.
            now = as_json({"shape": SHAPE, "moved_ms": clock.moved_ms, "slack": slack.remembered()})
            files = dict(slack.workspace.files)
        self._files.mkdir(parents=True, exist_ok=True)
        for file_id in files.keys() - self._written:
            _replace(self._files / file_id, files[file_id].raw)
            self._written.add(file_id)
        _replace(self._path, now.encode())

    def put_aside(self) -> Path:
        """Move away what cannot be used; returns where it is now."""
        aside = self._path.with_name(f"{self._path.name}{PUT_ASIDE}")
        self._written.clear()
        return self._path.replace(aside)

    def forget(self) -> None:
        """Throw away what was kept."""
        self._written.clear()
        self._path.unlink(missing_ok=True)
        shutil.rmtree(self._files, ignore_errors=True)

    def _raw_of(self, file_id: str) -> bytes:
        raw = (self._files / file_id).read_bytes()
        self._written.add(file_id)
        return raw


def _replace(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
