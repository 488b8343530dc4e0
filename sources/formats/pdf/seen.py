"""Whether a sign of a PDF page is seen: the page is drawn with it and without it, and compared.

White letters on white paper, letters under a box, outside the page, or of a layer that is off
make no difference there, though other words stand at the same place. The invisible text of a
recognised scan lies over the picture of its letters, so it is seen. What is put on a page later
and covers words (boxes, text over them) is drawn too; what strikes them out tells ``strokes``.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from sources.formats.pdf.overtyped import typed_over
from sources.formats.pdf.paths import Box, Path, Point, objects
from sources.formats.pdf.strokes import Flags, Numbers, crossed

UNSEEN = "not visible on the page"
STRUCK = "struck out"
CROSSED = "crossed by a line"  # not left out
STROKE = "a line of typed signs"  # left out with what it strikes out
_SCALE = 2.0  # pixels a point
_LARGEST = 2500  # pixels of the longer side
_TRACE = 12  # of 255: the least difference between ink and paper that can be seen
_SHARE = 0.5  # of the ink of signs over other ink: less is not seen
_SMALLEST = 1.5  # points: smaller type cannot be read
_FEW = 3.0  # pixels: a box that is narrower is looked at with its edges
_NARROW = 1.5  # points: a sign that is so small may leave no trace
_SAME = 0.15  # of the size: a sign that is drawn twice is not further apart
_CELL = 8.0  # points: a field of the page in which signs that overlap are looked for
_MOST_LAYERS = 8
_COVERS = {
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_HIGHLIGHT,
}  # fmt: skip

Grey = npt.NDArray[np.int16]


class Placed(NamedTuple):
    """A sign at its place; ``turn`` is its direction of reading, 0 where it is level.

    ``drawn`` is the object of PDFium that draws it, ``key`` the number of that object.
    """

    text: str
    box: Box
    origin: Point
    size: float
    turn: int
    drawn: Any = None
    key: int = 0


class Sheet:
    """A page as it is drawn, without the notes that were put on it and the values of its form."""

    def __init__(self, page: Any, struck: Sequence[Box] = (), strokes: Sequence[Path] = ()) -> None:
        self._page, self._struck, self._strokes = page, struck, strokes
        self._objects = objects(page)
        width, height = page.get_size()
        self._scale = min(_SCALE, _LARGEST / max(width, height, 1.0))
        _only_covers(page)
        bitmap = self._bitmap()
        self._place = _to_pixels(bitmap.get_posconv(page).to_bitmap, width, height)
        self._full = _grey(bitmap)

    def faults(self, signs: Sequence[Placed]) -> list[str]:
        """For each sign why it is left out, or what else is to be told; "" for neither.

        A small sign alone between others that are seen is seen.
        """
        if not signs:
            return []
        boxes = np.array([sign.box for sign in signs])
        blank = np.array([not sign.text.strip() for sign in signs])
        pixels = self._pixels(boxes)
        pairs = list(_overlapping(signs))
        seen = blank | self._seen(signs, pixels, pairs)
        seen |= (boxes[:, 2] <= boxes[:, 0]) | (boxes[:, 3] <= boxes[:, 1])
        alone = np.zeros_like(seen)
        alone[1:-1] = seen[:-2] & seen[2:]
        alone &= np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) < _NARROW
        tiny = np.array([sign.size < _SMALLEST for sign in signs]) & ~blank
        through, touched = crossed(signs, self._strokes)
        rows, typed, crossing = typed_over(signs, pairs)
        struck = (self._in_area(boxes) | through | typed) & ~blank
        touched |= crossing
        told = np.where((~seen & ~alone) | tiny, UNSEEN, np.where(touched & ~blank, CROSSED, ""))
        told = np.where(rows, STROKE, np.where(struck, STRUCK, told))
        return _spaced(signs, told.tolist())

    def _seen(
        self, signs: Sequence[Placed], pixels: _Pixels, pairs: Iterable[tuple[int, int]]
    ) -> Flags:
        """Which signs make a difference on the page; those over other ink, for most of theirs."""
        seen = np.zeros(len(signs), dtype=bool)
        hidden: list[int] = []
        touching: list[tuple[list[int], Grey]] = []
        for layer in _layers(signs, pairs):
            with _without(_drawn(signs, layer).values()):
                left = _grey(self._bitmap())
            own = [n for n in layer if pixels.differ(n, self._full, left)]
            seen[own] = True
            for n in set(layer).difference(own):
                if pixels.inked(n, left, beside=1):
                    seen[n] = is_invisible(signs[n].drawn)
                    hidden += [] if seen[n] else [n]
            touching.append(([n for n in own if pixels.inked(n, left)], left))
        if hidden:
            seen[hidden] = self._pictured(hidden, pixels)
        for some, left in touching:
            if some:
                seen[self._faint(signs, some, left, pixels)] = False
        return seen

    def _pictured(self, hidden: list[int], pixels: _Pixels) -> list[bool]:
        """Which places have a trace of a picture: signs under it are the text of a scan."""
        pictures = {address(o) for o in self._objects if _kind(o) == pdfium.FPDF_PAGEOBJ_IMAGE}
        with _without(o for o in self._objects if address(o) not in pictures):
            drawn = _grey(self._bitmap(annotations=False))
        return [pixels.inked(n, drawn, beside=1) for n in hidden]

    def _faint(
        self, signs: Sequence[Placed], some: list[int], left: Grey, pixels: _Pixels
    ) -> list[int]:
        """The signs over other ink of which less is seen than they would leave on white paper.

        All that one object draws is looked at together.
        """
        drawn = _drawn(signs, some)
        for own in drawn.values():
            pdfium.FPDFPageObj_SetFillColor(own, 0, 0, 0, 255)
            pdfium.FPDFPageObj_SetStrokeColor(own, 0, 0, 0, 255)
        with _without(o for o in self._objects if address(o) not in drawn):
            ink = 255 - _grey(self._bitmap(annotations=False))
        inked: dict[int, int] = defaultdict(int)
        shown: dict[int, int] = defaultdict(int)
        for n in some:
            part = pixels.part(n)
            mask = ink[part] * 2 >= max(ink[part].max(initial=0), 1)
            inked[signs[n].key] += int(mask.sum())
            shown[signs[n].key] += int(
                ((abs(self._full[part] - left[part]) >= _TRACE) & mask).sum()
            )
        return [n for n in some if shown[signs[n].key] < _SHARE * inked[signs[n].key]]

    def _bitmap(self, *, annotations: bool = True) -> Any:
        return self._page.render(
            scale=self._scale, grayscale=True, may_draw_forms=False, draw_annots=annotations
        )

    def _pixels(self, boxes: Numbers) -> _Pixels:
        x, y = self._place(boxes[:, [0, 2]], boxes[:, [1, 3]])
        return _Pixels(x, y, self._full.shape)

    def _in_area(self, boxes: Numbers) -> Flags:
        """Which signs lie in an area that was struck out."""
        x, y = boxes[:, [0, 2]].mean(axis=1), boxes[:, [1, 3]].mean(axis=1)
        found: Flags = np.zeros(len(boxes), dtype=bool)
        for a, b, c, d in self._struck:
            found |= (a <= x) & (x <= c) & (b <= y) & (y <= d)
        return found


class _Pixels:
    """The pixels of the boxes of signs."""

    def __init__(self, x: Numbers, y: Numbers, shape: tuple[int, ...]) -> None:
        columns, rows = _range(x, shape[1]), _range(y, shape[0])
        self._ends = np.stack([*rows, *columns], axis=1).tolist()

    def part(self, index: int, beside: int = 0) -> tuple[slice, slice]:
        """Where the pixels of one box are, or so many more on each side."""
        top, bottom, left, right = self._ends[index]
        return (
            slice(max(top - beside, 0), bottom + beside),
            slice(max(left - beside, 0), right + beside),
        )

    def differ(self, index: int, one: Grey, other: Grey) -> bool:
        """Whether two drawings differ in a box."""
        part = self.part(index)
        return bool(abs(one[part] - other[part]).max(initial=0) >= _TRACE)

    def inked(self, index: int, drawn: Grey, beside: int = 0) -> bool:
        """Whether there is ink in a box: it is not of one colour."""
        part = drawn[self.part(index, beside)]
        return bool(part.size and part.max() - part.min() >= _TRACE)


def _range(places: Numbers, size: int) -> tuple[Any, Any]:
    """The pixels between two places, of a narrow box all that it touches."""
    low, high = places.min(axis=1), places.max(axis=1)
    narrow = high - low < _FEW
    first = np.where(narrow, np.floor(low), np.round(low))
    last = np.where(narrow, np.ceil(high), np.round(high))
    return tuple(np.clip(end, 0, size).astype(int) for end in (first, np.maximum(last, first)))


def _layers(signs: Sequence[Placed], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The signs in groups whose objects do not lie over each other: one, as a rule.

    What is drawn twice at one place is one.
    """
    over: dict[int, set[int]] = defaultdict(set)
    for n, m in pairs:
        over[signs[n].key].add(signs[m].key)
        over[signs[m].key].add(signs[n].key)
    layer: dict[int, int] = {}
    out: dict[int, list[int]] = defaultdict(list)
    for n, sign in enumerate(signs):
        if sign.key not in layer:
            taken = {layer[key] for key in over.get(sign.key, ()) if key in layer}
            free = (number for number in range(_MOST_LAYERS - 1) if number not in taken)
            layer[sign.key] = next(free, _MOST_LAYERS - 1)
        out[layer[sign.key]].append(n)
    return list(out.values())


