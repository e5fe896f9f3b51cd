import string

import pytest

from bot import texts

TEXTS = texts.load()
KEYS = sorted(TEXTS.keys("en") | TEXTS.keys("zh"))


def placeholders_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def raw(key: str, language: texts.Language) -> str:
    return TEXTS._by_language[language][key]


def test_both_languages_say_the_same_things() -> None:
    assert TEXTS.keys("en") == TEXTS.keys("zh")


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_is_filled_in_alike_in_both_languages(key: str) -> None:
    english, chinese = raw(key, "en"), raw(key, "zh")
    assert english.strip(), "empty in English"
    assert chinese.strip(), "empty in Chinese"
    assert placeholders_of(english) == placeholders_of(chinese)


@pytest.mark.parametrize("key", KEYS)
def test_chinese_is_written_in_chinese(key: str) -> None:
    said = "".join(literal for literal, _, _, _ in string.Formatter().parse(raw(key, "en")))
    is_word = any(character.isalpha() for character in said)
    assert not is_word or any("\u4e00" <= character <= "\u9fff" for character in raw(key, "zh"))
