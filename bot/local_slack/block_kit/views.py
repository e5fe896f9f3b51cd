"""Modals and home tabs."""

import json
from typing import Any, Final

from bot.local_slack.block_kit.blocks import view_problems
from bot.local_slack.block_kit.compositions import plain
from bot.local_slack.block_kit.rules import Problem, Problems, by_type, flag, text, typed
from bot.local_slack.model import Json, Refused

MOST_BYTES: Final = 250_000  # of a view as JSON: view_too_large


def _blocks(value: Any, at: str) -> Problems:
    yield from view_problems(value, at)


_SHARED: Final = {"private_metadata": text(3000, 0), "callback_id": text(255, 0), "external_id": text(255, 0)}
_VIEW: Final = by_type(
    {
        "modal": typed(
            "modal",
            {"title": plain(24), "blocks": _blocks},
            {
                **_SHARED,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
                "submit_disabled": flag,
            },
        ),
        "home": typed("home", {"blocks": _blocks}, _SHARED),
    }
)


def check_view(view: Any, kind: str) -> Json:
    """Return the view; raises invalid_arguments or view_too_large with every fault."""
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] view must be an object"]})
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refused("view_too_large")
    problems = [*_VIEW(view, "/view"), *_kind(view, kind), *_submit(view)]
    if problems:
        messages = [f"[ERROR] {problem}" for problem in problems]
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    return view


def _kind(view: Json, kind: str) -> Problems:
    if view.get("type") != kind:
        yield Problem("/view/type", f"must be {kind}")


def _submit(view: Json) -> Problems:
    """A modal that asks for input needs a submit button."""
    blocks = view.get("blocks")
    has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks or ())
    if view.get("type") == "modal" and has_input and "submit" not in view:
        yield Problem("/view/submit", "missing required field: submit (the modal has input blocks)")
