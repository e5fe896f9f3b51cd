"""Who may talk with the page's server: the page itself, on this machine, and nobody else.

A foreign page in the same browser can send requests here. It cannot name this host (DNS rebinding gives it
another name), cannot set our header without asking, and the browser tells on it by `Origin` and
`Sec-Fetch-Site`.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

OUR_HEADER: Final = "X-Playground"

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def objection(method: str, path: str, headers: Mapping[str, str], port: int) -> str | None:
    """Return why a request is turned away, None when it is welcome; `headers` are looked up by exact name."""
    host = headers.get("Host", "")
    if host not in hosts(port):
        return f"this page answers only as {' or '.join(hosts(port))}"
    if path.startswith("/api/") and headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return "another site may not ask here"
    if method in ("GET", "HEAD"):
        return None
    if headers.get(OUR_HEADER) != "1":
        return f"the header {OUR_HEADER} is missing"
    if not _is_own(headers.get("Origin"), host):
        return "another site may not write here"
    return None


def hosts(port: int) -> tuple[str, str]:
    """Return the two names under which the page may be called."""
    ending = "" if port == 80 else f":{port}"  # browsers leave the standard port out
    return f"127.0.0.1{ending}", f"localhost{ending}"


def _is_own(origin: str | None, host: str) -> bool:
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme == "http" and parts.netloc == host
