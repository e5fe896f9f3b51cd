"""Warnings apart from the type: what raises them, what does not, and that no country ever does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import lexicon
from knowledge.facts import gather
from knowledge.language import language_of
from knowledge.model import RiskWarning
from knowledge.risk import warnings
from knowledge.risk.files import severity_of


def warned(
    text: str, sender: str | None = None, subject: str | None = None, attachments: tuple[str, ...] = ()
) -> dict[str, RiskWarning]:
    facts = gather(text, language_of(text), sender, subject)
    return {warning.id: warning for warning in warnings(text, subject, sender, facts, attachments)}


def severities(text: str, sender: str | None = None, attachments: tuple[str, ...] = ()) -> dict[str, str]:
    return {key: warning.severity for key, warning in warned(text, sender, None, attachments).items()}


SCAMS = [
    (
        "tender_fee",
        "Your firm was shortlisted for a government tender. Remit the registration fee of USD 1,800.",
    ),
    ("tender_fee", "贵公司已中标政府项目，请先支付公证费与律师费后签约。"),
    (
        "tender_fee",
        "Votre société est retenue pour l'appel d'offres, réglez d'abord les frais d'enregistrement.",
    ),
    ("agent_fee", "Our director asks a facilitation fee before the order is signed."),
    ("agent_fee", "下单前需要您先付佣金给采购负责人。"),
    ("fake_payment", "The swift copy is attached, please release the goods today."),
    ("fake_payment", "水单已发给你，请马上发货。"),
    ("overpayment", "Our cheque covers more than the invoice, kindly refund the difference to my agent."),
    ("overpayment", "We send 9,000 instead of 4,000, kindly pay our supplier on our behalf from the rest."),
    ("bank_change", "Our bank account is under audit, please use the new beneficiary below."),
    ("bank_change", "因账户审计，请更换收款账户。"),
    ("credential_link", "Log in with your email password to view the purchase order."),
    ("credential_link", "请登录并输入邮箱密码查看订单。"),
    ("credential_link", "Para ver el pedido inicie sesión con su contraseña."),
    ("account_phish", "Your mailbox is full, click here to release messages."),
    ("advance_fee_419", "I am the widow of a banker and look for a partner to receive 12 million dollars."),
    ("advance_fee_419", "أنا أرملة ولدي وديعة ١٢ مليون دولار"),
]


@pytest.mark.parametrize(("key", "text"), SCAMS, ids=[f"{key}: {text[:24]}" for key, text in SCAMS])
def test_a_known_scam_is_a_danger(key: str, text: str) -> None:
    assert severities(text).get(key) == "danger"


HONEST = [
    "We take part in a public tender and need your best price for 300 pumps, CIF Mombasa.",
    "The ministry is our customer, please quote 500 desks with delivery in May.",
    "We paid the deposit yesterday, swift attached, please start production.",
    "Our bank opens the L/C next week.",
    "Your bank details are on the proforma, thank you.",
    "We log in to your web shop but cannot find the price list.",
    "The password protected door lock is what we need, 200 pcs.",
    "Our late delivery last year cost us a customer, so the date is important.",
    "Samples on our DHL account, please. Payment 30% T/T.",
    "我们公司参加展会，想采购500台风扇，请报FOB宁波。",
    "No need for an invitation letter, we have a visa already.",
    "Necesitamos 200 válvulas, pago con carta de crédito a la vista.",
]


@pytest.mark.parametrize("text", HONEST, ids=[text[:30] for text in HONEST])
def test_honest_wording_raises_no_alarm(text: str) -> None:
    assert not {key for key, severity in severities(text).items() if severity != "note"}


@pytest.mark.parametrize(
    "text",
    [
        "We won the tender for pumps.",
        "There is a registration fee for the fair.",
        "Please release the goods.",
    ],
)
def test_one_sign_alone_is_not_enough(text: str) -> None:
    assert severities(text) == {}


def test_a_visit_without_talk_of_goods_is_a_caution() -> None:
    text = "Please send an invitation letter, we are eight persons and need the visa soon."
    assert severities(text) == {"visa_letter": "caution"}


def test_a_visit_of_a_buyer_who_names_goods_is_only_a_note() -> None:
    text = "Please send an invitation letter for our visa; we will buy 2 x 40HQ of tiles, CIF Durban."
    assert severities(text) == {"visa_letter": "note"}


@pytest.mark.parametrize(
    ("text", "key", "severity"),
    [
        ("First order on open account 60 days, please.", "open_account", "caution"),
        ("We pay by cheque.", "cheque", "danger"),
        ("Payment in USDT only.", "crypto", "caution"),
    ],
)
def test_a_risky_way_to_pay_is_named(text: str, key: str, severity: str) -> None:
    assert severities(text)[key] == severity


@pytest.mark.parametrize("address", ["jo@gmail.com", "jo@qq.com", "jo@mail.ru"])
def test_free_mail_is_a_note_and_never_more(address: str) -> None:
    text = "Need 500 chairs, FOB Ningbo."
    assert set(severities(text, f"Jo <{address}>").values()) == {"note"}


def test_chinese_public_mail_is_noted_only_where_the_mail_is_not_chinese() -> None:
    assert "chinese_public_mail" in severities("We are from Texas, please quote.", "Jo <jo@163.com>")
    assert "chinese_public_mail" not in severities("请报价，五百把椅子", "小王 <jo@163.com>")


FILES = [
    ("order.pdf", "none"),
    ("drawing.step", "none"),
    ("photo.JPG", "none"),
    ("PO.pdf.exe", "danger"),
    ("order.html", "danger"),
    ("scan.svg", "danger"),
    ("invoice\u202efdp.exe", "danger"),
    ("price.iso", "danger"),
    ("drawings.zip", "caution"),
    ("list.xlsm", "caution"),
    ("noending", "none"),
    ("", "none"),
]


@pytest.mark.parametrize(("name", "severity"), FILES, ids=[repr(name) for name, _ in FILES])
def test_a_file_is_judged_by_its_name(name: str, severity: str) -> None:
    assert severity_of(name) == severity


def test_an_archive_whose_password_is_in_the_mail_is_a_danger() -> None:
    text = "Specification attached. Password of the archive is 4711."
    assert severities(text, None, ("spec.zip",)) == {"risky_attachment": "danger"}


def test_an_archive_alone_is_a_caution() -> None:
    assert severities("Drawings attached.", None, ("drawings.zip",)) == {"archive_attachment": "caution"}


@pytest.mark.parametrize(
    "text",
    [
        "see http://192.0.2.7/po",
        "catalog https://bit.ly/3abc",
        "https://xn--brnd-8qa.example/login",
        "www.shop.example <https://evil.test/x>",
    ],
)
def test_a_link_that_hides_its_target_is_a_danger(text: str) -> None:
    assert severities(text)["link_mismatch"] == "danger"


@pytest.mark.parametrize(
    "text", ["our site https://www.larkmoor.example", "www.larkmoor.example <https://larkmoor.example/about>"]
)
def test_an_open_link_is_none(text: str) -> None:
    assert severities(text) == {}


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("A <a@lark-rnoor.example>", "Greetings from Larkmoor, please quote."),
        ("A <a@nordllcht-textil.example>", "Regards\nIngrid\nNordlicht Textil"),
        ("A <a@hearthllne.example>", "We at Hearthline wish to order."),
        ("A <a@larkm0or.example>", "See www.larkmoor.example"),
    ],
)
def test_a_domain_one_letter_off_is_pointed_out(sender: str, text: str) -> None:
    assert severities(text, sender)["lookalike_domain"] == "caution"


def test_a_look_alike_with_a_second_sign_is_a_danger() -> None:
    text = "Larkmoor accounts: our bank account is under audit, use the new beneficiary."
    assert severities(text, "A <a@lark-rnoor.example>")["lookalike_domain"] == "danger"


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("A <a@larkmoor.example>", "Greetings from Larkmoor, please quote."),
        ("A <a@larkmoors.example>", "Greetings from Larkmoor, please quote."),
        ("A <a@muellerwerke.example>", "Müllerwerke GmbH needs pumps"),
        ("A <a@tile.example>", "Tiles for us"),
        ("A <a@gmail.com>", "Greetings from Gmall"),
    ],
)
def test_an_own_domain_is_no_look_alike(sender: str, text: str) -> None:
    assert "lookalike_domain" not in severities(text, sender)


def test_a_famous_name_on_free_mail_is_a_danger() -> None:
    assert (
        severities("This is Walmart procurement, we need 5000 fans.", "Walmart Purchasing <wm.po@gmail.com>")[
            "impersonation"
        ]
        == "danger"
    )


def test_a_seller_on_a_famous_platform_is_not_impersonating() -> None:
    assert "impersonation" not in severities("I sell on Amazon and need 500 fans.", "Jo <jo@gmail.com>")


def test_an_answer_wanted_at_a_private_address_is_a_caution() -> None:
    text = "Please reply to my private mail jo.buyer@gmail.com"
    assert severities(text, "Jo <jo@larkmoor.example>")["reply_to_differs"] == "caution"


def test_a_display_name_with_another_address_is_a_caution() -> None:
    assert "display_name_mismatch" in severities("quote please", '"ceo@bigfirm.example" <x9@other.example>')


COUNTRIES = ["Nigeria", "Germany", "China", "India", "Russia", "United States", "Ghana", "Norway"]
SETTINGS = [
    "We are a shop in {} and need 500 fans, CIF please.",
    "Free samples to {}, please pay DHL.",
    "Government of {} tender, pay the registration fee first.",
    "Please send the invitation letter for our visa, we come from {}.",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_country_never_changes_a_warning(setting: str) -> None:
    seen = {tuple(sorted(severities(setting.format(country)).items())) for country in COUNTRIES}
    assert len(seen) == 1


def test_no_warning_names_a_country_or_accuses() -> None:
    for entry in lexicon.read().entries("warnings").values():
        said = f"{entry.details['en']} {entry.details['zh']}".lower()
        for word in (
            *lexicon.read().words("places", "countries"),
            "thief",
            "fraudster",
            "criminal",
            "骗子",
            "小偷",
        ):
            assert f" {word} " not in f" {said} ", (entry.id, word)


def test_every_warning_speaks_both_languages_and_has_a_severity() -> None:
    for entry in lexicon.read().entries("warnings").values():
        assert entry.details["en"]
        assert entry.details["zh"]
        assert entry.details["severity"] in ("note", "caution", "danger")
        assert entry.details["en"].count("{seen}") == entry.details["zh"].count("{seen}") == 1


def test_the_most_severe_warning_comes_first() -> None:
    text = "Log in with your email password. Price list: order on open account."
    facts = gather(text, "en", "Jo <jo@gmail.com>")
    ranks = [warning.severity for warning in warnings(text, None, "Jo <jo@gmail.com>", facts, ("a.zip",))]
    assert ranks == sorted(ranks, key=["danger", "caution", "note"].index)


def test_the_evidence_is_quoted_in_the_warning() -> None:
    warning = warned("Log in with your email password to view the PO")["credential_link"]
    assert "password" in warning.evidence
    assert warning.evidence in warning.says.en


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_any_text_is_judged(text: str, sender: str, names: list[str]) -> None:
    assert isinstance(severities(text, sender, tuple(names)), dict)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "password log in " * 12_000,
        "www.a.bc <" * 20_000,
        "A " * 100_000,
        "\x00\ud800" * 100_000,
    ],
)
def test_hostile_texts_are_judged_to_the_end(text: str) -> None:
    assert isinstance(severities(text, "A <a@larkmoorfirm.example>"), dict)
