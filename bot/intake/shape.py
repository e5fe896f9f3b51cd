"""Reads keys of Slack's payloads that may be missing or of another kind than documented."""

from collections.abc import Mapping
from typing import Any


def text_at(payload: Mapping[str, Any], key: str) -> str:
    """Return the string under `key`, "" when there is none."""
    value = payload.get(key)
    # JSON may escape half a surrogate pair, which no database takes.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def number_at(payload: Mapping[str, Any], key: str) -> int:
    """Return the whole number under `key`, 0 when there is none."""
    value = payload.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def mapping_at(payload: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the object under `key`, an empty one when there is none."""
    value = payload.get(key)
    return value if isinstance(value, Mapping) else {}


def mappings_at(payload: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the objects in the list under `key`; other things in it are passed over."""
    value = payload.get(key)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
