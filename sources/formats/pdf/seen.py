"""Whether a sign of a PDF page is seen: the page is drawn, and the place of the sign looked at.

White letters on white paper, letters under a box, outside the page, or of a layer that is off
leave no trace there. The invisible text of a recognised scan lies over the picture of its
letters, so it is seen. A thin line through the middle of a sign strikes it out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points of the page

UNSEEN = "not visible on the page"
STRUCK = "struck out"
_SCALE = 1.0  # pixels a point
_LARGEST = 2500  # pixels of the longer side
_TRACE = 12  # of 255: the least difference between ink and paper that can be seen
_THIN = 0.2  # of the size: how high a line through words may be
_SMALLEST = 1.5  # points: smaller type cannot be read
_MIDDLE = (0.17, 0.45)  # of the size above the baseline: where a line strikes words out
_PICTURE = 0.03  # of a page: a smaller picture is an ornament
_BORDER = 4.0  # points: a path that is wider and higher is a box
_CAPTION = 20  # letters over a picture: with more it is a recognised scan, or a background
_MOST_OBJECTS = 20_000  # on one page that are looked at for lines

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Placed(NamedTuple):
    """A sign at its place; ``turn`` is its direction of reading, 0 where it is level."""

    text: str
    box: Box
    baseline: float
    size: float
    turn: int


class Sheet:
    """A page as it is drawn, without what was put on it later (annotations)."""

    def __init__(self, page: Any, struck: Sequence[Box] = ()) -> None:
        self._struck = struck
        self._lines = _lines(page)
        width, height = page.get_size()
        scale = min(_SCALE, _LARGEST / max(width, height, 1.0))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        self._place = _to_pixels(bitmap.get_posconv(page).to_bitmap, width, height)
        self._traces = _traces(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])

    def faults(self, signs: Sequence[Placed]) -> list[str]:
        """For each sign why it is left out; "" where it is not.

        A sign alone between others that are seen is seen, however small it is.
        """
        if not signs:
            return []
        boxes = np.array([sign.box for sign in signs])
        blank = np.array([not sign.text.strip() for sign in signs])
        seen = blank | self._seen(boxes)
        alone = np.zeros_like(seen)
        alone[1:-1] = seen[:-2] & seen[2:]
        tiny = np.array([sign.size < _SMALLEST for sign in signs]) & ~blank
        struck = self._is_struck(signs, boxes) & ~blank
        faults = np.where((~seen & ~alone) | tiny, UNSEEN, np.where(struck, STRUCK, "")).tolist()
        return _spaced(signs, faults)

    def _seen(self, boxes: Numbers) -> Flags:
        """Which boxes have a trace of ink in them, or a pixel beside them."""
        x, y = self._place(boxes[:, [0, 2]], boxes[:, [1, 3]])
        rows, columns = (size - 1 for size in self._traces.shape)
        left = np.clip(x.min(axis=1).astype(int) - 1, 0, columns)
        right = np.clip(x.max(axis=1).astype(int) + 2, 0, columns)
        top = np.clip(y.min(axis=1).astype(int) - 1, 0, rows)
        bottom = np.clip(y.max(axis=1).astype(int) + 2, 0, rows)
        sums = self._traces
        count = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        unknown = (boxes[:, 2] <= boxes[:, 0]) | (boxes[:, 3] <= boxes[:, 1])
        found: Flags = (count > 0) | unknown
        return found

    def _is_struck(self, signs: Sequence[Placed], boxes: Numbers) -> Flags:
        """Which signs have a thin line through their middle, or lie in an area struck out."""
        x, y = boxes[:, [0, 2]].mean(axis=1), boxes[:, [1, 3]].mean(axis=1)
        size = np.array([sign.size for sign in signs])
        base = np.array([sign.baseline for sign in signs])
        level = np.array([sign.turn == 0 for sign in signs])
        found: Flags = np.zeros(len(signs), dtype=bool)
        for a, b, c, d in self._struck:
            found |= (a <= x) & (x <= c) & (b <= y) & (y <= d)
        for a, b, c, d in self._lines:
            middle = (b + d) / 2 - base
            through = (_MIDDLE[0] * size <= middle) & (middle <= _MIDDLE[1] * size)
            found |= level & through & (a <= x) & (x <= c) & (d - b <= _THIN * size)
        return found


def _to_pixels(
    place: Callable[[float, float], tuple[int, int]], width: float, height: float
) -> Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """From points of the page to pixels: the conversion is linear, so three places tell it."""
    far = 10 * max(width, height, 1.0)  # whole pixels are given: far away they say more
    (ox, oy), (ax, ay), (bx, by) = place(0, 0), place(far, 0), place(0, far)

    def pixels(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        return (
            ox + x * ((ax - ox) / far) + y * ((bx - ox) / far),
            oy + x * ((ay - oy) / far) + y * ((by - oy) / far),
        )

    return pixels


def _traces(pixels: Any) -> Any:
    """For each corner of a pixel, how many pixels above and left of it differ from the next."""
    grey = pixels.astype(np.int16)
    differ = np.zeros(grey.shape, dtype=bool)
    differ[:, :-1] |= np.abs(np.diff(grey, axis=1)) >= _TRACE
    differ[:-1, :] |= np.abs(np.diff(grey, axis=0)) >= _TRACE
    sums = np.zeros((grey.shape[0] + 1, grey.shape[1] + 1), dtype=np.int32)
    sums[1:, 1:] = differ.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    return sums


def _spaced(signs: Sequence[Placed], faults: list[str]) -> list[str]:
    """Spaces go with the words around them, where both sides have the same fault."""
    before, after = _carried(signs, faults), _carried(signs[::-1], faults[::-1])[::-1]
    return [
        fault if sign.text.strip() else one if one == other else ""
        for sign, fault, one, other in zip(signs, faults, before, after, strict=True)
    ]


def _carried(signs: Sequence[Placed], faults: Sequence[str]) -> list[str]:
    """For each sign the fault of the last sign up to it that is no space."""
    out: list[str] = []
    for sign, fault in zip(signs, faults, strict=True):
        out.append(fault if sign.text.strip() or not out else out[-1])
    return out


def _lines(page: Any) -> list[Box]:
    """The thin level lines and boxes that a page draws."""
    paths = _objects(page, pdfium.FPDF_PAGEOBJ_PATH)
    return [(a, b, c, d) for a, b, c, d in paths if c - a > 2 * (d - b)]


def pictures(page: Any) -> list[Box]:
    """The pictures of a page that may hold words: no ornaments, with little text over them."""
    width, height = page.get_size()
    large = [
        (a, b, c, d)
        for a, b, c, d in _objects(page, pdfium.FPDF_PAGEOBJ_IMAGE)
        if (c - a) * (d - b) > _PICTURE * width * height
    ]
    text = page.get_textpage() if large else None
    return [b for b in large if text and len(text.get_text_bounded(*b).strip()) < _CAPTION]


def drawn_lines(page: Any) -> list[Box]:
    """The thin lines that a page draws, and the sides of the boxes that it only outlines."""
    out: list[Box] = []
    for box, outlined in _paths(page):
        a, b, c, d = box
        if outlined and min(c - a, d - b) > _BORDER:
            out += [(a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d)]
        else:
            out.append(box)
    return out


def _paths(page: Any) -> Iterator[tuple[Box, bool]]:
    """Where the paths of a page stand, and whether they are drawn as an outline alone."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            pdfium.FPDFPath_GetDrawMode(drawn, filled, stroked)
            alone = bool(stroked.value) and not filled.value
            yield (left.value, bottom.value, right.value, top.value), alone


def _objects(page: Any, kind: int) -> Iterator[Box]:
    """Where the objects of a kind stand that a page draws itself."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == kind:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
                yield left.value, bottom.value, right.value, top.value
