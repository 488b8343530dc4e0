"""What the styles of a DOCX file and its own properties make of a paragraph and of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml.etree import _Element

from sources.formats.docx.numbers import number
from sources.formats.docx.package import W

_HEADING = re.compile(r"(?:heading|titre|kop)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|tm|inhopg|table of figures|index)\s*(?:\d|heading|$)", re.IGNORECASE
)
_TITLE = {"title", "titre", "titel"}
_DEEPEST = 20  # styles based on styles
_OFF = {"0", "false", "off"}
_NO_FILL = {"auto", "FFFFFF", ""}
_SMALLEST = 4  # half points: smaller type cannot be read


@dataclass(frozen=True, slots=True)
class Shape:
    """What the style and the properties of a paragraph say.

    Attributes:
        outline: Heading level from 1; 0 for text.
        title: The title of the document.
        contents: An entry of a table of contents.
        list_id: The list it belongs to; "" for none.
        list_level: Its level in the list, from 0; None where the list itself says it.
        chain: Its style and those it is based on.
    """

    outline: int
    title: bool
    contents: bool
    list_id: str
    list_level: int | None
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is printed.

    Attributes:
        unseen: Why nobody sees it: "hidden", "white on white" …; "" where it is seen.
        struck: It is struck out.
        height: 1 where it is raised, -1 where it is lowered, else 0.
        bold: It is bold.
        font: Name of its font; "" where that is not said.
    """

    unseen: str = ""
    struck: bool = False
    height: int = 0
    bold: bool = False
    font: str = ""


