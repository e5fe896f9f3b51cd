"""A person before the page: finds things by their role and their words, as people and screen readers do."""

import re
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bot import texts
from bot.texts import Language
from tests.browser.playground import Json, Playground, wait_for

ADVICE_MS = 20_000
NARROW = 900  # px; the page shows a thread in the place of the channel below it
CUT = "\0"


class Person:
    """One person at one tab of the page."""

    def __init__(self, tab: Page, playground: Playground, name: str = "emma") -> None:
        self.tab = tab
        self.playground = playground
        self.name = name

    # words

    @property
    def language(self) -> Language:
        return "zh" if self.name == "mei" else "en"

    def words(self, key: str, **values: object) -> str:
        """Return a sentence in the person's language, as the texts have it."""
        return texts.load().say(key, self.language, **values)

    def opening(self, key: str, *unknown: str) -> str:
        """Return how a sentence begins, up to the first value that only the page knows."""
        return self.words(key, **dict.fromkeys(unknown, CUT)).split(CUT)[0]

    def page_words(self, key: str, **values: object) -> str:
        return self.words(f"playground.page.{key}", **values)

    # coming and looking around

    def arrives(self, place: str = "") -> "Person":
        """Open the page and wait until it can be used."""
        self.tab.goto(f"{self.playground.address}{place}")
        expect(
            self.box.or_(self.tab.get_by_role("region", name=self.page_words("app_home"))).first
        ).to_be_visible()
        return self

    def becomes(self, name: str) -> "Person":
        """Act as somebody else, through the switch at the top of the page."""
        real = next(one["real_name"] for one in self.playground.state()["actors"] if one["name"] == name)
        self.tab.get_by_role("banner").get_by_role("button", name=self.page_words("acting_as")).click()
        self.tab.get_by_role("menuitemradio", name=re.compile(re.escape(real))).click()
        self.name = name
        expect(self.tab.locator("html")).to_have_attribute("lang", re.compile(f"^{self.language}"))
        expect(self.tab.get_by_role("banner").get_by_role("button", name=re.compile(real))).to_be_visible()
        return self

    @property
    def navigation(self) -> Locator:
        return self.tab.get_by_role("navigation")

    @property
    def main(self) -> Locator:
        return self.tab.get_by_role("main")

    @property
    def thread(self) -> Locator:
        return self.tab.get_by_role("complementary", name=self.page_words("thread"), exact=True)

    @property
    def dialog(self) -> Locator:
        return self.tab.get_by_role("dialog")

    @property
    def box(self) -> Locator:
        """The message box of the channel."""
        return self.main.get_by_role("textbox").last

    def goes_to(self, place: str) -> None:
        """Open a channel, the bot's messages or its home from the sidebar."""
        if not self.navigation.is_visible():
            self.tab.get_by_role("banner").get_by_role("button", name=self.page_words("channels")).click()
        self.navigation.get_by_role("button", name=place).click()
        if self.is_on_a_phone:
            expect(self.navigation).to_be_hidden()

    def button(self, key: str, **values: object) -> Locator:
        """Return the page's button that says a sentence of the page."""
        return self.tab.get_by_role("button", name=self.page_words(key, **values), exact=True)

    # speaking

    def types(self, text: str) -> None:
        """Paste words into the message box and send them."""
        self.box.fill(text)
        self.box.press("Enter")

    def message(self, words: str, *, where: Locator | None = None) -> Locator:
        """Return the message that holds these words."""
        more = self.tab.get_by_role("button", name=self.page_words("more_actions"))
        return (where or self.main).get_by_role("listitem").filter(has_text=words, has=more).first

    def picks(self, message: Locator, entry: str) -> None:
        """Choose an entry of a message's menu."""
        message.hover()
        message.get_by_role("button", name=self.page_words("more_actions")).last.click()
        self.tab.get_by_role("menuitem", name=entry).click()

    def puts_sample(self, title: str) -> Locator:
        """Let a sample of the gallery arrive; returns the advice on it."""
        self.button("gallery").click()
        put = self.words("playground.gallery.put")
        self.tab.get_by_role("button", name=f"{put} {title}", exact=True).click()
        return self.advice()

    # the card

    def advice(self) -> Locator:
        """Return the advice in the open thread, as soon as it stands."""
        draft = self.tab.get_by_role("button", name=self.words("card.draft_button"), exact=True)
        card = self.thread.get_by_role("listitem").filter(has=draft).last
        expect(card).to_be_visible(timeout=ADVICE_MS)
        return card

    def asks_advice(self, inquiry: str) -> Locator:
        """Type an inquiry and return the advice on it, in the thread that opens by itself."""
        self.types(inquiry)
        if self.is_on_a_phone:
            self.opens_thread(inquiry.splitlines()[0])
        return self.advice()

    @property
    def is_on_a_phone(self) -> bool:
        """Tell whether the window is too narrow for a thread beside the channel."""
        return bool((self.tab.viewport_size or {"width": 0})["width"] < NARROW)

    def opens_thread(self, words: str) -> None:
        """Open the thread of a message where the page has not opened it by itself."""
        message = self.message(words)
        expect(message.or_(self.thread).first).to_be_visible()
        if self.is_on_a_phone and not self.thread.is_visible():
            message.get_by_role("button", name=self.page_words("reply_one")).click()
        elif not self.thread.is_visible():
            message.hover()
            message.get_by_role("button", name=self.page_words("reply_in_thread")).click()
        expect(self.thread).to_be_visible()

    def presses(self, card: Locator, key: str) -> None:
        """Press a button of a card by the sentence it carries."""
        card.get_by_role("button", name=self.words(key), exact=True).click()

    def waits_for(self, words: str, *, where: Locator | None = None) -> None:
        """Wait until these words can be read in the thread, or in another part of the page."""
        expect((where or self.thread).get_by_text(words).first).to_be_visible(timeout=ADVICE_MS)

    def opens_clock(self) -> Locator:
        """Open the panel of the clock, if it is not open."""
        top = self.tab.get_by_role("banner")
        clock = top.get_by_role("group", name=self.words("playground.clock.title"))
        if not clock.is_visible():
            top.get_by_role("button", name=self._clock_name()).click()
        return clock

    def moves_clock(self, step: str) -> None:
        """Let time pass by a button of the clock: hour, day, week or next (reminder)."""
        clock = self.opens_clock()
        before = self.playground.state(self.name)["clock"]["moved_ms"]
        clock.get_by_role("button", name=self.words(f"playground.clock.{step}"), exact=True).click()
        wait_for(lambda: self.playground.state(self.name)["clock"]["moved_ms"] > before)
        self.tab.keyboard.press("Escape")
        expect(clock).to_be_hidden()

    def _clock_name(self) -> re.Pattern[str]:
        return re.compile(f"^{re.escape(self.opening('playground.clock.open', 'now'))}")

    # files

    def drops(self, name: str, raw: bytes, kind: str = "message/rfc822") -> None:
        """Drop a file on the channel, as from a folder window."""
        transfer = self.tab.evaluate_handle(
            """([name, bytes, type]) => {
              const transfer = new DataTransfer();
              const raw = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
              transfer.items.add(new File([raw], name, { type }));
              return transfer;
            }""",
            [name, b64encode(raw).decode(), kind],
        )
        for event in ("dragenter", "dragover", "drop"):
            self.main.dispatch_event(event, {"dataTransfer": transfer})

    # seeing

    def reads_toast(self, words: str) -> None:
        """Wait for a sentence that the page shows for a while."""
        expect(self.tab.get_by_role("status").get_by_text(words)).to_be_visible()

    def messages(self, channel: str = "inquiries") -> list[Json]:
        return self.playground.messages(channel, self.name)

    def wait_messages(self, count: int, channel: str = "inquiries") -> list[Json]:
        """Wait until a channel holds so many messages, replies too."""
        return wait_for(lambda: found if len(found := self.messages(channel)) >= count else None)


def mail(name: str) -> bytes:
    """Return a mail of the tests' own collection."""
    return (Path(__file__).parent.parent / "mails" / name).read_bytes()
