import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.charset import decode

TEXTS = {
    "gb18030": "你好，请问这款产品的最低起订量是多少？我们需要报价，交货期多久，付款方式怎样",
    "cp950": "您好,我們在台南經營寵物用品店四家,目前代理國內品牌飼料,請教最低起訂量",
    "cp932": "お世話になっております。下記の見積りをお願いいたします。数量は50,000本です。",
    "cp949": "안녕하세요. 귀사 제품의 가격과 최소 주문 수량을 알고 싶습니다. 감사합니다.",
    "cp1251": "Здравствуйте! Мы мебельная фабрика в Пензе, делаем кромку. Подскажите, какой клей",
    "koi8-r": "Здравствуйте! Мы мебельная фабрика в Пензе, делаем кромку. Подскажите, какой клей",
    "cp1252": "Bonjour, pourriez-vous m’envoyer une dizaine d’échantillons à votre charge",
    "iso2022_jp_ext": "お見積り依頼 スプーン 50,000本",
    "utf-8": "Zoë, 8 000 kpl ø 35 mm, дуб, 你好",
}


@pytest.mark.parametrize(
    "label", [None, "", "us-ascii", "utf-8", "iso-8859-1", "utf8mb4-unknown", "unicode_escape"]
)
@pytest.mark.parametrize("charset", TEXTS)
def test_a_wrong_or_missing_label_does_not_matter(charset: str, label: str | None) -> None:
    assert decode(TEXTS[charset].encode(charset), label) == TEXTS[charset]


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("gb18030", '"gb18030"'),
        ("cp1252", "us-ascii"),
        ("cp950", "big5"),
    ],
)
def test_a_label_stands_for_its_superset(charset: str, label: str) -> None:
    text = {"gb18030": "陶喆瑄，镕基", "cp1252": "“café” 5 €", "cp950": "豆腐貓砂"}[charset]
    assert decode(text.encode(charset), label) == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    assert decode("báo giá".encode(codec), "gbk") == "báo giá"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(codec: str) -> None:
    assert decode("Please quote 500 pcs báo giá".encode(codec)) == "Please quote 500 pcs báo giá"


def test_one_damaged_byte_costs_one_character() -> None:
    raw = TEXTS["gb18030"].encode("gb18030") * 5
    read = decode(raw[:99] + b"\xff" + raw[100:], "gb2312")
    assert read.count("\ufffd") <= 2
    assert "最低起订量" in read


@given(
    st.binary(),
    st.none() | st.text(max_size=20) | st.sampled_from(["hz", "utf-7", "cp949", "idna", "punycode"]),
)
def test_no_bytes_and_no_label_fail(raw: bytes, label: str | None) -> None:
    decode(raw, label).encode("utf-8", "replace")
