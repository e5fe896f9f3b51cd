"""How complete an inquiry is: the share of weighed items a buyer has given."""

from collections.abc import Iterator

from knowledge import lexicon
from knowledge.facts.reach import mailbox_kind
from knowledge.model import Facts


def completeness(facts: Facts, text: str) -> tuple[float, tuple[str, ...]]:
    """Return the share given, 0 to 1, and the keys of what is missing, heaviest first."""
    items = lexicon.read().entries("completeness")
    given = set(_given(facts, text))
    total = sum(item.details["weight"] for item in items.values())
    found = sum(item.details["weight"] for key, item in items.items() if key in given)
    missing = sorted(items.keys() - given, key=lambda key: (-items[key].details["weight"], key))
    return round(found / total, 2), tuple(missing)


def _given(facts: Facts, text: str) -> Iterator[str]:
    folded = text.lower()
    for key, item in lexicon.read().entries("completeness").items():
        fact = getattr(facts, key)
        is_shown = any(word in folded for word in item.details.get("shown", ()))
        if is_shown or (fact and not (key == "email" and mailbox_kind(fact.value))):
            yield key
