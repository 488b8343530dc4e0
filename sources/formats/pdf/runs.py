"""From a PDF page to runs of text with their place, size and weight.

PDFium gives each sign with its place on the page, through the forms that the page paints; signs
that stand on one line without a gap make a run. A sign that nobody sees on the drawn page, or
that is struck out, is left out (``seen``).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium
from pypdf.errors import LimitReachedError

from sources.formats.omissions import Omissions
from sources.formats.pdf.accents import composed
from sources.formats.pdf.letters import drawn as drawn_letter
from sources.formats.pdf.letters import ligatures, symbolic
from sources.formats.pdf.paths import Box, Path
from sources.formats.pdf.seen import CROSSED, STROKE, STRUCK, UNSEEN, Placed, Sheet, address
from sources.formats.pdf.signs import CUT, HIDDEN, THROUGH

BLANK = r"([._…·])(?: ?\1){2,}|…{2,}"  # a line to be filled in
_BLANK = re.compile(BLANK)
_MOST_SIGNS = 500_000  # on one page; a dense page has some ten thousand
_HEAVY = ("bold", "black", "heavy", "demi", "gras")
_NAME = 200  # bytes of the name of a font
_CELL = 2.0  # of the size: words that stand further from those before them are a cell
_PARTED = 0.13  # of the size: a gap from here on ends a run
_LEVEL = 0.05  # of the size: how far signs of one run may stand above each other
_LIFTED = 0.2  # of the size: a figure whose ink begins so far above the line is raised
_FIGURE = 0.7  # of the size: the height of a figure
_FIRST, _SECOND = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # halves of a letter
_ASLANT = 5  # degrees: words that stand further from level or upright stand across the page


@dataclass(frozen=True, slots=True)
class Run:
    """Words drawn with one font, on one line.

    Attributes:
        text: The words.
        x: Start, in points from the left of the page as it is read.
        end: End, in the same points.
        y: Baseline, in points upwards.
        size: Font size, in points on the page.
        bold: The font's name or weight says so.
        turn: Direction of reading: 0, or 90, 180, 270 degrees from it; others stand across.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool
    turn: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    turn: int
    cos: float
    sin: float
    symbols: str  # its font, where that is one of symbols

    @property
    def quarter(self) -> int:
        """The nearest of the four directions."""
        return round(self.turn / 90) * 90 % 360


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign; ``along`` and ``across`` are its place in its direction of reading."""

    text: str
    style: _Style
    x: float
    y: float
    width: float
    box: Box = (0.0, 0.0, 0.0, 0.0)
    drawn: Any = None

    @property
    def along(self) -> float:
        return self.x * self.style.cos + self.y * self.style.sin

    @property
    def across(self) -> float:
        return self.y * self.style.cos - self.x * self.style.sin


def usual_size(letters: Iterable[tuple[float, int]]) -> float:
    """The size in which most letters stand, of sizes with how many stand in each; 0 for none."""
    sizes = Counter[float]()
    for size, count in letters:
        sizes[size] += count
    return sizes.most_common(1)[0][0] if sizes else 0.0


def runs(
    page: Any,
    omissions: Omissions | None = None,
    struck: Sequence[Box] = (),
    strokes: Sequence[Path] = (),
) -> tuple[list[Run], int]:
    """The runs of a page as they are drawn, and how many signs no font gives a meaning.

    ``struck`` are areas whose words are struck out by something that is not in the content,
    ``strokes`` are the lines on the page.
    """
    found: list[Run] = []
    group: list[_Sign] = []
    unread = 0
    signs = list(_signs(page.get_textpage()))
    kept = _kept(signs, Sheet(page, struck, strokes), omissions or Omissions())
    shown = list(
        composed(kept, lambda s: s.text, lambda s: s.box, lambda s, text: replace(s, text=text))
    )
    edges = _edges(shown)
    for at, sign in enumerate(shown):
        if not sign.text:
            unread += 1
            continue
        if group and (at in edges or not _goes_on(group[-1], sign)):
            found.append(_run(group))
            group = []
        group.append(sign)
    return found + ([_run(group)] if group else []), unread


def _edges(signs: Sequence[_Sign]) -> set[int]:
    """Where blank lines start and end: they are runs by themselves."""
    text = "".join(sign.text[:1] or " " for sign in signs)
    return {edge for found in _BLANK.finditer(text) for edge in found.span()}


def _kept(signs: list[_Sign], sheet: Sheet, omissions: Omissions) -> list[_Sign]:
    """The signs that a reader of the page takes for its text; what is left out is noted."""
    placed = [
        Placed(s.text, s.box, (s.x, s.y), s.style.size, s.style.turn, s.drawn, address(s.drawn))
        for s in signs
    ]
    faults = sheet.faults(placed)
    if not any(faults):
        return signs
    kept: list[_Sign] = []
    waiting: list[_Sign] = []  # struck out at the head of a line
    pairs = zip(faults, signs, strict=True)
    for (reason, _), some in groupby(pairs, key=lambda pair: (pair[0], round(pair[1].across))):
        part = [sign for _, sign in some]
        if reason == STROKE:
            continue
        if reason in {"", CROSSED}:
            if waiting and _are_level(waiting[-1], part[0]):
                part[-1] = replace(part[-1], text=part[-1].text + CUT)
            elif waiting and kept:
                kept[-1] = _marked(kept[-1], waiting, STRUCK)
            waiting = []
            kept += part
        else:
            omissions.add(reason, "".join(sign.text for sign in part))
        if reason == STRUCK and not (kept and _are_level(kept[-1], part[0])):
            waiting += part
        elif reason and kept:
            kept[-1] = _marked(kept[-1], part, reason)
    if waiting and kept:
        kept[-1] = _marked(kept[-1], waiting, STRUCK)
    return kept


def _are_level(sign: _Sign, other: _Sign) -> bool:
    return abs(other.across - sign.across) <= _LEVEL * sign.style.size


def _marked(sign: _Sign, part: Sequence[_Sign], reason: str) -> _Sign:
    """A sign with the mark of ``part``, which stands behind it.

    It is as wide as what is struck out right behind it: the words of its line are no cells.
    """
    last = part[-1]
    level = _are_level(sign, last)
    near = part[0].along - sign.along - sign.width <= _CELL * sign.style.size
    if reason == UNSEEN:
        return replace(sign, text=sign.text + HIDDEN) if level else sign
    width = last.along + last.width - sign.along
    if reason == STRUCK and level and near and width > 0:
        return replace(sign, text=sign.text + CUT, width=width)
    return replace(sign, text=sign.text + (CUT if reason == STRUCK else THROUGH))


def _signs(text: Any) -> Iterator[_Sign]:
    """The signs of a page; "" for one without a meaning."""
    count = text.count_chars()
    if count > _MOST_SIGNS:
        raise LimitReachedError(f"more than {_MOST_SIGNS} signs on one page")
    styles: dict[int, _Style] = {}
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index):
            continue
        if pdfium.FPDFText_GetUnicode(text, index) in _SECOND:
            continue  # of the letter before
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        key = address(drawn)
        if key not in styles:
            styles[key] = _style(text, index)
        yield _sign(text, index, styles[key], drawn)


def _style(text: Any, index: int) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    name = ctypes.create_string_buffer(_NAME)
    pdfium.FPDFText_GetFontInfo(text, index, name, _NAME, ctypes.c_int())
    words = name.value.decode("utf-8", "replace")
    heavy = pdfium.FPDFText_GetFontWeight(text, index) >= 600
    angle = math.atan2(matrix.b, matrix.a)
    turn = round(math.degrees(angle))
    quarter = round(turn / 90) * 90
    return _Style(
        abs(pdfium.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d),
        heavy or any(word in words.lower() for word in _HEAVY),
        (quarter if abs(turn - quarter) <= _ASLANT else turn) % 360,
        math.cos(angle),
        math.sin(angle),
        symbolic(words),
    )


def _sign(text: Any, index: int, style: _Style, drawn: Any) -> _Sign:
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    width = {
        0: box.right - x.value,
        90: box.top - y.value,
        180: x.value - box.left,
        270: y.value - box.bottom,
    }[style.quarter]
    shown = drawn_letter(_letter(text, index), style.symbols)
    if pdfium.FPDFText_IsHyphen(text, index):  # at the end of a line
        shown = "-"
    elif pdfium.FPDFText_HasUnicodeMapError(text, index):
        shown = ""
    return _lifted(_Sign(shown, style, x.value, y.value, width, _tight(text, index), drawn))


def _letter(text: Any, index: int) -> str:
    """The letter at a place; PDFium gives those beyond 16 bits in two halves."""
    first = pdfium.FPDFText_GetUnicode(text, index)
    if first not in _FIRST:
        return chr(first)
    halves = chr(first) + chr(pdfium.FPDFText_GetUnicode(text, index + 1))
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[0]


def _lifted(sign: _Sign) -> _Sign:
    """The sign; a figure that its font draws raised, as small as it is and where it stands."""
    if not sign.text.isdecimal():
        return sign
    left, bottom, right, top = sign.box
    x, y, style = sign.x, sign.y, sign.style
    low, high = {
        0: (bottom - y, top - y),
        90: (x - right, x - left),
        180: (y - top, y - bottom),
        270: (left - x, right - x),
    }[style.quarter]
    if not _LIFTED * style.size <= low < high:
        return sign
    return replace(
        sign,
        style=replace(style, size=(high - low) / _FIGURE),
        x=x - low * style.sin,
        y=y + low * style.cos,
    )


def _tight(text: Any, index: int) -> Box:
    """Where the ink of a sign is: left, bottom, right, top, in points of the page."""
    left, right, bottom, top = _CORNERS
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


_CORNERS = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()


def _goes_on(before: _Sign, sign: _Sign) -> bool:
    style = sign.style
    gap = sign.along - before.along - before.width
    parted = 1.0 if style.turn != style.quarter else _PARTED  # aslant, widths are not sure
    return (
        style == before.style
        and abs(sign.across - before.across) <= _LEVEL * style.size
        and -2 * parted * style.size < gap < parted * style.size
    )


def _run(group: list[_Sign]) -> Run:
    first, last = group[0], group[-1]
    style = first.style
    x, y = {
        0: (first.x, first.y),
        90: (first.y, -first.x),
        180: (-first.x, -first.y),
        270: (-first.y, first.x),
    }[style.quarter]
    end = x + last.along - first.along + last.width
    text = ligatures("".join(sign.text for sign in group))
    return Run(text, x, max(x, end), y, style.size, style.bold, style.turn)
