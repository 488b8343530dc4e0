"""What any page of HTML prints, whoever reads it: its blocks, numbers of items, rows and cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml.etree import _Element

from sources.formats.grid import WIDEST, Cell, grid
from sources.numbering import roman

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
    "hr", "html", "legend", "li", "main", "ol", "p", "pre", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS,
}  # fmt: skip


def groups(
    table: _Element, read: Callable[[_Element], bool] = lambda _: True
) -> Iterator[list[_Element]]:
    """The rows of a table in the groups in which a browser prints them: head, bodies, foot.

    ``read`` says whether a group is read at all.
    """
    parts: dict[str, list[list[_Element]]] = {"thead": [], "tbody": [], "tfoot": []}
    loose: list[_Element] = []
    for child in table:
        if child.tag in parts and read(child):
            parts[str(child.tag)].append([row for row in child if row.tag == "tr"])
        elif child.tag not in parts and read(child):
            loose += [row for row in child.iter("tr") if next(row.iterancestors("table")) is table]
    yield from [*parts["thead"], loose, *parts["tbody"], *parts["tfoot"]]


def cells_of(row: _Element) -> list[_Element]:
    """The cells of a row of a table."""
    return [cell for cell in row if cell.tag in {"td", "th"}]


def lines(cell: _Element) -> list[str]:
    """The lines of a cell, empty ones included."""
    parts = [p for p in cell.iter(*BLOCKS) if all(inner is p for inner in p.iter(*BLOCKS))]
    return [line for part in parts for line in _typed(part).removesuffix("\n").split("\n")]


def _typed(element: _Element) -> str:
    """The words of an element, with the breaks of its lines."""
    inner = (("\n" if c.tag == "br" else _typed(c)) + _flat(c.tail) for c in element)
    return _flat(element.text) + "".join(inner)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def collapsed(
    root: _Element, declared: Callable[[_Element], Mapping[str, str]]
) -> Iterator[_Element]:
    """The cells that stand in no other column of their table than those which are not shown."""
    columns: dict[_Element, list[_Element]] = {}
    for column in root.iter("col", "colgroup"):
        if column.find("col") is None:
            owner = next(column.iterancestors("table"), column)
            columns.setdefault(owner, []).append(column)
    for table, its in columns.items():
        shown = [
            all(declared(e).get("visibility") != "collapse" for e in (column, *_group(column)))
            for column in its
            for _ in range(max(1, min(whole(column.get("span"), 1), WIDEST)))
        ]
        if all(shown):
            continue
        seen: dict[_Element, bool] = {}
        for rows in groups(table):
            own = [[_spanning(cell) for cell in cells_of(row)] for row in rows]
            for places in grid(own, None):
                for at, cell in enumerate(places):
                    if cell.content is not None:
                        known = seen.get(cell.content, False)
                        seen[cell.content] = known or at >= len(shown) or shown[at]
        yield from (cell for cell, is_seen in seen.items() if not is_seen)


def _group(column: _Element) -> list[_Element]:
    above = column.getparent()
    return [above] if above is not None and above.tag == "colgroup" else []


def _spanning(cell: _Element) -> Cell[_Element | None]:
    return Cell(cell, whole(cell.get("colspan"), 1), whole(cell.get("rowspan"), 1))


def whole(text: str | None, default: int) -> int:
    """The whole number that an attribute holds."""
    return int(text) if text and re.fullmatch(r"\d{1,5}", text.strip()) else default


def printed_number(form: str, count: int) -> str:
    """The number of an item as browsers print it."""
    if form[:1] in {'"', "'"}:
        return form[1:-1]
    if (letters := _ALPHABETS.get(form.lower())) and count > 0:
        printed = _counted(count, letters)
        return f"{printed.upper()}." if form.isupper() else f"{printed})"
    if form in {"i", "I"} and 0 < count < 400:
        return f"{roman(count)})" if form == "i" else f"{roman(count).upper()}."
    return f"{count}."


_ALPHABETS = {"a": "abcdefghijklmnopqrstuvwxyz", "α": "αβγδεζηθικλμνξοπρστυφχψω"}


def _counted(count: int, letters: str) -> str:
    """A number in letters: after "z" come "aa" and "ab"."""
    above, last = divmod(count - 1, len(letters))
    return (_counted(above, letters) if above else "") + letters[last]
