"""The page at the widths of phones, and for people who see it in other ways."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.inquiries import CHINESE, INQUIRY
from tests.browser.person import Person
from tests.browser.playground import Playground


def welcome(person: Person) -> None:
    expect(person.main.get_by_text(person.page_words("welcome_title"))).to_be_visible()


def thread(person: Person) -> None:
    person.asks_advice(CHINESE if person.language == "zh" else INQUIRY)


def channel(person: Person) -> None:
    person.button("close_thread").click()
    expect(person.thread).to_be_hidden()


def draft(person: Person) -> None:
    person.opens_thread("免费样品" if person.language == "zh" else "Al Noor")
    person.presses(person.advice(), "card.draft_button")
    expect(person.dialog).to_be_visible()


def why(person: Person) -> None:
    person.tab.keyboard.press("Escape")
    expect(person.dialog).to_be_hidden()
    person.picks(person.advice(), person.page_words("why"))
    person.waits_for(person.words("playground.inspector.points"), where=person.tab.locator("#inspector"))


def home(person: Person) -> None:
    person.tab.keyboard.press("Escape")
    person.goes_to(person.page_words("app_home"))
    person.waits_for(person.words("home.open_title"), where=person.main)


def menu(person: Person) -> None:
    person.goes_to("inquiries")
    person.message("138 0000" if person.language == "zh" else "Al Noor").hover()
    person.main.get_by_role("button", name=person.page_words("more_actions")).first.click()
    expect(person.tab.get_by_role("menu")).to_be_visible()


def email(person: Person) -> None:
    person.tab.keyboard.press("Escape")
    person.button("email_action").click()
    expect(person.dialog).to_be_visible()


def gallery(person: Person) -> None:
    person.tab.keyboard.press("Escape")
    person.button("gallery").click()
    put = person.words("playground.gallery.put")
    expect(person.tab.get_by_role("button", name=put).first).to_be_visible()


def clock(person: Person) -> None:
    person.tab.keyboard.press("Escape")
    expect(person.opens_clock()).to_be_visible()


# In this order each view is reached from the one before it.
VIEWS: tuple[Callable[[Person], None], ...] = (
    welcome,
    thread,
    channel,
    draft,
    why,
    home,
    menu,
    email,
    gallery,
    clock,
)


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_never_scrolls_sideways(playground: Playground, open_page: OpenPage, width: int) -> None:
    person = open_page(playground, viewport={"width": width, "height": 780}, has_touch=True, is_mobile=True)
    for view in VIEWS:
        view(person)
        assert not overhang(person.tab), view.__name__


def overhang(tab: Page) -> list[str]:
    """Return what reaches over the right edge of the window and makes it scroll."""
    found: list[str] = tab.evaluate(
        """() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          if (scrollWidth <= clientWidth && visualViewport.width <= clientWidth + 1) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
            .map((one) => `${one.tagName}.${one.className}`).slice(0, 8);
        }"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["emma", "mei"])
def test_the_accessibility_engine_finds_nothing(
    playground: Playground, open_page: OpenPage, name: str, scheme: str
) -> None:
    person = open_page(playground, color_scheme=scheme)
    if name != person.name:
        person.becomes(name)
    for view in VIEWS:
        view(person)
        assert not barriers(person.tab), view.__name__


def barriers(tab: Page) -> list[str]:
    """Return what axe-core finds wrong, of any gravity, with where it is."""
    found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for fault in found
        for node in fault["nodes"][:4]
    ]
