"""Reads amounts as people write them: 1,000 and 1.000, 10k, 5万, 三千, 2 lakh, ٥٠٠٠. Shows what was read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge import lexicon

COMMA_IS_DECIMAL = frozenset(
    ("de", "es", "pt", "fr", "it", "nl", "tr", "id", "pl", "ru", "uk", "bg", "vi", "ro", "cs", "sv")
)
KELVIN_FROM = 1000  # "5000K" is a colour of light, not five million

_FOREIGN_DIGITS = {0x660 + n: str(n) for n in range(10)} | {0x6F0 + n: str(n) for n in range(10)}
_DEVANAGARI = {0x966 + n: str(n) for n in range(10)}
_FULL_WIDTH = {0xFEE0 + n: chr(n) for n in range(0x21, 0x7F)}
_ODD = {0x066B: ".", 0x066C: ",", 0x3000: " ", 0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2019: "'", 0x130: "I"}
_WESTERN = _FULL_WIDTH | _FOREIGN_DIGITS | _DEVANAGARI | _ODD

_WRITTEN = re.compile(
    r"(?<![0-9A-Za-z_\u00c0-\u052f])(?<!\d[.,])(?:"
    r"(?P<spaced>\d{1,3}(?:[ ']\d{3}){1,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?)"
    r"|(?P<indian>\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d))"
    r"|(?P<commas>\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,6})?)"
    r"|(?P<dots>\d{1,3}(?:\.\d{3}){1,4}(?!\d)(?:,\d{1,6})?)"
    r"|(?P<simple>\d{1,15}(?!\d)(?:[.,]\d{1,6}(?!\d))?)"
    r")"
)
_HAN = re.compile("[零〇一二两兩三四五六七八九十百千万萬亿億]{1,12}")
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_STEPS = {"十": 10, "百": 100, "千": 1000}
_HAN_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_AFTER_THOUSAND_SIGN = "克瓦米卡"  # 千克, 千瓦, 千米 are units


@dataclass(frozen=True, slots=True)
class Number:
    """An amount and its place in the text."""

    value: Decimal
    start: int
    end: int


def western(text: str) -> str:
    """Return `text` of the same length with Arabic-Indic and full-width signs as plain ones."""
    return text if text.isascii() else text.translate(_WESTERN)


def numbers_in(text: str, language: str) -> tuple[Number, ...]:
    """Return the amounts of `text` in order, decimal and thousands signs read by the habit of `language`."""
    plain = western(text)
    found = [*_in_digits(plain, language)]
    if not plain.isascii():
        found += _in_han(plain, {number.start for number in found} | {number.end - 1 for number in found})
    return tuple(sorted(found, key=lambda number: number.start))


def readable(value: Decimal) -> str:
    """Return the amount without grouping or needless zeros: 5000, 2.5."""
    return f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:f}"


def _in_digits(plain: str, language: str) -> Iterator[Number]:
    for match in _WRITTEN.finditer(plain):
        kind = match.lastgroup or "simple"
        written, end = match[0], match.end()
        if kind == "spaced" and not _is_one_number(written, language):
            written = re.split("[ ']", written, maxsplit=1)[0]
            end = match.start() + len(written)
            yield from _tail(plain, end, match.end())
            kind = "simple"
        value = _value(written, kind, language)
        factor, end = _scale_at(plain, end, value, language)
        yield Number(value * factor, match.start(), end)


def _tail(plain: str, start: int, end: int) -> Iterator[Number]:
    """The numbers after the first of "500 100 pcs", which is two numbers in English."""
    for match in re.finditer(r"\d+(?:[.,]\d+)?", plain[start:end]):
        yield Number(Decimal(match[0].replace(",", ".")), start + match.start(), start + match.end())


def _is_one_number(written: str, language: str) -> bool:
    return "'" in written or language in COMMA_IS_DECIMAL or re.split("[.,]", written)[0].endswith("000")


def _value(written: str, kind: str, language: str) -> Decimal:
    if kind in ("indian", "commas"):
        return _with_commas(written, kind, language)
    if kind == "dots":
        return _with_dots(written, language)
    return Decimal(re.sub("[ ']", "", written).replace(",", "."))


def _with_commas(written: str, kind: str, language: str) -> Decimal:
    is_decimal = language in COMMA_IS_DECIMAL - {"es"} and kind == "commas" and written.count(",") == 1
    if is_decimal and "." not in written and not written.endswith("000"):
        return Decimal(written.replace(",", "."))
    return Decimal(written.replace(",", ""))


def _with_dots(written: str, language: str) -> Decimal:
    if language in COMMA_IS_DECIMAL or written.count(".") > 1 or "," in written:
        return Decimal(written.replace(".", "").replace(",", "."))
    return Decimal(written)


@lru_cache(maxsize=32)
def _scales(language: str) -> Mapping[str, int]:
    entries = lexicon.read().entries("numerals").values()
    big = [
        e for e in entries if e.details["value"] >= 100 and language in e.details.get("languages", [language])
    ]
    return {word: entry.details["value"] for entry in big for word in entry.words}


def _scale_at(plain: str, end: int, value: Decimal, language: str) -> tuple[Decimal, int]:
    """Return what the word after the number multiplies by, and where that word ends."""
    scales = _scales(language)
    start = end + 1 if plain[end : end + 1] in (" ", "-") else end
    after = plain[start : start + 9].lower()
    for length in range(len(after), 0, -1):
        word = after[:length]
        if word in scales and _stands(word, plain, start + length, value):
            return Decimal(scales[word]), start + length
    if re.match(r"M(?= ?(?:pcs|pieces|units|sets|个))", plain[end : end + 8]):
        return Decimal(10**6), end + 1
    return Decimal(1), end


def _stands(word: str, plain: str, end: int, value: Decimal) -> bool:
    after = plain[end : end + 1]
    if word == "千":
        return after not in _AFTER_THOUSAND_SIGN or not after
    if word == "k":
        return value < KELVIN_FROM and not after.isalnum() and plain[end - 2 : end - 1].isdigit()
    return not word[-1].isalpha() or ord(word[-1]) > 0x2E80 or not (after.isalpha() and ord(after) < 0x2E80)


def _in_han(plain: str, taken: set[int]) -> Iterator[Number]:
    for match in _HAN.finditer(plain):
        if not taken & {match.start(), match.start() - 1} and (value := _han_value(match[0])) is not None:
            yield Number(Decimal(value), match.start(), match.end())


def _han_value(written: str) -> int | None:
    """Return what Han numerals say, None for a scale that counts nothing (千万别)."""
    if written[0] in "百千万萬亿億":
        return None
    total = section = digit = 0
    for sign in written:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in _HAN_STEPS:
            section, digit = section + (digit or 1) * _HAN_STEPS[sign], 0
        else:
            total, section, digit = total + (section + digit) * _HAN_SCALES[sign], 0, 0
    return total + section + digit
