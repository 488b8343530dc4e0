"""What the styles of a DOCX file and its own properties make of a paragraph and of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml.etree import _Element

from sources.formats.docx.numbers import indent_of, number
from sources.formats.docx.package import W, on, switched

_HEADING = re.compile(r"(?:heading|titre|kop)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|tm|inhopg|table of figures|index)\s*(?:\d|heading|$)", re.IGNORECASE
)
_TITLE = {"title", "titre", "titel"}
_CAPTION = {"caption", "légende", "bijschrift"}
_DEEPEST = 20  # styles based on styles
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PAPER = "FFFFFF"
_THEMES = {
    "background1": _PAPER, "light1": _PAPER, "bg1": _PAPER, "lt1": _PAPER,
    "text1": "000000", "dark1": "000000", "tx1": "000000", "dk1": "000000",
}  # fmt: skip
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": _PAPER, "darkBlue": "00008B",
    "darkCyan": "008B8B", "darkGreen": "006400", "darkMagenta": "800080", "darkRed": "8B0000",
    "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3",
}  # fmt: skip
_FILLED = {
    f"{W}p": f"{W}pPr", f"{W}tc": f"{W}tcPr", f"{W}tr": f"{W}tblPrEx", f"{W}tbl": f"{W}tblPr",
}  # fmt: skip
_ALIKE = 8  # of 255, in each of red, green and blue: colours that nobody can tell apart
_CLEAR = 95_000  # thousandths of a per cent: letters that can be seen through
_DEFAULT_SIZE = f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz"
_SIZE = 20  # half points, where nothing says it
_SMALLEST = 4  # half points: smaller type cannot be read


@dataclass(frozen=True, slots=True)
class Shape:
    """What the style and the properties of a paragraph say.

    Attributes:
        outline: Heading level from 1; 0 for text.
        title: The title of the document.
        caption: Words of a picture or a table.
        contents: An entry of a table of contents.
        list_id: The list it belongs to; "" for none.
        list_level: Its level in the list, from 0; None where the list itself says it.
        indent: How far it stands from the margin, in twentieths of a point; None where the list
            says it, or nothing does.
        chain: Its style and those it is based on.
    """

    outline: int
    title: bool
    caption: bool
    contents: bool
    list_id: str
    list_level: int | None
    indent: int | None
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
        size: Size of its letters, in points.
    """

    unseen: str = ""
    struck: bool = False
    height: int = 0
    bold: bool = False
    font: str = ""
    size: float = 0.0


