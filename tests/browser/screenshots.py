"""`make screenshots`: takes the pictures of README.md anew from the real playground and its samples."""

import base64
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, program
from tests.browser.person import Person
from tests.browser.playground import Playground, open_playground

DOCS = Path(__file__).parent.parent.parent / "docs"
LARGEST = 250_000  # bytes: the pictures come with every clone
QUALITY = 88  # of WebP, in percent
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1.5}
TALL = DESKTOP | {"viewport": {"width": 1280, "height": 960}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
READERS = {"en": "emma", "zh": "mei"}
ORDER = {"en": "01-gate-valves", "zh": "02-packaging-film-zh"}
PHISHING, FREE = "14-phishing-order", "12-free-lamps-forward"


def inquiry(person: Person) -> None:
    person.puts_sample(title(person, ORDER[person.language]))


def danger(person: Person) -> None:
    person.puts_sample(title(person, PHISHING))


def draft(person: Person) -> None:
    inquiry(person)
    person.presses(person.advice(), "card.draft_button")
    expect(person.dialog).to_be_visible()


def why(person: Person) -> None:
    person.picks(person.puts_sample(title(person, FREE)), person.page_words("why"))
    person.waits_for(person.words("playground.inspector.points"), where=person.tab.locator("#inspector"))


def follow_up(person: Person) -> None:
    inquiry(person)
    in_days = person.words("card.in_days_spoken", days=3)
    person.advice().get_by_role("button", name=in_days, exact=True).click()
    person.waits_for(person.words("follow_up.button.cancel"))
    person.moves_clock("next")
    done = person.thread.get_by_role("button", name=person.words("reminder.done"), exact=True)
    expect(done).to_be_visible(timeout=20_000)
    done.scroll_into_view_if_needed()


VIEWS: dict[str, tuple[Callable[[Person], None], dict[str, Any]]] = {
    "inquiry": (inquiry, DESKTOP),
    "danger": (danger, DESKTOP),
    "draft": (draft, DESKTOP),
    "why": (why, DESKTOP),
    "follow-up": (follow_up, TALL),
    "phone": (inquiry, PHONE),
}


def title(person: Person, sample: str) -> str:
    """Return the title of a sample as the person reads it."""
    _, answer = person.playground.ask("GET", f"/api/samples?language={person.language}")
    return next(str(one["title"]) for one in json.loads(answer) if one["id"] == sample)


def picture(tab: Page) -> bytes:
    """Return what a tab shows, as WebP."""
    tab.wait_for_function("document.getElementById('toasts').childElementCount === 0", timeout=20_000)
    tab.mouse.move(1, 1)
    wanted = {"format": "webp", "quality": QUALITY}
    answer = tab.context.new_cdp_session(tab).send("Page.captureScreenshot", wanted)
    return base64.b64decode(answer["data"])


def take(browser: Browser, playground: Playground, name: str, language: str) -> None:
    """Take one picture in a fresh window of an empty workspace."""
    view, window = VIEWS[name]
    playground.start_over()
    with browser.new_context(color_scheme="light", **window) as context:
        person = Person(context.new_page(), playground, READERS[language])
        view(person.arrives(f"#/{person.name}/inquiries"))
        raw = picture(person.tab)
    assert len(raw) < LARGEST, f"{name}-{language}: {len(raw)} bytes"
    (DOCS / f"{name}-{language}.webp").write_bytes(raw)
    sys.stdout.write(f"docs/{name}-{language}.webp  {len(raw) // 1000} kB\n")


def main() -> None:
    """Take all pictures, or those whose names are given."""
    DOCS.mkdir(exist_ok=True)
    names = sys.argv[1:] or list(VIEWS)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_playground(Path(folder)) as playground,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program(), args=FLAGS) as browser,
    ):
        for name in names:
            for language in READERS:
                take(browser, playground, name, language)


if __name__ == "__main__":
    main()
