"""Facts against labels made by a reader: every fact of these inquiries."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from knowledge.facts import gather
from knowledge.language import language_of
from knowledge.model import Facts

LABELLED = [
    json.loads(line)
    for line in (Path(__file__).parent / "labelled_facts.jsonl").read_text("utf-8").splitlines()
]
KEYS = tuple(Facts.__dataclass_fields__)
LEAST_F1 = 0.85


def bare(words: str) -> str:
    return re.sub(r"[\W_]", "", words.lower())


def found_in(row: dict[str, Any], key: str) -> list[str]:
    facts = gather(row["text"], language_of(row["text"]), row["sender"], row["subject"])
    fact = getattr(facts, key)
    return [each.value for each in (fact if isinstance(fact, tuple) else [fact] if fact else [])]


def fits(value: str, alternatives: list[str]) -> bool:
    shown = bare(value)
    return any(bare(each) in shown or (len(shown) > 3 and shown in bare(each)) for each in alternatives)


def counts(row: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Count hits, wrong finds and misses per key."""
    tally: Counter[tuple[str, str]] = Counter()
    for key in KEYS:
        wanted, found = row["facts"].get(key, []), found_in(row, key)
        hits = sum(any(fits(value, alternatives) for value in found) for alternatives in wanted)
        tally[key, "hit"] += hits
        tally[key, "missed"] += len(wanted) - hits
        tally[key, "wrong"] += max(0, len(found) - hits)
    return tally


def f1_of(tally: Counter[tuple[str, str]], keys: tuple[str, ...] = KEYS) -> float:
    hit, wrong, missed = (sum(tally[key, what] for key in keys) for what in ("hit", "wrong", "missed"))
    return 2 * hit / (2 * hit + wrong + missed) if hit else 0.0


def test_facts_agree_with_a_reader() -> None:
    tally = sum((counts(row) for row in LABELLED), Counter())
    assert f1_of(tally) >= LEAST_F1
