"""A playground and a browser for the tests of the page.

`playground` is shared by the tests of a module and emptied before each. `open_page` opens tabs in a
browser context of the test's own. A test fails when a page of its logs an error, breaks its own
Content-Security-Policy, raises, or asks any other host for anything.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import FLAGS, program
from tests.browser.person import Person
from tests.browser.playground import Playground, open_playground
from tests.browser.watch import Watch

PATIENCE_MS = 15_000
DESKTOP = {"width": 1280, "height": 800}

OpenPage = Callable[..., Person]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for the whole run; skips where there is none."""
    chromium = program()
    if chromium is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def shared_playground(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playground]:
    """A playground for a module; asks for the browser first, so that nothing starts where there is none."""
    with open_playground(tmp_path_factory.mktemp("playground")) as running:
        yield running


@pytest.fixture
def playground(shared_playground: Playground) -> Playground:
    """The module's playground, empty."""
    shared_playground.start_over()
    return shared_playground


@pytest.fixture
def own_playground(browser: Browser, tmp_path: Path) -> Iterator[Playground]:
    """A playground of the test's own, which it may stop and start again."""
    with open_playground(tmp_path) as running:
        yield running


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What goes wrong inside the pages of a test; `watch.expect` lets one kind of it pass."""
    watching = Watch()
    yield watching
    assert not watching.faults(), watching.faults()


@pytest.fixture
def context_of(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser contexts that are watched and closed at the end."""
    opened: list[BrowserContext] = []

    def open_context(**more: Any) -> BrowserContext:
        wishes = {"viewport": DESKTOP, "locale": "en-US", "color_scheme": "light", **more}
        context = browser.new_context(**wishes)
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def open_page(context_of: Callable[..., BrowserContext], watch: Watch) -> OpenPage:
    """Opens the page of a playground as a person does, in a fresh browser context."""

    def open_it(playground: Playground, *, page: Page | None = None, **wishes: Any) -> Person:
        tab = page or context_of(**wishes).new_page()
        watch.allow(playground.address)
        return Person(tab, playground).arrives()

    return open_it
