"""Labels of rows: first cells that are marked as heads, or in bold type, and head no column."""

from __future__ import annotations

from lxml.etree import _Element

from sources.formats.html.elements import words_of
from sources.formats.styling import Styling

_LABELS = 2  # rows whose first cells are in bold type


def are_labelled(rows: list[list[_Element]], styling: Styling) -> bool:
    """Whether the first cells of rows are their labels: the only ones that are marked as heads, be
    it in the first row alone, or that are in bold type.
    """
    heads = [[cell.tag == "th" for cell in row] for row in rows[:1]]
    bold = [[bool(words_of(c)) and _is_bold(c, styling) for c in row] for row in rows[:_LABELS]]
    marked = any(map(_is_first_alone, heads)) and bool(words_of(rows[0][0]))
    return marked or (len(bold) == _LABELS and all(map(_is_first_alone, bold)))


def _is_first_alone(cells: list[bool]) -> bool:
    return len(cells) > 1 and cells[0] and not any(cells[1:])


def _is_bold(element: _Element, styling: Styling) -> bool:
    """Whether all words of an element are in bold type."""
    texts = [(part, part.text) for part in element.iter()]
    texts += [
        (above, part.tail)
        for part in element.iterdescendants()
        if (above := part.getparent()) is not None
    ]
    return all(styling.bold(part) for part, text in texts if text and text.strip())
