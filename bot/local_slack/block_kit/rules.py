"""Small rules from which Block Kit's grammar is put together. A rule yields what is wrong, with its place.

Lengths count Unicode characters. The wording of a fault follows Slack's own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault and its JSON pointer."""

    pointer: str
    says: str

    def __str__(self) -> str:
        return f"{self.says} [json-pointer:{self.pointer or '/'}]"


Problems = Iterator[Problem]
Rule = Callable[[Any, str], Problems]


def anything(value: Any, at: str) -> Problems:
    """Accept every value."""
    yield from ()


def text(most: int, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) > most:
            yield Problem(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")

    return check


def matching(pattern: str, says: str) -> Rule:
    """A string that matches `pattern` in full."""
    compiled = re.compile(pattern)

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield Problem(at, says)

    return check


def flag(value: Any, at: str) -> Problems:
    """Accept true or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must be a boolean")


def number(least: int, most: int) -> Rule:
    """A whole number within bounds."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must be an integer")
        elif not least <= value <= most:
            yield Problem(at, f"must be between {least} and {most}")

    return check


def one_of(*choices: str) -> Rule:
    """One of the given words."""

    def check(value: Any, at: str) -> Problems:
        if value not in choices:
            yield Problem(at, f"must be one of: {', '.join(choices)}")

    return check


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    """A list of `least` to `most` items."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) > most:
            yield Problem(at, f"no more than {most} items allowed")
        if len(value) < least:
            yield Problem(at, f"no fewer than {least} items allowed")
        for place, item in enumerate(value):
            yield from rule(item, f"{at}/{place}")

    return check


def fields(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with exactly these keys."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        for key in required:
            if key not in value:
                yield Problem(at, f"missing required field: {key}")
        for key, item in value.items():
            if key not in known:
                yield Problem(at, f"invalid additional property: {key}")
            else:
                yield from known[key](item, f"{at}/{key}")

    return check


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` chooses the rule."""

    def check(value: Any, at: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield Problem(f"{at}/type", f"unsupported type: {kind}")
        else:
            yield from kinds[kind](value, at)

    return check


def each(*rules: Rule) -> Rule:
    """All of the rules at once."""

    def check(value: Any, at: str) -> Problems:
        for rule in rules:
            yield from rule(value, at)

    return check


def exactly_one(*keys: str) -> Rule:
    """Exactly one of the keys is there."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, dict) and sum(key in value for key in keys) != 1:
            yield Problem(at, f"must have exactly one of: {', '.join(keys)}")

    return check


def at_least_one(*keys: str) -> Rule:
    """At least one of the keys is there."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, dict) and not any(key in value for key in keys):
            yield Problem(at, f"missing required field: {' or '.join(keys)}")

    return check


def typed(kind: str, required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object of this `type` with exactly these other keys."""
    return fields({"type": one_of(kind), **required}, optional)
