"""Who one is on the page decides what one reads, and what one sees at all."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.inquiries import CHINESE, INQUIRY, SAMPLES_PLEASE
from tests.browser.playground import Playground

HAN = re.compile(r"[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FFF}]")


def test_a_chinese_colleague_reads_a_chinese_page_and_chinese_advice(
    playground: Playground, open_page: OpenPage
) -> None:
    mei = open_page(playground).becomes("mei")
    expect(mei.tab.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    expect(mei.main.get_by_text(mei.page_words("welcome_title"))).to_be_visible()
    card = mei.asks_advice(CHINESE)
    expect(card).to_contain_text("索要样品型")
    expect(card).to_contain_text(mei.words("card.next_step"))
    left_in_english = [
        name
        for name in mei.tab.get_by_role("button").all_inner_texts()
        if re.search("[a-z]{4,}", name) and not HAN.search(name) and name not in KEPT_NAMES
    ]
    assert not left_in_english


def test_the_first_email_a_chinese_colleague_lets_arrive_is_judged_in_chinese(
    playground: Playground, open_page: OpenPage
) -> None:
    mei = open_page(playground).becomes("mei")
    card = mei.puts_sample("卑尔根的闸阀询价")
    expect(card).to_contain_text("寻找卖家型")


# The names of places, people and the bot are the same in every language.
KEPT_NAMES = ("inquiries", "general", "Inquiry Bot", "Emma Stone", "David Li")


def test_a_colleague_elsewhere_sees_the_same_card_and_the_time_of_their_own_place(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.asks_advice(INQUIRY)
    in_new_york = emma.message("Al Noor Trading").get_by_role("time").first.get_attribute("title")
    emma.becomes("david")
    in_shanghai = emma.message("Al Noor Trading").get_by_role("time").first.get_attribute("title")
    assert in_new_york != in_shanghai
    emma.opens_thread("Al Noor Trading")
    emma.advice()


def test_what_only_one_person_sees_nobody_else_sees(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.types("/inquiry types")
    said = emma.main.get_by_text(emma.page_words("only_you"))
    expect(said).to_be_visible()
    emma.becomes("david")
    expect(said).to_be_hidden()
    emma.becomes("emma")
    expect(said).to_be_visible()


def test_the_home_tab_lists_ones_open_inquiries(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.asks_advice(INQUIRY)
    emma.goes_to(emma.page_words("app_home"))
    emma.waits_for(emma.words("home.open_title"), where=emma.main)
    emma.waits_for("Supplier seeker", where=emma.main)


def test_a_thread_with_news_carries_a_badge_until_it_is_read(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.goes_to("general")
    inquiries = emma.navigation.get_by_role("button", name="inquiries")
    act = {"as": "david", "act": "type", "channel": playground.channel("inquiries"), "text": SAMPLES_PLEASE}
    assert playground.post("/api/act", act)["ok"]
    expect(inquiries).to_contain_text(emma.page_words("unread"))
    emma.goes_to("inquiries")
    emma.waits_for(emma.page_words("new"), where=emma.main)
    emma.opens_thread("free samples")
    emma.advice()
    expect(inquiries).not_to_contain_text(emma.page_words("unread"))


def test_on_a_phone_the_answer_is_offered_until_it_is_opened(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    emma.types(SAMPLES_PLEASE)
    offer = emma.tab.get_by_role("status").get_by_role("button", name=emma.page_words("open_thread"))
    expect(offer).to_be_visible()
    emma.opens_thread("free samples")
    emma.advice()
    expect(offer).to_be_hidden(timeout=2_000)
    emma.button("close_thread").click()
    emma.types(INQUIRY)
    offer.click()
    expect(emma.advice()).to_contain_text("🎯")
