"""What a PDF page shows beside its words: pictures, lines, and shapes that stand for signs.

A small filled shape before words is the bullet of a list, and so are a ring no larger than one and
small pictures below each other. A small box beside words, and a ring
around some, may mark a choice: which, their shape does not tell surely. Many small filled curves
in a row are letters that were turned into drawings, and count as a picture.
"""

from __future__ import annotations

import ctypes
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import Any

import pypdfium2.raw as pdfium

from sources.formats.pdf.paths import Box, Path, objects, placed, segments
from sources.formats.pdf.rows import bounds
from sources.formats.pdf.runs import Run
from sources.formats.pdf.seen import is_invisible
from sources.formats.pdf.signs import SHAPED

_LEAST = 6.0  # points: a picture with a shorter side is an ornament
_COVERED = 0.03  # of a picture: words over more of it are what it shows, or it is a background
_LETTER = 35.0  # square points of a letter, in the mean
_WORDS = 20  # letters: fewer than these are no recognised text
_SCAN = 0.5  # of a page: pictures over more of it, with hardly any words, are a scan
_TOUCH = 2.0  # points: parts of one picture are not further apart
_BORDER = 4.0  # points: a path that is wider and higher is a box
_LEVEL = 0.1  # points: a line that rises less is level
_ROUND = (0.7, 1.45)  # width by height of a bullet or a small box
_SMALL = (0.12, 1.6)  # of the size: its height
_BULLET = 0.65  # of the size: a higher one may mark a choice
_RINGLET = 0.4  # the same, of a ring before words
_LINE = (-0.1, 0.85)  # of the size above the baseline: where its middle stands
_BESIDE = 2.5  # of the size: how far from its words a shape may stand
_RING = (0.7, 0.84)  # of its box: what a ring encloses
_MARK = (3.0, 14.0)  # points: the sides of a cross, a tick or a dot in a table
_AROUND = 3.0  # of the size: a higher ring is a drawing
_GLYPH = (3.0, 40.0)  # points: the height of a letter
_ROW = 6  # letters in a row
_DOTTED = 6.0  # points: the dots of a line are not further apart
_HIGHEST = 60.0  # points: a shape that may stand for a sign
_MOST_SHAPES = 2_000  # on one page that are looked at
_MOST_MARKS = 500  # in tables without lines that are looked at


def pictures(page: Any, shown: Sequence[Box]) -> list[Box]:
    """Of the images that a page shows, that may hold words: with hardly any text over them."""
    found = _joined([box for box in shown if _shortest(box) >= _LEAST])
    text = page.get_textpage() if found else None
    out = []
    for a, b, c, d in found:
        over = text.get_text_bounded(a + 1, b + 1, c - 1, d - 1) if text else ""
        letters = sum(not sign.isspace() for sign in over)
        if letters * _LETTER < _COVERED * (c - a) * (d - b):
            out.append((a, b, c, d))
    return out


def small_pictures(shown: Sequence[Box]) -> list[Path]:
    """Of the images that a page shows, those that are too small to hold words, as shapes.

    Those that stand below each other are filled ones: the bullets of a list.
    """
    found = [(a, b, c, d) for a, b, c, d in shown if max(c - a, d - b) < _LEAST]
    columns = Counter(round(box[0]) for box in found)
    return [
        Path(((a, b), (c, b), (c, d), (a, d), (a, b)), filled=columns[round(a)] > 1, width=0.0)
        for a, b, c, d in found
    ]


def is_scan(page: Any, boxes: Sequence[Box]) -> bool:
    """Whether such pictures are nearly all that a page shows."""
    width, height = page.get_size()
    covered = sum((c - a) * (d - b) for a, b, c, d in boxes)
    return bool(covered >= _SCAN * width * height)


