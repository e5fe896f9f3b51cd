"""Writes a reading as JSON and reads it back; keys of later versions are passed over."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from bot.reading.model import Attachment, Origin, Reading


def reading_to_json(reading: Reading) -> str:
    """Return `reading` as one line of JSON."""
    return json.dumps(asdict(reading), ensure_ascii=False)


def reading_from_json(written: str) -> Reading:
    """Return what `reading_to_json` wrote, by this or another version."""
    told: Mapping[str, Any] = json.loads(written)
    known = {field.name: told[field.name] for field in fields(Reading) if field.name in told}
    shaped = {
        "origin": _origin(told.get("origin")),
        "attachments": tuple(_attachment(one) for one in told.get("attachments", ())),
        "notes": tuple(told.get("notes", ())),
        "headers": tuple((name, value) for name, value in told.get("headers", ())),
    }
    return Reading(**(known | shaped))


def _origin(written: object) -> Origin:
    return next((one for one in Origin if one == written), Origin.TEXT)


def _attachment(told: Mapping[str, Any]) -> Attachment:
    return Attachment(told.get("name", ""), told.get("mimetype", ""), told.get("size", 0))
