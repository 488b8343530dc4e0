"""Lines through words: those that strike them out, and those of which this is not sure.

A stroke that stays within the height of one line and runs, in the mean, through the middle of its
letters strikes out what it covers, be it level, aslant, or drawn by hand. One that crosses letters
on its way over several lines (a cross over an article) may, and is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sources.formats.pdf.paths import Path, Point

if TYPE_CHECKING:
    from sources.formats.pdf.seen import Placed

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

_THIN = 0.35  # of the size: how thick a line through words may be
_LINE = (-0.3, 1.0)  # of the size around the baseline: the height of one line
_MIDDLE = (0.17, 0.45)  # of the size above the baseline: where a line strikes words out
_LETTERS = (0.05, 0.6)  # of the size above the baseline: where a line crosses letters
_LEVEL = 2.0  # a line that strikes out is so many times as long as it is high
_SLANTED = 0.02  # of its length: how far a piece of a line rises that is neither level nor upright


def crossed(signs: Sequence[Placed], paths: Sequence[Path]) -> tuple[Flags, Flags]:
    """Which signs are struck out, and which only have a line across them."""
    struck = np.zeros(len(signs), dtype=bool)
    touched = np.zeros(len(signs), dtype=bool)
    turns = np.array([sign.turn for sign in signs])
    lines = [path for path in paths if not path.is_shape or path.thick <= _THIN * 30]
    for turn in set(turns.tolist()) & {0, 90, 180, 270} if lines else ():
        at = np.flatnonzero(turns == turn)
        some = _Signs([signs[n] for n in at.tolist()], turn)
        for path in lines:
            points = np.array([along(point, turn) for point in path.points])
            own, doubtful = some.under(points, path)
            struck[at[own]] = True
            touched[at[doubtful]] = True
    return struck, touched & ~struck


def along(point: Point, turn: int) -> Point:
    """A place in the direction of reading."""
    x, y = point
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn]


class _Signs:
    """Signs of one direction of reading: their middles and baselines in that direction."""

    def __init__(self, signs: Sequence[Placed], turn: int) -> None:
        middles = [((s.box[0] + s.box[2]) / 2, (s.box[1] + s.box[3]) / 2) for s in signs]
        self._x = np.array([along(middle, turn)[0] for middle in middles])
        self._base = np.array([along(s.origin, turn)[1] for s in signs])
        self._size = np.array([max(s.size, 0.1) for s in signs])

    def under(self, points: Numbers, path: Path) -> tuple[Indices, Indices]:
        """The indices of the signs that a path strikes out, and of those that it crosses."""
        (start, low), (end, high) = points.min(axis=0), points.max(axis=0)
        near = (start <= self._x) & (self._x <= end) & (path.thick <= _THIN * self._size)
        near &= (low - self._base <= self._size) & (high - self._base >= -self._size)
        at = np.flatnonzero(near)
        if not at.size:
            return at, at
        base, size = self._base[at], self._size[at]
        within = (low - base >= _LINE[0] * size) & (high - base <= _LINE[1] * size)
        height, slanted = _heights(points, self._x[at])
        height = (height - base) / size
        struck = np.zeros(len(at), dtype=bool)
        if end - start > _LEVEL * (high - low) or path.is_shape:
            for line in set(base[within].round().tolist()):
                own = within & (base.round() == line)
                if _MIDDLE[0] <= np.nanmean(height[own]) <= _MIDDLE[1]:
                    struck |= own
        through = (height >= _LETTERS[0]) & (height <= _LETTERS[1])
        return at[struck], at[~within & slanted & through]


def _heights(points: Numbers, x: Numbers) -> tuple[Numbers, Flags]:
    """How high a line is at some places, in the mean; and where it is slanted."""
    total, count = np.zeros(len(x)), np.zeros(len(x))
    slanted = np.zeros(len(x), dtype=bool)
    for (a, b), (c, d) in pairwise(points.tolist()):
        if a == c:
            continue
        there = (min(a, c) <= x) & (x <= max(a, c))
        total[there] += b + (x[there] - a) * (d - b) / (c - a)
        count[there] += 1
        slanted |= there & bool(abs(d - b) > _SLANTED * abs(c - a))
    with np.errstate(invalid="ignore"):
        return total / count, slanted
