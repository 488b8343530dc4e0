"""What an HTML element says of itself: hidden or not, its words, its rows, its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from sources.numbering import roman
from sources.structure.blocks import Block, Role, squeezed

_LEFT_OUT = {
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select",
    "svg", "iframe", "object", "head", "dialog", "figure",
}  # fmt: skip
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "header", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS,
}  # fmt: skip


def words(element: _Element) -> str:
    """The words of an element on one line, without what is hidden in it."""
    out = ""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        apart = " " if part.tag in BLOCKS or part.tag == "br" else ""
        if event == "end":
            out += apart + ((part.tail or "") if part is not element else "")
        elif part is not element and hidden(part):
            walk.skip_subtree()
        else:
            out += apart + (part.text or "")
    return squeezed(out)


def hidden(element: _Element) -> bool:
    """Whether an element is not part of the text: a menu, a form, a script, or not shown."""
    tag, parent = element.tag, element.getparent()
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        not isinstance(tag, str)
        or tag in _LEFT_OUT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (element.get("role") or "").lower() in _ROLES
        or "display:none" in style
        or (
            tag == "header"
            and parent is not None
            and parent.tag == "body"
            and element.find(".//h1") is None
        )
    )


def is_table(table: _Element) -> bool:
    """Whether a table holds data; one around headings, tables or long texts is a layout."""
    inner = sum(1 for _ in table.iter("p", "li"))
    cells = sum(1 for _ in table.iter("td", "th"))
    wide = [row for row in table.iter("tr") if sum(c.tag in {"td", "th"} for c in row) > 1]
    nested = any(True for part in table.iter("table", *HEADINGS) if part is not table)
    return len(wide) > 1 and not nested and inner <= 3 * cells


def rows(table: _Element) -> Iterator[Block]:
    """The rows of a table, cells parted by " | "."""
    first = 1
    for row in table.iter("tr"):
        cells = [words(c) for c in row if c.tag in {"td", "th"}]
        if any(cells):
            yield Block(" | ".join(cells), Role.ROW, first)
            first = 0


def whole(text: str | None, default: int) -> int:
    """The whole number that an attribute holds."""
    return int(text) if text and re.fullmatch(r"\d{1,5}", text.strip()) else default


def printed_number(form: str, count: int) -> str:
    """The number of an item as browsers print it."""
    if form in {"a", "A"} and 0 < count <= 26:
        letter = chr(ord("a") + count - 1)
        return f"{letter})" if form == "a" else f"{letter.upper()}."
    if form in {"i", "I"} and 0 < count < 400:
        return f"{roman(count)})" if form == "i" else f"{roman(count).upper()}."
    return f"{count}."
