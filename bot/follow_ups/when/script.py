"""Text as the grammar reads it: one width, one case, simplified time words, straight quotes, single spaces.

Only the beginning is read, as far as any time can reach, so a text of any length is answered at once.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.follow_ups.when import vocabulary

WINDOW = 160  # characters; the longest time people write is far shorter
SPELT = {"½": ".5", "¼": ".25", "¾": ".75", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
SPELT |= {"‐": "-", "‑": "-", "−": "-", "〜": "~", "⁄": "/", "∼": "~", "㏂": "am", "㏘": "pm"}
BLANK = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
INVISIBLE = ("Cf", "Cc", "Mn")


@dataclass(frozen=True, slots=True)
class Written:
    """The beginning of a text as it is read, and where each character stood."""

    raw: str
    text: str
    places: tuple[int, ...]  # of each character in `raw`, and where the next would stand

    def taken(self, start: int, end: int) -> str:
        """Return the words as they were typed."""
        return self.raw[self.places[start] : self.places[end]].strip(BLANK)

    def rest(self, start: int) -> str:
        """Return what follows, as it was typed."""
        return self.raw[self.places[start] :].strip()


def written(raw: str) -> Written:
    """Return the beginning of a text as the grammar reads it."""
    characters: list[str] = []
    places: list[int] = []
    place = 0
    for place, character in _read(raw):
        if len(characters) >= WINDOW:
            break
        if character == " " and characters[-1:] in ([], [" "]):
            continue
        characters.append(character)
        places.append(place)
    else:
        place = len(raw)
    return Written(raw, "".join(characters), (*places, place))


def _read(raw: str) -> Iterator[tuple[int, str]]:
    for place, character in enumerate(raw):
        for read in _spelt(character):
            yield place, read


def _spelt(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in INVISIBLE:
        return ""
    if character in SPELT:
        return SPELT[character]
    plain = unicodedata.normalize("NFKC", character).lower()
    simplified: str = vocabulary.section("traditional").get(plain, plain)
    return "".join(" " if part.isspace() else part for part in simplified)
