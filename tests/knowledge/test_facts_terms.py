"""What, how much and on which terms: the facts of the deal, and the words that only look like them."""

import pytest

from knowledge.facts import gather
from knowledge.language import language_of
from knowledge.model import Facts


def facts_of(text: str) -> Facts:
    return gather(text, language_of(text), None)


def value_of(text: str, key: str) -> str | None:
    fact = getattr(facts_of(text), key)
    return fact.value if fact else None


QUANTITIES = [
    ("Please quote 500 valves", "500 valves"),
    ("Please quote for 500 gate valves DN50", "500 gate valves"),
    ("looking for 3000 phone covers", "3000 phone covers"),
    ("请报5000个保温杯 FOB宁波价格", "5000 pcs"),
    ("We need 5,000 pcs of garden hose nozzles", "5000 pcs"),
    ("Please quote 2 x 40'HQ of plywood", "2 x 40HQ"),
    ("price for 2*20GP tiles", "2 x 20GP"),
    ("1x40HC mixed", "1 x 40HQ"),
    ("two 40HQ of toilet paper", "2 x 40HQ"),
    ("we take a full 20ft container of rice", "1 x 20ft"),
    ("three containers 40HC of chairs", "3 x 40HQ"),
    ("数量:5000个 保温杯", "5000 pcs"),
    ("采购两个高柜的瓷砖", "2 x 40HQ"),
    ("要一个小柜的卫浴", "1 x 20GP"),
    ("需要3万件T恤", "30000 pcs"),
    ("需要十万条毛巾", "100000 pcs"),
    ("Wir benötigen 1.000 Stück Kugellager", "1000 pcs"),
    ("Necesitamos 1.500 uds de válvulas", "1500 pcs"),
    ("Precisamos de 2.000 peças de torneira", "2000 pcs"),
    ("Il nous faut 1 200 pièces", "1200 pcs"),
    ("нужно 20 тонн сахара", "20 tons"),
    ("نحتاج ٥٠٠٠ قطعة من المصابيح", "5000 pcs"),
    ("Need 1 lakh pcs of ball pens", "100000 pcs"),
    ("order 10k units of phone cases", "10000 pcs"),
    ("monthly 25 MT of soda ash", "25 tons"),
    ("5000-6000 pcs per order", "5000-6000 pcs"),
    ("I want 600 canvas totes", "600 canvas totes"),
    ("Qty: 750", "750"),
    ("800 m2 of vinyl flooring", "800 m²"),
    ("見積り希望 300台", "300 pcs"),
]
NO_QUANTITIES = [
    "interested in your LED 500W flood light",
    "We are in business since 2009 with 24 hours service",
    "we have 5 years experience in the trade",
    "your MOQ 500 is too high",
    "最小起订量 500 件能不能少一点",
    "Can you confirm by MT103 or MT700?",
    "we run 12 shops in the north",
    "the price was USD 3000",
    "call me at +44 20 7946 0018",
    "我们一个月后再联系",
    "chair must carry 45 kg",
    "25 kg bags please",
    "your warehouse of 3000平仓库",
    "我们要304双层蒸锅",
    "询价220双面胶带",
    "please quote 304 stainless steel bolts",
    "Please quote 3 types of lamp",
]


@pytest.mark.parametrize(("text", "value"), QUANTITIES, ids=[text for text, _ in QUANTITIES])
def test_the_ordered_quantity_is_read(text: str, value: str) -> None:
    assert value_of(text, "quantity") == value


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_what_is_no_order_gives_no_quantity(text: str) -> None:
    assert value_of(text, "quantity") is None


TERMS = [
    ("please quote CIF Santos", "CIF", "Santos"),
    ("FOB Shenzhen price needed", "FOB", "Shenzhen"),
    ("quote fob ningbo", "FOB", "ningbo"),
    ("C&F Mombasa", "CFR", "Mombasa"),
    ("CNF Chattogram", "CFR", "Chattogram"),
    ("价格请报CIF汉堡", "CIF", "汉堡"),
    ("报FOB宁波", "FOB", "宁波"),
    ("离岸价上海", "FOB", "上海"),
    ("双清包税到门", "DDP", None),
    ("CFR (Incoterms 2020) Port Klang", "CFR", "Port Klang"),
    ("DDU Budapest as before", "DDU", "Budapest"),
    ("DAT Hamburg terminal", "DAT", "Hamburg"),
    ("EXW price please", "EXW", None),
    ("Precio CIF Callao", "CIF", "Callao"),
    ("السعر CIF جدة", "CIF", "جدة"),
    ("Цена FOB Шанхай или CIF Владивосток", "FOB", "Шанхай"),
    ("quote FOB and CIF Durban", "CIF", "Durban"),
    ("destination port: Jebel Ali", None, "Jebel Ali"),
    ("ship to Hamburg port", None, "Hamburg"),
    ("目的港：釜山", None, "釜山"),
]
NO_TERMS = [
    "Comercial Ejemplo S.L. CIF B-12345678",
    "CIF: B12345678, Calle Mayor 4",
    "we buy UREA and DAP 18-46 in bulk",
    "DAP fertilizer needed",
    "CPT code 99213",
    "food contact per 21 CFR 177.1520",
    "it fits the CIP line of our dairy",
    "LES PRIX DES PRODUITS",
]


