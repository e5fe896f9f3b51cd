"""Follow-ups on the page: typed, chosen, answered, and reached by moving the clock."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenPage
from tests.browser.inquiries import INQUIRY
from tests.browser.person import Person
from tests.browser.playground import Playground

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
COMES_MS = 20_000


def reminder(person: Person) -> Locator:
    """Return the reminder that stands last in the open thread, as soon as it does."""
    done = person.tab.get_by_role("button", name=person.words("reminder.done"), exact=True)
    card = person.thread.get_by_role("listitem").filter(has=done).last
    expect(card).to_be_visible(timeout=COMES_MS)
    return card


def only_you(person: Person, words: str, where: Locator | None = None) -> Locator:
    """Return what the bot shows to this person alone."""
    said = (where or person.main).get_by_role("listitem").filter(has_text=words)
    expect(said.last).to_be_visible(timeout=COMES_MS)
    return said.last


def presses(card: Locator, name: str) -> None:
    card.get_by_role("button", name=name, exact=True).click()


def plan_runs(person: Person) -> None:
    person.waits_for(person.words("follow_up.plan.ends").split("*")[0].strip())


def asks(person: Person) -> Locator:
    return person.asks_advice(INQUIRY)


def test_the_command_is_completed_set_and_changed_in_its_dialog(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    asks(emma)
    emma.box.press_sequentially("/fol")
    offer = emma.tab.get_by_role("listbox", name=emma.page_words("commands"))
    expect(offer.get_by_role("option").first).to_contain_text("/followup")
    emma.box.press("Enter")
    expect(emma.box).to_have_value("/followup ")
    for word in ("list", "help", "plan quote", "done"):
        expect(offer.get_by_role("option", name=re.compile(f"^{word}"))).to_be_visible()
    emma.box.press_sequentially("3d ask about the panels")
    emma.box.press("Enter")
    echo = only_you(emma, "ask about the panels")
    presses(echo, emma.words("follow_up.button.change"))
    day = datetime.now(ZoneInfo("America/New_York")).date() + timedelta(days=5)
    emma.dialog.get_by_label(emma.words("follow_up.dialog.day")).fill(f"{day:%Y-%m-%d}")
    emma.dialog.get_by_label(emma.words("follow_up.dialog.time")).fill("14:30")
    emma.dialog.get_by_label(emma.words("follow_up.dialog.note")).fill("ask about the frames")
    presses(emma.dialog, emma.words("follow_up.dialog.change_submit"))
    expect(emma.dialog).to_be_hidden()
    expect(only_you(emma, "ask about the frames")).to_contain_text("14:30")
    emma.moves_clock("next")
    expect(reminder(emma)).to_contain_text("ask about the frames")


def test_a_reminder_is_snoozed_by_its_menu_and_done_by_its_button(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    presses(asks(emma), emma.words("card.in_days_spoken", days=3))
    emma.moves_clock("next")
    card = reminder(emma)
    card.get_by_role("combobox").select_option(label=emma.words("reminder.snooze_hour"))
    emma.waits_for(emma.opening("reminder.snoozed_by", "user", "when"))
    emma.moves_clock("next")
    presses(reminder(emma), emma.words("reminder.done"))
    emma.waits_for(emma.opening("reminder.done_by", "user", "when"))
    expect(emma.tab.get_by_role("button", name=emma.words("reminder.done"), exact=True)).to_have_count(0)


def test_a_plan_is_started_walked_and_ended_by_the_buyers_answer(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    presses(asks(emma), emma.words("card.quotation_sent_button"))
    presses(emma.thread, emma.words("plan.start"))
    plan_runs(emma)
    for step in (1, 2):
        emma.moves_clock("next")
        expect(reminder(emma)).to_contain_text(emma.words("reminder.step_quote", number=step, count=4))
    presses(reminder(emma), emma.words("reminder.buyer_replied"))
    emma.waits_for(emma.opening("reminder.replied_by", "user", "when"))
    clock = emma.opens_clock()
    expect(clock.get_by_text(emma.words("playground.clock.no_next"))).to_be_visible()


def test_the_day_samples_arrived_is_picked_on_the_reminder(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    presses(asks(emma), emma.words("card.samples_sent_button"))
    presses(emma.thread, emma.words("plan.start"))
    plan_runs(emma)
    emma.moves_clock("next")
    now_ms = playground.state()["clock"]["now_ms"]
    day = datetime.fromtimestamp(now_ms / 1000, ZoneInfo("America/New_York")).date()
    reminder(emma).locator("input[type=date]").fill(f"{day:%Y-%m-%d}")
    emma.waits_for(emma.opening("reminder.arrived_on", "day", "user", "when"))


def test_the_shortcut_opens_the_dialog_and_sets_a_reminder(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    asks(emma)
    shortcuts = {one["callback_id"]: one["name"] for one in playground.state()["shortcuts"]}
    emma.picks(emma.message("Al Noor Trading"), shortcuts["set_follow_up"])
    emma.dialog.get_by_label(emma.words("follow_up.dialog.note")).fill("frames too")
    presses(emma.dialog, emma.words("follow_up.dialog.choose_submit"))
    expect(emma.dialog).to_be_hidden()
    emma.moves_clock("next")
    expect(reminder(emma)).to_contain_text("frames too")


def test_what_is_not_clear_is_chosen_with_one_click(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    asks(emma)
    year = datetime.now(ZoneInfo("America/New_York")).year + 1
    emma.types(f"/followup 03/12/{year} ask")
    offer = only_you(emma, emma.opening("follow_up.offer_about", "inquiry"))
    offer.get_by_role("button").filter(has_text=str(year)).first.click()
    only_you(emma, emma.words("follow_up.button.cancel"))


def test_a_chinese_colleague_sets_one_in_chinese(playground: Playground, open_page: OpenPage) -> None:
    mei = open_page(playground).becomes("mei")
    asks(mei)
    mei.types("/followup 后天下午三点 问一下样品")
    expect(only_you(mei, "问一下样品")).to_contain_text("15:00")
    mei.moves_clock("next")
    expect(reminder(mei)).to_contain_text("问一下样品")


@pytest.mark.parametrize("name", ["emma", "mei"])
def test_on_a_phone_everything_about_follow_ups_fits(
    playground: Playground, open_page: OpenPage, name: str
) -> None:
    person = open_page(playground, **PHONE)
    if name != "emma":
        person.becomes(name)
    card = asks(person)
    fits(person)
    presses(card, person.words("card.quotation_sent_button"))
    presses(person.thread, person.words("plan.start"))
    plan_runs(person)
    fits(person)
    person.moves_clock("next")
    expect(reminder(person).get_by_role("combobox")).to_be_visible()
    fits(person)
    presses(person.advice(), person.words("card.choose_spoken"))
    expect(person.dialog.get_by_label(person.words("follow_up.dialog.time"))).to_be_visible()
    fits(person)


def fits(person: Person) -> None:
    """See that nothing sticks out beside the page."""
    wide = person.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide"