def _overlapping(signs: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Signs of different objects, the middle of the second within the box of the first."""
    middles: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, sign in enumerate(signs):
        if sign.text.strip():
            x, y = _middle(sign)
            middles[int(x // _CELL), int(y // _CELL)].append(n)
    for n, sign in enumerate(signs):
        left, bottom, right, top = sign.box
        if not sign.text.strip() or right - left > _LARGEST or top - bottom > _LARGEST:
            continue
        for column in range(int(left // _CELL), int(right // _CELL) + 1):
            for row in range(int(bottom // _CELL), int(top // _CELL) + 1):
                for m in middles.get((column, row), ()):
                    x, y = _middle(signs[m])
                    inside = left < x < right and bottom < y < top
                    if inside and sign.key != signs[m].key and not is_twin(sign, signs[m]):
                        yield n, m


def _middle(sign: Placed) -> Point:
    left, bottom, right, top = sign.box
    return (left + right) / 2, (bottom + top) / 2


def is_twin(one: Placed, other: Placed) -> bool:
    """Whether two signs are one that is drawn twice."""
    near = _SAME * max(one.size, other.size)
    (a, b), (c, d) = _middle(one), _middle(other)
    return one.text == other.text and abs(a - c) <= near and abs(b - d) <= near


def _drawn(signs: Sequence[Placed], some: Iterable[int]) -> dict[int, Any]:
    """The objects that draw some signs."""
    return {signs[n].key: signs[n].drawn for n in some}


def address(drawn: Any) -> int:
    """The number of an object of PDFium, 0 for none."""
    return ctypes.addressof(drawn.contents) if drawn else 0


def _kind(drawn: Any) -> int:
    return int(pdfium.FPDFPageObj_GetType(drawn))


def is_invisible(drawn: Any) -> bool:
    """Whether an object draws letters without ink, as the text of a recognised scan."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else -1
    return mode in {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}


@contextmanager
def _without(drawn: Iterable[Any]) -> Iterator[None]:
    """Objects of a page are not drawn."""
    off = [own for own in drawn if own]
    for own in off:
        pdfium.FPDFPageObj_SetIsActive(own, 0)
    try:
        yield
    finally:
        for own in off:
            pdfium.FPDFPageObj_SetIsActive(own, 1)


def _only_covers(page: Any) -> None:
    """Hide what was put on a page and covers none of it: icons of notes, fields, links."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        mark = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(mark) not in _COVERS:
            pdfium.FPDFAnnot_SetFlags(mark, pdfium.FPDF_ANNOT_FLAG_HIDDEN)
        pdfium.FPDFPage_CloseAnnot(mark)


def _grey(bitmap: Any) -> Grey:
    pixels = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
    return np.asarray(pixels, dtype=np.int16)


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
