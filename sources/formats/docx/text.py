"""Words and style of one paragraph of a DOCX file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from sources.formats.docx.numbers import W, number

_LEFT_OUT = {
    f"{W}{word}"
    for word in (
        "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "drawing", "pict", "object",
        "footnoteRef", "endnoteRef", "fldData", "annotationRef", "rt",
    )
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}  # fmt: skip
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_HEADING = re.compile(r"(?:heading|titre|kop)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|tm|inhopg|table of figures|index)\s*(?:\d|heading|$)", re.IGNORECASE
)
_TITLE = {"title", "titre", "titel"}
_DEEPEST = 20  # styles based on styles


@dataclass(slots=True)
class Text:
    """Words of a paragraph, the notes it calls, and how many of its letters are bold.

    ``weights`` counts letters by what their run says of weight: True, False, or None where it
    leaves that to the style.
    """

    words: str = ""
    notes: list[str] = field(default_factory=list)
    weights: dict[bool | None, int] = field(default_factory=dict)


def text_of(paragraph: _Element) -> Text:
    """The words of a paragraph as they are printed, without its number."""
    out = Text()
    for element in _walk(paragraph):
        if element.tag == f"{W}t":
            run = element.getparent()
            words = element.text or ""
            weight = _flag(run, "b") if run is not None else None
            if run is not None and _flag(run, "vanish"):
                continue
            out.words += words
            out.weights[weight] = out.weights.get(weight, 0) + len(words.strip())
        elif element.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            word = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
            out.notes.append(f"{word} {element.get(f'{W}id', '')}")
        else:
            out.words += _SIGNS.get(str(element.tag), "")
    return out


def _walk(parent: _Element) -> Iterator[_Element]:
    for child in parent:
        if child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield child
            yield from _walk(child)


def _flag(owner: _Element, word: str) -> bool | None:
    """An on-off property of a run or style: True, False, or None where it is not set."""
    found = owner.find(f"{W}rPr/{W}{word}")
    return None if found is None else found.get(f"{W}val", "1") not in {"0", "false", "off"}


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
        heavy: The style is bold.
    """

    outline: int
    title: bool
    contents: bool
    list_id: str
    list_level: int | None
    chain: list[str]
    heavy: bool

    def bold(self, text: Text) -> bool:
        """Whether all letters are bold."""
        letters = sum(text.weights.values())
        heavy = text.weights.get(True, 0) + (text.weights.get(None, 0) if self.heavy else 0)
        return letters > 0 and heavy == letters


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default = ""
        for style in root.iterfind(f"{W}style") if root is not None else ():
            if style.get(f"{W}type") == "paragraph":
                self._styles[style.get(f"{W}styleId", "")] = style
                if style.get(f"{W}default") in {"1", "true"}:
                    self._default = style.get(f"{W}styleId", "")

    def of(self, paragraph: _Element) -> Shape:
        """What is known of a paragraph, its own properties before those of its style."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        chain = self._chain(named.get(f"{W}val", "") if named is not None else self._default)
        styles = [self._styles[style] for style in chain]
        names = [self._name(style) for style in styles]
        list_id, list_level = _list([paragraph, *styles])
        bold = next((flag for style in styles if (flag := _flag(style, "b")) is not None), False)
        return Shape(
            outline=_outline([paragraph, *styles], names),
            title=any(name.lower() in _TITLE for name in names[:1]),
            contents=any(_CONTENTS.match(name) for name in names[:1]),
            list_id=list_id,
            list_level=list_level,
            chain=chain,
            heavy=bold,
        )

    def _chain(self, style: str) -> list[str]:
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _DEEPEST:
            chain.append(style)
            base = self._styles[style].find(f"{W}basedOn")
            style = base.get(f"{W}val", "") if base is not None else ""
        return chain

    @staticmethod
    def _name(style: _Element) -> str:
        name = style.find(f"{W}name")
        return name.get(f"{W}val", "") if name is not None else ""


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
