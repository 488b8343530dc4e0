"""Fractions of a PDF: a short line with words above and below its middle.

Their parts stand on three lines of the page, so that they are read in another order than they are
drawn in; the words are marked, and told to be a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sources.formats.pdf.paths import Box
from sources.formats.pdf.rows import bounds
from sources.formats.pdf.runs import Run
from sources.formats.pdf.signs import FRACTION

_THIN = 1.5  # points: the line of a fraction
_OVER = 2.0  # points that words may reach beyond it, and their middles stand apart
_FILLED = 0.7  # share of the line that the wider of both takes
_ABOVE = (0.05, 0.9)  # of the size: how far the words above stand from the line
_BELOW = (0.5, 1.5)  # the same, below it
_APART = 2.0  # of the size: between the cells of a row


def with_fractions(runs: Sequence[Run], lines: Sequence[Box]) -> list[Run]:
    """The runs, those of fractions marked; ``lines`` are those that the page draws."""
    marked = {id(part[-1]) for line in lines for part in _parts(runs, line)}
    return [replace(run, text=run.text + FRACTION) if id(run) in marked else run for run in runs]


def _parts(runs: Sequence[Run], line: Box) -> Iterator[list[Run]]:
    """The words above and below a line, where they make a fraction."""
    left, bottom, right, top = line
    if top - bottom > _THIN or right <= left:
        return
    found = [
        [run for run in runs if not run.turn and _is_within(run, line, side)] for side in (1, -1)
    ]
    ordered = [sorted(part, key=lambda run: run.x) for part in found]
    if not all(ordered) or any(map(_are_cells, ordered)):
        return
    spans = [(bounds(part[0])[0], bounds(part[-1])[1]) for part in ordered]
    (a, b), (c, d) = spans
    wide = max(b - a, d - c) >= _FILLED * (right - left)
    if wide and all(abs(x + y - left - right) <= 2 * _OVER for x, y in spans):
        yield from found


def _is_within(run: Run, line: Box, side: int) -> bool:
    """Whether words stand right above a line (``side`` 1) or below it (-1), and no further out."""
    left, bottom, right, top = line
    start, end = bounds(run)
    least, most = _ABOVE if side > 0 else _BELOW
    apart = side * (run.y - (bottom + top) / 2)
    level = least * run.size <= apart <= most * run.size
    return level and left - _OVER <= start and end <= right + _OVER


def _are_cells(part: Sequence[Run]) -> bool:
    """Whether words stand apart from each other, as those in a row of a table do."""
    return any(bounds(b)[0] - bounds(a)[1] > _APART * a.size for a, b in pairwise(part))
