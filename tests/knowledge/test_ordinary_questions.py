"""What any honest buyer may write: none of it may count as a sign of bad intent."""

import pytest

import knowledge

HARSH = ("intelligence_thief", "sample_hunter")


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


@pytest.mark.parametrize(
    "text",
    [
        "Who is the contact person for Scandinavia? We are looking for 500 pillows, DAP Aarhus.",
        "Our purchase price target is USD 2.10 for 50,000 bulbs. Is it true that you have stock?",
        "Which brand of compressor do you install? We want 24 pcs, FOB Guangzhou.",
        "Which country does the timber come from? Please offer 3 x 40HQ.",
        "Please send your new designs of lace fabrics, we buy 20,000 yards each season.",
        "Could you take photos of the loading of our order?",
        "Please quote 12 mixers, freight collect, 500 m of cable on a reel.",
        "Before we order the first container, please tell us the lead time.",
        "Please do not disclose our drawing to third parties; it depends on your lead time.",
        "I need a quote for 12 overhead cranes and the unit cost per piece.",
        "What is the sample fee? As per our policy we pay by T/T; 500 school bags to Nairobi.",
        "请给我们报个价，并告知贵司负责人是谁，数量待定。",
        "请按图纸报价，供货价多少？含税和不含税都报一下，我们可以签保密协议。",
        "A quanto vende o kg de tilápia congelada?",
        "Zu welchem Preis können Sie 10.000 Flaschen liefern? Bitte vertraulich behandeln.",
        "По какой цене продаёте насосы? Нужно 6 шт.",
        "Quel prix faites-vous pour 3000 sacs en jute?",
        "بكم تبيعون الكرتون؟ الكمية 500 كرتون",
        "Kaça satıyorsunuz? 3000 adet termos.",
        "社名は株式会社みどり雑貨です。500枚の見積りをお願いします。",
    ],
    ids=lambda text: text[:28],
)
def test_what_honest_buyers_ask_shows_nothing_harsh(known: knowledge.Knowledge, text: str) -> None:
    verdict = known.classify(text)
    harsh = {sign.id for sign in verdict.signs if sign.type in HARSH and sign.weight > 0}
    assert harsh <= {"sample_hunter.wants_samples", "sample_hunter.samples_and_no_need"}
    assert verdict.type not in HARSH


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("What do you charge to them? What is your margin?", "others_prices"),
        ("Which brands do you make for in Poland, and who are your customers?", "who_else"),
        ("I cannot say which company we are.", "hides_identity"),
        ("给沃尔玛什么价？公司名先不说。", "others_prices"),
        ("A qué marcas venden? Quiénes son sus clientes?", "who_else"),
    ],
    ids=lambda value: value[:28],
)
def test_prying_questions_still_show(known: knowledge.Knowledge, text: str, sign: str) -> None:
    assert f"intelligence_thief.{sign}" in {each.id for each in known.classify(text).signs}


def test_a_bare_question_mark_is_no_quote(known: knowledge.Knowledge) -> None:
    verdict = known.classify("We make routers. What is the curing time? Which resin? Which temperature?")
    assert "information_gatherer.many_technical_questions" in {sign.id for sign in verdict.signs}
    assert "?" not in {sign.quote for sign in verdict.signs}