def is_recognised(page: Any) -> bool:
    """Whether a page has the recognised words of a picture: invisible ones, or under it."""
    drawn = objects(page)
    kinds = [pdfium.FPDFPageObj_GetType(one) for one in drawn]
    last = max((n for n, kind in enumerate(kinds) if kind == pdfium.FPDF_PAGEOBJ_IMAGE), default=-1)
    text = page.get_textpage()
    letters = 0
    for n, (one, kind) in enumerate(zip(drawn, kinds, strict=True)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and (n < last or is_invisible(one)):
            letters += pdfium.FPDFTextObj_GetText(one, text, None, 0) // 2 - 1
    return letters >= _WORDS


def images(page: Any) -> Iterator[Box]:
    """The places of the images that a page shows."""
    return (box for _, box in placed(page, pdfium.FPDF_PAGEOBJ_IMAGE))


def _shortest(box: Box) -> float:
    return min(box[2] - box[0], box[3] - box[1])


def _joined(boxes: list[Box]) -> list[Box]:
    """Strips and tiles of one picture put together: those that share a side."""
    for first in (0, 1):  # strips side by side, then those above each other
        at, end = first, first + 2  # the sides that meet
        other = (1 - first, 3 - first)  # the sides that are level
        out: list[Box] = []
        for box in sorted(boxes, key=lambda box: (round(box[other[0]]), box[at])):
            last = out[-1] if out else None
            if (
                last
                and abs(box[at] - last[end]) <= _TOUCH
                and all(abs(box[side] - last[side]) <= _TOUCH for side in other)
            ):
                a, b, c, d = last
                out[-1] = min(a, box[0]), min(b, box[1]), max(c, box[2]), max(d, box[3])
            else:
                out.append(box)
        boxes = out
    return boxes


def drawn_letters(drawn: Sequence[Path]) -> Iterator[Box]:
    """Where letters were turned into drawings: small filled shapes in a row, most with curves."""
    lines: dict[int, list[Box]] = defaultdict(list)
    for path in drawn:
        _, bottom, _, top = path.box
        if path.curved and path.filled and _GLYPH[0] <= top - bottom <= _GLYPH[1]:
            lines[round(bottom / _TOUCH)].append(path.box)
    for boxes in lines.values():
        group: list[Box] = []
        for box in [*sorted(boxes), None]:
            reach = max((b[3] - b[1] for b in group), default=0.0) * 2
            if group and (box is None or box[0] - group[-1][2] > reach):
                if len(group) >= _ROW:
                    a, b, c, d = zip(*group, strict=True)
                    yield min(a), min(b), max(c), max(d)
                group = []
            if box:
                group.append(box)


# lines


def drawn_lines(page: Any) -> list[Box]:
    """The thin lines that a page draws, and the sides of the boxes that it only outlines."""
    out: list[Box] = []
    for path, box in placed(page, pdfium.FPDF_PAGEOBJ_PATH):
        a, b, c, d = box
        if min(c - a, d - b) > _BORDER and _is_outline(path):
            out += [(a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d)]
        else:
            out.append(box)
    return out


def _is_outline(drawn: Any) -> bool:
    """Whether a path is drawn as an outline alone, along the sides of the box around it."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, filled, stroked)
    return bool(stroked.value) and not filled.value and _has_sides(drawn)


def _has_sides(drawn: Any) -> bool:
    """Whether a path runs along the box around it: a line aslant or drawn by hand does not."""
    places = [place for _, place, _ in segments(drawn)]
    x, y = zip(*places, strict=True) if places else ((0.0,), (0.0,))
    sides = 0.0
    for (_, (a, b), _), (kind, (c, d), _) in pairwise(segments(drawn)):
        if kind == pdfium.FPDF_SEGMENT_LINETO and min(abs(a - c), abs(b - d)) < _LEVEL:
            sides += abs(a - c) + abs(b - d)
    return bool(sides >= max(x) - min(x) + max(y) - min(y) - _LEVEL)


# shapes that stand for signs


def with_signs(runs: list[Run], drawn: Sequence[Path]) -> list[Run]:
    """The runs with the bullets that are drawn, and marks at drawn boxes and rings."""
    shapes = [path for path in drawn if path.is_shape and 0 < _height(path) <= _HIGHEST]
    if len(shapes) > _MOST_SHAPES:
        return runs
    level = sorted((r for r in runs if not r.turn and r.text.strip()), key=lambda run: run.y)
    heights = [run.y for run in level]
    bullets: dict[tuple[int, int], Run] = {}
    marked: set[int] = set()
    for path in shapes:
        left, bottom, right, top = path.box
        near = level[bisect(heights, bottom - _HIGHEST) : bisect(heights, top + _HIGHEST)]
        marked.update(id(run) for run in near if _is_around(path, run))
        words = _beside(path, near)
        if words is None or _in_a_row(path, shapes) or any(_holds(path, run) for run in near):
            continue
        ahead = right <= bounds(words)[0]
        most = _BULLET if path.filled else _RINGLET if path.curved else 0.0
        if ahead and top - bottom <= most * words.size:
            sign = Run("•" if path.filled else "◦", left, right, words.y, words.size, words.bold)
            bullets[round(left), round(bottom)] = sign
        else:
            marked.add(id(words))
    marked.update(id(run) for run in _at_marks(drawn, level, heights))
    out = [replace(r, text=r.text + SHAPED) if id(r) in marked else r for r in runs]
    return [*out, *bullets.values()]


def _at_marks(
    drawn: Sequence[Path], level: Sequence[Run], heights: Sequence[float]
) -> Iterator[Run]:
    """The words on whose line, and further from them, small drawings stand that are alike.

    Crosses, ticks or dots in a table without lines; ``level`` are the words by their heights.
    """
    alike: dict[tuple[int, int], dict[tuple[int, int], Path]] = defaultdict(dict)
    for path in drawn:
        a, b, c, d = path.box
        if _MARK[0] <= min(c - a, d - b) and max(c - a, d - b) <= _MARK[1]:
            alike[round(c - a), round(d - b)][round(a), round(b)] = path
    found = [path for same in alike.values() if len(same) > 1 for path in same.values()]
    for path in found if len(found) <= _MOST_MARKS else ():
        _, bottom, _, top = path.box
        near = level[bisect(heights, bottom - _HIGHEST) : bisect(heights, top + _HIGHEST)]
        line = [run for run in near if _gap(path, run) >= 0 and _is_level(path, run)]
        if line and not _in_a_row(path, found):
            words = min(line, key=lambda run: _gap(path, run))
            if _gap(path, words) > _BESIDE * words.size:
                yield words


def _gap(path: Path, run: Run) -> float:
    """How far a shape stands from some words; less than nothing where it stands on them."""
    left, _, right, _ = path.box
    start, end = bounds(run)
    return max(start - right, left - end)


def _is_level(path: Path, run: Run) -> bool:
    _, bottom, _, top = path.box
    return _LINE[0] <= ((bottom + top) / 2 - run.y) / run.size <= _LINE[1]


def _height(path: Path) -> float:
    return path.box[3] - path.box[1]


def _beside(path: Path, runs: Sequence[Run]) -> Run | None:
    """The words before which a small shape stands, or else those after which it does."""
    left, _, right, _ = path.box
    ahead = (run for run in runs if _is_small(path, run, bounds(run)[0] - right))
    behind = (run for run in runs if _is_small(path, run, left - bounds(run)[1]))
    return next(chain(ahead, behind), None)


def _is_small(path: Path, run: Run, gap: float) -> bool:
    """Whether a shape is as large as a sign, and stands on the line of some words, near them."""
    left, bottom, right, top = path.box
    height = (top - bottom) / run.size
    return (
        0 <= gap <= _BESIDE * run.size
        and _is_level(path, run)
        and _SMALL[0] <= height <= _SMALL[1]
        and _ROUND[0] <= (right - left) / (top - bottom) <= _ROUND[1]
    )


def _in_a_row(path: Path, shapes: Sequence[Path]) -> bool:
    """Whether a shape is one of several: of a dotted line, a field of a form, a grid."""
    left, bottom, right, top = path.box
    reach = max(1.5 * (right - left), _DOTTED)
    for a, b, c, d in (other.box for other in shapes):
        level = abs(b - bottom) <= 1 and abs(d - top) <= 1
        upright = abs(a - left) <= 1 and abs(c - right) <= 1
        if level and not upright and min(abs(a - right), abs(left - c)) <= reach:
            return True
        if upright and not level and min(abs(b - top), abs(bottom - d)) <= 1:
            return True
    return False


def _holds(path: Path, run: Run) -> bool:
    """Whether a shape is a cell around the first of some words."""
    left, bottom, right, top = path.box
    return left <= bounds(run)[0] < right and bottom <= run.y + run.size / 3 <= top


def _is_around(path: Path, run: Run) -> bool:
    """Whether a shape is a ring around some of the words of a run."""
    left, bottom, right, top = path.box
    if path.filled or not (path.curved and path.width and bottom <= run.y <= top):
        return False
    inside = min(right, run.end) - max(left, run.x) >= run.size
    ring = path.area / max((right - left) * (top - bottom), 0.1)
    return inside and top - bottom <= _AROUND * run.size and _RING[0] <= ring <= _RING[1]
