"""Reader of acts in the XHTML of EUR-Lex: Official Journal since 2004, and consolidated texts.

The same walk reads four conversions: with ``oj-`` before each class, without, consolidated with
grids, and consolidated of 2018, which has neither ids nor nested lists. What is only seen in
one of them:

- points are two-column tables (Journal), grids, or indented paragraphs (2018);
- numbered paragraphs begin with "1." and wide spaces, or with ``span.no-parag``;
- an article that is quoted stands in a div that is not one of its own paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sources.readers import printed
from sources.readers.markup import BLOCKS, CALL, Element, Run, Words, clean, raised, runs
from sources.readers.nesting import nested, unquoted
from sources.readers.notes import Notes
from sources.readers.structure import Block, Role

_SKIPPED = frozenset({
    "hd-date", "hd-lg", "hd-ti", "hd-oj", "note", "footnote", "reference", "disclaimer", "arrow",
    "modref", "hd-modifiers", "title-fam-member", "title-doc-oj-reference", "no-parag",
})  # fmt: skip
_ROLES = {
    "doc-ti": Role.TITLE,
    "title-doc-first": Role.TITLE,
    "title-doc-last": Role.TITLE,
    "ti-section-1": Role.DIVISION,
    "ti-section-2": Role.DIVISION_TITLE,
    "title-division-1": Role.DIVISION,
    "title-division-2": Role.DIVISION_TITLE,
    "ti-art": Role.ARTICLE,
    "title-article-norm": Role.ARTICLE,
    "sti-art": Role.ARTICLE_TITLE,
    "stitle-article-norm": Role.ARTICLE_TITLE,
}
_LEVEL = re.compile(r"(?:ti-grseq|title-gr-seq-level)-(\d)")
_ANNEX_TITLE = re.compile(r"title-annex-\d")
_ARTICLE_ID = re.compile(r"(?:\w+\.)*art_(\d*)\w*")
_PARAGRAPH_ID = re.compile(r"(\d{3})[A-Za-z]*\.\d{3}\w*")
_QUOTED_ID = re.compile(r"\d{3}[A-Za-z]*")
_PLACE_ID = re.compile(r"(?:cit|rct|fnp)_\w+")
_CHANGE = re.compile(r"[►▼]\s?[A-Z]\d*(?![\w])\s?|◄")


@dataclass(frozen=True, slots=True)
class _Where:
    """What stands around an element."""

    depth: int = 0
    place: str = ""
    article: str = ""  # digits of the number of the article, by its id
    quoted: bool = False
    outer: bool = False
    boxed: bool = False  # within a frame: all lines, no headings
    paragraph: int = -1  # lines before the paragraph's own div, -1 outside of one


def classes(element: Element) -> set[str]:
    """Classes of an element, without the prefix that the Journal has had since 2023."""
    return {name.removeprefix("oj-") for name in (element.get("class") or "").split()}


def blocks(root: Element) -> list[Block]:
    """The printed lines of an act, in reading order."""
    body = root.find(".//body")
    whole = root.xpath("//*[@id='docHtml' or @id='document1']")
    start = whole[0] if isinstance(whole, list) and whole else body
    walk = Walk(root)
    walk.children(start if isinstance(start, Element) else root, _Where())
    lines = nested(walk.lines)
    return lines if root.xpath("//*[contains(@class, 'eli-subdivision')]") else unquoted(lines)


class Walk:
    """Walks through the markup of one act and collects its lines."""

    def __init__(self, root: Element) -> None:
        self.lines: list[Block] = []
        self._notes = Notes(root)
        self._label = ""
        self._number = ""

    def children(self, element: Element, where: _Where) -> None:
        """Collect the lines within an element."""
        for run in runs(element, BLOCKS):
            if isinstance(run, Element):
                self._element(run, where)
            else:
                self._line(run, element, where)

    def _element(self, element: Element, where: _Where) -> None:
        kinds = classes(element)
        if kinds & _SKIPPED:
            return
        if element.tag == "table":
            self._table(element, kinds, where)
        elif "grid-list" in kinds:
            self._grid(element, where)
        elif (number := element.find("span[@class='no-parag']")) is not None:
            self._number = printed.number("".join(map(str, number.itertext())))
            self.children(element, where)
        else:
            self.children(element, self._around(element, kinds, where))

    def _around(self, element: Element, kinds: set[str], where: _Where) -> _Where:
        """What an element says of the lines within it."""
        name = element.get("id") or ""
        if kinds & {"final", "signatory"}:
            return replace(where, place=where.place or "fnp")
        if element.tag == "div" and (found := _ARTICLE_ID.fullmatch(name)):
            own = [c for c in element if _PARAGRAPH_ID.fullmatch(c.get("id") or "")]
            return replace(where, article=found[1] or "0", outer=bool(own))
        if element.tag == "div" and _PLACE_ID.fullmatch(name):
            return replace(where, place=name)
        if element.tag == "div" and where.article and not kinds:
            return _in_article(element, where, len(self.lines))
        return where

    # lists and tables

    def _table(self, table: Element, kinds: set[str], where: _Where) -> None:
        data = bool(kinds & {"table", "borderOj"}) or (table.get("border") or "0") != "0"
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            cells = [c for c in row if c.tag in {"td", "th"}]
            full = [c for c in cells if self._plain(c)]
            if data and len(cells) == 1:
                self.children(cells[0], replace(where, depth=max(where.depth, 1), boxed=True))
            elif not data and len(full) == 2 and printed.is_label(self._plain(full[0])):
                self._point(self._plain(full[0]), full[1], where)
            elif not data and len(full) == 1 and full[0] is cells[-1]:
                self.children(full[0], replace(where, depth=where.depth + 1))
            elif full and not self._plain(full[0]).startswith(("►", "▼")):
                self._row(cells, where)

    def _row(self, cells: list[Element], where: _Where) -> None:
        words = [self._words([c]) for c in cells]
        text = " | ".join(clean(w.text) for w in words).strip(" |")
        called = tuple(note for w in words for note in w.notes)
        pictures = any(w.pictures for w in words)
        self.lines.append(
            Block(Role.ROW, text, depth=where.depth, place=where.place, quoted=where.quoted,
                  notes=called, pictures=pictures)
        )  # fmt: skip

    def _grid(self, grid: Element, where: _Where) -> None:
        columns = [c for c in grid if c.tag == "div"]
        for label, content in zip(columns[::2], columns[1::2], strict=False):
            self._point(self._plain(label), content, where)

    def _point(self, label: str, content: Element, where: _Where) -> None:
        if where.paragraph == len(self.lines) and (number := printed.number(label)).isdigit():
            self._number = number  # a numbered paragraph that is printed as a list
            self.children(content, replace(where, paragraph=-1))
            return
        if self._label or self._number:  # a point that begins with a point: "1. a) …"
            self.lines.append(
                Block(Role.TEXT, "", label=self._label, number=self._number, depth=where.depth,
                      place=where.place, quoted=where.quoted)
            )  # fmt: skip
        self._label, self._number = label, ""
        self.children(content, replace(where, depth=where.depth + 1, outer=False))
        self._label = ""

    # lines

    def _line(self, run: Run, element: Element, where: _Where) -> None:
        words = self._words(run)
        text = clean(_CHANGE.sub("", words.text))
        if not text and not words.pictures:
            return
        framed = bool(where.depth) or where.boxed
        role, level = (Role.TEXT, 1) if framed else _role(classes(element))
        label, number, depth = self._label, self._number, where.depth
        self._label = self._number = ""
        if role is Role.TEXT and not framed and not label and not number:
            label, text = _indented(words.text, text)
            depth = -1 if label else 0
            if not (label or where.place or where.quoted):
                number, text = printed.paragraph_head(text)
        self.lines.append(
            Block(role, text, label=label, depth=depth, number=number, level=level,
                  place=where.place, quoted=where.quoted, outer=where.outer,
                  notes=tuple(words.notes), pictures=words.pictures)
        )  # fmt: skip

    def _plain(self, element: Element) -> str:
        return clean(self._words([element]).text)

    def _words(self, run: Run) -> Words:
        words = Words()
        for item in run:
            if isinstance(item, str):
                words.text += item
            else:
                self._inline(item, words)
        return words

    def _inline(self, element: Element, words: Words) -> None:
        note = self._notes.called(element)
        if note:
            words.text += CALL
            words.notes.append(note)
            return
        kinds = classes(element)
        if kinds & _SKIPPED:
            return
        if element.tag in BLOCKS or element.tag == "br":
            words.text += " "
        words.pictures = words.pictures or element.tag == "img"
        if "word-spacing" in (element.get("style") or ""):
            words.text += "\t"
        inner = Words()
        for run in [element.text, *element]:
            if isinstance(run, str):
                inner.text += run
            elif run is not None:
                self._inline(run, inner)
                inner.text += run.tail or ""
        high = element.tag == "sup" or kinds & {"super", "superscript"}
        words.text = f"{words.text}{inner.text}" if not high else raised(words.text, inner.text)
        words.notes += inner.notes
        words.pictures = words.pictures or inner.pictures


def _in_article(div: Element, where: _Where, lines: int) -> _Where:
    """A div without class in an article is one of its paragraphs, or quotes another act."""
    name = div.get("id") or ""
    if found := _PARAGRAPH_ID.fullmatch(name):
        quoted = where.quoted or int(found[1]) != int(where.article)
        return replace(where, quoted=quoted, outer=False, paragraph=-1 if quoted else lines)
    quoted = not div.attrib or _QUOTED_ID.fullmatch(name) is not None
    return replace(where, quoted=where.quoted or quoted)


def _role(kinds: set[str]) -> tuple[Role, int]:
    """What a line is by its class, and the level of a heading."""
    for kind in kinds:
        if kind in _ROLES:
            return _ROLES[kind], 1
        if _ANNEX_TITLE.fullmatch(kind):
            return Role.TITLE, 1
        if found := _LEVEL.fullmatch(kind):
            return Role.GROUP, int(found[1])
    return Role.TEXT, 1


def _indented(raw: str, text: str) -> tuple[str, str]:
    """Label and words of a point that is a paragraph of its own."""
    label, tab, rest = raw.partition("\t")
    if tab and printed.is_label(clean(label)):
        return clean(label), clean(rest)
    return printed.label_head(text)