@pytest.mark.parametrize(("text", "term", "port"), TERMS, ids=[text for text, _, _ in TERMS])
def test_the_price_term_and_its_place_are_read(text: str, term: str | None, port: str | None) -> None:
    assert (value_of(text, "incoterm"), value_of(text, "port")) == (term, port)


@pytest.mark.parametrize("text", NO_TERMS)
def test_letters_that_mean_something_else_are_no_price_term(text: str) -> None:
    assert value_of(text, "incoterm") is None


PRICES = [
    ("our target price is USD 3.20 per piece", "USD 3.20/piece"),
    ("target: 4.5 usd/kg", "USD 4.5/kg"),
    ("目标价 12 美元", "USD 12"),
    ("预算每套 3.5 美金", "USD 3.5"),
    ("Zielpreis 2,40 EUR", "EUR 2,40"),
    ("budget of about €15 each", "EUR 15"),
    ("precio objetivo US$ 8", "USD 8"),
    ("we now pay 31 EUR for it", "EUR 31"),
    ("target USD 62-66", "USD 62-66"),
]
NO_PRICES = [
    "our turnover is around 5 million USD",
    "you quoted USD 4.10 FOB",
    "send price and target delivery in 24 hours",
    "price idea for 2 sizes",
    "give us your target price list",
]


@pytest.mark.parametrize(("text", "value"), PRICES, ids=[text for text, _ in PRICES])
def test_the_hoped_for_price_is_read(text: str, value: str) -> None:
    assert value_of(text, "target_price") == value


@pytest.mark.parametrize("text", NO_PRICES)
def test_another_sum_is_no_target_price(text: str) -> None:
    assert value_of(text, "target_price") is None


PAYMENTS = [
    ("Payment 30% T/T, balance before shipment", "T/T 30%"),
    ("payment TT 30/70", "T/T 30/70"),
    ("by irrevocable L/C at sight", "L/C at sight"),
    ("LC 90 days", "L/C 90 days"),
    ("付款方式：即期信用证", "L/C at sight"),
    ("30%定金，见提单副本付尾款", "deposit 30%"),
    ("D/P is fine", "D/P"),
    ("we work on open account", "O/A"),
    ("Zahlungsziel 30 Tage", "O/A 30 Tage"),
    ("carta de crédito a la vista", "L/C at sight"),
    ("we pay by PayPal", "PayPal"),
    ("terms 40/60 payment against BL copy", "deposit 40/60"),
]
NO_PAYMENTS = [
    "spare parts for Audi TT mirror",
    "LC fibre connector, single mode",
    "drawn in CAD by our engineer",
    "thank you in advance for your answer",
    "please tell your payment terms",
    "samples via our 顺丰月结",
    "sedimentary deposit",
]


@pytest.mark.parametrize(("text", "value"), PAYMENTS, ids=[text for text, _ in PAYMENTS])
def test_the_way_to_pay_is_read(text: str, value: str) -> None:
    assert value_of(text, "payment_terms") == value


@pytest.mark.parametrize("text", NO_PAYMENTS)
def test_other_things_are_no_way_to_pay(text: str) -> None:
    assert value_of(text, "payment_terms") is None


CERTIFICATES = [
    ("we need CE and RoHS certificates", {"CE", "RoHS"}),
    ("CE marking", {"CE"}),
    ("需要CE认证和FDA", {"CE", "FDA"}),
    ("UL listed drivers", {"UL"}),
    ("ISO 9001 and BSCI factory", {"ISO 9001", "BSCI"}),
    ("tested to EN 71-3", {"EN 71-3"}),
    ("SONCAP and PVoC for customs", {"SONCAP", "PVoC"}),
    ("HALAL required", {"HALAL"}),
    ("سابر SABER وشهادة المنشأ", {"SABER", "CO"}),
    ("MSDS and COA with the sample", {"MSDS", "COA"}),
]
NO_CERTIFICATES = [
    "pour ce produit nous voulons",
    "CE PRODUIT EST BIEN",
    "full ulster coats, ultra light",
    "we reach you by phone",
    "LED and REDUCED prices",
    "Carrier: MSC or Maersk",
]