class Styles:
    """The styles of a document."""

    def __init__(self, root: _Element | None, background: _Element | None = None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default = ""
        for style in root.iterfind(f"{W}style") if root is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and _on(style.get(f"{W}default", "0")):
                self._default = style.get(f"{W}styleId", "")
        self._coloured = background is not None  # then white letters may be seen
        self._chain = cache(self._chain_of)

    def of(self, paragraph: _Element) -> Shape:
        """What is known of a paragraph, its own properties before those of its style."""
        chain = self._of_paragraph(paragraph)
        styles = [self._styles[style] for style in chain]
        names = [self._name(style) for style in styles]
        list_id, list_level = _list([paragraph, *styles])
        return Shape(
            outline=_outline([paragraph, *styles], names),
            title=any(name.lower() in _TITLE for name in names[:1]),
            contents=any(_CONTENTS.match(name) for name in names[:1]),
            list_id=list_id,
            list_level=list_level,
            chain=chain,
        )

    def look(self, run: _Element) -> Look:
        """How a run is printed: its own properties, those of its style, of its paragraph."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        above = self._of_paragraph(paragraph) if paragraph is not None else ()
        owners = [run, *self._named(self._chain(_style(run, "rPr", "rStyle")))]
        wider = list(self._named(above))
        flag = {word: self._flag(owners, wider, word) for word in _FLAGS}
        return Look(
            unseen=self._unseen(run, [*owners, *wider], hidden=flag["vanish"]),
            struck=flag["strike"] or flag["dstrike"],
            height=_height([*owners, *wider]),
            bold=flag["b"],
            font=_font([*owners, *wider]),
        )

    def hides_mark(self, paragraph: _Element) -> bool:
        """Whether the mark of a paragraph is hidden: then it has no number either."""
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")
        return mark is not None and _on(mark.get(f"{W}val", "1"))

    def _flag(self, owners: list[_Element], wider: list[_Element], word: str) -> bool:
        """An on-off property: what the run says; else its style and its paragraph's toggle it."""
        own = _said(owners[0], word)
        if own is not None:
            return own
        inner = next((f for o in owners[1:] if (f := _said(o, word)) is not None), False)
        outer = next((f for o in wider if (f := _said(o, word)) is not None), False)
        return inner != outer

    def _unseen(self, run: _Element, owners: list[_Element], *, hidden: bool) -> str:
        if hidden:
            return "hidden"
        size = _first(owners, "sz")
        if size is not None and 0 < number(size, 99) < _SMALLEST:
            return "too small to read"
        colour = _first(owners, "color")
        if colour is None or self._coloured or not _white(colour):
            return ""
        return "" if self._shaded(run, owners) else "white on white"

    def _shaded(self, run: _Element, owners: list[_Element]) -> bool:
        """Whether anything behind a run may have a colour."""
        if any(o.find(f"{W}rPr/{W}highlight") is not None for o in owners):
            return True
        fills = [s for o in owners for s in o.iterfind(f"{W}*/{W}shd")]
        for above in run.iterancestors():
            if above.tag == f"{W}txbxContent":
                return True
            fills += above.iterfind(f"{W}*/{W}shd")
            if above.tag == f"{W}tbl":
                for style in self._named(self._chain(_style(above, "tblPr", "tblStyle"))):
                    fills += style.iter(f"{W}shd")
        return any(
            fill.get(f"{W}fill", "") not in _NO_FILL or fill.get(f"{W}themeFill") for fill in fills
        )

    def _of_paragraph(self, paragraph: _Element) -> tuple[str, ...]:
        return self._chain(_style(paragraph, "pPr", "pStyle") or self._default)

    def _chain_of(self, style: str) -> tuple[str, ...]:
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _DEEPEST:
            chain.append(style)
            base = self._styles[style].find(f"{W}basedOn")
            style = base.get(f"{W}val", "") if base is not None else ""
        return tuple(chain)

    def _named(self, chain: tuple[str, ...]) -> Iterator[_Element]:
        return (self._styles[style] for style in chain)

    @staticmethod
    def _name(style: _Element) -> str:
        name = style.find(f"{W}name")
        return name.get(f"{W}val", "") if name is not None else ""


_FLAGS = ("vanish", "strike", "dstrike", "b")


def _on(value: str) -> bool:
    return value not in _OFF


def _style(owner: _Element, properties: str, word: str) -> str:
    named = owner.find(f"{W}{properties}/{W}{word}")
    return named.get(f"{W}val", "") if named is not None else ""


def _first(owners: list[_Element], word: str) -> _Element | None:
    """A property of a run, from the nearest owner that has it."""
    return next((f for o in owners if (f := o.find(f"{W}rPr/{W}{word}")) is not None), None)


def _said(owner: _Element, word: str) -> bool | None:
    """An on-off property of a run or style: True, False, or None where it is not set."""
    found = owner.find(f"{W}rPr/{W}{word}")
    return None if found is None else _on(found.get(f"{W}val", "1"))


def _white(colour: _Element) -> bool:
    theme = colour.get(f"{W}themeColor", "")
    if theme:
        return theme in {"background1", "light1"} and not colour.get(f"{W}themeShade")
    return colour.get(f"{W}val", "").upper() == "FFFFFF"


def _height(owners: list[_Element]) -> int:
    align = _first(owners, "vertAlign")
    if align is not None:
        return {"superscript": 1, "subscript": -1}.get(align.get(f"{W}val", ""), 0)
    position = _first(owners, "position")
    lifted = position.get(f"{W}val", "0") if position is not None else "0"
    points = int(lifted) if re.fullmatch(r"-?\d{1,3}", lifted) else 0
    return (points > 0) - (points < 0)


def _font(owners: list[_Element]) -> str:
    fonts = _first(owners, "rFonts")
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "" if fonts is not None else ""


def _outline(owners: list[_Element], names: list[str]) -> int:
    for owner in owners:
        level = owner.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            found = number(level, 9)
            return found + 1 if found < 9 else 0
    for name in names:
        if heading := _HEADING.fullmatch(name):
            return int(heading[1])
    return 0


def _list(owners: list[_Element]) -> tuple[str, int | None]:
    """The list of a paragraph and its level, from the nearest owner that names a list."""
    level: int | None = None
    for owner in owners:
        found = owner.find(f"{W}pPr/{W}numPr")
        if found is None:
            continue
        own = found.find(f"{W}ilvl")
        level = number(own, 0) if own is not None and level is None else level
        num = found.find(f"{W}numId")
        if num is not None:
            list_id = num.get(f"{W}val", "0")
            return ("", None) if list_id == "0" else (list_id, level)
    return "", None
