"""What people drop, paste and press that was not meant so: each is answered by a sentence or does nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.inquiries import HOSTILE
from tests.browser.playground import Playground


def test_hostile_text_stays_text(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.tab.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    emma.types(HOSTILE)
    emma.opens_thread("<img src=x onerror=alert(1)>")
    emma.advice()
    message = emma.message("<img src=x")
    for words in ("<script>alert(2)</script>", "<b>bold</b>", "<iframe src=//evil.example>", "&lt;i&gt;"):
        expect(message).to_contain_text(words)
    for tag in ("script", "iframe", "b", "a[href^='javascript' i]", "[onerror]"):
        assert emma.tab.locator(f".content {tag}").count() == 0, tag


@pytest.mark.parametrize("where", ["email", "edit", "draft"])
def test_hostile_text_stays_text_on_every_way(
    playground: Playground, open_page: OpenPage, where: str
) -> None:
    emma = open_page(playground)
    emma.tab.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    mail = {"from": f"{HOSTILE[:60]} <a@b.example>", "subject": HOSTILE, "body": HOSTILE}
    act = {"as": "emma", "act": "email", "channel": playground.channel("inquiries"), **mail}
    assert playground.post("/api/act", act)["ok"]
    emma.opens_thread("<script>alert(2)</script>")
    card = emma.advice()
    if where == "draft":
        emma.presses(card, "card.draft_button")
        expect(emma.dialog).to_be_visible()
    if where == "edit":
        emma.picks(card, emma.page_words("why"))
        emma.waits_for("javascript:alert(4)", where=emma.tab.get_by_role("complementary").last)
    assert emma.tab.locator("main script, aside script, dialog script, iframe, [onerror]").count() == 0


def test_a_file_of_50_mb_is_refused_by_a_sentence(
    playground: Playground, open_page: OpenPage, tmp_path: Path
) -> None:
    emma = open_page(playground)
    large = tmp_path / "large.eml"
    with large.open("wb") as file:
        file.truncate(50 * 2**20)
    emma.main.locator("input[type=file]").set_input_files(large)
    emma.reads_toast("large.eml")
    assert not playground.messages()


def test_a_binary_file_gets_a_sentence_in_its_thread(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.drops("drawing.dwg", bytes(range(256)) * 40, "application/octet-stream")
    emma.box.press("Enter")
    emma.opens_thread("drawing.dwg")
    emma.waits_for(emma.words("unreadable.unsupported", name="").split(":")[1])


def test_a_file_with_nothing_in_it_is_refused_by_a_sentence(
    playground: Playground, open_page: OpenPage
) -> None:
    emma = open_page(playground)
    emma.drops("empty.eml", b"")
    emma.reads_toast("empty.eml")
    assert not playground.messages()


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n"], ids=["empty", "spaces", "lines"])
def test_an_empty_message_is_not_sent(playground: Playground, open_page: OpenPage, nothing: str) -> None:
    emma = open_page(playground)
    emma.box.fill(nothing)
    emma.box.press("Enter")
    emma.reads_toast(emma.page_words("empty_message"))
    assert not playground.messages()


def test_a_very_long_paste_arrives_whole(playground: Playground, open_page: OpenPage) -> None:
    emma = open_page(playground)
    emma.types("Please quote 500 pcs of LED lamps, FOB Ningbo.\n" * 900)
    message = emma.wait_messages(1)[0]
    assert message.get("files") or len(message["text"]) > 40_000
