"""Turns bytes into text when the charset is wrong, missing or unknown, as trade mail often has it."""

import codecs
import re
from collections.abc import Callable

# Windows and the Chinese standards are supersets of what mail programs name; the superset reads both.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "hz": "hz",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi": "cp1252",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "unicode": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Python knows encodings that are no charsets of mail, some slow and some warning.
_OF_MAIL = re.compile(
    r"(?:utf-?(?:7|8|16|32)|iso-?8859-|iso-?2022-|iso2022|windows-?\d|cp\d|koi8-|gb18030|hz$|big5|euc-|shift|mac|tis)"
)
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]")
_LONE_HIGH = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH = re.compile(rb"[\x80-\xff]")
_PAIRS = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
SAMPLE = 20_000  # bytes the guess looks at
SURE = 0.6  # share of high bytes that must fit a guess before a stated charset is overruled


def decode(raw: bytes, charset: str | None = None) -> str:
    """Return the text of `raw`: by byte order mark, by the stated charset when it fits, else by a guess.

    Never fails; what no charset reads becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    if half := _half_empty(raw[:SAMPLE]):
        return raw.decode(half, "replace")
    if _JAPANESE_ESCAPE.search(raw, 0, SAMPLE):
        return raw.decode("iso2022_jp_ext", "replace")
    stated = _known(charset)
    if stated and stated != "cp1252":
        return _decoded(raw, stated) or _decoded(raw, "utf-8") or _repaired(raw, stated)
    return _decoded(raw, "utf-8") or raw.decode(guess(raw), "replace")


def _half_empty(sample: bytes) -> str | None:
    """Return which UTF-16 a text without a byte order mark is in: every other byte of Latin letters is 0."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) * 4 or min(even, odd) * 20 > len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def guess(raw: bytes) -> str:
    """Return the charset that the bytes of a text without a usable label look like."""
    sample = raw[:SAMPLE]
    high = len(_HIGH.findall(sample))
    if high < 2 or len(_LONE_HIGH.findall(sample)) > high // 2:
        return "cp1252"
    scores: dict[str, float] = {name: score(sample) / high for name, score in _SCORES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= SURE else "cp1252"


def _known(charset: str | None) -> str | None:
    name = (charset or "").strip().strip("\"'").lower().replace("_", "-")
    name = _SUPERSETS.get(name, _SUPERSETS.get(name.replace("-", "_"), name))
    if not _OF_MAIL.match(name):
        return None
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return name


def _decoded(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _repaired(raw: bytes, charset: str) -> str:
    """Read with the stated charset when only a byte here and there is damaged, else with the likely one."""
    repaired = raw.decode(charset, "replace")
    if repaired.count("\ufffd") <= len(repaired) // 100 + 1:
        return repaired
    return raw.decode(guess(raw), "replace")


def _pairs_score(sample: bytes, first: int, last: int) -> int:
    leads: list[int] = [pair[0] for pair in _PAIRS.findall(sample)]
    return 2 * sum(first <= lead <= last for lead in leads)


def _chinese(sample: bytes) -> float:
    # Hangul of EUC-KR fills the first 25 rows; Chinese spreads over the 40 rows of its common characters.
    common, hangul = _pairs_score(sample, 0xB0, 0xD7), _pairs_score(sample, 0xB0, 0xC8)
    return (common + _pairs_score(sample, 0xA1, 0xA3)) * (0.5 if hangul > 0.95 * common else 1)


def _korean(sample: bytes) -> float:
    return 0.99 * (_pairs_score(sample, 0xB0, 0xC8) + _pairs_score(sample, 0xA1, 0xA3))


def _traditional(sample: bytes) -> float:
    text = _decoded(sample, "cp950") or _decoded(sample[:-1], "cp950")
    if text is None:
        return 0
    low_second = len(re.findall(rb"[\xa4-\xc6][\x40-\x7e]", sample))
    common = len(re.findall(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]", sample))
    return (low_second + 2 * (common - low_second) + low_second / 2) if low_second > common // 5 else 0


def _japanese(sample: bytes) -> float:
    kana = len(re.findall(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]", sample))
    return 4.0 * kana if _decoded(sample, "cp932") or _decoded(sample[:-1], "cp932") else 0


def _cyrillic(lower: range, sample: bytes) -> float:
    # Text is mostly small letters, and the two Cyrillic charsets hold them where the other has capitals.
    return 0.95 * sum(byte in lower for byte in sample)


_SCORES: dict[str, Callable[[bytes], float]] = {
    "gb18030": _chinese,
    "cp950": _traditional,
    "cp932": _japanese,
    "cp949": _korean,
    "cp1251": lambda sample: _cyrillic(range(0xE0, 0x100), sample),
    "koi8-r": lambda sample: _cyrillic(range(0xC0, 0xE0), sample),
}
