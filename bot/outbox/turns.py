"""Whose turn it is among the rows that are due."""

from typing import Protocol

from bot.outbox.model import Row


class Turns(Protocol):
    """Who has to wait, although its time has come."""

    def wait_s(self, row: Row) -> float:
        """Return how long `row` must wait; with 0 it has its turn, until `leave`."""

    def leave(self, row: Row) -> None:
        """Give up the turn."""


class _AtOnce:
    def wait_s(self, row: Row) -> float:
        return 0.0

    def leave(self, row: Row) -> None:
        pass


AT_ONCE: Turns = _AtOnce()
