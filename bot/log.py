"""Logging: one line per event, as text or JSON, with tokens and mail addresses taken out."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

# Slack tokens of every kind, and mail addresses: neither belongs in a log.
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[A-Za-z0-9-]+")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_TEXT_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def configure(level: str, form: str) -> None:
    """Send all logging to standard error; `form` is "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter() if form == "json" else _TextFormatter(_TEXT_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def redact(line: str) -> str:
    """Return `line` without Slack tokens and mail addresses."""
    return _ADDRESS.sub("<address>", _TOKEN.sub("<token>", line))


class _TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            entry["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
