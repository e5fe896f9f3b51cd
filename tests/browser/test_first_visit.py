"""From opening the page to the first advice, and that what happened stays."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.inquiries import CHINESE, INQUIRY
from tests.browser.playground import Playground, wait_for
from tests.browser.watch import Watch


def test_the_first_inquiry_typed_gets_its_advice(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    expect(emma.main.get_by_text(emma.page_words("welcome_title"))).to_be_visible()
    emma.types(INQUIRY)
    card = emma.advice()
    expect(card).to_contain_text("🎯")
    expect(card).to_contain_text("Jebel Ali")
    assert emma.box.input_value() == ""
    assert len(emma.messages()) == 2


def test_the_keyboard_alone_leads_from_the_empty_page_to_the_advice_and_into_it(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    for _ in range(60):
        emma.tab.keyboard.press("Tab")
        if emma.box.evaluate("box => box === document.activeElement"):
            break
    expect(emma.box).to_be_focused()
    emma.tab.keyboard.insert_text(INQUIRY)
    emma.tab.keyboard.press("Enter")
    draft = emma.advice().get_by_role("button", name=emma.words("card.draft_button"))
    for _ in range(60):
        emma.tab.keyboard.press("Tab")
        if draft.evaluate("button => button === document.activeElement"):
            break
    expect(draft).to_be_focused()
    emma.tab.keyboard.press("Enter")
    expect(emma.dialog.get_by_role("heading", name=emma.words("draft.title"))).to_be_visible()
    emma.tab.keyboard.press("Escape")
    expect(emma.dialog).to_be_hidden()
    expect(draft).to_be_focused()


def test_a_reload_keeps_the_place_and_the_conversation(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.asks_advice(INQUIRY)
    emma.tab.reload()
    expect(emma.message("Al Noor Trading")).to_be_visible()
    emma.opens_thread("Al Noor Trading")
    expect(emma.advice()).to_contain_text("Jebel Ali")


def test_a_second_tab_follows_the_first(playground: Playground, open_page: OpenPage) -> None:
    first = open_page(playground)
    second = open_page(playground, page=first.tab.context.new_page())
    first.asks_advice(INQUIRY)
    second.opens_thread("Al Noor Trading")
    second.advice()
    second.becomes("david").types("I take care of this one.")
    expect(first.message("I take care of this one.")).to_be_visible()


def test_starting_over_empties_the_page_after_a_question(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.asks_advice(INQUIRY)
    emma.opens_clock().get_by_role("button", name=emma.words("playground.clock.start_over")).click()
    emma.dialog.get_by_role("button", name=emma.words("playground.clock.start_over_yes")).click()
    expect(emma.main.get_by_text(emma.page_words("welcome_title"))).to_be_visible()
    expect(emma.thread).to_be_hidden()
    assert not emma.messages()
    emma.asks_advice(INQUIRY)


def test_a_stopped_server_is_told_of_and_everything_is_there_when_it_is_back(
    own_playground: Playground, open_page: OpenPage, watch: Watch
) -> None:
    for words in ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_EMPTY_RESPONSE"):
        watch.expect(words)
    emma = open_page(own_playground)
    emma.asks_advice(INQUIRY)
    before = emma.messages()
    assert own_playground.stop() == 0
    stopped = emma.tab.get_by_role("alert")
    expect(stopped).to_be_visible()
    emma.types("Is anybody there?")
    emma.reads_toast(emma.page_words("no_answer"))
    own_playground.start()
    expect(stopped).to_be_hidden(timeout=20_000)
    assert emma.box.input_value() == "Is anybody there?"
    emma.box.press("Enter")
    expect(emma.message("Is anybody there?")).to_be_visible()
    assert emma.messages()[: len(before)] == before
    wait_for(lambda: len(emma.messages()) >= len(before) + 1)
    emma.presses(emma.advice(), "card.draft_button")
    expect(emma.dialog).to_be_visible()


def test_the_samples_stay_at_hand_wherever_one_goes_first(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    put = emma.tab.get_by_role("button", name=emma.words("playground.gallery.put"))
    expect(put.first).to_be_visible()
    emma.button("gallery").click()
    expect(put.first).to_be_focused()
    emma.goes_to("general")
    emma.goes_to("inquiries")
    expect(put.first).to_be_visible()
    mei = emma.becomes("mei")
    put = mei.tab.get_by_role("button", name=mei.words("playground.gallery.put"))
    expect(put.first).to_be_visible()
    mei.asks_advice(CHINESE)
    mei.button("gallery").click()
    expect(put.first).to_be_visible()
