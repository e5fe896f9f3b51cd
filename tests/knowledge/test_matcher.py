"""Phrases are found as a person would find them: misspelt, across a line, never inside another word."""

from collections.abc import Mapping

import pytest

from knowledge.matcher import MAX_HITS, Matcher, Matches
from knowledge.normalize import normalize
from knowledge.phrases import MAX_VARIANTS, BadPhrase, phrases_of
from knowledge.spelling import Spelling

NOTIONS = {
    "free": {"en": ["free", "gratis", "free of charge"], "zh": ["免费"]},
    "sample": {"en": ["sampl*"], "zh": ["样品"]},
}
LISTS = {
    "free_sample": {
        "en": ["@free ... @sample", "@sample ... @free"],
        "zh": ["@free @sample", "寄 ... @sample"],
    },
    "oem": {"en": ["oem"]},
    "quotation": {"en": ["quotation", "catalogue"]},
    "shops": {"en": ["# shops"]},
    "dealer": {"en": ["become a? dealer|distributor"]},
    "sampling": {"en": ["sampl* kit"]},
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(
        {name: [phrase.parts[0] for phrase in _phrases(blocks)] for name, blocks in NOTIONS.items()},
        {name: _phrases(blocks) for name, blocks in LISTS.items()},
        guessed=["sample"],
        never_misspelt=["simple"],
        everyday_slips={"fre": "free"},
    )


def _phrases(blocks: Mapping[str, list[str]]):  # type: ignore[no-untyped-def]
    return [
        phrase
        for language, lines in blocks.items()
        for line in lines
        for phrase in phrases_of(line, language)
    ]


def found(matcher: Matcher, text: str) -> dict[str, list[tuple[str, float]]]:
    matches = matcher.find(normalize(text))
    return {name: _quotes(matches, name, text) for name in matches.hits if not name.startswith("@")}


def _quotes(matches: Matches, name: str, text: str) -> list[tuple[str, float]]:
    spans = [(matches.span(hit), round(matches.similarity(hit), 2)) for hit in matches.hits[name]]
    return [(text[start:end], similarity) for (start, end), similarity in spans]


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("Please send FREE samples soon", "free_sample", "FREE samples"),
        ("Ｆｒｅｅ　ｓａｍｐｌｅｓ please", "free_sample", "Ｆｒｅｅ　ｓａｍｐｌｅｓ"),
        ("samples, all of them, free", "free_sample", "samples, all of them, free"),
        ("we want free\nsamples", "free_sample", "free\nsamples"),
        ("请寄免費樣品", "free_sample", "免費樣品"),
        ("请寄几个样品", "free_sample", "寄几个样品"),
        ("we have 20 shops", "shops", "20 shops"),
        ("how to become distributor", "dealer", "become distributor"),
        ("how to become a dealer", "dealer", "become a dealer"),
        ("a sampling kit", "sampling", "sampling kit"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_phrase_is_found_with_its_own_words(matcher: Matcher, text: str, name: str, quote: str) -> None:
    assert (quote, 1.0) in found(matcher, text)[name]


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("send us fre samples", "free_sample", "fre samples"),
        ("send us free sampels now", "free_sample", "free sampels"),
        ("need quatation", "quotation", "quatation"),
        ("need catalouge", "quotation", "catalouge"),
    ],
    ids=lambda value: value,
)
def test_a_misspelt_phrase_is_found_with_less_similarity(
    matcher: Matcher, text: str, name: str, quote: str
) -> None:
    [(shown, similarity)] = set(found(matcher, text)[name])
    assert shown == quote
    assert 0.7 < similarity < 1


@pytest.mark.parametrize(
    "text",
    [
        "a poem about spring",
        "freedom of sampling",
        "simple and free",
        "It is free. Samples are sold separately",
        "free one two three four five samples",
        "免运费，样品",
        "",
        "\x00",
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_nothing_is_found_where_the_phrase_does_not_stand(matcher: Matcher, text: str) -> None:
    assert found(matcher, text) == {}


@pytest.mark.parametrize(
    "piece",
    ["free ", "free sample ", "x" * 5000 + " ", "免费样品", "a b c d e f g ", "1 ", "fre sampel "],
    ids=lambda value: ascii(value)[:20],
)
def test_hostile_repetition_keeps_the_number_of_hits_small(matcher: Matcher, piece: str) -> None:
    matches = matcher.find(normalize(piece * (60_000 // len(piece))))
    assert all(len(hits) <= MAX_HITS for hits in matches.hits.values())


@pytest.mark.parametrize("line", ["...", "free ...", "@", "* *", "-", "|"])
def test_a_line_that_cannot_be_a_phrase_says_why(line: str) -> None:
    with pytest.raises(BadPhrase, match=r"\w"):
        phrases_of(line, "en")


def test_a_line_may_not_stand_for_too_many_phrases() -> None:
    line = " ".join(["a|b|c|d|e|f"] * 4)
    with pytest.raises(BadPhrase, match=str(MAX_VARIANTS)):
        phrases_of(line, "en")


@pytest.mark.parametrize("word", ["water", "poem", "simple", "x1y2z3a4", "a" * 40])
def test_a_right_word_is_left_as_it_stands(word: str) -> None:
    spelling = Spelling(["later", "oem", "supplier"], ["sample"], ["simple"], {}, ["sampl"])
    assert spelling.meant_by(word) == (word, 1.0)


@pytest.mark.parametrize(
    ("word", "meant"), [("suplier", "supplier"), ("smaple", "sample"), ("manifacturer", "manufacturer")]
)
def test_a_misspelt_word_is_understood(word: str, meant: str) -> None:
    spelling = Spelling(["supplier", "manufacturer"], ["sample"], [], {}, [])
    understood, similarity = spelling.meant_by(word)
    assert understood == meant
    assert similarity < 1
