"""Whether a sign of a PDF page is seen: the page is drawn, and the place of the sign looked at.

White letters on white paper, letters under a box, outside the page, or of a layer that is off
leave no trace there. The invisible text of a recognised scan lies over the picture of its
letters, so it is seen. A thin line through the middle of a sign strikes it out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points of the page

UNSEEN = "not visible on the page"
STRUCK = "struck out"
_SCALE = 1.5  # pixels a point
_LARGEST = 2500  # pixels of the longer side
_TRACE = 12  # of 255: the least difference between ink and paper that can be seen
_THIN = 0.12  # of the size: how high a line through words may be
_MIDDLE = (0.17, 0.45)  # of the size above the baseline: where a line strikes words out
_PICTURE = 0.03  # of a page: a smaller picture is an ornament
_CAPTION = 20  # letters over a picture: with more it is a recognised scan, or a background
_MOST_OBJECTS = 20_000  # on one page that are looked at for lines

_Placed = tuple[str, Box, float, float, int]  # text, box, baseline, size, turn


class Sheet:
    """A page as it is drawn, without what was put on it later (annotations)."""

    def __init__(self, page: Any, struck: Sequence[Box] = ()) -> None:
        self._page = page
        self._struck = struck
        self._lines = _lines(page)
        width, height = page.get_size()
        scale = min(_SCALE, _LARGEST / max(width, height, 1.0))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        self._place = bitmap.get_posconv(page).to_bitmap
        self._pixels = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]

    def faults(self, signs: Sequence[_Placed]) -> list[str]:
        """For each sign why it is left out; "" where it is not.

        A sign alone between others that are seen is seen, however small it is.
        """
        seen = [not text.strip() or self._seen(box) for text, box, *_ in signs]
        out: list[str] = []
        for index, sign in enumerate(signs):
            beside = seen[max(0, index - 1) : index] + seen[index + 1 : index + 2]
            unseen = not seen[index] and not (len(beside) == 2 and all(beside))
            out.append(UNSEEN if unseen else STRUCK if self._is_struck(sign) else "")
        return _spaced(signs, out)

    def _seen(self, box: Box) -> bool:
        left, bottom, right, top = box
        if right <= left or top <= bottom:
            return True  # nothing is known of its ink
        corners = [self._place(left, top), self._place(right, bottom)]
        (x, a), (y, b) = (sorted(v) for v in zip(*corners, strict=True))
        ink = self._pixels[max(0, y - 1) : max(0, b + 2), max(0, x - 1) : max(0, a + 2)]
        return bool(ink.size) and int(np.ptp(ink)) >= _TRACE

    def _is_struck(self, sign: _Placed) -> bool:
        text, (left, bottom, right, top), baseline, size, turn = sign
        if turn or not text.strip():
            return False
        x, y = (left + right) / 2, (bottom + top) / 2
        if any(a <= x <= c and b <= y <= d for a, b, c, d in self._struck):
            return True
        low, high = baseline + _MIDDLE[0] * size, baseline + _MIDDLE[1] * size
        return any(
            a <= x <= c and low <= (b + d) / 2 <= high and d - b <= _THIN * size
            for a, b, c, d in self._lines
        )


def _spaced(signs: Sequence[_Placed], faults: list[str]) -> list[str]:
    """Spaces go with the words around them, where both sides have the same fault."""
    before, after = _carried(signs, faults), _carried(signs[::-1], faults[::-1])[::-1]
    return [
        fault if sign[0].strip() else one if one == other else ""
        for sign, fault, one, other in zip(signs, faults, before, after, strict=True)
    ]


def _carried(signs: Sequence[_Placed], faults: Sequence[str]) -> list[str]:
    """For each sign the fault of the last sign up to it that is no space."""
    out: list[str] = []
    for sign, fault in zip(signs, faults, strict=True):
        out.append(fault if sign[0].strip() or not out else out[-1])
    return out


def _lines(page: Any) -> list[Box]:
    """The thin level lines and boxes that a page draws."""
    paths = _objects(page, pdfium.FPDF_PAGEOBJ_PATH)
    return [(a, b, c, d) for a, b, c, d in paths if c - a > 2 * (d - b)]


def pictured(page: Any) -> bool:
    """Whether a page has a picture that may hold words, with little text over it."""
    width, height = page.get_size()
    pictures = [
        (a, b, c, d)
        for a, b, c, d in _objects(page, pdfium.FPDF_PAGEOBJ_IMAGE)
        if (c - a) * (d - b) > _PICTURE * width * height
    ]
    if not pictures:
        return False
    text = page.get_textpage()
    return any(len(text.get_text_bounded(*box).strip()) < _CAPTION for box in pictures)


def _objects(page: Any, kind: int) -> Iterator[Box]:
    """Where the objects of a kind stand that a page draws itself."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) == kind:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
                yield left.value, bottom.value, right.value, top.value