@pytest.mark.parametrize(("text", "names"), CERTIFICATES, ids=[text for text, _ in CERTIFICATES])
def test_certificates_are_read(text: str, names: set[str]) -> None:
    assert {fact.value for fact in facts_of(text).certificates} == names


@pytest.mark.parametrize("text", NO_CERTIFICATES)
def test_words_that_look_like_certificates_are_none(text: str) -> None:
    assert facts_of(text).certificates == ()


DELIVERIES = [
    ("we need delivery before 15 March", "15 March"),
    ("希望7月20日前到港，本周内能给报价吗？", "7月20日前"),
    ("请本周内报价，8月底前到货", "8月底前"),
    ("ETA latest 2026-12-01", "2026-12-01"),
    ("shipment in week 22", "week 22"),
    ("10月底前到货", "10月底前"),
    ("交货期45天内", "45天内"),
    ("Lieferung bis KW 12", "KW 12"),
    ("entrega en 60 días", "en 60 días"),
    ("deliver within 30 days", "within 30 days"),
    ("goods on 6 June in the hall, ship by 20 May", "20 May"),
]
NO_DELIVERIES = [
    "please quote by 15 March",
    "what is your lead time?",
    "offer valid until 20 May",
    "we were founded in May 2009",
]


@pytest.mark.parametrize(("text", "value"), DELIVERIES, ids=[text for text, _ in DELIVERIES])
def test_the_wanted_date_is_read(text: str, value: str) -> None:
    assert value_of(text, "delivery") == value


@pytest.mark.parametrize("text", NO_DELIVERIES)
def test_a_deadline_for_us_is_no_delivery_date(text: str) -> None:
    assert value_of(text, "delivery") is None


PACKAGINGS = [
    ("packed in 25 kg mesh bag", "25 kg mesh bag"),
    ("each in color box", "color box"),
    ("包装：彩盒", "彩盒"),
    ("in blister with header", "blister"),
    ("on euro pallets please", "euro pallets"),
    ("Packing: 6 pcs per inner", "6 pcs per inner"),
    ("with our logo", "our logo"),
]


@pytest.mark.parametrize(("text", "value"), PACKAGINGS, ids=[text for text, _ in PACKAGINGS])
def test_the_packing_is_read(text: str, value: str) -> None:
    assert value_of(text, "packaging") == value


PRODUCTS = [
    ("We are interested in stainless steel water bottles for our shops", "stainless steel water bottles"),
    ("looking for a supplier of bamboo toothbrushes", "bamboo toothbrushes"),
    ("Please quote 5,000 pcs of garden hose nozzles, brass", "garden hose nozzles"),
    ("I need 240 satin robes, knee length", "satin robes"),
    ("Product: induction cooker 2000W\nQty: 300", "induction cooker 2000W"),
    ("品名：不锈钢保温杯\n数量：3000个", "不锈钢保温杯"),
    ("我们想采购太阳能路灯，请报价", "太阳能路灯"),
    ("Buscamos válvulas de bola para agua", "válvulas de bola"),
    ("Wir suchen Kugellager für Pumpen", "Kugellager"),
    ("Ищем поставщика, интересуют садовые стулья.", "садовые стулья"),
    ("price for model TR-8800B?", "model TR-8800B"),
    ("HS code 8413.70", "HS 8413.70"),
]
NO_PRODUCTS = [
    "We are interested in your products, please send price list",
    "I need to know what they pay you",
    "请发产品目录和价格",
    "hi price?",
    "call 5511999988 for more",
]


@pytest.mark.parametrize(("text", "value"), PRODUCTS, ids=[text for text, _ in PRODUCTS])
def test_the_goods_are_read(text: str, value: str) -> None:
    assert value_of(text, "product") == value


@pytest.mark.parametrize("text", NO_PRODUCTS)
def test_everything_and_nothing_is_no_product(text: str) -> None:
    assert value_of(text, "product") is None


def test_the_subject_names_the_goods_when_the_text_does_not() -> None:
    facts = gather(
        "Dear sirs, please send your best offer soon.", "en", None, "RFQ: melamine trays - 10,000 pcs"
    )
    assert facts.product is not None
    assert (facts.product.value, facts.product.start) == ("melamine trays", -1)


def test_a_subject_without_goods_names_none() -> None:
    assert gather("Dear sirs, kindly reply.", "en", None, "Cooperation inquiry").product is None
