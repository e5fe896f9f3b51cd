"""What counts as the goods asked for, and what only stands where goods could stand."""

import pytest

from knowledge.facts import gather
from knowledge.language import language_of


def goods_in(text: str) -> str | None:
    product = gather(text, language_of(text), None, None).product
    return product.value if product else None


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("Looking for baby strollers 100 pcs, grey.", "baby strollers"),
        ("想采购自动喂食器2000台，要CE", "自动喂食器"),
        ("竹製まな板500枚の見積りをお願いします。", "竹製まな板"),
        ("스테인리스 냄비 1,000개 견적 부탁드립니다.", "스테인리스 냄비"),
        ("Order of 600 cartons canned tuna in oil, CFR Tema.", "canned tuna in oil"),
        ("Can you offer 3 x 40HQ of film faced plywood?", "film faced plywood"),
        ("Cerchiamo un fornitore di rubinetteria per il nostro showroom", "rubinetteria"),
        ("您好，想询问客制化马克杯 500 个，可印 logo 吗", "客制化马克杯"),
        ("Interested in sheet 3 mm thick aluminium", "sheet 3 mm thick aluminium"),
        ("We need 600x600 mm LED panel lights, 2000 pcs.", "LED panel lights"),
        ("Need 3000 pcs 500 ml PET bottles", "PET bottles"),
        ("Looking for 600x600 mm, 40 W LED panels", "LED panels"),
        ("Please quote for M12x80 hex bolts, 4,000 pcs", "M12x80 hex bolts"),
        ("Need 120 rolls 0.8 mm EPDM membrane, Gdynia", "EPDM membrane"),
    ],
    ids=lambda value: value[:24],
)
def test_goods_stand_without_what_surrounds_them(text: str, goods: str) -> None:
    assert goods_in(text) == goods


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, 10.000 Stück, Lieferung nach Hamburg",
        "Dzień dobry, 2000 szt. do Gdyni",
        "Selam, 3000 adet lazım",
        "Quel prix faites-vous pour 3000 sacs",
        "Нужно 6 шт, срочно",
        "Attached PO 4411, 60 units",
        "I want refund.",
        "Please send free samples, no need of price list now",
        "we want become distributor of your brand",
    ],
    ids=lambda value: value[:24],
)
def test_greetings_questions_and_wishes_are_no_goods(text: str) -> None:
    assert goods_in(text) is None
