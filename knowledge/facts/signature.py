"""The end of a mail, where people say who they are, and the parts of its lines."""

import re
from collections.abc import Iterator

from knowledge.facts.page import Line, Page

LINES_AT_MOST = 8
LAST_LINES = 4  # of a mail without leave-taking
_BORDER = re.compile(r"[|,/•·–—，、。]|(?<=[a-zà-ž0-9)]{4})[.?!]\s|\s-\s")
_SENTENCE_END = re.compile(r"[.?!。…]\s")


def signature_of(page: Page) -> tuple[Line, ...]:
    """Return the lines from the last leave-taking on, else the last lines but never the first of several."""
    lines = page.lines
    signoffs = {mention.start: mention.end for mention in page.of("signoff")}
    for index in range(len(lines) - 1, max(-1, len(lines) - 14), -1):
        line = lines[index]
        if line.start in signoffs and line.end - signoffs[line.start] < 40:
            return lines[index : index + LINES_AT_MOST]
    return lines[max(1, len(lines) - LAST_LINES) :] if len(lines) > 1 else lines


def parts_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the parts of a line that commas, bars, dashes and full stops divide."""
    begin = start
    for border in [*_BORDER.finditer(text, start, end), None]:
        stop = border.start() if border else end
        words = text[begin:stop].strip()
        first = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip())
        if len(words) > 1:
            yield first, first + len(words)
        begin = border.end() if border else end


def tail_of(page: Page, line: Line) -> Line:
    """Return what follows the last sentence of a line: "... if price ok. Kris"."""
    ends = [match.end() for match in _SENTENCE_END.finditer(page.own, line.start, line.end)]
    begin = ends[-1] if ends else line.start
    return Line(page.own[begin : line.end], begin, line.end)
