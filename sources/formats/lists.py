"""The numbers of the items of lists, as browsers print them."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import _Element

from sources.formats.printed import printed_number, whole
from sources.formats.styling import Styling

_NUMBER = "duchesse-number"  # of an item, kept on it after its style has gone


def items(
    listed: _Element, styling: Styling, read: Callable[[_Element], bool] = lambda _: True
) -> list[tuple[_Element, str]]:
    """The items of a list, and lists that stand in it without an item, with their numbers.

    ``read`` says whether an item is read at all; one that is not is not counted.
    """
    seen = [c for c in listed if c.tag in {"li", "ul", "ol"} and read(c)]
    step = -1 if listed.get("reversed") is not None else 1
    first = sum(c.tag == "li" for c in seen) if step < 0 else 1
    count = whole(listed.get("start"), first)
    found: list[tuple[_Element, str]] = []
    for child in seen:
        label = ""
        form = styling.numbered(child) if child.tag == "li" else ""
        if form:
            count = whole(child.get("value"), count)
            label = printed_number(form, count)
            count += step
        elif child.tag == "li":
            label = styling.counted.get(child, "").strip()
            label += "." if label.isalnum() else ""
        found.append((child, label))
    return found


def mark(root: _Element, styling: Styling) -> None:
    """Keep on each item of the lists of a page the number that is printed before it."""
    for listed in root.iter("ol", "ul"):
        for item, label in items(listed, styling):
            if label:
                item.set(_NUMBER, label)


def marked(item: _Element) -> str:
    """The number that was kept on an item; "" where it has none."""
    return item.get(_NUMBER) or ""
