"""The tables within a text, laid out as a reader sees them on paper: rows and cells.

No sign of the text is lost: the bars and line ends between cells stand there unseen, so that what
is copied, and what a program reads, is the text as it is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeVar

from assistant.rows import heads_in
from assistant.web.marks import MarkedPiece
from sources.model import CELLS, cell_places

if TYPE_CHECKING:
    from assistant.web.passage_text import TextPiece

_Piece = TypeVar("_Piece", MarkedPiece, "TextPiece")


@dataclass(frozen=True, slots=True)
class Cell(Generic[_Piece]):
    """A cell, and what parts it from the next one in the text."""

    pieces: list[_Piece]
    after: str


@dataclass(frozen=True, slots=True)
class Row(Generic[_Piece]):
    """A row; does it head those below it?"""

    cells: list[Cell[_Piece]]
    is_head: bool


@dataclass(frozen=True, slots=True)
class Part(Generic[_Piece]):
    """Lines of a text: words, or the rows of a table; do the heads that stand above the text come
    first among these?
    """

    pieces: list[_Piece]
    rows: list[Row[_Piece]]
    has_heads: bool = False


def laid_out(pieces: Sequence[_Piece], heads: str = "") -> list[Part[_Piece]]:
    r"""A text in parts, which together are the text.

    Args:
        pieces: The text in pieces.
        heads: Of the columns, above a text that is one row of a table: its first row then.

    >>> rows = laid_out([MarkedPiece("Prix :\nLieu | Prix\nSpa | 5 €")])[1].rows
    >>> [[cell.pieces[0].text for cell in row.cells] for row in rows], rows[0].is_head
    ([['Lieu', 'Prix'], ['Spa', '5 €']], True)
    """
    text = "".join(p.text for p in pieces)
    lines = text.splitlines(keepends=True)
    if CELLS in heads and len(lines) == 1 and len(cell_places(heads)) == len(cell_places(text)):
        head = _row([type(pieces[0])(heads)], heads, 0, is_head=True)
        return [Part([], [head, _row(pieces, text, 0, is_head=False)], has_heads=True)]
    found, at = [], 0
    named = heads_in([line.rstrip("\n") for line in lines])
    for is_table, group in groupby(enumerate(lines), key=lambda line: CELLS in line[1]):
        together = list(group)
        start, rows = at, []
        for n, line in together:
            if is_table:
                rows.append(_row(pieces, line, at, is_head=n in named))
            at += len(line)
        found.append(Part([] if rows else _cut(pieces, start, at), rows))
    return found


def _row(pieces: Sequence[_Piece], line: str, at: int, *, is_head: bool) -> Row[_Piece]:
    """The row that a line is which begins at a place of the text."""
    places: list[tuple[int, int]] = cell_places(line)
    starts: list[int] = [0, *(start for start, _ in places[1:])]
    stops = [*starts[1:], len(line)]
    cells = [
        Cell(_cut(pieces, at + start, at + end), line[end:stop])
        for start, (_, end), stop in zip(starts, places, stops, strict=True)
    ]
    return Row(cells, is_head)


def _cut(pieces: Sequence[_Piece], start: int, end: int) -> list[_Piece]:
    """What stands in a text, which is in pieces, from one place to another."""
    found, at = [], 0
    for piece in pieces:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        if text:
            found.append(replace(piece, text=text))
        at += len(piece.text)
    return found
