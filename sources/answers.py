"""What an answer of the official source is: a text of an act, a list of parts, or neither.

The official servers also answer with pages that are not acts: nothing at all (202), a page that
makes a browser prove itself, a part of a document. None of them may ever be stored as a text.
"""

from __future__ import annotations

import re

import httpx
from lxml import etree, html

from sources.download import Reply
from sources.errors import FetchError

PAGES = ("application/xhtml+xml", "text/html")

# What a web application firewall puts into its challenge.
_CHALLENGE = (b"awswaf", b"gokuprops", b"challenge-container", b"window.captcha")
_MAX_CHALLENGE = 64 * 1024
_MIN_TEXT = 200  # characters; a page of scripts with less text than this is not an act
_TITLE_300 = re.compile(rb"<title>\s*300 Multiple", re.IGNORECASE)
_LATER = "Nothing was stored. Try again later, or download it in a browser and add the file."


def is_list(reply: Reply) -> bool:
    """Whether the answer names several parts instead of giving one text."""
    return reply.status == httpx.codes.MULTIPLE_CHOICES or bool(
        _TITLE_300.search(reply.content[:2048])
    )


def parts_of(reply: Reply) -> list[httpx.URL]:
    """Addresses of the parts that a list names, in the order of the text.

    Where several manifestations (files of the same text) are listed, those of the first.
    ``FetchError`` where there is no part in it.
    """
    try:
        tree = html.document_fromstring(reply.content)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FetchError("the list of parts cannot be read", reply.url, _LATER) from error
    groups = [g for g in _titled(tree, "manifestation") if _items(g)]
    found = _items(groups[0] if groups else tree)
    if not found:
        raise FetchError("the list of parts names none", reply.url, _LATER)
    try:
        return [reply.url.join(href) for _, href in sorted(found, key=lambda item: item[0])]
    except httpx.InvalidURL as error:
        raise FetchError("the list of parts has no valid addresses", reply.url, _LATER) from error


def _titled(tree: etree._Element, title: str) -> list[etree._Element]:
    return [item for item in tree.iter("li") if item.get("title") == title]


def _items(group: etree._Element) -> list[tuple[int, str]]:
    """Order and address of each item; an item without order stays where it is listed."""
    items: list[tuple[int, str]] = []
    for item in _titled(group, "item"):
        href = next((link.get("href") or "" for link in item.iter("a")), "").strip()
        order = "".join(_text(entry) for entry in _titled(item, "stream_order")).strip()
        if href:
            items.append((int(order) if order.isdecimal() else len(items), href))
    return items


def _text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def check_status(reply: Reply) -> None:
    """``FetchError`` where the status is not that of an answer with a text."""
    if reply.status == httpx.codes.ACCEPTED:
        raise FetchError("the server accepted the request, but gave no text", reply.url, _LATER)
    if reply.status != httpx.codes.OK:
        raise FetchError(f"the server answered {reply.status}", reply.url, _LATER)
    if not reply.content.strip():
        raise FetchError("the answer is empty", reply.url, _LATER)


def check_page(reply: Reply) -> None:
    """``FetchError`` where the answer is not the text of an act as XHTML or HTML."""
    if reply.media_type not in PAGES:
        shown = f"{reply.media_type or 'no media type'} ({reply.url})"
        raise FetchError("the answer is not a page of text", shown, _LATER)
    if _is_challenge(reply.content):
        raise FetchError("the answer is a page against robots, not the act", reply.url, _LATER)
    if not reply.measured and b"</html" not in reply.content[-1024:].lower():
        raise FetchError("the answer breaks off before its end", reply.url, _LATER)


def _is_challenge(content: bytes) -> bool:
    """Only small pages: an act may well speak of captchas."""
    if len(content) > _MAX_CHALLENGE or b"<script" not in content.lower():
        return False
    if any(sign in content.lower() for sign in _CHALLENGE):
        return True
    try:
        tree = html.document_fromstring(content)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return True
    etree.strip_elements(tree, "script", "style", "noscript", "title", with_tail=False)
    return len(" ".join(_text(tree).split())) < _MIN_TEXT
