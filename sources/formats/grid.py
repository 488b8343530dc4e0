"""Tables as grids: each place has the words of the cell that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDEST = 1_000  # columns that one cell may cover, as in browsers
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``rows`` 0 means down to the end of its table."""

    words: str
    columns: int = 1
    rows: int = 1


def grid(rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows of a table, each with the cell at each of its places, merged ones repeated.

    >>> rows = [[Cell("Cas"), Cell("Délai")], [Cell("Recours", rows=2), Cell("30")], [Cell("60")]]
    >>> [joined(row) for row in grid(rows)]
    ['Cas | Délai', 'Recours | 30', 'Recours | 60']
    """
    out: list[list[Cell]] = []
    open_cells: dict[int, tuple[Cell, int]] = {}  # by column: the cell, and rows that it covers yet
    for row in rows:
        places: dict[int, Cell] = {at: cell for at, (cell, _) in open_cells.items()}
        open_cells = {at: (c, left - 1) for at, (c, left) in open_cells.items() if left != 1}
        at = 0
        for cell in row:
            while at in places:
                at += 1
            for column in range(at, at + max(1, min(cell.columns, WIDEST))):
                places.setdefault(column, cell)
                if cell.rows != 1:
                    open_cells[column] = (cell, cell.rows - 1)
        out.append([places.get(column, Cell("")) for column in range(max(places, default=-1) + 1)])
    return out


def joined(row: Sequence[Cell]) -> str:
    """The words of a row, places parted by " | "; a cell over the whole row is said once."""
    if len({id(cell) for cell in row}) == 1:
        return row[0].words
    return _BETWEEN.join(cell.words for cell in row)
