"""Things that go wrong on purpose, switchable per Web API method."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Applies = Callable[[Mapping[str, Any]], bool]


class Gate:
    """Holds calls until it is opened, or cut: then their connections break."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._goes_on: bool | None = None  # None: shut
        self._held: list[Mapping[str, Any]] = []

    @property
    def held(self) -> tuple[Mapping[str, Any], ...]:
        """Return the arguments of every call that came to the gate, gone on or not."""
        with self._moved:
            return tuple(self._held)

    def open(self) -> None:
        """Let what is held, and all that comes, go on."""
        self._decide(goes_on=True)

    def cut(self) -> None:
        """Break the connection of what is held, and of all that comes."""
        self._decide(goes_on=False)

    def lets_pass(self, args: Mapping[str, Any]) -> bool:
        """Hold a call; returns whether it goes on."""
        with self._moved:
            self._held.append(args)
            self._moved.wait_for(lambda: self._goes_on is not None)
            return bool(self._goes_on)

    def _decide(self, *, goes_on: bool) -> None:
        with self._moved:
            self._goes_on = goes_on
            self._moved.notify_all()


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call goes wrong. `takes`: the call has had its effect before it goes wrong."""

    name: str
    takes: bool = False
    status: int = 200
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    drops: bool = False  # the connection is cut instead of an answer
    delay_s: float = 0.0  # between the effect and the answer
    wait_s: float = 0.0  # before the effect
    answers_well: bool = False  # only late, otherwise as it should be
    gate: Gate | None = None  # holds the call, before or after its effect


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


def late(seconds: float) -> Fault:
    """Take the call only `seconds` later, whether or not anybody still waits for the answer."""
    return Fault("late", answers_well=True, wait_s=seconds)


def held(gate: Gate, *, takes: bool) -> Fault:
    """Hold the call at `gate`, before its effect or between its effect and the answer."""
    return Fault("held", takes=takes, answers_well=True, gate=gate)


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
        """Let everything go right again; what is held is cut."""
        with self._lock:
            gates = [rule.fault.gate for rule in self._rules if rule.fault.gate]
            self._rules.clear()
        for gate in gates:
            gate.cut()

    def draw(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """Return the fault for this call, and spend it."""
        with self._lock:
            for rule in self._rules:
                if rule.method == method and rule.left != 0 and rule.applies(args):
                    rule.left = None if rule.left is None else rule.left - 1
                    return replace(rule.fault)
        return None
