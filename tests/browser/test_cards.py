"""What can be pressed on a card, and what comes of it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.inquiries import INQUIRY, SAMPLES_PLEASE
from tests.browser.playground import Playground


def test_draft_reply_opens_a_reply_to_start_from(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.presses(emma.asks_advice(INQUIRY), "card.draft_button")
    draft = emma.dialog.get_by_label(emma.words("draft.label"))
    expect(draft).to_have_value(re.compile("Ahmed"))
    emma.tab.keyboard.press("Escape")
    expect(emma.dialog).to_be_hidden()
    assert not playground.state()["modals"]


def test_a_form_that_is_refused_says_why_and_then_succeeds(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.types("/inquiry classify")
    field = emma.dialog.get_by_label(emma.words("modal.classify_label"))
    send = emma.dialog.get_by_role("button", name=emma.words("modal.classify_submit"), exact=True)
    send.click()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("\N{NO-BREAK SPACE}")
    send.click()
    expect(emma.dialog.get_by_text(emma.words("unreadable.empty"))).to_be_visible()
    expect(field).to_be_focused()
    field.fill(SAMPLES_PLEASE)
    send.click()
    expect(emma.dialog.get_by_role("heading", name=emma.words("modal.result_title"))).to_be_visible()
    expect(emma.dialog).to_contain_text("🎁")


def test_wrong_type_changes_the_card_and_says_who_did(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.presses(emma.asks_advice(INQUIRY), "card.correct_button")
    emma.dialog.get_by_role("radio", name="🎁").check()
    emma.dialog.get_by_role("button", name=emma.words("types.correct_submit"), exact=True).click()
    expect(emma.dialog).to_be_hidden()
    expect(emma.advice().get_by_role("heading")).to_contain_text("🎁")
    expect(emma.advice()).to_contain_text("Corrected by @Emma Stone")


def test_a_follow_up_comes_due_when_the_clock_is_moved_and_done_settles_it(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    in_days = emma.words("card.in_days_spoken", days=3)
    emma.asks_advice(INQUIRY).get_by_role("button", name=in_days, exact=True).click()
    emma.waits_for(emma.words("follow_up.button.cancel"))
    emma.moves_clock("day")
    assert len(emma.messages()) == 2
    emma.moves_clock("next")
    done = emma.thread.get_by_role("button", name=emma.words("reminder.done"), exact=True)
    expect(done).to_be_visible(timeout=20_000)
    done.click()
    expect(emma.thread.get_by_text(emma.opening("reminder.done_by", "user", "when"))).to_be_visible()
    expect(done).to_be_hidden()


def test_why_shows_the_deciding_words_and_the_call(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.picks(emma.asks_advice(INQUIRY), emma.page_words("why"))
    inspector = emma.tab.get_by_role("complementary", name=emma.page_words("inspector"))
    expect(inspector.get_by_text(emma.words("playground.inspector.points"))).to_be_visible()
    expect(inspector.locator("mark").first).to_be_visible()


def test_the_menu_of_a_card_at_the_foot_of_the_thread_is_wholly_in_sight(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    card = emma.asks_advice(INQUIRY)
    card.get_by_role("button", name=emma.words("playground.blocks.more")).first.click()
    last = card.get_by_role("menuitem", name=emma.words("card.more_take"))
    expect(last).to_be_in_viewport(ratio=1)
    last.click()
    expect(emma.advice()).to_contain_text("takes care of this inquiry")
