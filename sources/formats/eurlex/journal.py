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
from collections.abc import Sequence
from dataclasses import replace

from sources.formats.eurlex.lines import Lines, Where
from sources.formats.eurlex.notes import Footnotes
from sources.formats.formula import formula, is_plain
from sources.formats.grid import belong_together, contents, grid
from sources.formats.lists import marked
from sources.formats.markup import (
    BLOCKS,
    CALL,
    Element,
    Run,
    Words,
    cells,
    joined,
    runs,
    without_calls,
)
from sources.formats.omissions import FORMULA, LINES, PICTURE
from sources.formats.printed import cells_of, lines
from sources.structure import numbers
from sources.structure.blocks import Block, Role
from sources.structure.nesting import nested, unquoted

_SKIPPED = frozenset({
    "note", "footnote", "reference", "disclaimer", "arrow", "modref", "title-fam-member",
    "title-doc-oj-reference", "no-parag",
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
_SHELLS = {"docHtml", "document1"}  # around the act on a page of the EUR-Lex site
_LEVEL = re.compile(r"(?:ti-grseq|title-gr-seq-level)-(\d)")
_ANNEX_TITLE = re.compile(r"title-annex-\d")
_ARTICLE_ID = re.compile(r"(?:\w+\.)*art_(\d*)\w*")
_PARAGRAPH_ID = re.compile(r"(\d{3})[A-Za-z]*\.\d{3}\w*")
_QUOTED_ID = re.compile(r"\d{3}[A-Za-z]*")
_PLACE_ID = re.compile(r"(?:cit|rct|fnp)_\w+")
_IMPRINT = re.compile(r"ELI: ?https?://\S+(?: ISSN .*)?|ISSN \d{4}-\d{3}[\dX] ?\(.*\)")
_CHANGE = re.compile(r"[►▼]\s?[A-Z]\d*(?!\w)\s?|\s?◄(?=[\s.,;:)]|$)|◄")


def classes(element: Element) -> set[str]:
    """Classes of an element, without the prefix that the Journal has had since 2023."""
    return {name.removeprefix("oj-") for name in (element.get("class") or "").split()}


def blocks(root: Element) -> list[Block]:
    """The printed lines of an act, in reading order."""
    start = next((e for e in root.iter("div") if e.get("id") in _SHELLS), root.find(".//body"))
    walk = _Walk(root)
    walk.children(root if start is None else start, Where())
    lines = nested(walk.lines.all)
    marked = any("eli-subdivision" in classes(e) for e in root.iter("div"))
    return lines if marked else unquoted(lines)


class _Walk:
    """Walks through the markup of one act and collects its lines."""

    def __init__(self, root: Element) -> None:
        self.lines = Lines()
        self._notes = Footnotes(root)

    def children(self, element: Element, where: Where) -> None:
        """Collect the lines within an element."""
        for run in runs(element, BLOCKS):
            if isinstance(run, Element):
                self._element(run, where)
            else:
                self._line(run, element, where)

    def _element(self, element: Element, where: Where) -> None:
        kinds = classes(element)
        if self._skipped(element, kinds):
            return
        if element.tag == "table":
            self._table(element, kinds, where)
        elif "grid-list" in kinds:
            self._grid(element, where)
        elif element.tag == "li" and (label := marked(element)):
            self._point(label, element, where)
        elif (number := element.find("span[@class='no-parag']")) is not None:
            sign = self._words([number.text or "", *_content(number)])
            self.lines.numbered(without_calls(sign.text), where)
            self.children(element, where)
        else:
            self.children(element, self._around(element, kinds, where))

    def _skipped(self, element: Element, kinds: set[str]) -> bool:
        """Whether a line is none of the act: its page header, a note that is called, a sign."""
        known = bool(kinds & _SKIPPED) and not self._notes.uncalled(element)
        return known or self._notes.holds(element) or any(kind.startswith("hd-") for kind in kinds)

    def _around(self, element: Element, kinds: set[str], where: Where) -> Where:
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
            return _in_article(element, where, len(self.lines.all))
        return where

    # lists and tables

    def _table(self, table: Element, kinds: set[str], where: Where) -> None:
        data = bool(kinds & {"table", "borderOj"}) or (table.get("border") or "0") != "0"
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        own = [cells_of(row) for row in rows]
        if not data:
            for row in own:
                self._row(row, where, data=False)
            return
        for row, places in zip(own, grid(map(cells, own), None), strict=True):
            if row:
                self._row(contents(places), where, data=True)

    def _row(self, row: Sequence[Element | None], where: Where, *, data: bool) -> None:
        """A row of data, a point (label and words), or a frame around other lines."""
        words = [Words() if c is None else self._words([c]) for c in row]
        full = [i for i, w in enumerate(words) if without_calls(w.text) or w.doubts]
        label = without_calls(words[full[0]].text) if full else ""
        first, last = (row[0], row[-1]) if row else (None, None)
        point = row[full[1]] if len(full) == 2 else None
        if data and len(row) == 1 and first is not None:
            self.children(first, replace(where, depth=max(where.depth, 1), boxed=True))
        elif not data and point is not None and numbers.is_label(label):
            self._point(label, point, where)
        elif not data and full == [len(row) - 1] and last is not None:
            self.children(last, replace(where, depth=where.depth + 1))
        elif full:
            own = (lines(cell) for cell in dict.fromkeys(row) if cell is not None)
            words[full[0]].doubts += [LINES] if data and belong_together(own) else []
            self.lines.row(words if data else words[full[0] :], where)

    def _grid(self, grid: Element, where: Where) -> None:
        columns = [c for c in grid if c.tag == "div"]
        for label, content in zip(columns[::2], columns[1::2], strict=False):
            self._point(without_calls(self._words([label]).text), content, where)

    def _point(self, label: str, content: Element, where: Where) -> None:
        if where.paragraph == len(self.lines.all) and numbers.number(label).isdigit():
            self.lines.paragraph = label  # a numbered paragraph that is printed as a list
            self.children(content, replace(where, paragraph=-1))
            return
        self.lines.flush(where)
        self.lines.label = label
        self.children(content, replace(where, depth=where.depth + 1, outer=False))
        self.lines.label = ""

    # lines

    def _line(self, run: Run, element: Element, where: Where) -> None:
        words = self._words(run)
        if _IMPRINT.fullmatch(without_calls(words.text)):
            return
        framed = bool(where.depth) or where.boxed
        role, level = (Role.TEXT, 1) if framed else _role(classes(element))
        role = Role.RUBRIC if where.article and role is Role.GROUP else role
        if role is Role.TEXT and not (framed or self.lines.label or self.lines.paragraph):
            where = self._labelled(words, where)
        self.lines.add(role, words, where, level)

    def _labelled(self, words: Words, where: Where) -> Where:
        """Take a label or number from the head of a line at the margin."""
        label, tab, rest = words.text.partition("\t")
        if not (tab and numbers.is_label(without_calls(label))):
            label, rest = numbers.label_head(words.text.lstrip())
        if label:
            self.lines.label, words.text = label, rest
            return replace(where, depth=-1)
        if not (where.place or where.quoted):
            self.lines.paragraph, words.text = numbers.paragraph_head(words.text.lstrip())
        return where

    def _words(self, run: Run) -> Words:
        """The words of some content, without the signs of what changed them."""
        words = Words.of(run, self._inline)
        words.text = _CHANGE.sub("", words.text)
        return words

    def _inline(self, element: Element, words: Words) -> None:
        kinds = classes(element)
        if note := self._notes.called(element):
            words.text += CALL
            words.notes.append(note)
        elif element.tag == "math":
            words.text += formula(element)
            words.doubts += [] if is_plain(element) else [FORMULA]
        elif not self._skipped(element, kinds):
            inner = Words.of([element.text or "", *_content(element)], self._inline)
            if element.tag in BLOCKS or element.tag == "br":
                inner.text = f" {marked(element)} {inner.text}"
            if "word-spacing" in (element.get("style") or ""):
                inner.text = f"\t{inner.text}"
            words.text = joined(words.text, inner.text, {*kinds, str(element.tag)})
            words.notes += inner.notes
            words.doubts += inner.doubts
            words.doubts += [PICTURE] if element.tag == "img" else []


def _content(element: Element) -> Run:
    return [item for child in element for item in (child, child.tail or "")]


def _in_article(div: Element, where: Where, lines: int) -> Where:
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
