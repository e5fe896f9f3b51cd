"""Watches pages for what must never happen: errors, broken policies, requests that leave the machine."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Runs before the page's own scripts; a violation becomes a line that the console watch sees.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Watch:
    """Collects the faults of all pages of the contexts it was set over."""

    _seen: list[str] = field(default_factory=list)
    _hosts: set[str] = field(default_factory=set)
    _expected: set[str] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Watch a context and every page that it will have."""
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", self._asked)
        context.on("console", self._logged)
        context.on("page", self._watch_page)

    def allow(self, address: str) -> None:
        """Let pages ask the server at `address`."""
        self._hosts.add(address)

    def expect(self, words: str) -> None:
        """Let faults that hold these words pass."""
        self._expected.add(words)

    def faults(self) -> list[str]:
        """Return all that was seen and not expected."""
        return [one for one in self._seen if not any(words in one for words in self._expected)]

    def _watch_page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._seen.append(f"page error: {error}"))

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        local = request.url.startswith(("data:", "blob:", "about:", *self._hosts))
        if not local:
            self._seen.append(f"request to another place: {request.url}")
