"""News for open pages: server-sent events that say which version of the workspace is the newest."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from bot.playground.house import House

MOST_LISTENERS: Final = 16  # each holds a thread of the web server
QUIET_S: Final = 15.0  # a comment says so often that the line is alive
AGAIN: Final = b"retry: 1000\n\n"  # ms after which a page whose line broke asks again
LOOK_S: Final = 1.0  # how soon a closed page is noticed


class Changes:
    """Tells every listener of changes; with too many of them the oldest is let go, and asks again."""

    def __init__(self, house: House, steady: Callable[[], float]) -> None:
        self._house = house
        self._steady = steady
        self._lock = threading.Lock()
        self._listeners: list[threading.Event] = []

    def stream(self, is_gone: Callable[[], bool]) -> Iterator[bytes]:
        """Yield events until the listener is gone or the house closes."""
        with self._listening() as is_over:
            seen, spoke = -1, self._steady()
            yield AGAIN
            while not (is_over.is_set() or self._house.is_closing.is_set() or is_gone()):
                version = self._house.next_version(seen, LOOK_S)
                if version != seen:
                    seen, spoke = version, self._steady()
                    yield b'data: {"version": %d}\n\n' % version
                elif self._steady() - spoke > QUIET_S:
                    spoke = self._steady()
                    yield b": quiet\n\n"

    @contextmanager
    def _listening(self) -> Iterator[threading.Event]:
        is_over = threading.Event()
        with self._lock:
            if len(self._listeners) >= MOST_LISTENERS:
                self._listeners.pop(0).set()
            self._listeners.append(is_over)
        try:
            yield is_over
        finally:
            with self._lock:
                if is_over in self._listeners:
                    self._listeners.remove(is_over)
