"""Who sells, who buys, who only asks: the voice of a mail, in trades far apart."""

from pathlib import Path

import pytest

import knowledge


@pytest.fixture(scope="module")
def known() -> knowledge.Knowledge:
    return knowledge.load()


@pytest.mark.parametrize(
    "text",
    [
        (
            "Hi Manager, this is Amy from Fastline Circuits, a PCB factory. Lead time 48 hours, no MOQ. "
            "Please send us your gerber files, quotation will be sent within 4 hours. Is there any "
            "project on hand now?"
        ),
        (
            "Hello Sir, do you still purchase LED high bay lights? Now we have promotion: 100W only "
            "$38.5, 5 years warranty. CE and RoHS approved. I will send you catalogue and price list. "
            "Thanks, Tina"
        ),
        (
            "We are a logistics company in Guangzhou, we do FCL, LCL and railway to Europe, DDP to door. "
            "Do you have goods to ship this month? How many CBM and what is the destination?"
        ),
        (
            "We have 200 MT of heavy melting scrap HMS 1&2 80:20 lying in Durban, ready to load. USD 310 "
            "CFR Chittagong. LC at sight. Genuine parties only."
        ),
        (
            "We are a Turkish company specialized in steel doors since 1989. All our doors have fire "
            "certificates. We are looking for agents and importers in your country. We can give "
            "exclusivity."
        ),
        "您好，我是深圳做线路板打样的小陈，单双面24小时出货，四层板300元一款。请问你们现在有板子要做吗？发文件给我，十分钟报价。",
        (
            "Estimado cliente, le fabricamos cajas a medida con entrega en 72 horas. Pida su presupuesto "
            "sin compromiso. ¿Qué medidas necesita?"
        ),
        (
            "Добрый день! Вашей компании нужны грузоперевозки? Своя техника, ставка от 38 руб/км. Есть ли "
            "у вас отправки на этой неделе?"
        ),
        (
            "نحن مكتب تخليص جمركي في جدة، نقدم خدمات الشحن والتخليص بأسعار منافسة وخبرة 15 سنة. للتواصل "
            "واتساب."
        ),
    ],
    ids=lambda text: text[:28],
)
def test_a_mail_that_sells_is_no_inquiry_whatever_it_asks(known: knowledge.Knowledge, text: str) -> None:
    assert known.classify(text).type == "not_an_inquiry"


@pytest.mark.parametrize(
    "text",
    [
        "Do you have any stock of 24 kV fuses? We need 60 pcs, DAP Tallinn.",
        "We are a dairy company in Kenya. Which filter do you recommend, and what is your MOQ?",
        "Please send your quotation for 3 dough mixers, we found your address at the fair.",
        "What is your lead time for 900 m of fire hose? Our order must leave in May.",
        "请问你们有没有货？需要50台，发上海。",
        "¿Tienen disponibles 40 bombas de agua? Necesito cotización para Guayaquil.",
        "Есть ли у вас в наличии редукторы? Нужно 6 шт.",
    ],
    ids=lambda text: text[:28],
)
def test_a_buyer_who_asks_back_does_not_sound_like_a_seller(known: knowledge.Knowledge, text: str) -> None:
    verdict = known.classify(text)
    selling = ("asks_what_we_need", "states_own_terms", "goods_ready", "full_advert", "advert_throughout")
    assert not {f"not_an_inquiry.{sign}" for sign in selling} & {sign.id for sign in verdict.signs}
    assert verdict.type != "not_an_inquiry"


@pytest.mark.parametrize(
    "text",
    [
        "How do you keep the yogurt from syneresis without starch? We are a farm dairy with 30 goats.",
        (
            "Does anybody know why the paint lifts from the plywood after steaming? It is still there "
            "with a new primer."
        ),
        "请教一下，你们的铸件为什么没有气孔？我们砂型水分控制在4%还是有。",
        "¿Cómo evitan que el jabón se agriete al secar?",
        "Warum reißt die Glasur nach dem zweiten Brand?",
    ],
    ids=lambda text: text[:28],
)
def test_how_and_why_without_a_word_on_buying_is_a_wish_for_knowledge(
    known: knowledge.Knowledge, text: str
) -> None:
    verdict = known.classify(text)
    assert "information_gatherer.asks_how_or_why" in {sign.id for sign in verdict.signs}
    assert verdict.type == "information_gatherer"


@pytest.mark.parametrize(
    "text",
    [
        ("We know you ship to Brandt in Hamburg. What do they pay per roll and who handles their account?"),
        (
            "Which yarn mill do you use and at what price do you get the cotton? We may order a lot, "
            "details later."
        ),
        "听说你们给那家酒店供货，上个月出什么价？",
        "¿A qué precio les venden el rollo, y a quién le venden en Quito?",
    ],
    ids=lambda text: text[:28],
)
def test_questions_about_others_dealings_are_prying(known: knowledge.Knowledge, text: str) -> None:
    assert known.classify(text).type == "intelligence_thief"


def test_a_sign_that_others_lack_can_be_taken_away(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "sample_hunter.toml").write_text(
        'id = "sample_hunter"\nremove = ["free_sample"]\n', encoding="utf-8"
    )
    signs = knowledge.load(tmp_path).classify("Please send me free samples of your tea.").signs
    assert "sample_hunter.free_sample" not in {sign.id for sign in signs}
