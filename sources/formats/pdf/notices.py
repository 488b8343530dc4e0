"""Notices in a frame over the gutter of two columns: they share the baselines of both.

They would be read as words of the sentences beside them. Where the columns are sure without one,
it is a note of the line that it stands at, and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sources.formats.hyphens import Words
from sources.formats.pdf.columns import gutter, within
from sources.formats.pdf.notes import Footnotes
from sources.formats.pdf.paths import Box
from sources.formats.pdf.rows import Piece, Row
from sources.formats.raised import CALL

_LEAST = 2  # rows of words in a frame
_OVER = 2.0  # of the size: how far it stands over either column


def without_notices(rows: list[Row], frames: Sequence[Box]) -> tuple[list[Row], Footnotes]:
    """The rows of a page without its notices, a call at the line of each; and these notes."""
    notes: Footnotes = {}
    for frame in frames:
        if not _is_between(rows, frame):
            continue
        inside = [part for row in rows if (part := [p for p in row.pieces if within(p, frame)])]
        rest = [_without(row, frame) for row in rows]
        if len(inside) < _LEAST or not _parts(rest, frame, _OVER * inside[0][0].size):
            continue
        number = f"f{len(notes) + 1}"
        notes[number] = _words(inside)
        rows = _called(rest, inside[0][0], number)
    return [row for row in rows if row.pieces], notes


def _is_between(rows: Sequence[Row], frame: Box) -> bool:
    """Whether other words stand on either side of a frame."""
    level = [p for row in rows if frame[1] <= row.y <= frame[3] for p in row.pieces]
    return any(p.end <= frame[0] for p in level) and any(p.x >= frame[2] for p in level)


def _without(row: Row, frame: Box) -> Row:
    return replace(row, pieces=tuple(p for p in row.pieces if not within(p, frame)))


def _parts(rows: Sequence[Row], frame: Box, over: float) -> bool:
    """Whether a frame stands over the gutter of two columns that go on above and below it.

    A frame around words of one column may begin in the gutter, but not ``over`` so much of both.
    """
    found = gutter(rows)
    if found is None:
        return False
    place, top, bottom = found
    return frame[0] + over < place < frame[2] - over and bottom < frame[1] < frame[3] < top


def _words(inside: Sequence[Sequence[Piece]]) -> str:
    lines = [" ".join(piece.text for piece in row) for row in inside]
    return Words(lines).join(lines)


def _called(rows: Sequence[Row], first: Piece, number: str) -> list[Row]:
    """The rows with the call of a note behind the words nearest to its first line."""
    pieces = [piece for row in rows for piece in row.pieces if not piece.cells]
    host = min(pieces, key=lambda piece: (abs(piece.y - first.y), piece.x))
    called = replace(host, text=host.text + CALL.format(number))
    return [
        replace(row, pieces=tuple(called if piece is host else piece for piece in row.pieces))
        for row in rows
    ]
