"""Countries: as buyers name them, as time zones tell them, and what their clocks show.

Names come from `countries.toml`, zones from the tzdata package. Nothing here raises for a country or zone it
does not know: it says None.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.texts import Language

_IGNORED = str.maketrans("", "", ".,;:!?。，()（）[]\"'’‘`")


def country_named(name: str) -> str | None:
    """Return the ISO 3166-1 code of a country as a buyer writes it ("U.S.A.", "德国"); None when unsure."""
    return _codes().get(_plain(name))


def country_name(code: str, language: Language) -> str:
    """Return a country's name as it stands in a sentence ("the UAE"); its code when it is not in the list."""
    names = _names().get(code)
    return names[0 if language == "en" else 1] if names else code


def is_country(code: str) -> bool:
    """Tell whether an ISO 3166-1 code in capitals is one of a country with clocks of its own."""
    return code in _zones().values()


def country_of_zone(tz: str) -> str | None:
    """Return the country a time zone such as "Europe/Berlin" lies in; old names such as Asia/Calcutta too."""
    zones = _zones()
    return zones.get(tz) or zones.get(_renamed().get(tz, ""))


def hour_there(country: str | None, at_ms: int) -> datetime | None:
    """Return what clocks in `country` show at an instant; None when they differ across it."""
    zones = _zones_in(country or "")
    try:
        at = datetime.fromtimestamp(at_ms / 1000, UTC)
        shown = [at.astimezone(ZoneInfo(zone)) for zone in zones]
    except (OverflowError, ValueError):
        return None
    return shown[0] if len({each.utcoffset() for each in shown}) == 1 else None


@cache
def calendars() -> Mapping[str, Any]:
    """Return our own additions to working days, `calendars.toml`."""
    return tomllib.loads((Path(__file__).parent / "calendars.toml").read_text("utf-8"))


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads((Path(__file__).parent / "countries.toml").read_text("utf-8"))
    return {code: tuple(names) for code, names in table.items()}


@cache
def _codes() -> Mapping[str, str]:
    return {_plain(name): code for code, names in _names().items() for name in names}


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().replace("-", " ").translate(_IGNORED)
    return " ".join(folded.split()).removeprefix("the ")


@cache
def _zones() -> Mapping[str, str]:
    """Zone → country. zone.tab and not its successor zone1970.tab, which gives Oslo to Germany."""
    rows = (line.split("\t") for line in _lines("zone.tab") if not line.startswith("#"))
    return {row[2].strip(): row[0] for row in rows if len(row) > 2}


@cache
def _renamed() -> Mapping[str, str]:
    """Old zone name → today's, where it names a place: "EST" is a link to Panama, but means no country."""
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {old: new for _, new, old in links if "/" in old}


@cache
def _zones_in(country: str) -> tuple[str, ...]:
    if main := calendars()["main_zone"].get(country):
        return (main,)
    return tuple(zone for zone, code in _zones().items() if code == country)


def _lines(name: str) -> Iterator[str]:
    yield from (files("tzdata") / "zoneinfo" / name).read_text("utf-8").splitlines()
