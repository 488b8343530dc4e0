"""The words of one paragraph of a DOCX file, as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from sources.bilingual import Bilingual
from sources.formats.docx import fields
from sources.formats.docx.doubts import DATED, DRAWN, EQUATION, TABS, marked
from sources.formats.docx.numbers import number
from sources.formats.docx.package import W, on, switched
from sources.formats.docx.styles import Look, Styles
from sources.formats.formula import formula, is_plain
from sources.formats.omissions import FORM, FORMULA, NUMBER, PICTURE, STRUCK, Omissions
from sources.formats.raised import lowered, raised
from sources.formats.symbols import LOST, sign, signs

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_VML_SHAPES = tuple(
    f"{_VML}{word}"
    for word in ("shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "arc")
)
_BESIDE = ("wrapSquare", "wrapTight", "wrapTopAndBottom")  # the text goes around the shape
_VML_BESIDE = {"square", "tight", "topAndBottom"}
_HOLDS = ("{*}txbx", "{*}textbox", "{*}textpath", "{*}imagedata")  # of a shape that is read or told
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_SHAPES = ("wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas")
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
_LEFT_OUT = {
    f"{W}{word}"
    for word in (
        "pPr", "rPr", "sdtPr", "delText", "footnoteRef", "endnoteRef", "fldData", "annotationRef",
    )
}  # fmt: skip
_RT = f"{W}rt"
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_FEEDS = str.maketrans("\r\n", "  ")  # of the file, not of the paper
_EMPTY_PLACE = re.compile("\t *\t")
_NO_LOOK = Look()


@dataclass(slots=True)
class Text:
    """Words of a paragraph.

    Attributes:
        words: As they are printed, without its number.
        notes: The notes it calls, as "footnote 2".
        places: Where in the words each of them is called.
        doubts: What cannot be read of it.
        letters, bold: How many letters it has, and how many of them are bold.
        size: Size of its smallest letters, in points; 0 where it has none.
        pictures: How many pictures stand in it.
        shapes: How many drawn shapes may stand over words.
    """

    words: str = ""
    notes: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    doubts: dict[Bilingual, None] = field(default_factory=dict)
    letters: int = 0
    bold: int = 0
    size: float = 0.0
    pictures: int = 0
    shapes: int = 0

    @property
    def heavy(self) -> bool:
        """Whether all letters are bold."""
        return 0 < self.letters == self.bold


def text_of(paragraph: _Element, styles: Styles, omissions: Omissions, label: str = "") -> Text:
    """The words of a paragraph as they are printed, without its number, which is ``label``."""
    reading = _Reading(styles, label)
    for element in _walk(paragraph):
        reading.take(element)
    reading.settle()
    for reason, words in reading.left.items():
        omissions.add(reason, words)
    if any(_EMPTY_PLACE.search(line.strip()) for line in reading.text.words.split("\n")):
        reading.text.doubts[TABS] = None
    reading.text.doubts |= dict.fromkeys(marked(paragraph))
    return reading.text


def _walk(parent: _Element) -> Iterator[_Element]:
    """What stands in a paragraph, in order; what is drawn and formulas come as a whole."""
    small = parent.findall(_RT)  # words above others, which come behind those
    for child in (*(c for c in parent if c.tag != _RT), *small) if small else parent:
        if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
            continue
        yield child
        if child.tag not in _DRAWN and child.tag not in {f"{_M}oMath", _RT}:
            yield from _walk(child)


@dataclass(slots=True)
class _Reading:
    """The words so far, and those at another height that wait for their end."""

    styles: Styles
    label: str
    text: Text = field(default_factory=Text)
    left: dict[str, str] = field(default_factory=dict)
    _waiting: str = ""
    _height: int = 0
    _marked: _Element | None = None  # the run whose words are the sign of a note

    def take(self, element: _Element) -> None:
        tag = str(element.tag)
        if tag == f"{W}t":
            self._words(element, (element.text or "").translate(_FEEDS))
        elif tag == f"{W}sym":
            self._sign(element)
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag == f"{_M}oMath":
            self._formula(element)
        elif tag == _RT:
            self._above(element)
        elif tag in _DRAWN:
            self._drawn(element)
        elif tag in _NOTES:
            self.text.notes.append(f"{_NOTES[tag]} {element.get(f'{W}id', '')}")
            self.text.places.append(len(self.text.words))
            if switched(element.get(f"{W}customMarkFollows", "0")):
                self._marked = element.getparent()
        elif tag == f"{W}ffData":
            self._field(element)
        elif code := element.get(fields.CODE):
            self._instructed(element, code)

    def settle(self) -> None:
        """Put the raised or lowered words where they belong."""
        waiting, self._waiting = self._waiting, ""
        if waiting:
            put = raised if self._height > 0 else lowered
            before = "" if self.text.words else self.label
            self.text.words = put(before + self.text.words, waiting)[len(before) :]

    def _add(self, words: str, height: int = 0) -> None:
        if height != self._height:
            self.settle()
            self._height = height
        if height:
            self._waiting += words
        else:
            self.text.words += words

    def _words(self, element: _Element, words: str) -> None:
        run = element.getparent()
        if run is not None and run is self._marked:
            return
        look = self.styles.look(run) if run is not None else _NO_LOOK
        if reason := look.unseen or ("struck out" if look.struck else ""):
            self.left[reason] = self.left.get(reason, "") + words
            if look.struck and words.strip():
                self.text.doubts[STRUCK] = None
            return
        words = signs(words, look.font)
        self.text.letters += len(words.strip())
        self.text.bold += len(words.strip()) if look.bold else 0
        if words.strip() and not look.height:
            self.text.size = min(look.size, self.text.size or look.size)
        self._add(words, look.height)

    def _above(self, element: _Element) -> None:
        """The small words above others, in round brackets behind them."""
        texts = [t for t in element.iter(f"{W}t") if (t.text or "").strip()]
        if texts:
            self._add(" (")
            for text in texts:
                self._words(text, text.text or "")
            self._add(")")

    def _sign(self, element: _Element) -> None:
        code, font = element.get(f"{W}char", ""), element.get(f"{W}font", "")
        known = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) is not None
        self._words(element, sign(int(code, 16), font) if known else LOST)

    def _instructed(self, field: _Element, code: str) -> None:
        """A field that has no result, or one that Word computes anew."""
        kind = code.split(maxsplit=1)[0].upper()
        if kind in fields.NUMBERS:
            self.text.doubts[NUMBER] = None
        elif kind in fields.DATES:
            self.text.doubts[DATED] = None
        elif kind == "EQ":
            self.text.doubts[EQUATION] = None
            self.left["formulas in fields"] = f"{self.left.get('formulas in fields', '')} {code}"
        elif kind == "SYMBOL":
            found = fields.symbol(code)
            self._words(field, sign(*found) if found else LOST)
        else:
            self._words(field, fields.button(code))

    def _formula(self, element: _Element) -> None:
        self._add(formula(element))
        if not is_plain(element):
            self.text.doubts[FORMULA] = None

    def _drawn(self, element: _Element) -> None:
        """A picture or an embedded object; the words of a text box are read after the paragraph."""
        covers = sum(1 for _ in _over_text(element))
        if covers:
            self.text.doubts[DRAWN] = None
            self.text.shapes += covers
        shown = [data.get("uri", "") for data in element.iter(_GRAPHIC)]
        other = any(uri and not uri.endswith(_SHAPES) for uri in shown)
        known = next(element.iter(*_PICTURES), None) is not None
        if element.tag == f"{W}object" or known or other:
            self.text.doubts[PICTURE] = None
            self.text.pictures += 1

    def _field(self, data: _Element) -> None:
        """The value of a form field of old: a box that is checked or not, a chosen entry."""
        box, entries = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
        if box is not None:
            state = box.find(f"{W}checked")
            state = state if state is not None else box.find(f"{W}default")
            self._add("☑" if on(state) else "☐")
        elif entries is not None:
            chosen = number(entries.find(f"{W}result"), 0)
            found = [e.get(f"{W}val", "") for e in entries.iterfind(f"{W}listEntry")]
            self._add(found[chosen] if chosen < len(found) else "")
        if box is not None or entries is not None:
            self.text.doubts[FORM] = None


def _over_text(drawn: _Element) -> Iterator[_Element]:
    """The shapes without words or picture that may stand over or behind the text."""
    for anchor in drawn.iter(_ANCHOR):
        if not any(anchor.find(f"{{*}}{word}") is not None for word in _BESIDE):
            yield from (shape for shape in anchor.iter(_SHAPE) if _is_bare(shape))
    wrap = next(drawn.iter("{urn:schemas-microsoft-com:office:word}wrap"), None)
    beside = wrap is not None and wrap.get("type") in _VML_BESIDE
    for shape in drawn.iter(*_VML_SHAPES):
        floats = "absolute" in shape.get("style", "") or shape.tag == f"{_VML}line"
        if floats and not beside and not switched(shape.get(f"{_OFFICE}hr", "0")):
            yield from (shape,) if _is_bare(shape) else ()


def _is_bare(shape: _Element) -> bool:
    return next(shape.iter(*_HOLDS), None) is None
