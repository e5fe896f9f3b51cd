"""One process per SQLite file: an advisory lock beside it, which ends with the process, however it ends.

The lock is what counts. What the file says, who holds it and how to speak with them, is of use only as long
as somebody does.
"""

import fcntl
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

from bot.errors import BotError, Misconfigured


class DatabaseInUse(BotError):
    """Another process has the SQLite file open."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where the bot that holds a lock listens to whoever may read the lock's file."""

    address: str  # "http://127.0.0.1:3000"
    key: str = field(repr=False)


class LockFile:
    """A held lock."""

    def __init__(self, path: Path) -> None:
        """Take the lock; raises BlockingIOError when another process holds it, OSError when it cannot be."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._descriptor)
            raise
        os.fchmod(self._descriptor, 0o600)  # it may hold a key, and be older than that
        self.show(None)

    def show(self, door: Door | None) -> None:
        """Say in the file who holds the lock, and where they listen."""
        listens = {"address": door.address, "key": door.key} if door else {}
        told = json.dumps({"pid": os.getpid(), **listens}) + "\n"
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, told.encode(), 0)

    def release(self) -> None:
        """Let go of the lock; may be called again."""
        # The file stays: removing it would let two processes lock two files of one name.
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1


def lock_beside(url: URL) -> LockFile | None:
    """Make the folder of a SQLite file and lock the file for this process; None for one in memory."""
    if url.database in (None, "", ":memory:"):
        return None
    path, lock = Path(str(url.database)), _beside(url)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return LockFile(lock)
    except BlockingIOError as error:
        raise DatabaseInUse(
            f"The database file {path} is in use by another inquiry-bot ({_holder(lock)}): "
            "stop that one, or set DATABASE_URL to PostgreSQL, which several may share."
        ) from error
    except OSError as error:
        raise Misconfigured(
            f"The database file {path} cannot be used ({error.strerror}): set DATABASE_URL to a place "
            "the bot may write to."
        ) from error


def door_beside(url: URL) -> Door | None:
    """Return where the bot that has a SQLite file listens; None when it does not say."""
    said = _said(_beside(url))
    return Door(str(said["address"]), str(said["key"])) if {"address", "key"} <= said.keys() else None


def _beside(url: URL) -> Path:
    path = Path(str(url.database))
    return path.with_name(f"{path.name}.lock")


def _holder(lock: Path) -> str:
    return f"process {_said(lock).get('pid', 'unknown')}"


def _said(lock: Path) -> dict[str, object]:
    """Return what the file says; nothing while it is written, or was written by another release."""
    try:
        said = json.loads(lock.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
