"""Measures that stand before the name of the goods: "600x600 mm LED panels" are LED panels."""

import re

_SHORT = r"(?:mm|cm|ml|cl|kg|kw|mah|ah|gsm|mic|microns?|inch|inches|hz|hp|ft|oz|mtrs?|watts?|volts?)"
_UNIT = rf"(?:{_SHORT}|[mglwva])"
_NUMBER = r"\d{1,7}(?:[.,]\d{1,4})?"
_TIMES = rf"(?: ?[x×*] ?{_NUMBER})"
_ONE = (
    rf"(?:{_NUMBER}{_TIMES}{{1,3}}(?: ?{_UNIT}(?![^\W\d_]))?"
    rf"|{_NUMBER} ?{_UNIT}(?![^\W\d_])|{_SHORT}(?![^\W\d_]){_TIMES}{{0,3}})"
)
_LEADING = re.compile(rf"(?:{_ONE}[ ,]{{1,2}}){{1,4}}(?=[^\W\d_]{{2}})")
_NOTHING_ELSE = re.compile(rf"(?:{_ONE}[ ,]{{0,2}}){{1,5}}")


def past_measures(folded: str, start: int) -> int:
    """Return where the goods begin after measures that lead them, `start` where none do."""
    match = _LEADING.match(folded, start)
    return match.end() if match else start


def is_measure(phrase: str) -> bool:
    """Whether a phrase in lower case is measures and nothing else: "600x600 mm"."""
    return _NOTHING_ELSE.fullmatch(phrase) is not None
