"""Where a text in two columns is signed: right below both of them, at the edge of the left one."""

from __future__ import annotations

from collections.abc import Sequence

from sources.formats.pdf.rows import Piece
from sources.structure.formulas import is_dated_at, opens_formula

_ENDS = tuple(".;:!?»”")


def signed_from(
    before: Sequence[tuple[Piece, ...]], after: Sequence[tuple[Piece, ...]], *, count_on: bool
) -> int:
    """The row of the left column from which on its rows stand below both columns.

    There the final formula begins, lower than the right column, though the text goes on in that:
    with a sentence that the left one leaves open, or with the next article (``count_on``).
    """
    lowest = min((row[0].y for row in after), default=float("inf"))
    for at in range(1, len(before)):
        row = before[at]
        words = " ".join(piece.text for piece in row)
        if row[0].y < lowest and (opens_formula(words) or is_dated_at(words)):
            open_end = not before[at - 1][-1].text.endswith(_ENDS)
            goes_on = open_end and after[0][0].text[:1].islower()
            return at if goes_on or count_on else len(before)
    return len(before)
