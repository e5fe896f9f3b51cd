"""Turns HTML into the text a person sees: nothing hidden, a line a block, links with their target."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.reading.limits import MAX_HTML

_UNSEEN = """
    head script style title template noscript object iframe svg math audio video select option textarea input
"""
_BREAKING = """
    address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4
    h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul
"""
_UNSEEN_TAGS = frozenset(_UNSEEN.split())
_BLOCKS = frozenset(_BREAKING.split())
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote"))
_CELLS = frozenset(("td", "th"))
_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all"
    r"|(?:max-)?height\s*:\s*0(?:px)?\s*(?:;|$)|opacity\s*:\s*0(?![.\d]*[1-9])|text-indent\s*:\s*-\d{3,})",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u200b]+")
_URL_LIKE = re.compile(r"(?i)^(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:[/:?#]\S*)?$")
LONGEST_TARGET = 160  # characters of a link's address that are shown


def text_of_html(html: str) -> str:
    """Return the visible text of `html`; "" when there is none. Past MAX_HTML characters nothing is read."""
    root = _tree(html[:MAX_HTML])
    return "" if root is None else _joined(_pieces(root))


def has_deceptive_link(html: str) -> bool:
    """Tell whether a link shows one site and leads to another."""
    root = _tree(html[:MAX_HTML])
    links = [] if root is None else root.iter("a")
    return any(_deceives("".join(link.itertext()).strip(), link.get("href") or "") for link in links)


def _tree(html: str) -> Any:
    from lxml import etree

    # A declared charset no longer holds for text that is decoded already; NUL ends the parser's input.
    plain = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _pieces(root: Any) -> Iterator[str]:
    """Walk the tree without recursion; a hidden element is left out with everything in it."""
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        is_hidden = _is_hidden(element, tag)
        if event == "start":
            hidden += is_hidden
            if not hidden:
                yield _opening(element, tag) + _SPACES.sub(" ", element.text or "")
            continue
        if not hidden:
            yield _closing(element, tag)
        hidden -= is_hidden
        if not hidden and element.tail:
            yield _SPACES.sub(" ", element.tail)


def _is_hidden(element: Any, tag: str) -> bool:
    if tag in _UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDING.search(style))


def _opening(element: Any, tag: str) -> str:
    if tag == "br":
        return "\n"
    if tag == "li":
        return "\n• "
    if tag in _CELLS:
        return "\t" if element.getprevious() is not None else ""
    return ("\n\n" if tag in _SPACED else "\n") if tag in _BLOCKS else ""


def _closing(element: Any, tag: str) -> str:
    if tag == "a":
        return _target(element)
    return ("\n\n" if tag in _SPACED else "\n") if tag in _BLOCKS else ""


def _target(link: Any) -> str:
    target = (link.get("href") or "").strip()
    shown = "".join(link.itertext()).strip()
    if not shown or not target.lower().startswith(("http://", "https://", "ftp://", "mailto:")):
        return ""
    address = target.partition(":")[2].partition("?")[0] if target.lower().startswith("mailto:") else target
    if _bare(address) in _bare(shown):
        return ""
    return f" <{address[:LONGEST_TARGET]}>"


def _bare(link: str) -> str:
    return re.sub(r"(?i)^https?://(?:www\.)?", "", link.strip()).rstrip("/").lower()


def _deceives(shown: str, target: str) -> bool:
    if not _URL_LIKE.match(shown[:500]) or not target.lower().startswith(("http://", "https://")):
        return False
    named = _site(shown if "://" in shown else f"http://{shown}")
    actual = _site(target)
    return bool(named and actual) and not (actual.endswith(named) or named.endswith(actual))


def _site(url: str) -> str:
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _joined(pieces: Iterator[str]) -> str:
    lines = "".join(pieces).replace("\u200b", "").split("\n")
    shown = ("\t".join(filter(None, (" ".join(cell.split()) for cell in line.split("\t")))) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()
