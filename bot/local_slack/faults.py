"""Things that go wrong on purpose, switchable per Web API method."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Applies = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call goes wrong. `takes`: the call has had its effect before it goes wrong."""

    name: str
    takes: bool = False
    status: int = 200
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    drops: bool = False  # the connection is cut instead of an answer
    delay_s: float = 0.0
    answers_well: bool = False  # only late, otherwise as it should be


def rate_limited(retry_after_s: int = 1) -> Fault:
    """HTTP 429; nothing is taken."""
    return Fault(
        "ratelimited",
        status=429,
        body={"ok": False, "error": "ratelimited"},
        headers={"Retry-After": str(retry_after_s)},
    )


def server_error(status: int = 503, *, takes: bool = False) -> Fault:
    """HTTP 5xx, before or after the call was taken."""
    return Fault(f"http_{status}", takes=takes, status=status, body={"ok": False, "error": "internal_error"})


def error_after(code: str = "internal_error") -> Fault:
    """HTTP 200 with `ok: false`, although the call was taken."""
    return Fault(code, takes=True, body={"ok": False, "error": code})


def refusal(code: str, **extra: Any) -> Fault:
    """HTTP 200 with `ok: false`; nothing is taken."""
    return Fault(code, body={"ok": False, "error": code, **extra})


def dropped(*, takes: bool) -> Fault:
    """Cut the connection before or after the call was taken."""
    return Fault("dropped", takes=takes, drops=True)


def slow(seconds: float) -> Fault:
    """Take the call at once, answer it `seconds` later; longer than the client's patience is a time-out."""
    return Fault("slow", takes=True, delay_s=seconds, answers_well=True)


@dataclass(slots=True)
class _Rule:
    method: str
    fault: Fault
    left: int | None
    applies: Applies


class Faults:
    """The faults that wait for their calls; the first that applies to a call is spent on it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[_Rule] = []

    def on(
        self, method: str, fault: Fault, *, times: int | None = 1, applies: Applies = lambda args: True
    ) -> None:
        """Let the next `times` calls of `method` that `applies` picks go wrong; None: all of them."""
        with self._lock:
            self._rules.append(_Rule(method, fault, times, applies))

    def clear(self) -> None:
        """Let everything go right again."""
        with self._lock:
            self._rules.clear()

    def draw(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """Return the fault for this call, and spend it."""
        with self._lock:
            for rule in self._rules:
                if rule.method == method and rule.left != 0 and rule.applies(args):
                    rule.left = None if rule.left is None else rule.left - 1
                    return replace(rule.fault)
        return None
