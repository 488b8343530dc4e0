"""Tables that are none by their tag: what their role or their style makes a table or a grid."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import tinycss2
from lxml.etree import _Element

from sources.formats.html.spacing import is_number
from sources.formats.printed import BLOCKS, HEADINGS
from sources.formats.styling import Styling
from sources.structure.blocks import squeezed

_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "row", "cell": "cell",
    "gridcell": "cell", "columnheader": "cell", "rowheader": "cell",
}  # fmt: skip
_DISPLAYS = {
    "table": "table", "inline-table": "table", "table-row": "row", "table-cell": "cell",
    "grid": "grid", "inline-grid": "grid",
}  # fmt: skip
_PLACED = {"grid-area", "grid-column", "grid-row", "grid-column-start", "grid-row-start", "order"}
_CELLS = {"div", "span", "p", "strong", "b", "em", "time", "a", "label"}
_SHORT = 100  # characters in a cell
_ONE = {"dimension", "percentage", "ident", "number"}  # tokens of one column


def drawn_rows(
    element: _Element, styling: Styling, read: Callable[[_Element], bool]
) -> list[list[_Element]]:
    """The cells of each row of what is drawn as a table; none where it is no table with data.

    ``read`` says whether a part of it is read at all, and tells of one that is not.
    """
    part = _part(element, styling)
    if part == "table" and _has_data(element, _rows(element, styling), styling):
        return _rows(element, styling, read)
    found = _in_columns(element, styling) if part == "grid" else _in_rows(element, styling)
    if found and _has_data(element, found, styling):
        inner = [] if part == "grid" else [cell for row in element for cell in row]
        for child in (*element, *inner):
            _ = styling.unseen(child) and read(child)
        return found
    return []


def rows_from(first: _Element, styling: Styling) -> list[tuple[_Element, list[_Element]]]:
    """The rows that begin at an element among other blocks, each with its cells.

    Two and more right below each other, of as many short cells; a number alone before words makes
    no table.
    """
    found: list[tuple[_Element, list[_Element]]] = []
    for row in chain((first,), first.itersiblings()):
        if found and styling.unseen(row):
            continue
        cells = [cell for cell in row if not styling.unseen(cell)]
        alike = not found or len(cells) == len(found[0][1])
        if not (alike and _is_short_row(row, cells, styling)):
            break
        found.append((row, cells))
        if (row.tail or "").strip():
            break
    return found if len(found) > 1 else []


def _is_short_row(row: _Element, cells: list[_Element], styling: Styling) -> bool:
    if len(cells) < 2 or not (is_row(row, styling) or _is_grid_row(row, cells, styling)):
        return False
    words = [squeezed("".join(map(str, cell.itertext()))) for cell in cells]
    short = all(0 < len(text) <= _SHORT for text in words) and not is_number(words[0])
    plain = not any(True for _ in row.iter(*HEADINGS, "table", "li", "dt"))
    return short and plain and all(map(_is_line, cells)) and not _loose(row, set(cells), styling)


def _is_grid_row(row: _Element, cells: list[_Element], styling: Styling) -> bool:
    """Whether an element is a grid whose cells fill its columns once."""
    grid = _part(row, styling) == "grid" and row.tag == "div"
    return grid and bool(found := _in_columns(row, styling)) and found == [cells]


def _has_data(element: _Element, rows: list[list[_Element]], styling: Styling) -> bool:
    """Whether there are several columns of short cells, which hold all words."""
    cells = {cell for row in rows for cell in row}
    wide = [row for row in rows if len(row) > 1]
    plain = not any(True for _ in element.iter(*HEADINGS, "table", "li", "dt"))
    short = sum(1 for _ in element.iter("p")) <= len(cells)
    return len(wide) > 1 and plain and short and not _loose(element, cells, styling)


def _part(element: _Element, styling: Styling) -> str:
    if element.tag in {"table", "tbody", "thead", "tfoot", "tr", "td", "th"}:
        return ""
    display = styling.declared(element).get("display", "")
    return _ROLES.get(element.get("role") or "") or _DISPLAYS.get(display, "")


def _rows(
    table: _Element, styling: Styling, read: Callable[[_Element], bool] = lambda _: True
) -> list[list[_Element]]:
    found: list[list[_Element]] = []
    for child in table:
        if not read(child):
            continue
        if _part(child, styling) == "row":
            found.append([cell for cell in child if _part(cell, styling) == "cell"])
        else:
            found += _rows(child, styling, read)
    return found


def _loose(element: _Element, cells: set[_Element], styling: Styling) -> bool:
    """Whether words that are seen stand in no cell."""
    texts = (element.text, *(child.tail for child in element))
    inner = (child for child in element if child not in cells and not styling.unseen(child))
    return any(text and text.strip() for text in texts) or any(
        _loose(child, cells, styling) for child in inner
    )


def _in_columns(grid: _Element, styling: Styling) -> list[list[_Element]]:
    """The cells of a grid that fills its columns row by row, and places none by itself."""
    columns = _columns(styling.declared(grid).get("grid-template-columns", ""))
    seen = [child for child in grid if not styling.unseen(child)]
    placed = any(_PLACED & styling.declared(child).keys() for child in seen)
    if columns < 2 or len(seen) % columns or placed or not all(map(_is_line, seen)):
        return []
    return [seen[at : at + columns] for at in range(0, len(seen), columns)]


def _in_rows(element: _Element, styling: Styling) -> list[list[_Element]]:
    """The cells of rows that all have as many, each a box whose parts stand beside each other."""
    seen = [child for child in element if not styling.unseen(child)]
    if len(seen) < 2 or not all(is_row(child, styling) for child in seen):
        return []
    rows = [[cell for cell in child if not styling.unseen(cell)] for child in seen]
    widths = {len(row) for row in rows}
    cells = (cell for row in rows for cell in row)
    return rows if len(widths) == 1 and max(widths) > 1 and all(map(_is_line, cells)) else []


def is_row(element: _Element, styling: Styling) -> bool:
    """Whether a style puts the parts of an element beside each other."""
    own = styling.declared(element)
    across = own.get("flex-direction", "row") == "row"
    return element.tag == "div" and own.get("display") == "flex" and across


def _is_line(cell: _Element) -> bool:
    """Whether a cell holds no paragraphs."""
    inner = (part for part in cell.iter(*BLOCKS) if part is not cell)
    return cell.tag in _CELLS and not any(True for _ in inner)


def _columns(template: str) -> int:
    """How many columns a template has; 0 where that is not known."""
    count = 0
    for token in tinycss2.parse_component_value_list(template, skip_comments=True):
        if token.type == "function" and token.lower_name == "repeat":
            times, _, columns = tinycss2.serialize(token.arguments).partition(",")
            count += int(times) * _columns(columns) if times.strip().isdigit() else -1_000
        elif token.type in _ONE or token.type == "function":
            count += 1
    return max(count, 0)
