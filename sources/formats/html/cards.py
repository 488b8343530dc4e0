"""Cards: headings in one row, and the text below each in the next; they are read card by card.

A figure and what it counts are a card too: one paragraph, of two lines or three.
"""

from __future__ import annotations

from itertools import chain, takewhile

from lxml.etree import _Element

from sources.formats.html.drawn import is_row
from sources.formats.html.elements import words_of
from sources.formats.html.spacing import is_line
from sources.formats.printed import HEADINGS
from sources.formats.styling import Styling

Cells = list[_Element]
_LINES = {"div", "p", "span", "strong", "b"}
_FEW = {2, 3}  # lines of a figure and what it counts
_SHORT = 40  # characters of such a line


def cards_from(first: _Element, styling: Styling) -> tuple[set[_Element], list[Cells]]:
    """The rows of cards that begin at an element, and the cells of each card; none where none do.

    The cells of its first row have a heading and nothing else, those of the rows below have none.
    """
    heads = _cells(first, styling)
    if len(heads) < 2 or (first.tail or "").strip() or not all(map(_is_heading, heads)):
        return set(), []
    seen = (row for row in first.itersiblings() if not styling.unseen(row))
    below = ((row, _cells(row, styling)) for row in seen)
    texts = list(takewhile(lambda row: _are_texts(row[1], len(heads)), below))
    if not texts:
        return set(), []
    cards = [list(card) for card in zip(heads, *(cells for _, cells in texts), strict=True)]
    return {first, *(row for row, _ in texts)}, cards


def is_figure(card: _Element, styling: Styling) -> bool:
    """Whether a box holds nothing but a figure and, on lines of their own, what it counts."""
    parts = [part for part in card if not styling.unseen(part)]
    texts = [words_of(part) for part in parts]
    plain = all(part.tag in _LINES and not len(part) for part in parts)
    loose = any((text or "").strip() for text in (card.text, *(part.tail for part in card)))
    if card.tag != "div" or not plain or loose or len(parts) not in _FEW:
        return False
    figures = [any(map(str.isdigit, text)) and not any(map(str.isalpha, text)) for text in texts]
    named = all(text and len(text) <= _SHORT and text[-1] not in ".)°:;,?!" for text in texts)
    return named and figures.count(True) == 1 and all(is_line(part, styling) for part in parts)


def _cells(row: _Element, styling: Styling) -> Cells:
    """The boxes of a row that a style or a table draws beside each other."""
    if not (row.tag == "tr" or is_row(row, styling)) or (row.text or "").strip():
        return []
    cells = [cell for cell in row if not styling.unseen(cell)]
    return [] if any((cell.tail or "").strip() for cell in cells) else cells


def _is_heading(cell: _Element) -> bool:
    found = list(chain([cell] if cell.tag in HEADINGS else [], cell.iterdescendants(*HEADINGS)))
    return len(found) == 1 and bool(words_of(cell)) and words_of(cell) == words_of(found[0])


def _are_texts(cells: Cells, count: int) -> bool:
    headed = any(True for cell in cells for _ in cell.iter(*HEADINGS))
    return len(cells) == count and all(map(words_of, cells)) and not headed
