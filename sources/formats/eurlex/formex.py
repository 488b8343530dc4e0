"""Reader of acts in Formex 4, the XML in which the Publications Office keeps them.

Formex says what each element is, so nothing is guessed. A publication is one XML, or several
(the act, its annexes) with a ``.doc.xml`` that lists them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sources.dates import dates
from sources.errors import ReadError
from sources.formats import markup
from sources.formats.eurlex.lines import Lines, Where
from sources.formats.grid import contents, grid
from sources.formats.markup import (
    CALL,
    Element,
    Run,
    Words,
    cells,
    drop,
    raised,
    runs,
    without_calls,
)
from sources.formats.omissions import Omissions
from sources.structure import numbers
from sources.structure.blocks import Block, Role

ROOTS = frozenset({"ACT", "CONS.ACT", "CONS.DOC", "GENERAL", "AGR", "ANNEX", "CONS.ANNEX", "DOC"})
_BLOCKS = frozenset({
    "ACT", "ALINEA", "ANNEX", "ARTICLE", "CAPTION", "COMMENT", "CONS.ANNEX", "CONS.DOC",
    "CONSID", "CONTENTS", "CORPUS", "DIV.CONSID", "DIVISION", "DLIST", "DLIST.ITEM",
    "ENACTING.TERMS", "FINAL", "GR.CONSID", "GR.CONSID.INIT", "GR.NOTES", "GR.SEQ", "GR.TBL",
    "GR.VISA", "GR.VISA.INIT", "IMG.CNT", "INCL.ELEMENT", "ITEM", "LIST", "NP", "P", "PARAG",
    "PL.DATE", "PREAMBLE", "PREAMBLE.FINAL", "PREAMBLE.GEN", "PREAMBLE.INIT", "QUOT.S",
    "SIGNATORY", "SIGNATURE", "STI.ART", "SUBDIV", "TBL", "TI.ART", "TITLE", "TXT", "VISA",
})  # fmt: skip
_SKIPPED = frozenset({"BIB.INSTANCE", "FAM.COMP", "INFO.CONSLEG", "INFO.PROD", "TOC", "GR.NOTES"})
_LABELS = frozenset({"NO.P", "NO.PARAG"})
_PLACES = {
    "PREAMBLE.INIT": "pbl", "PREAMBLE.FINAL": "pbl", "GR.CONSID.INIT": "pbl",
    "GR.VISA.INIT": "pbl", "FINAL": "fnp", "VISA": "cit", "CONSID": "rct",
}  # fmt: skip
_TITLES = {
    "DIVISION": Role.DIVISION, "GR.SEQ": Role.GROUP, "DIV.CONSID": Role.GROUP,
    "PREAMBLE.GEN": Role.GROUP, "TBL": Role.TEXT, "GR.TBL": Role.TEXT, "LIST": Role.TEXT,
}  # fmt: skip
_DASHES = {"DASH": "—", "NDASH": "–", "BULLET": "•"}


def title_and_date(root: Element) -> tuple[str, str]:
    """Title of the act, and its date: for a consolidated text, since when it has this form."""
    title = without_calls(" ".join(_words([p]).text for p in root.findall(".//TITLE/TI")[:1]))
    consolidated = root.find("INFO.CONSLEG")
    if consolidated is not None:
        return title, _iso(consolidated.get("START.DATE") or "")
    stated = root.find(".//BIB.INSTANCE/DATE")
    iso = (stated.get("ISO") or "") if stated is not None else ""
    return title, next(iter(dates(title)), "") or _iso(iso)


def _iso(digits: str) -> str:
    return re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", digits)


def files(parts: Mapping[str, str]) -> list[Element]:
    """Roots of the XML files of one publication, in the order of its ``.doc.xml``.

    ``ReadError`` where it names a file that is not there, or where there is only the list.
    """
    roots = {name: markup.tree(text, xml=True) for name, text in parts.items()}
    listed = [root for root in roots.values() if root.tag == "DOC"]
    names = [name for name, root in roots.items() if root.tag in ROOTS - {"DOC"}]
    if listed:
        refs = [r.get("FILE") or "" for r in listed[0].iter("REF.PHYS") if _is_act(r)]
        if missing := [name for name in refs if name not in roots]:
            raise ReadError(
                "a Formex publication lists a file that is not here",
                ", ".join(missing),
                "Give the ZIP with all its files.",
            )
        names = [name for name in dict.fromkeys(refs) if name in names]
    if not names:
        raise ReadError(
            "a Formex publication without an act", ", ".join(parts), "Give the ZIP with the act."
        )
    return [roots[name] for name in names]


def _is_act(reference: Element) -> bool:
    return (reference.get("TYPE") or "DOC.XML") == "DOC.XML"


def leave_out(root: Element, omissions: Omissions) -> None:
    """Take out what is struck out."""
    for element in [e for e in root.iter("HT") if e.get("TYPE") == "STROKE"]:
        omissions.add("struck out", "".join(map(str, element.itertext())))
        drop(element)


def blocks(root: Element) -> list[Block]:
    """The printed lines of one Formex file, in reading order."""
    walk = _Walk()
    start = root.find("CONS.DOC") if root.tag == "CONS.ACT" else root
    walk.children(root if start is None else start, Where())
    return walk.lines.all


class _Walk:
    def __init__(self) -> None:
        self.lines = Lines()
        self._counts = {"VISA": 0, "CONSID": 0}

    def children(self, element: Element, where: Where) -> None:
        """Collect the lines within an element."""
        for run in runs(element, _BLOCKS):
            if isinstance(run, Element):
                self._element(run, where)
            else:
                self.lines.add(Role.TEXT, _words(run), where)

    def _element(self, element: Element, where: Where) -> None:
        tag = str(element.tag)
        if tag in {"TITLE", "TI.ART", "STI.ART"}:
            self._heading(element, where)
        elif tag == "PARAG":
            self.lines.numbered(_plain(element.find("NO.PARAG")), where)
            self.children(element, replace(where, outer=False))
        elif tag == "NP":
            self._point(element, where)
        elif tag in {"LIST", "DLIST"}:
            self._list(element, where)
        elif tag == "TBL":
            self._table(element, where)
        elif tag not in _SKIPPED:
            self.children(element, self._around(element, tag, where))

    def _around(self, element: Element, tag: str, where: Where) -> Where:
        if tag in self._counts:
            self._counts[tag] += 1
            return replace(where, place=f"{_PLACES[tag]}_{self._counts[tag]}")
        if tag in _PLACES:
            return replace(where, place=_PLACES[tag])
        if tag == "ARTICLE":
            return replace(where, outer=element.find("PARAG") is not None)
        if tag == "QUOT.S":
            return replace(where, quoted=True)
        if tag == "INCL.ELEMENT":
            self.lines.add(Role.TEXT, Words(pictures=True), where)
        return where

    def _heading(self, element: Element, where: Where) -> None:
        parent = element.getparent()
        above = "" if parent is None else str(parent.tag)
        level = "" if parent is None else parent.get("LEVEL") or ""
        if element.tag != "TITLE":
            role = Role.ARTICLE if element.tag == "TI.ART" else Role.ARTICLE_TITLE
            self._title(role, element, where)
            return
        role = _TITLES.get(above, Role.TITLE)
        for child in element:
            subtitle = role is Role.DIVISION and child.tag == "STI"
            rank = int(level) if re.fullmatch(r"\d", level) else 1
            self._title(Role.DIVISION_TITLE if subtitle else role, child, where, rank)

    def _title(self, role: Role, element: Element, where: Where, level: int = 1) -> None:
        plain = where.depth > 0 or where.quoted
        words = _words([element])
        words.text = f"{_plain(element.find('.//NO.P'))} {words.text}"
        self.lines.add(Role.TEXT if plain else role, words, where, level)

    # lists and tables

    def _list(self, element: Element, where: Where) -> None:
        dash = _DASHES.get(element.get("TYPE") or "", "")
        inner = replace(where, depth=where.depth + 1, outer=False)
        for item in element:
            self.lines.flush(where)
            if item.tag == "DLIST.ITEM":
                self.lines.label = _plain(item.find("PREFIX"))
                self.lines.add(Role.TEXT, _words([c for c in item if c.tag != "PREFIX"]), inner)
            else:
                point = item.find("NP")
                self.lines.label = dash if point is None else _plain(point.find("NO.P"))
                self.children(item, inner)
            self.lines.label = ""

    def _point(self, element: Element, where: Where) -> None:
        """A numbered paragraph at the margin, a recital, or a point (its list knows its label)."""
        parent = element.getparent()
        number = _plain(element.find("NO.P"))
        if parent is not None and parent.tag == "CONSID":
            self.lines.label = number
            where = replace(where, depth=1)
        elif where.depth == 0 and numbers.number(number)[:1].isdigit() and not where.quoted:
            self.lines.paragraph = number
        elif parent is None or parent.tag != "ITEM":
            self.lines.flush(where)
            self.lines.label = number
            where = replace(where, depth=where.depth + 1, outer=False)
        self.children(element, where)

    def _table(self, element: Element, where: Where) -> None:
        for title in element.findall("TITLE"):
            self._heading(title, where)
        rows = [row.findall("CELL") for row in element.iter("ROW")]
        for row, places in zip(rows, grid(map(cells, rows), None), strict=True):
            if row:
                words = [Words() if c is None else _words([c]) for c in contents(places)]
                self.lines.row(words, where)


def _plain(element: Element | None) -> str:
    return "" if element is None else without_calls(_inside(element).text)


def _words(run: Run) -> Words:
    words = Words()
    for item in run:
        if isinstance(item, str):
            words.text += item
        elif item.tag not in _LABELS | _SKIPPED:
            _inline(item, words)
    return words


def _inside(element: Element) -> Words:
    content = [part for child in element for part in (child, child.tail or "")]
    return _words([element.text or "", *content])


def _inline(element: Element, words: Words) -> None:
    tag = str(element.tag)
    if tag == "NOTE":
        words.text += CALL
        words.notes.append(without_calls(_inside(element).text))
    elif tag in {"QUOT.START", "QUOT.END"}:
        code = element.get("CODE") or ""
        words.text += chr(int(code, 16)) if re.fullmatch(r"(?!D[89A-F])[0-9A-F]{4}", code) else '"'
    else:
        inner = _inside(element)
        if tag in _BLOCKS:
            inner.text = f" {inner.text} "
        high = tag == "HT" and element.get("TYPE") == "SUP"
        words.text = raised(words.text, inner.text) if high else words.text + inner.text
        words.notes += inner.notes
        words.pictures = words.pictures or inner.pictures or tag in {"INCL.ELEMENT", "FORMULA"}
