"""How fast an inquiry is judged, beside a loop that tries every phrase on the whole text."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

import knowledge
from bench.timing import Result, against

ROOT = Path(__file__).parent.parent
SCORE = 85  # from which a fuzzy hit would be believed


def results() -> Iterator[Result]:
    """Compare judging ordinary inquiries, and judging a text of 30 kB."""
    known, phrases = knowledge.load(), plain_phrases()
    texts = [json.loads(line)["text"] for line in (ROOT / "bench/corpus/tune.jsonl").open(encoding="utf-8")][
        :60
    ]
    loop = f"rapidfuzz partial_ratio over {len(phrases)} phrases"
    yield against(
        f"judging {len(texts)} inquiries",
        lambda: [known.classify(text) for text in texts],
        lambda: [_loop(text, phrases) for text in texts],
        loop,
        turns=3,
    )
    short, long = "\n".join(texts)[:3000], "\n".join(texts * 3)[:30000]
    yield against(
        "judging 30 kB", lambda: known.classify(long), lambda: known.classify(short), "judging 3 kB"
    )


def _loop(text: str, phrases: list[str]) -> int:
    lowered = text.lower()
    return sum(fuzz.partial_ratio(phrase, lowered) >= SCORE for phrase in phrases)


def plain_phrases() -> list[str]:
    """Return the plain phrases of the type files and the words of the notions, without patterns."""
    found: set[str] = set()
    for path in (ROOT / "knowledge/types").glob("*.toml"):
        for cue in tomllib.loads(path.read_text("utf-8")).get("cues", ()):
            for block in cue.get("phrases", {}).values():
                found |= {line.strip().lower() for line in block.splitlines()}
    notions = tomllib.loads((ROOT / "knowledge/lexicon/notions.toml").read_text("utf-8"))
    for notion in notions.values():
        blocks = notion.values() if isinstance(notion, dict) else ()
        found |= {
            line.strip().lower() for block in blocks if isinstance(block, str) for line in block.splitlines()
        }
    return sorted(
        phrase for phrase in found if phrase and not set("@|*#…") & set(phrase) and "..." not in phrase
    )
