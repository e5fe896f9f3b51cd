"""Finds the word that was meant when a word of the phrases is misspelt."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

MIN_LENGTH = 5  # below this one slip makes another word: "oem" and "poem"
GUESSED_FROM = 8  # letters; shorter words are guessed only when named: "water" is no misspelt "later"
TWO_SLIPS_FROM = 10
MAX_LENGTH = 24
_MEMORY = 20_000  # words remembered; a longer stream of inquiries starts afresh


class Spelling:
    """The words of all phrases, asked for the one nearest to a word outside of them."""

    def __init__(
        self,
        words: Iterable[str],
        guessed: Iterable[str],
        never: Iterable[str],
        everyday: Mapping[str, str],
        stems: Iterable[str],
    ) -> None:
        """`guessed`: shorter words to guess too; `never`: right words; `everyday`: slips of short words."""
        self._guessed = frozenset(guessed)
        self._known = set(words) | self._guessed
        self._stems = frozenset(stems)
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._never = frozenset(never)
        self._everyday = everyday
        self._by_deletion: dict[str, list[str]] | None = None
        self._remembered: dict[str, tuple[str, float]] = {}

    def meant_by(self, word: str) -> tuple[str, float]:
        """Return the word meant and its similarity to what is written, 1.0 when nothing is misspelt."""
        if word in self._known:
            return word, 1.0
        if (found := self._remembered.get(word)) is None:
            found = self._look_up(word)
            if len(self._remembered) >= _MEMORY:
                self._remembered.clear()
            self._remembered[word] = found
        return found

    def _look_up(self, word: str) -> tuple[str, float]:
        if word in self._everyday:
            meant = self._everyday[word]
            return meant, OSA.normalized_similarity(word, meant)
        if not MIN_LENGTH <= len(word) <= MAX_LENGTH or word in self._never or not word.isalpha():
            return word, 1.0
        if any(word[:length] in self._stems for length in self._stem_lengths):
            return word, 1.0
        best = min(self._near(word), default=None)
        return (word, 1.0) if best is None else (best[1], 1 - best[0] / max(len(word), len(best[1])))

    def _near(self, word: str) -> list[tuple[int, str]]:
        index = self._index()
        near = {meant for key in _deletions(word) for meant in index.get(key, ())}
        measured = ((OSA.distance(word, meant, score_cutoff=2), meant) for meant in near)
        return [(slips, meant) for slips, meant in measured if _may_be_slip(slips, word, meant)]

    def _index(self) -> dict[str, list[str]]:
        if self._by_deletion is None:
            self._by_deletion = _by_deletion(filter(self._is_guessed, sorted(self._known)))
        return self._by_deletion

    def _is_guessed(self, word: str) -> bool:
        return word in self._guessed or (GUESSED_FROM <= len(word) <= MAX_LENGTH and word.isalpha())


def _by_deletion(words: Iterable[str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in words:
        for key in _deletions(word):
            index.setdefault(key, []).append(word)
    return index


def _deletions(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _may_be_slip(slips: int, word: str, meant: str) -> bool:
    most = 2 if len(meant) >= TWO_SLIPS_FROM else 1
    is_alike = word[0] == meant[0] or (slips == 1 and len(meant) >= GUESSED_FROM)
    return slips <= most and is_alike
