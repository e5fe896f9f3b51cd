"""The free days of a country's year, read once from the `holidays` library and our own `calendars.toml`.

A country or year the library does not know has its weekends and nothing else. The library (15 MB, a tenth
of a second) is imported at the first question, never at start-up.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from bot.follow_ups.calendar.countries import calendars
from bot.texts import Language

DAY_OFF = "Day off"  # the library's name for one that a make-up working day pays for
SATURDAY_SUNDAY = frozenset({5, 6})
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday's names; `is_expected` while its date is reckoned and not yet announced."""

    en: str
    zh: str
    is_expected: bool

    def name(self, language: Language) -> str:
        """Return the name in a language, without the library's remarks."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class FreeDays:
    """A year of a country: weekdays off (Monday 0), public holidays, and weekend days that are worked."""

    weekend: frozenset[int]
    holidays: Mapping[date, Holiday]
    worked: frozenset[date]


@lru_cache(maxsize=512)
def free_days(country: str, year: int) -> FreeDays:
    """Return the free days of `country` (ISO 3166-1) in `year`."""
    english = _read(country, year, "en_US")
    if english is None:
        return FreeDays(_weekend_of(country, SATURDAY_SUNDAY), {}, frozenset())
    worked = frozenset(day for day in english.weekend_workdays if day.year == year)
    named = {day: name for day, name in english.items() if day.year == year}
    chinese = _read(country, year, "zh_CN") if "zh_CN" in english.supported_languages else {}
    holidays = {day: _holiday(name, (chinese or {}).get(day)) for day, name in named.items()}
    holidays |= _adjusted(holidays)
    holidays |= {day: each for day, each in _longer(country, holidays, bool(worked)) if day not in holidays}
    return FreeDays(_weekend_of(country, english.weekend), MappingProxyType(holidays), worked)


# The library's own objects grow while they are asked and are not made for threads: one is made per question,
# and only what was read from it is kept.
def _read(country: str, year: int, language: str) -> Any:
    if country not in _known():
        return None
    import holidays

    region = calendars()["region"].get(country)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "available only from 2001 to 2035": the years around have weekends
        return holidays.country_holidays(country, subdiv=region, years=year, expand=False, language=language)


@cache
def _known() -> frozenset[str]:
    import holidays

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def _weekend_of(country: str, usual: set[int] | frozenset[int]) -> frozenset[int]:
    own = calendars()["weekend"].get(country)
    return frozenset(_WEEKDAYS.index(day) for day in own) if own else frozenset(usual)


def _holiday(english: str, chinese: str | None) -> Holiday:
    en = _bare(english)
    parts = en.split("; ")
    own = [name for part in parts if (name := calendars()["names"].get(part))]
    zh = "、".join(own) if len(own) == len(parts) else _bare(chinese or en)
    return Holiday(en, zh, "estimated" in english)


def _bare(name: str) -> str:
    """Leave out remarks such as "(observed)"; a day with two names keeps both."""
    return _REMARK.sub("", name) or name


def _adjusted(holidays: Mapping[date, Holiday]) -> dict[date, Holiday]:
    """Name China's adjusted days off after the festival they prolong."""
    near = [timedelta(days=away) for away in (-1, -2, -3, -4, -5, -6, 1, 2, 3, 4, 5, 6)]
    named = {day: each for day, each in holidays.items() if each.en != DAY_OFF}
    days_off = (day for day in holidays if day not in named)
    return {
        day: next((named[day + away] for away in near if day + away in named), holidays[day])
        for day in days_off
    }


def _longer(
    country: str, holidays: Mapping[date, Holiday], is_published: bool
) -> Iterator[tuple[date, Holiday]]:
    for rule in calendars()["longer"]:
        if rule["country"] == country and not (is_published and rule.get("until_published")):
            yield from _stretch(rule, holidays)


def _stretch(rule: Mapping[str, Any], holidays: Mapping[date, Holiday]) -> Iterator[tuple[date, Holiday]]:
    named = min((day for day, each in holidays.items() if each.en.startswith(rule["holiday"])), default=None)
    if named is None:
        return
    for day in [named + timedelta(days=later) for later in range(rule["days"])]:
        named = day if day in holidays else named
        yield day, replace(holidays[named], is_expected="until_published" in rule)
