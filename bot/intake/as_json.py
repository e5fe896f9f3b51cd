"""Writes what was received as JSON and reads it back; keys of later versions are passed over."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from bot.intake.model import Received, SlackFile, SlackMail

Kind = TypeVar("Kind", Received, SlackFile, SlackMail)


def received_to_json(received: Received) -> str:
    """Return `received` as one line of JSON, the same for the same content."""
    return json.dumps(asdict(received), ensure_ascii=False)


def received_from_json(written: str) -> Received:
    """Return what `received_to_json` wrote, by this or another version."""
    return _received(json.loads(written))


def _received(told: Mapping[str, Any]) -> Received:
    files = tuple(_file(file) for file in told.get("files", ()))
    return _made(Received, told, forwarded=tuple(told.get("forwarded", ())), files=files)


def _file(told: Mapping[str, Any]) -> SlackFile:
    mail = told.get("mail")
    return _made(SlackFile, told, mail=_mail(mail) if mail else None)


def _mail(told: Mapping[str, Any]) -> SlackMail:
    return _made(SlackMail, told, attachments=tuple(told.get("attachments", ())))


def _made(kind: type[Kind], told: Mapping[str, Any], **values: Any) -> Kind:
    known = {field.name: told[field.name] for field in fields(kind) if field.name in told}
    return kind(**(known | values))
