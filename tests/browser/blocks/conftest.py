"""The stage, one for all tests of a module; what it says wrong fails the test that made it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.blocks.stage import Stage, stage_server
from tests.browser.watch import Watch


@pytest.fixture(scope="module")
def watched_stage(browser: Browser) -> Iterator[tuple[Stage, Watch]]:
    """A page that shows blocks, and the watch over it."""
    with stage_server() as address:
        watch, context = Watch(), browser.new_context(locale="en-US", viewport={"width": 1000, "height": 800})
        context.set_default_timeout(5_000)
        watch.over(context)
        watch.allow(address)
        page = context.new_page()
        page.goto(address)
        page.locator("#stage[data-ready]").wait_for(state="attached")
        yield Stage(page), watch
        context.close()


@pytest.fixture
def stage(watched_stage: tuple[Stage, Watch]) -> Iterator[Stage]:
    """The stage, empty; no error, broken policy or request elsewhere may come of a test."""
    shown, watch = watched_stage
    shown.page.evaluate("() => stage.clear()")
    yield shown
    assert not watch.faults(), watch.faults()
