"""One process per SQLite file: an advisory lock beside it, which ends with the process, however it ends."""

import fcntl
import os
from pathlib import Path

from sqlalchemy import URL

from bot.errors import BotError, Misconfigured


class DatabaseInUse(BotError):
    """Another process has the SQLite file open."""


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
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let go of the lock; may be called again."""
        # The file stays: removing it would let two processes lock two files of one name.
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def lock_beside(url: URL) -> LockFile | None:
    """Make the folder of a SQLite file and lock the file for this process; None for one in memory."""
    if url.database in (None, "", ":memory:"):
        return None
    path = Path(str(url.database))
    lock = path.with_name(f"{path.name}.lock")
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


def _holder(lock: Path) -> str:
    try:
        return f"process {lock.read_text().strip()}"
    except OSError:
        return "process unknown"
