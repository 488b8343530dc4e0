"""Cards: headings in one row, and the text below each in the next; they are read card by card."""

from __future__ import annotations

from itertools import chain, takewhile

from lxml.etree import _Element

from sources.formats.html.drawn import is_row
from sources.formats.html.elements import words_of
from sources.formats.printed import HEADINGS
from sources.formats.styling import Styling

Cells = list[_Element]


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
