"""Every way in which an inquiry reaches the bot from the page."""

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.playground import samples
from tests.browser.conftest import OpenPage
from tests.browser.inquiries import INQUIRY, SAMPLES_PLEASE
from tests.browser.person import mail
from tests.browser.playground import Playground, wait_for

TYPES = (
    "supplier_seeker",
    "market_entrant",
    "information_gatherer",
    "casual_browser",
    "intelligence_thief",
    "sample_hunter",
)


def first_sample_of(buyer_type: str) -> Path:
    files = sorted(samples.FOLDER.glob("*.toml"))
    return next(one for one in files if tomllib.loads(one.read_text("utf-8"))["type"] == buyer_type)


@pytest.mark.parametrize("buyer_type", TYPES)
def test_a_sample_of_each_type_gets_the_card_of_its_type(
    playground: Playground, open_page: OpenPage, buyer_type: str
) -> None:
    emma = open_page(playground)
    sample = tomllib.loads(first_sample_of(buyer_type).read_text("utf-8"))
    card = emma.puts_sample(sample["title"]["en"])
    expect(card).to_contain_text(type_name(buyer_type))


def type_name(buyer_type: str) -> str:
    known = Path("knowledge/types") / f"{buyer_type}.toml"
    return str(tomllib.loads(known.read_text("utf-8"))["name"]["en"])


def test_every_sample_gets_one_card(playground: Playground) -> None:
    """Through the page's own door, one after the other; the cards themselves are looked at elsewhere."""
    inquiries = playground.channel("inquiries")
    every = [path.stem for path in sorted(samples.FOLDER.glob("*.toml"))]
    for sample in every:
        act = {"as": "emma", "act": "sample", "id": sample, "channel": inquiries}
        assert playground.post("/api/act", act)["ok"], sample
    wait_for(lambda: len(advice_in(playground)) == len(every), 60)
    parents = [one["thread_ts"] for one in advice_in(playground)]
    assert len(set(parents)) == len(every)


def advice_in(playground: Playground) -> list[dict[str, object]]:
    found = playground.messages()
    return [one for one in found if one.get("metadata", {}).get("event_type") == "inquiry_advice"]


def test_a_slash_completes_the_command_and_its_words(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.box.press_sequentially("/inq")
    offer = emma.tab.get_by_role("listbox", name=emma.page_words("commands"))
    expect(offer.get_by_role("option").first).to_contain_text("/inquiry")
    emma.box.press("Enter")
    expect(emma.box).to_have_value("/inquiry ")
    expect(offer.get_by_role("option", name="types")).to_be_visible()
    emma.box.press_sequentially("ty")
    emma.box.press("Tab")
    expect(emma.box).to_have_value("/inquiry types")
    emma.box.press("Enter")
    expect(emma.main.get_by_text(emma.words("types.title"))).to_be_visible()
    assert not emma.messages()


def test_a_command_nobody_has_is_answered_by_a_sentence_and_the_words_come_back(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.types("/banana split")
    emma.reads_toast(emma.words("playground.says.unknown_command", command="/banana"))
    expect(emma.box).to_have_value("/banana split")


def test_a_mail_dropped_on_the_channel_is_read(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.drops("chairs.eml", mail("04-forward-as-attachment-rfc822.eml"))
    expect(emma.main.get_by_text("chairs.eml")).to_be_visible()
    emma.box.press("Enter")
    emma.opens_thread("chairs.eml")
    expect(emma.advice()).to_contain_text("CIF Durban")


def test_an_email_written_into_the_form_arrives_as_slacks_email_does(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.button("email_action").click()
    form = emma.dialog
    form.get_by_label(emma.page_words("email_from")).fill("Ahmed Hassan <ahmed@alnoor-trading.ae>")
    form.get_by_label(emma.page_words("email_subject")).fill("LED panels for Dubai")
    form.get_by_label(emma.page_words("email_body")).fill(INQUIRY)
    form.get_by_role("button", name=emma.page_words("email_send")).click()
    expect(emma.dialog).to_be_hidden()
    emma.opens_thread("LED panels for Dubai")
    expect(emma.advice()).to_contain_text("Jebel Ali")
    assert emma.messages()[0]["files"][0]["mode"] == "email"


def test_a_message_forwarded_into_the_channel_is_read(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.goes_to("general")
    emma.types(SAMPLES_PLEASE)
    emma.picks(emma.message("free samples"), emma.page_words("forward"))
    emma.dialog.get_by_label(emma.page_words("forward_comment")).fill("Worth a parcel?")
    emma.dialog.get_by_role("button", name=emma.page_words("forward_yes")).click()
    expect(emma.dialog).to_be_hidden()
    emma.goes_to("inquiries")
    emma.opens_thread("Worth a parcel?")
    expect(emma.advice()).to_contain_text("🎁")


def test_the_message_shortcut_classifies_what_stands_outside_the_inquiry_channel(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.goes_to("general")
    emma.types(SAMPLES_PLEASE)
    emma.picks(emma.message("free samples"), playground.state()["shortcuts"][0]["name"])
    emma.opens_thread("free samples")
    expect(emma.advice()).to_contain_text("🎁")


def test_the_bot_answers_a_direct_message(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.goes_to(playground.state()["bot"]["name"])
    emma.types(SAMPLES_PLEASE)
    emma.opens_thread("free samples")
    expect(emma.advice()).to_contain_text("🎁")
    assert not emma.messages()


def test_an_edit_changes_the_one_card(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    expect(emma.asks_advice(SAMPLES_PLEASE)).to_contain_text("🎁")
    emma.picks(emma.message("free samples"), emma.page_words("edit"))
    editor = emma.main.get_by_role("textbox", name=emma.page_words("edit"))
    editor.fill(INQUIRY)
    editor.press("Enter")
    expect(emma.advice()).to_contain_text("🎯")
    expect(emma.message("Al Noor Trading")).to_contain_text(emma.page_words("edited"))
    assert len(advice_in(playground)) == 1


def test_a_deleted_inquiry_leaves_its_advice_in_the_thread(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.asks_advice(SAMPLES_PLEASE)
    emma.picks(emma.message("free samples"), emma.page_words("delete"))
    emma.dialog.get_by_role("button", name=emma.page_words("delete")).click()
    expect(emma.main.get_by_text("free samples by DHL")).to_be_hidden()
    expect(emma.main.get_by_text(emma.page_words("deleted"))).to_be_visible()
    assert len(advice_in(playground)) == 1
