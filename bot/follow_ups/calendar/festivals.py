"""Festivals that people date things by ("after CNY"), as public holidays are called in English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Festival = Literal[
    "christmas",
    "new_year",
    "spring_festival",
    "national_day",
    "labour_day",
    "qingming",
    "dragon_boat",
    "mid_autumn",
    "eid",
    "eid_al_fitr",
    "eid_al_adha",
    "easter",
    "thanksgiving",
    "diwali",
]


@dataclass(frozen=True, slots=True)
class Known:
    """How a festival's days are called, and whose calendar has it where one's own has not."""

    pattern: re.Pattern[str]
    home: str

    def is_called(self, name: str) -> bool:
        """Tell whether a holiday of this name is a day of the festival; "; " parts two names."""
        return any(self.pattern.search(part) for part in name.split("; "))


def _known(pattern: str, home: str) -> Known:
    return Known(re.compile(pattern, re.IGNORECASE), home)


FESTIVALS: Mapping[Festival, Known] = {
    "christmas": _known(r"christmas|^boxing day|^saint stephen", "GB"),
    "new_year": _known(r"^(?:day after |international )?new year", "GB"),
    "spring_festival": _known(r"(?:chinese|lunar|korean) new year|chinese spring festival", "CN"),
    "national_day": _known(r"^national day$", "CN"),
    "labour_day": _known(r"(?:labou?r|workers?'?s?) day|^may day|spring and labor", "CN"),
    "qingming": _known(r"tomb.sweeping|qingming|ching ming", "CN"),
    "dragon_boat": _known(r"dragon boat|tuen ng", "CN"),
    "mid_autumn": _known(r"mid-autumn|chuseok", "CN"),
    "eid": _known(r"\beid[- ](?:al|ul)[- ](?:fitr|adha)", "SA"),
    "eid_al_fitr": _known(r"\beid[- ](?:al|ul)[- ]fitr", "SA"),
    "eid_al_adha": _known(r"\beid[- ](?:al|ul)[- ]adha", "SA"),
    "easter": _known(r"\beaster|^good friday", "DE"),
    "thanksgiving": _known(r"^thanksgiving", "US"),
    "diwali": _known(r"diwali|deepavali", "IN"),
}
