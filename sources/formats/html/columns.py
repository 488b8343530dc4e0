"""Columns of tables that a style does not show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml.etree import _Element

from sources.formats.grid import WIDEST, grid
from sources.formats.html.elements import groups, whole
from sources.formats.markup import cells


def collapsed(
    root: _Element, declared: Callable[[_Element], Mapping[str, str]]
) -> Iterator[_Element]:
    """The cells that stand in no other column of their table than those which are not shown."""
    columns = [c for c in root.iter("col", "colgroup") if c.find("col") is None]
    owners = [next(column.iterancestors("table"), column) for column in columns]
    for table in dict.fromkeys(owners):
        shown = [
            all(declared(e).get("visibility") != "collapse" for e in (column, *_group(column)))
            for column, owner in zip(columns, owners, strict=True)
            if owner is table
            for _ in range(max(1, min(whole(column.get("span"), 1), WIDEST)))
        ]
        if all(shown):
            continue
        seen: dict[_Element, bool] = {}
        for rows in groups(table):
            own = [cells(c for c in row if c.tag in {"td", "th"}) for row in rows]
            for places in grid(own, None):
                for at, cell in enumerate(places):
                    if cell.content is not None:
                        known = seen.get(cell.content, False)
                        seen[cell.content] = known or at >= len(shown) or shown[at]
        yield from (cell for cell, is_seen in seen.items() if not is_seen)


def _group(column: _Element) -> list[_Element]:
    above = column.getparent()
    return [above] if above is not None and above.tag == "colgroup" else []
