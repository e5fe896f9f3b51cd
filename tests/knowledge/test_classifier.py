"""The judgement on an inquiry: what a person of the trade would say, with reasons that stand in the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import knowledge
from knowledge import LABELS, UNCLEAR, Knowledge, Verdict

SIGNATURE = "\n\nBest regards\nMarta Olsen\nPurchasing Manager\nOlsen Fittings AS\nTel +47 22 00 00 00"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def weight_of(verdict: Verdict, cue: str) -> float:
    return sum(sign.weight for sign in verdict.signs if sign.id == cue and sign.id.startswith(sign.type))


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (
            "supplier_seeker",
            "We need 4,000 pcs of brass ball valve 1/2 inch PN25, please quote CIF Oslo, delivery "
            "before 15 May." + SIGNATURE,
        ),
        (
            "supplier_seeker",
            "我司需采购不锈钢合页 304材质 4寸 20000片，请报FOB宁波价格，6月底前到港，付款30%定金。",
        ),
        (
            "supplier_seeker",
            (
                "Wir benötigen 3.000 Stück Kugelhähne DN15, bitte um Angebot CIF Hamburg, Lieferung bis "
                "Ende Mai."
            ),
        ),
        (
            "supplier_seeker",
            "Necesitamos 2.500 unidades de candado 50 mm, favor cotizar FOB Shanghai, entrega antes de mayo.",
        ),
        (
            "market_entrant",
            (
                "We are a distributor of garden tools with 14 shops in Norway and would like to add "
                "pruning saws to our range. What is your MOQ, do you give exclusivity, and could we "
                "start with a trial order?"
            ),
        ),
        (
            "market_entrant",
            (
                "我们是智利的五金进口商，有12家门店，想增加园艺工具这一块，目前从本地批发商拿货。请问起订"
                "量多少？能否先试单？可以做独家代理吗？"
            ),
        ),
        (
            "market_entrant",
            (
                "Мы дистрибьютор инструмента, хотим добавить садовые пилы в ассортимент. Какой "
                "минимальный заказ, возможен ли эксклюзив и пробная партия?"
            ),
        ),
        (
            "information_gatherer",
            (
                "I am a student and write my thesis on brass casting. Could you explain which alloy "
                "composition and furnace temperature you use? We do not want to buy anything."
            ),
        ),
        (
            "information_gatherer",
            (
                "您好，我是大学研究生，论文课题是铝合金阳极氧化。请问贵厂的工艺参数、温度和添加剂配方是什"
                "么？不涉及采购。"
            ),
        ),
        (
            "casual_browser",
            (
                "Hello, I am interested in your products. Please send your catalogue and price list. "
                "Waiting for your reply."
            ),
        ),
        ("casual_browser", "你好，对你们的产品感兴趣，请发一下目录和价格表。"),
        (
            "intelligence_thief",
            (
                "At what price do you sell to your customers in Poland, who are they, what is your cost "
                "breakdown and margin? We will place a big order then. We cannot disclose our company."
            ),
        ),
        (
            "intelligence_thief",
            (
                "请告诉我你们给德国大客户的价格、账期，客户名单和成本明细，原料供应商是谁。公司名不便透露"
                "，之后就下单。"
            ),
        ),
        (
            "sample_hunter",
            (
                "Please send free samples of each model to my home address, courier at your cost. Price "
                "is not important. If I like them my friends will order."
            ),
        ),
        ("sample_hunter", "请寄免费样品，每款两个，运费你们出，价格不重要，好用的话以后大量订。"),
        (
            "sample_hunter",
            "Por favor envíen muestras gratis de cada modelo, envío por su cuenta, el precio no importa.",
        ),
        (
            "not_an_inquiry",
            (
                "We offer SEO services and website design. Let me bring your website to the first page "
                "of Google, packages from 99 USD. Reply YES for a free audit."
            ),
        ),
        (
            "not_an_inquiry",
            "您好，我司是专业货代，提供美国海运双清专线，现舱位充足，欢迎加微信咨询优惠价格。",
        ),
        (
            "not_an_inquiry",
            "Your mailbox is full. Verify your account and log in with your password or it will be deleted.",
        ),
    ],
    ids=lambda value: value if value in LABELS else value[:18],
)
def test_plain_cases_are_recognised(known: Knowledge, type_: str, text: str) -> None:
    verdict = known.classify(text)
    assert verdict.type == type_, verdict.ranked[:2]


@pytest.mark.parametrize(
    ("asks", "does_not"),
    [
        ("We would like free samples.", "No free samples needed."),
        ("请寄免费样品。", "不需要免费样品。"),
        ("Queremos muestras gratis.", "No queremos muestras gratis."),
        ("Nous voulons des échantillons gratuits.", "Nous ne voulons pas d'échantillons gratuits."),
        ("Wir möchten kostenlose Muster.", "Wir möchten keine kostenlosen Muster."),
        ("Queremos amostras grátis.", "Não queremos amostras grátis."),
        ("Нужны бесплатные образцы.", "Бесплатные образцы не нужны."),
        ("نريد عينات مجانية.", "لا نريد عينات مجانية."),
    ],
    ids=["en", "zh", "es", "fr", "de", "pt", "ru", "ar"],
)
def test_a_denied_wish_counts_the_other_way(known: Knowledge, asks: str, does_not: str) -> None:
    assert weight_of(known.classify(asks), "sample_hunter.free_sample") > 0
    assert weight_of(known.classify(does_not), "sample_hunter.free_sample") < 0


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Samples please, courier on our DHL account.", "Samples please, courier at your cost."),
        ("请寄样品，运费我们出。", "请寄样品，运费你们出。"),
        ("Muestras por favor, flete a nuestro cargo.", "Muestras por favor, envío por su cuenta."),
        ("Muster bitte, Versand auf unsere Kosten.", "Muster bitte, Versand auf Ihre Kosten."),
        ("Образцы, доставка за наш счет.", "Образцы, доставка за ваш счет."),
    ],
    ids=["en", "zh", "es", "de", "ru"],
)
def test_who_pays_the_courier_turns_the_judgement(known: Knowledge, theirs: str, ours: str) -> None:
    buyer_pays, we_pay = known.classify(theirs), known.classify(ours)
    assert weight_of(buyer_pays, "supplier_seeker.buyer_pays_samples") > 0
    assert weight_of(we_pay, "sample_hunter.you_pay_courier") > 0
    assert buyer_pays.scores["sample_hunter"] < we_pay.scores["sample_hunter"]


@pytest.mark.parametrize(
    "text",
    [
        "please send FREE SAMPLES",
        "please send ｆｒｅｅ　ｓａｍｐｌｅｓ",
        "please send frее sаmples",
        "please send fr\u200bee samples",
        "please send fre sampels",
        "please send free\nsamples",
        "請寄免費樣品",
        "请寄免费样品",
    ],
    ids=[
        "capitals",
        "full width",
        "look-alikes",
        "zero width",
        "misspelt",
        "wrapped",
        "traditional",
        "simplified",
    ],
)
def test_a_wish_is_seen_however_it_is_typed(known: Knowledge, text: str) -> None:
    assert weight_of(known.classify(text), "sample_hunter.free_sample") > 0


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("I wrote a poem about your product", "market_entrant.cooperation_terms"),
        ("A simple question about the freedom to choose", "sample_hunter.free_sample"),
        ("The water is clean", "market_entrant.decides_later"),
    ],
)
def test_words_that_only_look_alike_are_no_sign(known: Knowledge, text: str, cue: str) -> None:
    assert cue not in {sign.id for sign in known.classify(text).signs}


def test_quantity_specification_and_company_turn_a_browser_into_a_buyer(known: Knowledge) -> None:
    vague = "Hello, I am interested in your products. Please send more details and your best price."
    exact = vague + " We need 6,000 pcs hinge 4 inch, CIF Oslo, delivery before 15 May." + SIGNATURE
    assert known.classify(vague).type == "casual_browser"
    assert known.classify(exact).type == "supplier_seeker"


@pytest.mark.parametrize("country", ["Germany", "Nigeria", "India", "Japan", "China"])
def test_the_country_moves_nothing(known: Knowledge, country: str) -> None:
    text = "We are looking for free samples of your lamps, please send to {}. We might order later."
    assert known.classify(text.format(country)).scores == known.classify(text.format("France")).scores


def test_the_subject_counts_as_the_subject(known: Knowledge) -> None:
    verdict = known.classify("Thank you in advance.", subject="Free samples")
    assert any(sign.where == "subject" and sign.quote == "Free samples" for sign in verdict.signs)


@pytest.mark.parametrize("text", ["", " ", "ok", "???", "👍", "\x00", "."])
def test_too_little_is_unclear_or_a_browser_and_never_more(known: Knowledge, text: str) -> None:
    verdict = known.classify(text)
    assert verdict.type in {UNCLEAR, "casual_browser"}
    assert (verdict.deciding_question is None) == (verdict.type != UNCLEAR)


@pytest.mark.parametrize("text", ["ok", "thanks!", "好的", "👍", ":+1:", "…", "test", "12345", "Hi"])
def test_a_word_or_two_that_say_nothing_are_unclear(known: Knowledge, text: str) -> None:
    assert known.classify(text).type == UNCLEAR


def test_an_unread_language_is_said_to_be_unread(known: Knowledge) -> None:
    text = "Είμαστε εταιρεία εισαγωγών και θέλουμε να αγοράσουμε τα προϊόντα σας για την αγορά μας."
    verdict = known.classify(text)
    assert not verdict.is_read
    assert verdict.type == UNCLEAR
    assert verdict.deciding_question is not None


@given(text=st.text(st.characters(exclude_categories=())), subject=st.none() | st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_quotes_stand_where_they_are_said_to_stand(known: Knowledge, text: str, subject: str | None) -> None:
    full = f"{text} free samples, 500 pcs {text} 免费样品"
    verdict = known.classify(full, subject=subject)
    for sign in verdict.signs:
        if sign.where == "text":
            assert full[sign.start : sign.end] == sign.quote
    assert sum(verdict.scores.values()) == pytest.approx(1)
    assert set(verdict.scores) == set(LABELS)
    assert verdict.confidence == max(verdict.scores.values())


@pytest.mark.parametrize(
    "piece",
    [
        "free samples ",
        "a",
        " ",
        "\n",
        "\x00",
        "\u202e\u200f",
        "免费样品",
        "<@U1> http://x.y ",
        "> ",
        "?" * 99,
        "no ",
        "@a ",
    ],
    ids=lambda value: ascii(value)[:16],
)
def test_thirty_kilobytes_of_anything_are_judged(known: Knowledge, piece: str) -> None:
    verdict = known.classify(piece * (30_000 // len(piece)))
    assert verdict.type in {*LABELS, UNCLEAR}


def test_the_same_words_give_the_same_verdict(known: Knowledge) -> None:
    text = "We are a dealer with 3 shops. What is your MOQ and could you send free samples?" + SIGNATURE
    assert known.classify(text) == knowledge.load().classify(text)


def test_strongest_signs_come_first_and_speak_two_languages(known: Knowledge) -> None:
    signs = known.classify("We need 4,000 pcs, quote CIF Oslo, delivery before 15 May." + SIGNATURE).signs
    assert [abs(sign.weight) for sign in signs] == sorted((abs(sign.weight) for sign in signs), reverse=True)
    assert all(sign.says.en and sign.says.zh for sign in signs)


def test_points_of_the_signs_make_the_scores(known: Knowledge) -> None:
    verdict = known.classify("Please send free samples and your catalogue.")
    totals = dict(known.classifier.calibration.bias)
    for sign in verdict.signs:
        totals[sign.type] += sign.weight
    assert sorted(totals, key=lambda label: totals[label]) == [label for label, _ in reversed(verdict.ranked)]


def test_no_sign_accuses_the_buyer(known: Knowledge) -> None:
    accusing = ("thief", "spy", "liar", "fraud", "cheat", "steal", "骗子", "小偷", "间谍", "盗")
    for cue in known.classifier.cues:
        for says in filter(None, (cue.says, cue.denied)):
            assert not any(word in says.en.lower() or word in says.zh for word in accusing), cue.id
