"""Lines that justification stretches over the width of their column, word by word.

A justified line that ends by hand (Shift+Enter) is stretched as others are, however few its words
are, so that they stand as far apart as the cells of a table. What tells them from these: all gaps
are alike, no gap parts the words of a piece, the last word ends at the edge of the column, and the
words do not stand below those of the row above.

Behind a tab only the words that follow it are stretched. Below a stretched line, such words cannot
be told from cells: they stay cells, and are marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sources.formats.pdf.rows import Piece, is_sign
from sources.formats.pdf.signs import PLACED

_LEAST = 3  # words of a line that is surely stretched
_EVEN = 0.15  # of the size: how far its gaps may differ
_FLUSH = 0.3  # of the size: how near to the edge it ends
_BELOW = 0.5  # of the size: how near the cells of one column start or end
_WORD = re.compile(r"(?:[«“„] )?\S+(?: [:;!?»”%])*")  # with the signs that French sets apart

_Pieces = tuple[Piece, ...]


def unstretched(rows: Sequence[_Pieces], right: float) -> list[_Pieces]:
    """The rows of a column that ends at ``right``, each stretched line as the words it is."""
    out: list[_Pieces] = []
    below_stretched = False
    for above, row, below in zip([(), *rows], rows, [*rows[1:], ()], strict=False):
        first = 1 if len(row) > _LEAST and is_sign(row[0].text) else 0
        beside = any(_in_columns(row, other) for other in (above, below))
        stretched = not beside and _is_stretched(row[first:], right)
        below_stretched = stretched or (below_stretched and _may_be_stretched(row, right))
        if stretched:
            out.append((*row[:first], _joined(row[first:])))
        elif below_stretched:
            out.append((*row[:-1], replace(row[-1], text=row[-1].text + PLACED)))
        else:
            out.append(row)
    return out


def _may_be_stretched(row: _Pieces, right: float) -> bool:
    return len(row) >= _LEAST and right - row[-1].end <= _FLUSH * row[-1].size


def _is_stretched(row: _Pieces, right: float) -> bool:
    if len(row) < _LEAST or not all(_WORD.fullmatch(piece.text) for piece in row):
        return False
    size = max(piece.size for piece in row)
    gaps = [after.x - before.end for before, after in pairwise(row)]
    return max(gaps) - min(gaps) <= _EVEN * size and right - row[-1].end <= _FLUSH * size


def _in_columns(row: _Pieces, other: _Pieces) -> bool:
    """Whether the inner words of the row with fewer words stand below or above those of the other.

    The first and the last stand at the edges of the column in any case.
    """
    few, many = sorted((row[1:-1], other[1:-1]), key=len)
    near = _BELOW * max((piece.size for piece in few), default=0.0)
    return bool(few) and all(
        any(min(abs(one.x - two.x), abs(one.end - two.end)) <= near for two in many) for one in few
    )


def _joined(row: _Pieces) -> Piece:
    words = " ".join(piece.text for piece in row)
    letters = sum(len(piece.text) for piece in row)
    bold = sum(piece.bold * len(piece.text) for piece in row) / letters
    return Piece(words, row[0].x, row[-1].end, row[0].y, max(piece.size for piece in row), bold)
