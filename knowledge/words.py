"""Cuts a normalised text into words, and Chinese, Japanese, Korean and Thai into characters."""

import re
from dataclasses import dataclass

from knowledge.normalize import Normalized

_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|\d+(?:[.,]\d+)*|[^\W\d_{_UNSPACED}]+\d*")
_UNSPACED_CHAR = re.compile(rf"[{_UNSPACED}]")
# A full stop ends a sentence only before a space: "3.5 g" and "www.firm.example" do not end one.
_END_OF_SENTENCE = re.compile(r"[!?;。!?;؟…•\x00]|\.(?:\s|$)|\n\s*\n|\n\s*(?:[-*–>]|\d{1,2}[.)])")
_PAUSE = re.compile(r"[,:，、：،()\[\]\"|–—]")
_JOINED_BY_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?=[st]\b)")
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل))(?=\w{3})|^[وب](?=\w{4})")

SENTENCE_MARK = "\n"
PAUSE_MARK = ","


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, each with its place in the normalised text and the sentence it stands in."""

    source: Normalized
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    breaks: tuple[str, ...]  # what stands before each word: "", PAUSE_MARK or SENTENCE_MARK

    def original_span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words `first` to `last` stand in the original text."""
        return self.source.span(self.starts[first], self.ends[last])


def words_of(source: Normalized) -> Words:
    """Cut `source` into words, plurals and Arabic articles taken off."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    breaks: list[str] = []
    text, end, sentence = source.text, 0, 0
    if "'" in text or "’" in text:
        text = _JOINED_BY_APOSTROPHE.sub("\x01", text)  # same length: places stay
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token.group()
        is_next = start == end or (start == end + 1 and text[end] == " ")
        mark = "" if is_next else _mark_between(text, end, start)
        if mark == SENTENCE_MARK and words:
            sentence += 1
        is_joined = bool(words) and start == end + 1 and text[end] == "\x01"
        end = token.end()
        if is_joined:
            words[-1] = base(words[-1] + word)
            ends[-1] = end
            continue
        words.append(base(word))
        starts.append(start)
        ends.append(end)
        sentences.append(sentence)
        breaks.append(mark)
    return Words(source, tuple(words), tuple(starts), tuple(ends), tuple(sentences), tuple(breaks))


def is_unspaced(word: str) -> bool:
    """Tell whether `word` is one character of a script that is written without spaces."""
    return word[0] > "\u0dff" and _UNSPACED_CHAR.match(word) is not None


def base(word: str) -> str:
    """Return `word` without the endings that change nothing: plural -s, Arabic article and conjunction."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    if word[0] in "وفبكلا" and len(word) > 4:
        return _ARABIC_PREFIX.sub("", word)
    return word


def _mark_between(text: str, end: int, start: int) -> str:
    between = text[end:start][:80]
    if _END_OF_SENTENCE.search(between):
        return SENTENCE_MARK
    return PAUSE_MARK if _PAUSE.search(between) else ""
