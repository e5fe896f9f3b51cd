"""Telling the language of short, mixed and hostile texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import language_of

TEXTS = {
    "en": "Please quote 500 garden chairs, we need them before May.",
    "zh": "请报五百把花园椅的离岸价，谢谢",
    "zh traditional": "請報價五百把花園椅，交期多久？",
    "es": "Buenas tardes, necesitamos quinientas sillas de jardín",
    "pt": "Bom dia, precisamos de quinhentas cadeiras de jardim",
    "fr": "Bonjour, nous cherchons cinq cents chaises de jardin",
    "de": "Guten Tag, wir suchen fünfhundert Gartenstühle",
    "ru": "Добрый день, нужны садовые стулья, пятьсот штук",
    "uk": "Доброго дня, потрібні садові стільці, п'ятсот штук",
    "ar": "مساء الخير، نحتاج خمسمئة كرسي للحديقة",
    "it": "Buongiorno, cerchiamo cinquecento sedie da giardino",
    "tr": "Merhaba, beş yüz bahçe sandalyesi için fiyat rica ederiz",
    "ja": "ガーデンチェア五百脚のお見積もりをお願いします",
    "ko": "정원용 의자 오백 개 견적 부탁드립니다",
    "vi": "Chào anh chị, bên em cần mua năm trăm ghế sân vườn",
    "id": "Selamat siang, kami butuh lima ratus kursi taman, berapa harga",
    "pl": "Dzień dobry, szukamy krzeseł ogrodowych, proszę o ofertę",
    "nl": "Goedendag, wij zoeken vijfhonderd tuinstoelen, graag een offerte",
}
SHORT = [
    ("price?", "en"),
    ("MOQ?", "en"),
    ("precio por favor", "es"),
    ("цена?", "ru"),
    ("多少钱", "zh"),
    ("السعر؟", "ar"),
    ("얼마예요?", "ko"),
    ("いくらですか", "ja"),
    ("bao nhiêu tiền vậy", "vi"),
    ("was kostet das", "de"),
]
MIXED = [
    ("采购 LED 灯 5000 个, FOB, CE, MOQ, T/T 30/70", "zh"),
    ("We need 500 pcs of 紫砂壶 for our shop, please quote", "en"),
    ("Здравствуйте, нужны LED драйверы 24V 100W IP67, MOQ?", "ru"),
    ("Necesitamos 20 rollos de 'stretch film' para el almacén", "es"),
]


@pytest.mark.parametrize(("name", "text"), TEXTS.items(), ids=TEXTS.keys())
def test_the_language_of_a_sentence_is_told(name: str, text: str) -> None:
    assert language_of(text) == name.split()[0]


@pytest.mark.parametrize(("text", "language"), SHORT, ids=[text for text, _ in SHORT])
def test_a_word_or_two_are_enough(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("text", "language"), MIXED, ids=[text[:20] for text, _ in MIXED])
def test_the_words_of_the_sentence_decide_and_not_the_trade_terms(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    ["", "   ", "12345", "!!! ???", "info@firm.example", "https://firm.example/a/b", "xqzt vrrk plomf wugg"],
    ids=["empty", "blank", "digits", "marks", "address", "link", "no words"],
)
def test_it_says_so_when_it_cannot_tell(text: str) -> None:
    assert language_of(text) == "und"


def test_a_long_text_in_an_unknown_language_is_not_guessed_from_one_word() -> None:
    finnish = (
        "Hyvää päivää etsimme uutta toimittajaa puutarhatuoleille ja haluaisimme saada tarjouksen pian kiitos"
    )
    assert language_of(finnish.replace("ä", "e")) in ("und", "fi")


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert language_of(text).isalpha()


@given(st.sampled_from(list(TEXTS.items())))
def test_case_does_not_matter(item: tuple[str, str]) -> None:
    name, text = item
    assert language_of(text.lower()) == name.split()[0]
