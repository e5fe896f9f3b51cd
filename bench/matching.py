"""What judging costs at four sizes of text, beside other ways to look for the same phrases."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import ahocorasick
from rapidfuzz import fuzz, process

import knowledge
from bench.reading_speed import SCORE, plain_phrases
from bench.timing import Result, against

CORPUS = Path(__file__).parent / "corpus/tune.jsonl"
SIZES = (500, 1_000, 4_000, 64_000)  # characters
LOOPED_UP_TO = 4_000  # longer texts would keep the loops busy for seconds a turn


def results() -> Iterator[Result]:
    """Compare judging with exact search, the floor, and with two fuzzy loops over the whole text."""
    known, phrases = knowledge.load(), plain_phrases()
    rivals = {
        f"exact pyahocorasick, {len(phrases)} phrases": _exactly(phrases),
        "rapidfuzz partial_ratio loop": _one_by_one(phrases),
        "rapidfuzz process.cdist": _all_at_once(phrases),
    }
    rows = [json.loads(line) for line in CORPUS.open(encoding="utf-8")]
    long = "\n".join(row["text"] for row in rows * 3)
    for size in SIZES:
        text = long[:size]
        for name, look in rivals.items():
            if size <= LOOPED_UP_TO or name.startswith("exact"):
                yield against(
                    f"judging {size} characters beside {name}",
                    lambda text=text: known.classify(text),
                    lambda look=look, text=text: look(text),
                    name,
                    turns=7,
                )


def _exactly(phrases: list[str]) -> Callable[[str], object]:
    automaton = ahocorasick.Automaton()
    for phrase in phrases:
        automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text.lower()))


def _one_by_one(phrases: list[str]) -> Callable[[str], object]:
    return lambda text: [phrase for phrase in phrases if fuzz.partial_ratio(phrase, text.lower()) >= SCORE]


def _all_at_once(phrases: list[str]) -> Callable[[str], object]:
    return lambda text: process.cdist(phrases, [text.lower()], scorer=fuzz.partial_ratio, score_cutoff=SCORE)
