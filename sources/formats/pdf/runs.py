"""From the content of a PDF page to runs of text with their place, size and weight.

This follows the text operators of a page (ISO 32000-2, 9.4) and of the forms it paints. The
pen's path through a string needs the widths of the font; the library knows them, but gives
neither widths nor gaps to a caller, and columns cannot be told apart without. ``Font`` is the
one name taken from inside the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font

from sources.formats.pdf.matrix import SAME, Matrix, matrix, moved, times

_DEEPEST = 8  # forms within forms
_MOST_FORMS = 5_000  # on one page
_MOST_RUNS = 100_000  # on one page; a dense page has a few thousand


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
        turn: Direction of reading: 0, or 90, 180, 270 degrees from it.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: bool
    turn: int = 0


@dataclass(slots=True)
class _State:
    """Text state and matrices; ``q`` copies it."""

    ctm: Matrix = SAME
    font: Font | None = None
    bold: bool = False
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


Fonts = dict[int, tuple[DictionaryObject, Font, bool]]  # by identity; kept for a whole document


def runs(page: PageObject, fonts: Fonts) -> tuple[list[Run], int]:
    """The runs of a page as they are drawn, and how many letters have no readable font.

    ``fonts`` keeps what is loaded from page to page.

    Errors are those of the library (``PyPdfError``), and whatever a malformed file brings about.
    """
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    if not isinstance(contents, ArrayObject | StreamObject):
        return [], 0
    painter = _Painter(page, fonts)
    resources = _dictionary(page.get("/Resources"))
    painter.paint(ContentStream(contents, page.pdf, "bytes"), resources, SAME, 0)
    return painter.runs, painter.unread


@dataclass(slots=True)
class _Painter:
    page: PageObject
    fonts: Fonts
    runs: list[Run] = field(default_factory=list)
    forms: int = 0
    unread: int = 0
    state: _State = field(default_factory=_State)
    line: Matrix = SAME
    pen: Matrix = SAME

    def paint(
        self, content: ContentStream, resources: Mapping[str, Any], base: Matrix, depth: int
    ) -> None:
        """Follow the operators of one content stream."""
        self.state = _State(ctm=base)
        stack: list[_State] = []
        for operands, operator in content.operations:
            if operator == b"q" and len(stack) < 500:
                stack.append(replace(self.state))
            elif operator == b"Q" and stack:
                self.state = stack.pop()
            elif operator == b"Do" and operands and depth < _DEEPEST:
                kept = replace(self.state)
                self._form(resources, operands[0], depth)
                self.state = kept
            elif operator == b"Tf" and len(operands) > 1:
                self._font(resources, operands)
            elif operator in _SHOWS:
                self._show(operator, operands)
            else:
                self._move(operator, _numbers(operands))

    def _form(self, resources: Mapping[str, Any], name: str, depth: int) -> None:
        form = _dictionary(_dictionary(resources.get("/XObject")).get(name))
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        self.forms += 1
        if self.forms > _MOST_FORMS:
            raise LimitReachedError(f"more than {_MOST_FORMS} forms painted on one page")
        placed = _numbers(form.get("/Matrix", []))
        base = times(matrix(placed), self.state.ctm) if len(placed) == 6 else self.state.ctm
        own = _dictionary(form.get("/Resources")) or resources
        self.paint(ContentStream(form, self.page.pdf, "bytes"), own, base, depth + 1)

    def _font(self, resources: Mapping[str, Any], operands: list[Any]) -> None:
        found = _dictionary(_dictionary(resources.get("/Font")).get(operands[0]))
        size = _numbers(operands[1:2])
        self.state.size = size[0] if size else self.state.size
        if id(found) not in self.fonts and found:
            self.fonts[id(found)] = (found, *_load(found))
        _, self.state.font, self.state.bold = self.fonts.get(id(found), (None, None, False))

    def _move(self, operator: bytes, n: list[float]) -> None:
        """Operators that change matrices or state, with their numbers."""
        state = self.state
        match operator, n:
            case b"cm", [_, _, _, _, _, _]:
                state.ctm = times(matrix(n), state.ctm)
            case b"BT", _:
                self.line = self.pen = SAME
            case b"Tm", [_, _, _, _, _, _]:
                self.line = self.pen = matrix(n)
            case ((b"Td" | b"TD"), [x, y]):
                state.leading = -y if operator == b"TD" else state.leading
                self._next_line(x, y)
            case b"T*", _:
                self._next_line(0, -state.leading)
            case ((b"Tc" | b"Tw" | b"TL" | b"Ts"), [value]):
                setattr(state, _PARAMETERS[operator], value)
            case b"Tz", [value]:
                state.scale = value / 100

    def _next_line(self, x: float, y: float) -> None:
        self.line = self.pen = moved(x, y, self.line)

    def _show(self, operator: bytes, operands: list[Any]) -> None:
        if operator == b'"' and len(operands) == 3:
            spaces = _numbers(operands[:2])
            if len(spaces) == 2:
                self.state.word_space, self.state.char_space = spaces
        if operator in {b"'", b'"'}:
            self._next_line(0, -self.state.leading)
        if operator == b"TJ":
            parts = list(operands[0]) if operands and isinstance(operands[0], list) else []
        else:
            parts = operands[-1:]
        for part in parts:
            if isinstance(part, int | float):
                self._shift(-float(part) / 1000 * self.state.size * self.state.scale)
            elif isinstance(part, bytes):
                self._draw(part)
            elif isinstance(part, str):
                self._draw(part.encode("latin-1", "ignore"))

    def _shift(self, width: float) -> None:
        self.pen = moved(width, 0.0, self.pen)

    def _draw(self, string: bytes) -> None:
        state = self.state
        if state.font is None or not state.font.interpretable:
            self.unread += len(string)
            return
        if len(self.runs) >= _MOST_RUNS:
            raise LimitReachedError(f"more than {_MOST_RUNS} pieces of text on one page")
        text, width, spaces, count = _decode(state.font, string)
        start = moved(0.0, state.rise, times(self.pen, state.ctm))
        advance = width / 1000 * state.size + state.char_space * count + state.word_space * spaces
        self._shift(advance * state.scale)
        end = times(self.pen, state.ctm)
        self.runs.append(_run(text, start, end, state))


_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_PARAMETERS = {b"Tc": "char_space", b"Tw": "word_space", b"TL": "leading", b"Ts": "rise"}


def _run(text: str, start: Matrix, end: Matrix, state: _State) -> Run:
    size = abs(state.size) * (start[2] ** 2 + start[3] ** 2) ** 0.5
    if abs(start[0]) >= abs(start[1]):
        turn = 0 if start[0] >= 0 else 180
    else:
        turn = 90 if start[1] > 0 else 270
    x, y, stop = {
        0: (start[4], start[5], end[4]),
        90: (start[5], -start[4], end[5]),
        180: (-start[4], -start[5], -end[4]),
        270: (-start[5], start[4], -end[5]),
    }[turn]
    return Run(text, x, max(x, stop), y, size, state.bold, turn)


def _decode(font: Font, string: bytes) -> tuple[str, float, int, int]:
    """Words, their width in thousandths of the size, single-byte spaces, and signs."""
    if isinstance(font.encoding, str):
        codes = string.decode(font.encoding, "replace")
        text = "".join(font.character_map.get(code, code) for code in codes)
        spaces = 0
    else:
        codes = string.decode("latin-1")
        named = (font.encoding.get(byte, chr(byte)) for byte in string)
        text = "".join(font.character_map.get(sign, sign) for sign in named)
        spaces = string.count(b" ")
    return text, font.get_text_width(codes), spaces, len(codes)


def _load(resource: DictionaryObject) -> tuple[Font, bool]:
    font = Font.from_font_resource(resource)
    name = f"{font.name} {font.font_descriptor.name}".lower()
    heavy = any(word in name for word in ("bold", "black", "heavy", "demi", "gras"))
    weight = str(font.font_descriptor.weight)
    return font, heavy or (weight.isdigit() and int(weight) >= 600)


def _dictionary(value: object) -> Any:
    """The dictionary behind a value, an empty one where there is none."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _numbers(operands: Any) -> list[float]:
    return [float(value) for value in operands if isinstance(value, int | float)]
