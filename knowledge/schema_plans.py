"""Checks the follow-up plans of the situations: one for each name, its steps in the order of time."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

from knowledge.content import Event, Plan
from knowledge.faults import Fault
from knowledge.shelf import Shelf

EVENTS: dict[Plan, tuple[Event, ...]] = {"quote": ("quotation",), "sample": ("dispatch", "arrival")}


def faults_of_plans(shelf: Shelf) -> list[Fault]:
    """Return what keeps the situations from giving each plan its steps."""
    situations = shelf.of("situations")
    plans = Counter(situation["plan"] for situation in situations.values())
    missing = (plan for plan in get_args(Plan) if plan not in plans)
    faults = [Fault("situations", "plan", f"no situation has the plan {plan!r}") for plan in missing]
    for id_, situation in situations.items():
        file = shelf.files["situations", id_]
        if plans[situation["plan"]] > 1:
            faults.append(Fault(file, "plan", f"{situation['plan']!r} is the plan of another situation too"))
        faults += (Fault(file, f"touches.{key}", reason) for key, reason in _faults_of_touches(situation))
    return faults


def _faults_of_touches(situation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    events, latest = EVENTS[situation["plan"]], -1
    for number, touch in enumerate(situation["touches"], 1):
        if touch["after"] not in events:
            yield f"number {number}.after", f"is {touch['after']!r}; in this plan it is {' or '.join(events)}"
        day = touch["days"] + (situation.get("transit_days", 0) if touch["after"] == "arrival" else 0)
        if day <= latest:
            yield f"number {number}.days", "comes no later than the step before it"
        latest = max(latest, day)