class Styles:
    """The styles of a document."""

    def __init__(self, root: _Element | None, background: _Element | None = None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default = ""
        usual = root.find(_DEFAULT_SIZE) if root is not None else None
        self._size = number(usual, _SIZE)  # half points
        for style in root.iterfind(f"{W}style") if root is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and switched(style.get(f"{W}default", "0")):
                self._default = style.get(f"{W}styleId", "")
        self._paper = _PAPER if background is None else ""
        self._chain = cache(self._chain_of)
        self._tints = cache(self._tinted)

    def of(self, paragraph: _Element) -> Shape:
        """What is known of a paragraph, its own properties before those of its style."""
        chain = self._of_paragraph(paragraph)
        styles = [self._styles[style] for style in chain]
        names = [self._name(style) for style in styles]
        list_id, list_level = _list([paragraph, *styles])
        return Shape(
            outline=_outline([paragraph, *styles], names),
            title=any(name.lower() in _TITLE for name in names[:1]),
            caption=any(name.lower() in _CAPTION for name in names),
            contents=any(_CONTENTS.match(name) for name in names[:1]),
            list_id=list_id,
            list_level=list_level,
            indent=_indent([paragraph, *styles]),
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
            size=number(_first([*owners, *wider], "sz"), self._size) / 2,
        )

    def hides_mark(self, paragraph: _Element) -> bool:
        """Whether the mark of a paragraph is hidden: then it has no number either."""
        return on(paragraph.find(f"{W}pPr/{W}rPr/{W}vanish"))

    def takes_out(self, table: _Element) -> bool:
        """Whether the style of a table strikes out or hides some of its words."""
        styles = self._named(self._chain(_style(table, "tblPr", "tblStyle")))
        owners = [o for s in styles for o in (s, *s.iterfind(f"{W}tblStylePr"))]
        return any(_said(o, word) for o in owners for word in ("vanish", "strike", "dstrike"))

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
        colour = _ink(owners)
        if colour is None:
            return "without colour"
        behind = self._behind(run, owners) if colour else ""
        if not behind or not _alike(colour, behind):
            return ""
        return "white on white" if _alike(behind, _PAPER) else "of the colour behind it"

    def _behind(self, run: _Element, owners: list[_Element]) -> str:
        """The colour behind a run; "" where it is not known."""
        marked = _first(owners, "highlight")
        if marked is not None and marked.get(f"{W}val") != "none":
            return _HIGHLIGHTS.get(marked.get(f"{W}val", ""), "")
        return next((c for c in self._fills(run, owners) if c is not None), self._paper)

    def _fills(self, run: _Element, owners: list[_Element]) -> Iterator[str | None]:
        """What fills a run, its paragraph, its cell and its table, the nearest first.

        None is no fill; "" is one that is not known, as in text boxes and by styles of tables.
        """
        yield _fill(_first(owners, "shd"))
        for above in run.iterancestors():
            if above.tag == f"{W}txbxContent":
                yield ""
            if above.tag in _FILLED:
                own = [above, *owners] if above.tag == f"{W}p" else [above]
                properties = (o.find(_FILLED[above.tag]) for o in own)
                fills = (f.find(f"{W}shd") for f in properties if f is not None)
                yield _fill(next((fill for fill in fills if fill is not None), None))
            if above.tag == f"{W}tbl":
                yield "" if self._tints(_style(above, "tblPr", "tblStyle")) else None

    def _tinted(self, style: str) -> bool:
        """Whether a style of tables fills any of their parts."""
        styles = self._named(self._chain(style))
        return bool({_fill(f) for s in styles for f in s.iter(f"{W}shd")} - {None, _PAPER})

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


def _style(owner: _Element, properties: str, word: str) -> str:
    named = owner.find(f"{W}{properties}/{W}{word}")
    return named.get(f"{W}val", "") if named is not None else ""


def _first(owners: list[_Element], word: str) -> _Element | None:
    """A property of a run, from the nearest owner that has it."""
    return next((f for o in owners if (f := o.find(f"{W}rPr/{W}{word}")) is not None), None)


def _said(owner: _Element, word: str) -> bool | None:
    """An on-off property of a run or style: True, False, or None where it is not set."""
    found = owner.find(f"{W}rPr/{W}{word}")
    return None if found is None else on(found)


def _ink(owners: list[_Element]) -> str | None:
    """The colour of letters: "" where it is not known, None where they have none at all."""
    for owner in owners:
        fill = owner.find(f"{W}rPr/{_W14}textFill")
        if fill is not None:
            return _effect(owner, fill)
        if (colour := owner.find(f"{W}rPr/{W}color")) is not None:
            theme = colour.get(f"{W}themeColor", "")
            changed = colour.get(f"{W}themeShade") or colour.get(f"{W}themeTint")
            return (
                ""
                if changed
                else _THEMES.get(theme, "")
                if theme
                else _hex(colour.get(f"{W}val", ""))
            )
    return ""


def _effect(owner: _Element, fill: _Element) -> str | None:
    """The colour of letters that are filled as a drawing; an outline alone can be seen."""
    line = owner.find(f"{W}rPr/{_W14}textOutline")
    if line is not None and len(line) and line.find(f"{_W14}noFill") is None:
        return ""
    colour = next((c for c in fill.iterfind(f"{_W14}solidFill/{_W14}*")), None)
    clear = any(
        int(v) >= _CLEAR
        for a in fill.iter(f"{_W14}alpha")
        if (v := a.get(f"{_W14}val", "")).isdecimal()
    )
    if fill.find(f"{_W14}noFill") is not None or clear:
        return None
    if colour is None or len(colour):
        return ""
    value = colour.get(f"{_W14}val", "")
    return _hex(value) or _THEMES.get(value.lower(), "")


def _fill(shading: _Element | None) -> str | None:
    """The colour of a shading; "" where it is not known, None where there is none."""
    if shading is None:
        return None
    pattern = shading.get(f"{W}val", "clear")
    if shading.get(f"{W}themeFill") or pattern not in {"clear", "nil", "solid"}:
        return ""
    return _hex(shading.get(f"{W}{'color' if pattern == 'solid' else 'fill'}", "")) or None


def _hex(value: str) -> str:
    """A colour in figures; "" for "auto" and where there is none."""
    value = value.upper()
    return value if re.fullmatch("[0-9A-F]{6}", value) else ""


def _alike(one: str, other: str) -> bool:
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return all(abs(a - b) <= _ALIKE for a, b in pairs)


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


def _indent(owners: list[_Element]) -> int | None:
    """The indent that is said nearer to a paragraph than its list, which has one too."""
    for owner in owners:
        own = indent_of(owner)
        if own is not None or owner.find(f"{W}pPr/{W}numPr/{W}numId") is not None:
            return own
    return None


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
