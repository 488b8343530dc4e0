"""What a browser shows between words that no space parts in the file: a line's end, a gap."""

from __future__ import annotations

import re

from lxml.etree import _Element

from sources.formats.printed import BLOCKS
from sources.formats.styling import Styling, pixels
from sources.structure.numbers import marker

_LINES = {"block", "flex", "grid", "table", "list-item", "flow-root"}
_IN_LINE = {"inline-block", "inline-flex", "inline-grid", "inline-table", "table-cell"}
_ROWS = {"flex", "grid", "inline-flex", "inline-grid"}
_SPACE = 0.2  # of the size of the letters; a gap as wide is seen as a space
_LONG = 40  # characters of a number
_SIDES = {"left": (3, "start"), "right": (1, "end")}  # place among four lengths, other name
_WORD = re.compile(r"[\w(«“\"]")
_CAPITAL = re.compile(r"[A-ZÀ-Ý«“\"]")
_LETTER = re.compile(r"[^\W\d_]|[(«“\"]")
_BEFORE = re.compile(r"[^\s'’(\[{«“„/‑-]$")


def is_line(element: _Element, styling: Styling) -> bool:
    """Whether an element begins a line of its own, by its tag or by its style."""
    display = styling.declared(element).get("display", "")
    return (element.tag in BLOCKS or display in _LINES) and not _beside_number(element, styling)


def gaps(element: _Element, styling: Styling) -> tuple[bool, bool]:
    """Whether a browser shows a space before the words of an element, and behind them."""
    own, above = styling.declared(element), element.getparent()
    beside = above is not None and styling.declared(above).get("display") in _ROWS
    if beside or own.get("float") in {"left", "right"} or own.get("display") == "table-cell":
        return (True, True) if len(_words(element)) > 1 else (False, False)  # a first letter
    wide = own.get("display") in _IN_LINE and bool({"width", "min-width"} & own.keys())
    left, right = (_is_space(element, side, styling) for side in _SIDES)
    return left, right or wide


def parts(before: str, after: str) -> bool:
    """Whether a gap between these words is one between two words."""
    return _BEFORE.search(before) is not None and _WORD.match(after) is not None


def is_numbered(before: str, after: str) -> bool:
    """Whether words that stand apart in the file are a number, and those behind it what it counts.

    >>> is_numbered("1.", "De keuring"), is_numbered("Article 1", "er"), is_numbered("1.", "500")
    (True, False, False)
    """
    starts = _CAPITAL if before[-1:].isalnum() else _LETTER
    return starts.match(after) is not None and is_number(before)


def is_number(words: str) -> bool:
    """Whether words are nothing but a number, as stands before an item or an article."""
    found = marker(f"{words}\nWord") if len(words) <= _LONG else None
    return found is not None and found.rest == "Word"


def _beside_number(element: _Element, styling: Styling) -> bool:
    """Whether an element stands in a row whose first part is a number alone."""
    above = element.getparent()
    own = styling.declared(above) if above is not None else {}
    row = own.get("display") in _ROWS and "column" not in own.get("flex-direction", "")
    if above is None or not row or not len(above) or not is_number(_words(above[0])):
        return False
    return all(part in {above, *above} and part.tag != "ul" for part in above.iter(*BLOCKS))


def _is_space(element: _Element, side: str, styling: Styling) -> bool:
    own, size = styling.declared(element), styling.size(element)
    place, name = _SIDES[side]
    for kind in ("margin", "padding"):
        four = own.get(kind, "").split() or ["0"]
        four = [*four, four[1]] if len(four) == 3 else four * 4  # "top sides bottom"
        inline = (own.get(f"{kind}-inline", "").split() or [""]) * 2
        set_ = own.get(f"{kind}-{side}") or own.get(f"{kind}-inline-{name}")
        length = set_ or inline[place == 1] or four[place]
        if pixels(length, size) > _SPACE * size:
            return True
    return False


def _words(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()
