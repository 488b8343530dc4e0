"""The paths that a PDF page draws, through the forms that it paints: lines, boxes, shapes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points of the page
Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]

# How a page is turned so that words in one of the four directions are level.
_QUARTERS: dict[int, _Matrix] = {
    0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    90: (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
    180: (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    270: (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
}
_MOST_OBJECTS = 20_000  # on one page that are looked at
_MOST_POINTS = 200_000  # on one page
_DEEPEST = 20  # forms within forms
_STEPS = 6  # straight pieces that stand for a curve
_SAME = 0.5  # points: where a path ends at its start it is closed


@dataclass(frozen=True)
class Path:
    """One connected path, its curves as short straight pieces."""

    points: tuple[Point, ...]
    filled: bool
    width: float  # of its line; 0 where it has none
    closed: bool = False
    curved: bool = False

    @cached_property
    def box(self) -> Box:
        """Where it stands."""
        x, y = zip(*self.points, strict=True)
        return min(x), min(y), max(x), max(y)

    def turned(self, quarter: int) -> Path:
        """It on the page turned so that words in this direction (0, 90, 180, 270) are level."""
        points = (_turned(point, _QUARTERS[quarter]) for point in self.points)
        return replace(self, points=tuple(points)) if quarter else self

    @cached_property
    def is_shape(self) -> bool:
        """Whether it goes around something."""
        (a, b), (c, d) = self.points[0], self.points[-1]
        return self.filled or self.closed or (abs(a - c) < _SAME and abs(b - d) < _SAME)

    @cached_property
    def area(self) -> float:
        """What it goes around."""
        ring = pairwise((*self.points, self.points[0]))
        return abs(sum(a * d - c * b for (a, b), (c, d) in ring)) / 2

    @cached_property
    def thick(self) -> float:
        """How thick it is as a line; of a shape the mean of what it encloses."""
        if not self.is_shape:
            return self.width
        ring = pairwise((*self.points, self.points[0]))
        around = sum(((a - c) ** 2 + (b - d) ** 2) ** 0.5 for (a, b), (c, d) in ring)
        return 2 * self.area / around if around else 0.0


def turned(box: Box, quarter: int) -> Box:
    """A box on the page turned so that words in this direction (0, 90, 180, 270) are level."""
    return _around(box, _QUARTERS[quarter])


def objects(page: Any) -> list[Any]:
    """What a page draws, with what stands in its forms; forms themselves are none."""
    return [drawn for drawn, _ in _objects(page)]


def placed(page: Any, kind: int) -> Iterator[tuple[Any, Box]]:
    """What a page draws of one kind, with the box around each."""
    for drawn, matrix in _objects(page):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetType(drawn) == kind and pdfium.FPDFPageObj_GetBounds(
            drawn, left, bottom, right, top
        ):
            yield drawn, _around((left.value, bottom.value, right.value, top.value), matrix)


def paths(page: Any) -> list[Path]:
    """The connected paths of a page."""
    found: list[Path] = []
    points = 0
    for drawn, matrix in _objects(page):
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
            own = list(_parts(drawn, _times(_matrix(drawn), matrix)))
            points += sum(len(path.points) for path in own)
            if points > _MOST_POINTS:
                break
            found += own
    return found


def _objects(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    count = pdfium.FPDFPage_CountObjects(page)
    first = [pdfium.FPDFPage_GetObject(page, n) for n in range(min(count, _MOST_OBJECTS))]
    waiting = [(drawn, _QUARTERS[0], 0) for drawn in reversed(first)]
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        drawn, matrix, depth = waiting.pop()
        seen += 1
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_FORM:
            yield drawn, matrix
        elif depth < _DEEPEST:
            own = _times(_matrix(drawn), matrix)
            inner = min(pdfium.FPDFFormObj_CountObjects(drawn), _MOST_OBJECTS)
            waiting += [
                (pdfium.FPDFFormObj_GetObject(drawn, n), own, depth + 1)
                for n in reversed(range(inner))
            ]


def _matrix(drawn: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """First one matrix, then the other."""
    a, b, c, d, e, f = one
    (p, q), (r, s) = _turned((a, b), other), _turned((c, d), other)
    x, y = _at((e, f), other)
    return p, q, r, s, x, y


def _turned(point: Point, matrix: _Matrix) -> Point:
    (x, y), (a, b, c, d, _, _) = point, matrix
    return a * x + c * y, b * x + d * y


def _at(point: Point, matrix: _Matrix) -> Point:
    x, y = _turned(point, matrix)
    return x + matrix[4], y + matrix[5]


def _around(box: Box, matrix: _Matrix) -> Box:
    """The box around a box that is placed by a matrix."""
    left, bottom, right, top = box
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    x, y = zip(*(_at(corner, matrix) for corner in corners), strict=True)
    return min(x), min(y), max(x), max(y)


def _parts(drawn: Any, matrix: _Matrix) -> Iterator[Path]:
    """The connected parts of a path."""
    filled, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium.FPDFPath_GetDrawMode(drawn, filled, stroked)
    pdfium.FPDFPageObj_GetStrokeWidth(drawn, width)
    a, b, c, d, _, _ = matrix
    line = max(width.value * abs(a * d - b * c) ** 0.5, 0.1) if stroked.value else 0.0
    if not (filled.value or stroked.value):
        return
    points: list[Point] = []
    bend: list[Point] = []
    closed = curved = False
    for kind, place, closes in segments(drawn):
        point = _at(place, matrix)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield Path(tuple(points), bool(filled.value), line, closed, curved)
            points, bend, closed, curved = [point], [], False, False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            bend.append(point)
            if len(bend) == 3:  # two places that bend it, and its end
                points += _curve(points[-1], bend) if points else bend
                bend, curved = [], True
        else:
            points.append(point)
        closed = closed or closes
    if len(points) > 1:
        yield Path(tuple(points), bool(filled.value), line, closed, curved)


def segments(drawn: Any) -> Iterator[tuple[int, Point, bool]]:
    """The pieces of a path in its own points: their kind, where they end, whether they close it."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(drawn)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        yield kind, (x.value, y.value), bool(pdfium.FPDFPathSegment_GetClose(segment))


def _curve(start: Point, bend: list[Point]) -> list[Point]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = start, *bend
    out = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        u = 1 - t
        w = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        out.append(
            (
                w[0] * ax + w[1] * bx + w[2] * cx + w[3] * dx,
                w[0] * ay + w[1] * by + w[2] * cy + w[3] * dy,
            )
        )
    return out
