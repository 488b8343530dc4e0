"""Tables as grids: each place has the content of the cell that covers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Content = TypeVar("Content")
WIDEST = 1_000  # columns that one cell may cover, as in browsers


@dataclass(frozen=True, slots=True, eq=False)
class Cell(Generic[Content]):
    """One cell; ``rows`` 0 means down to the end of its table.

    ``start`` is its first column, from 1, where the format says it; 0 is the next free one.
    """

    content: Content
    columns: int = 1
    rows: int = 1
    start: int = 0


def grid(rows: Iterable[Sequence[Cell[Content]]], empty: Content) -> list[list[Cell[Content]]]:
    """The rows of a table, each with the cell at each of its places, merged ones repeated.

    >>> rows = [[Cell("Cas"), Cell("Délai")], [Cell("Recours", rows=2), Cell("30")], [Cell("60")]]
    >>> [joined(row) for row in grid(rows, "")]
    ['Cas | Délai', 'Recours | 30', 'Recours | 60']
    """
    out: list[list[Cell[Content]]] = []
    below: dict[int, tuple[Cell[Content], int]] = {}  # by column: a cell, and rows it covers yet
    for row in rows:
        places = {at: cell for at, (cell, _) in below.items()}
        below = {at: (cell, left - 1) for at, (cell, left) in below.items() if left != 1}
        at = 0
        for cell in row:
            at = max(at, cell.start - 1)
            while at in places:
                at += 1
            for column in range(at, at + max(1, min(cell.columns, WIDEST))):
                places.setdefault(column, cell)
                if cell.rows != 1:
                    below[column] = (cell, cell.rows - 1)
        width = max(places, default=-1) + 1
        out.append([places.get(column) or Cell(empty) for column in range(width)])
    return out


def belong_together(cells: Iterable[Sequence[str]]) -> bool:
    """Whether two cells of a row have lines that belong together: as many, empty ones or not.

    >>> belong_together([["Nord", "Sud", "Est"], ["5", "", "7"]])
    True
    >>> belong_together([["Nord", "Sud"], ["5"]])
    False
    """
    by_count: dict[int, list[int]] = {}
    for lines in cells:
        words = sum(1 for line in lines if line.strip())
        if words:
            by_count.setdefault(len(lines), []).append(words)
    full = [words for some in by_count.values() for words in some if words > 1]
    beside = (some for some in by_count.values() if len(some) > 1)
    return len(full) > len(set(full)) or any(max(some) > 1 for some in beside)


def contents(row: Sequence[Cell[Content]]) -> list[Content]:
    """What stands at each place of a row; a cell over the whole row stands there once."""
    once = len(set(row)) == 1
    return [cell.content for cell in (row[:1] if once else row)]


def joined(row: Sequence[Cell[str]]) -> str:
    """The words of a row, places parted by " | "."""
    return " | ".join(contents(row))
