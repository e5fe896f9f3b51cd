"""Who asks and where to reach them, and the lines that only look like it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.facts import completeness, gather
from knowledge.facts.reach import mailbox_kind, sender_of
from knowledge.language import language_of
from knowledge.model import Fact, Facts


def facts_of(text: str, sender: str | None = None) -> Facts:
    return gather(text, language_of(text), sender)


def value_of(text: str, key: str, sender: str | None = None) -> str | None:
    fact = getattr(facts_of(text, sender), key)
    return fact.value if fact else None


COMPANIES = [
    "Larkmoor Tools Ltd",
    "Hallstein Pumpen GmbH",
    "Comercial Andina S.A. de C.V.",
    "Distribuidora Pampa S.R.L.",
    "Moinho Serrano Ltda",
    "Etablissements Borel SARL",
    "Kvarnby Handel AB",
    "Ferrari e Figli S.p.A.",
    "Zielona Dolina Sp. z o.o.",
    "Marmara Yapı San. Tic. A.Ş.",
    "ООО Северный Ветер",
    "ИП Сидоров",
    "Sunrise Impex Pvt Ltd",
    "Bintang Maju Sdn Bhd",
    "PT Samudra Raya",
    "Falcon Trading FZE",
    "苏州蓝海纺织有限公司",
    "株式会社みどり商会",
    "شركة النور للتجارة",
]
NO_COMPANIES = [
    "we look for a limited number of suppliers",
    "我们是一家贸易公司,请报价",
    "贵公司的产品很好",
    "please send by courier as usual",
    "شركة أخرى أرسلت لنا عرضا",
]


@pytest.mark.parametrize("company", COMPANIES)
def test_a_legal_form_makes_a_company(company: str) -> None:
    found = value_of(
        f"Please quote for pumps.\n\nBest regards\nA. Moreno\n{company}\n+34 910 123 456", "company"
    )
    assert found is not None
    assert company.startswith(found.rstrip(".")) or found in company


@pytest.mark.parametrize("text", NO_COMPANIES)
def test_talk_of_companies_names_none(text: str) -> None:
    assert value_of(text, "company") is None


def test_a_signature_line_that_fits_the_mail_domain_is_the_company() -> None:
    text = "Need 200 pcs hinges.\n\nRegards\nIda Moen\nBrattfjell Dorer"
    assert value_of(text, "company", "Ida Moen <ida@brattfjell-dorer.example>") == "Brattfjell Dorer"


CONTACTS = [
    ("Please quote.\n\nBest regards,\nPaula Reyes\nPurchasing Manager", "Paula Reyes, Purchasing Manager"),
    ("Bitte um Angebot.\n\nMit freundlichen Grüßen\nJörg Stemmer\nEinkauf", "Jörg Stemmer, Einkauf"),
    ("Favor cotizar.\n\nSaludos,\nIng. Mario Rojas", "Ing. Mario Rojas"),
    ("Жду цену.\n\nС уважением,\nАнна Петрова", "Анна Петрова"),
    ("请报价。\n\n联系人：王建国\n电话：0512-66778899", "王建国"),
    ("请报价，谢谢\n采购 陈晓明", "陈晓明"),
    ("My name is Samuel Boateng, I run a shop.", "Samuel Boateng"),
    ("need 300 caps, can pay today if price ok. Chris", "Chris"),
]
NO_CONTACTS = [
    "Please send your price list.\n\nSent from my iPhone",
    "请报价。\n谢谢",
    "Hello Dear Sir",
    "Regards",
]


@pytest.mark.parametrize(("text", "value"), CONTACTS, ids=[value for _, value in CONTACTS])
def test_the_person_is_read_with_the_title(text: str, value: str) -> None:
    assert value_of(text, "contact") == value


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_a_device_or_a_greeting_is_no_person(text: str) -> None:
    assert value_of(text, "contact") is None


def test_the_from_line_names_the_person_when_the_text_does_not() -> None:
    facts = facts_of("please quote 500 pcs chairs", "Lena Holm <lena@holmmobler.example>")
    assert facts.contact == Fact("Lena Holm", "Lena Holm", -1, -1)


def test_a_desk_is_no_person() -> None:
    assert value_of("quote please", "contact", "Purchasing Team <po@firm.example>") is None


PHONES = [
    ("call me +49 30 901820", "+49 30 901820"),
    ("Tel 0049 30 901820", "+49 30 901820"),
    ("WhatsApp: +55 11 99123-4567", "+55 11 99123-4567"),
    ("电话：0512-66778899", "0512-66778899"),
    ("手机 13812345678", "13812345678"),
    ("هاتف ٠٠٩٦٦١١٤٠١٢٣٤٥", "+966 11 401 2345"),
    ("wechat: blue_sea88", "wechat blue_sea88"),
    ("Regards\nJoe\n646-555-0192", "646-555-0192"),
]
NO_PHONES = [
    "order number 4500881234 from last year",
    "HS code 8413.70.2090",
    "drawing 0817-330 attached",
    "Skype same.",
    "quantity 500000000",
    "date 2026-12-01",
]


@pytest.mark.parametrize(("text", "value"), PHONES, ids=[text for text, _ in PHONES])
def test_a_phone_or_messenger_is_read(text: str, value: str) -> None:
    assert value_of(text, "phone") == value


@pytest.mark.parametrize("text", NO_PHONES)
def test_other_digits_are_no_phone(text: str) -> None:
    assert value_of(text, "phone") is None


def test_the_firms_address_goes_before_a_private_one() -> None:
    text = "write to jo.private@gmail.com or to sales@larkmoor.example"
    assert value_of(text, "email") == "sales@larkmoor.example"


def test_a_platforms_relay_is_not_the_buyers_address() -> None:
    assert value_of("price please", "email", "TradePort <no-reply@tradeport.example>") is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("a@gmail.com", "free"),
        ("a@yahoo.co.uk", "free"),
        ("a@GMX.de", "free"),
        ("a@163.com", "chinese"),
        ("a@vip.qq.com", "chinese"),
        ("a@t-online.de", "telecom"),
        ("a@larkmoor.example", None),
        ("a@notgmail.com", None),
        ("", None),
    ],
)
def test_mailboxes_anybody_can_open_are_known(address: str, kind: str | None) -> None:
    assert mailbox_kind(address) == kind


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("Anna Weiss <a.weiss@weiss.example>", "Anna Weiss", "a.weiss@weiss.example"),
        ('"Weiss, Anna" <A.Weiss@weiss.example>', "Weiss, Anna", "a.weiss@weiss.example"),
        ("a.weiss@weiss.example", "", "a.weiss@weiss.example"),
        ("WhatsApp", "WhatsApp", ""),
        (None, "", ""),
    ],
)
def test_a_from_line_is_taken_apart(line: str | None, name: str, address: str) -> None:
    assert (sender_of(line).name, sender_of(line).address) == (name, address)


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("see https://www.larkmoor.example/about", "larkmoor.example"),
        ("www.moulins.example", "moulins.example"),
    ],
)
def test_the_website_is_read(text: str, site: str) -> None:
    assert value_of(text, "website") == site


def test_a_shortened_link_is_no_website() -> None:
    assert value_of("catalog at https://bit.ly/3xYz", "website") is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("We are a distributor based in Chile and need pumps", "Chile"),
        ("Country: Kenya\nMessage: price", "Kenya"),
        ("我们在越南有三家店", "越南"),
    ],
)
def test_the_country_buyers_name_as_theirs_is_shown(text: str, country: str) -> None:
    assert value_of(text, "country") == country


@pytest.mark.parametrize(
    "text", ["Which customers do you have in Germany?", "who buys from you in Peru", "قطر 10 ملم"]
)
def test_another_country_is_not_theirs(text: str) -> None:
    assert value_of(text, "country") is None


def test_the_address_is_read_without_the_phone_behind_it() -> None:
    assert value_of("My address: 14 Temple Rd, Kandy. Tel 123", "address") == "14 Temple Rd, Kandy"


FULL = """Dear Ms Lin,
please quote 5,000 pcs of garden hose nozzles, CIF Santos, target price USD 1.20, CE certificate,
packed in color box, shipment before 15 March, payment 30% T/T.
Best regards
Paula Reyes, Purchasing Manager
Reyes Garden Ltd
Tel +55 11 99123-4567, www.reyesgarden.example, paula@reyesgarden.example"""


def test_a_full_inquiry_is_complete() -> None:
    assert completeness(facts_of(FULL), FULL) == (1.0, ())


def test_an_empty_inquiry_misses_everything_heaviest_first() -> None:
    share, missing = completeness(Facts(), "")
    assert share == 0
    assert missing[:2] == ("product", "quantity")
    assert len(missing) == 14


def test_free_mail_is_not_a_company_address() -> None:
    facts = facts_of("quote please", "Jo <jo@gmail.com>")
    assert "email" in completeness(facts, "quote please")[1]


def test_words_that_show_an_item_spare_the_question() -> None:
    assert "delivery" not in completeness(Facts(), "We need it urgently!")[1]


def places(facts: Facts) -> list[Fact]:
    single = [getattr(facts, key) for key in Facts.__dataclass_fields__ if key != "certificates"]
    return [fact for fact in (*single, *facts.certificates) if fact]


@settings(max_examples=300, deadline=None)
@given(st.text(), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_every_fact_stands_where_it_says(text: str, sender: str | None, subject: str | None) -> None:
    for fact in places(gather(text, language_of(text), sender, subject)):
        assert fact.start == -1 or text[fact.start : fact.end] == fact.quote
        assert fact.value


TRADE_WORDS = """need 5,000 pcs of LED lamps FOB Ningbo TT 30% +49 30 901820 CE marking target USD 3.2
两个高柜 数量 5万个 公司 شركة النور ООО Ветер Regards Paula Ltd by 15 March İzmir ﬁ ， ：
５０ www.a.example a@gmail.com"""
WORDS = st.lists(st.sampled_from([*TRADE_WORDS.split(), "\n", "\x00", "\ud800"]), max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_facts_of_trade_like_words_stand_where_they_say(text: str) -> None:
    for fact in places(gather(text, language_of(text), text[:60], text[:60])):
        assert fact.start == -1 or text[fact.start : fact.end] == fact.quote


HOSTILE = {
    "one line": "a" * 200_000,
    "digits": "1" * 200_000,
    "grouped digits": "1 000 " * 30_000,
    "commas": "1,000," * 30_000,
    "at signs": "a@" * 100_000,
    "dots": "a." * 100_000,
    "plus digits": "+1 " * 60_000,
    "numerals": "十百千万" * 50_000,
    "new lines": "\n" * 200_000,
    "units": "5 pcs " * 30_000,
    "terms": "CIF Santos " * 20_000,
    "forms": "Ltd " * 50_000,
    "names": "Anna Weiss " * 20_000,
    "brackets": "<" * 200_000,
    "nul": "\x00" * 200_000,
    "surrogates": "\ud800" * 200_000,
    "companies": "公司" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.timeout(10)
def test_hostile_texts_are_read_to_the_end(text: str) -> None:
    facts = gather(text, language_of(text), text[:5000], text[:5000])
    assert completeness(facts, text)[0] <= 1


def test_half_a_word_at_the_end_of_what_is_read_is_no_name() -> None:
    text = "We need 500 pcs.\n" + "Please confirm the price & delivery <here>. " * 700
    assert all(gather(text[at:], "en", None).contact is None for at in range(60))
