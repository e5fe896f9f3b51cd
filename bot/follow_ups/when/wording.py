"""What is said about a time that was taken from words, and why one was not."""

from collections.abc import Mapping
from datetime import date

from bot import texts
from bot.advice.escape import harmless_mrkdwn
from bot.follow_ups.when.model import Doubtful, Remark
from bot.texts import Language

SAID = 60  # characters of what was typed that are said back


def remark_says(remark: Remark, language: Language) -> str:
    """Return a remark as a sentence, harmless as mrkdwn."""
    return _say(f"remark.{remark.kind}", language, remark.values)


def why_says(doubtful: Doubtful, language: Language) -> str:
    """Return why nothing was set and what to do now, harmless as mrkdwn."""
    detailed = f"why.{doubtful.why}_{doubtful.detail}"
    key = detailed if texts.load().has(f"when.{detailed}") else f"why.{doubtful.why}"
    return _say(key, language, {"taken": doubtful.taken, **doubtful.values})


def _say(key: str, language: Language, values: Mapping[str, str]) -> str:
    said = {name: _value(name, value, language) for name, value in values.items()}
    return texts.load().say(f"when.{key}", language, **said)


def _value(name: str, value: str, language: Language) -> str:
    if name == "day" or name.endswith("_day"):
        return _day(date.fromisoformat(value), language)
    return harmless_mrkdwn(value, SAID)


def _day(day: date, language: Language) -> str:
    month = texts.load().say("reminder.months", language).split()[day.month - 1]
    return texts.load().say("when.day", language, day=day.day, month=month, year=day.year)
