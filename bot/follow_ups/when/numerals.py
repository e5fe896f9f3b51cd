"""Numbers as they are typed: figures, English words, Han numerals."""

import re
from fractions import Fraction

from bot.follow_ups.when import vocabulary

FIGURES = r"(?:\d+(?:\.\d+|,\d{1,2}(?!\d))?|\.\d+)"
HAN = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+)"
MOST_DIGITS = 9  # more is no number of days


def figure(written: str) -> Fraction:
    """Return "3", "1.5", "1,5" as a number; a monstrous one as one that is too large."""
    digits = written.replace(",", ".")
    if len(digits) > MOST_DIGITS:
        return Fraction(10**MOST_DIGITS)
    return Fraction(f"0{digits}" if digits.startswith(".") else digits)


def english(written: str) -> Fraction:
    """Return a number in figures or English words."""
    if re.fullmatch(FIGURES, written):
        return figure(written)
    words = vocabulary.numbered("english", "numbers").meaning
    return Fraction(words[" ".join(written.split())])


def han(written: str) -> Fraction:
    """Return a number in figures or Han numerals: 十二, 二十, 一百零五, 两."""
    if re.fullmatch(r"\d+(?:\.\d+)?", written):
        return figure(written)
    digits = vocabulary.section("chinese", "digits")
    if not re.search("[十百]", written):
        return figure("".join(str(digits[character]) for character in written))
    total, digit = 0, None
    for character in written:
        if character in "十百":
            total += (1 if digit is None else digit) * (10 if character == "十" else 100)
            digit = None
        else:
            digit = digits[character]
    return Fraction(total + (digit or 0))
