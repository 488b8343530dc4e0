"""Reader of acts in Formex 4, the XML in which the Publications Office keeps them.

Formex says what each element is, so nothing is guessed. A publication is one XML, or several
(the act, its annexes) with a ``.doc.xml`` that lists them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sources.dates import dates
from sources.errors import ReadError
from sources.formats import markup
from sources.formats.eurlex.lines import Lines, Where
from sources.formats.formula import grouped
from sources.formats.grid import Cell, contents, grid
from sources.formats.markup import (
    CALL,
    Element,
    Run,
    Words,
    cells,
    cut,
    drop,
    raised,
    runs,
    without_calls,
)
from sources.formats.omissions import FORMULA, PICTURE, UNKNOWN, Omissions
from sources.formats.raised import lowered
from sources.structure import numbers
from sources.structure.blocks import Block, Role

ROOTS = frozenset({"ACT", "CONS.ACT", "CONS.DOC", "GENERAL", "AGR", "ANNEX", "CONS.ANNEX", "DOC"})
_BLOCKS = frozenset({
    "ACT", "ALINEA", "ANNEX", "ANNOTATION", "ARTICLE", "BLK", "CAPTION", "CELL", "COMMENT",
    "CONS.ANNEX", "CONS.DOC", "CONSID", "CONTENTS", "CORPUS", "DIV.CONSID", "DIVISION", "DLIST",
    "DLIST.ITEM", "ENACTING.TERMS", "FINAL", "GR.ANNOTATION", "GR.CONSID", "GR.CONSID.INIT",
    "GR.NOTES", "GR.SEQ", "GR.TBL", "GR.VISA", "GR.VISA.INIT", "IMG.CNT", "INCL.ELEMENT", "ITEM",
    "LIST", "NP", "P", "PARAG", "PL.DATE", "PREAMBLE", "PREAMBLE.FINAL", "PREAMBLE.GEN",
    "PREAMBLE.INIT", "QUOT.S", "ROW", "SIGNATORY", "SIGNATURE", "STI.ART", "SUBDIV", "TBL",
    "TI.ART", "TI.BLK", "TITLE", "TXT", "VISA",
})  # fmt: skip
_PARTS = ("ALINEA", "ARTICLE", "PARAG", "TITLE")  # what no sentence holds
_SKIPPED = frozenset({"BIB.INSTANCE", "FAM.COMP", "INFO.CONSLEG", "INFO.PROD", "TOC"})
_LABELS = frozenset({"NO.P", "NO.PARAG"})
_PLAIN = {  # words of a sentence, as they are
    "ACRONYM", "ADDR", "ADDR.S", "AUTHOR", "BASE", "CORR", "DATE", "DIVIDEND", "DIVISOR",
    "FORMULA", "FORMULA.S", "FT", "HT", "IE", "KEYWORD", "LINK", "NAME", "NO.CELEX", "NO.DOC",
    "NO.GR.SEQ", "PERIOD", "REF.CONS", "REF.CORE", "REF.DOC", "REF.DOC.ECR", "REF.DOC.OJ",
    "REF.DOC.SE", "REF.NP.ECR", "STI", "TI", "UNIT",
}  # fmt: skip
_APART = _LABELS | {"MARGIN", "PREFIX"}  # with a space on either side
_HIGH, _LOW = {"EXPONENT", "SUP"}, {"IND", "INF"}
_FORMULAS = {"EXPR", "FORMULA", "FRACTION", "IND", "OVER", "ROOT"}
_OPERATORS = {
    "PLUS": "+", "MINUS": "−", "MULT": "×", "DIV": "÷", "PLUSMINUS": "±", "EQ": "=", "EG": "=",
    "NE": "≠", "LT": "<", "GT": ">", "LE": "≤", "GE": "≥", "AP": "≈",
}  # fmt: skip
_PLACES = {
    "PREAMBLE.INIT": "pbl", "PREAMBLE.FINAL": "pbl", "GR.CONSID.INIT": "pbl",
    "GR.VISA.INIT": "pbl", "FINAL": "fnp", "VISA": "cit", "CONSID": "rct",
}  # fmt: skip
_TITLES = {"DIVISION": Role.DIVISION, "TBL": Role.TEXT, "GR.TBL": Role.TEXT, "LIST": Role.TEXT}
# Texts of their own; the title of anything else is a heading within the text around it.
_TEXTS = ROOTS | {"ACT.GEN", "CONS.DOC.GEN", "CONS.OTHER.DOC", "LETTER", "OTHER", "PROT"}
_DASHES = {"DASH": "—", "NDASH": "–", "BULLET": "•"}
_CALLS = {"STAR": "(*)"}  # of notes; those with numbers are counted by the page


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
        cut(element, _BLOCKS)


def blocks(root: Element) -> list[Block]:
    """The printed lines of one Formex file, in reading order."""
    _call_notes(root)
    walk = _Walk()
    start = root.find("CONS.DOC") if root.tag == "CONS.ACT" else root
    walk.children(root if start is None else start, Where())
    return walk.lines.all


def _call_notes(root: Element) -> None:
    """Give a note that is kept elsewhere to each call of it; what nothing calls stays there."""
    known = {note.get("NOTE.ID"): note for note in root.iter("NOTE") if note.get("NOTE.ID")}
    called = set()
    for call in root.iter("NOTE"):
        note = known.get(call.get("NOTE.REF"))
        if note is not None and _is_empty(call):
            call.text = _plain(note)
            called.add(note)
    for note in called:
        if next(note.iterancestors("GR.NOTES"), None) is not None:
            drop(note)


def _is_empty(element: Element) -> bool:
    return not len(element) and not (element.text or "").strip()


class _Walk:
    def __init__(self) -> None:
        self.lines = Lines()
        self._counts = {"VISA": 0, "CONSID": 0}

    def children(self, element: Element, where: Where) -> None:
        """Collect the lines within an element."""
        for run in runs(element, _BLOCKS | _unknown_parts(element)):
            if isinstance(run, Element):
                start = len(self.lines.all)
                self._element(run, where)
                if run.tag not in _BLOCKS:
                    self.lines.doubt(UNKNOWN, start)
            else:
                own = [part for part in run if isinstance(part, str) or part.tag not in _LABELS]
                self.lines.add(Role.TEXT, _words(own), where)

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
        elif tag == "GR.NOTES":
            for note in element:
                self.lines.label = _CALLS.get(note.get("NUMBERING") or "", "")
                self.lines.add(Role.TEXT, _inside(note), where)
                self.lines.label = ""
        elif tag not in _SKIPPED:
            self.children(element, self._around(element, tag, where))

    def _around(self, element: Element, tag: str, where: Where) -> Where:
        if tag in self._counts:
            self._counts[tag] += 1
            return replace(where, place=f"{_PLACES[tag]}_{self._counts[tag]}")
        if tag in _PLACES:
            return replace(where, place=_PLACES[tag])
        if tag == "ARTICLE":
            return replace(where, article="0", outer=element.find(".//PARAG") is not None)
        if tag == "QUOT.S":
            return replace(where, quoted=True)
        if tag == "INCL.ELEMENT":
            self.lines.add(Role.TEXT, Words(doubts=[PICTURE]), where)
        return where

    def _heading(self, element: Element, where: Where) -> None:
        if element.tag != "TITLE":
            role = Role.ARTICLE if element.tag == "TI.ART" else Role.ARTICLE_TITLE
            self._title(role, element, where)
            return
        above = element.getparent()
        role = _titled(above, where)
        if role is Role.RUBRIC:
            self._title(role, element, where)
            return
        for child in element:
            subtitle = role in {Role.DIVISION, Role.GROUP} and child.tag == "STI"
            self._title(Role.DIVISION_TITLE if subtitle else role, child, where, _level(above))

    def _title(self, role: Role, element: Element, where: Where, level: int = 1) -> None:
        plain = where.depth > 0 or where.quoted
        self.lines.add(Role.TEXT if plain else role, _words([element]), where, level)

    # lists and tables

    def _list(self, element: Element, where: Where) -> None:
        dash = _DASHES.get(element.get("TYPE") or "", "")
        inner = replace(where, depth=where.depth + 1, outer=False)
        for item in element:
            self.lines.flush(where)
            if item.tag == "DLIST.ITEM":
                self.lines.label = _plain(item.find("PREFIX"))
                self.lines.add(Role.TEXT, _definition(item, element), inner)
            else:
                point, typed = item.find("NP"), numbers.label_head(_plain(item))[0]
                sign = "" if typed in _DASHES.values() else dash  # it may be typed as well
                self.lines.label = sign if point is None else _plain(point.find("NO.P"))
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
        rows = [r for r in element.iter("ROW", "TI.BLK") if next(r.iterancestors("TBL")) is element]
        for places in grid(map(_cells, rows), None):
            if places:
                words = [Words() if c is None else _words([c]) for c in contents(places)]
                self.lines.row(words, where)
        for notes in element.findall("GR.NOTES"):
            self._element(notes, where)


def _unknown_parts(element: Element) -> set[str]:
    """Kinds of elements that are not known and hold lines of their own."""
    return {
        str(child.tag)
        for child in element
        if child.tag not in _BLOCKS and next(child.iter(*_PARTS), None) is not None
    }


def _titled(element: Element | None, where: Where) -> Role:
    """What the title of an element is."""
    tag = "" if element is None else str(element.tag)
    if tag in _TEXTS:
        return Role.TITLE
    role = _TITLES.get(tag, Role.GROUP)
    return Role.RUBRIC if where.article and role is not Role.TEXT else role


def _level(element: Element | None) -> int:
    """The level of the title of an element; where it says none, how many of its kind hold it."""
    if element is None:
        return 1
    level = element.get("LEVEL") or ""
    around = sum(1 for _ in element.iterancestors(str(element.tag)))
    return int(level) if re.fullmatch(r"\d", level) else 1 + around


def _cells(row: Element) -> list[Cell[Element | None]]:
    """The cells of a row, or of the title of a block of rows, at the columns that they name."""
    if row.tag == "TI.BLK":
        first, last = _count(row.get("COL.START")), _count(row.get("COL.END"))
        return [Cell(row, last - first + 1, start=first)]
    found = cells(row.findall("CELL"))
    return [replace(c, start=_count(c.content.get("COL"))) for c in found if c.content is not None]


def _count(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,3}", value) else 0


def _definition(item: Element, terms: Element) -> Words:
    """A term and what it means, with the sign that their list prints between them."""
    words = Words()
    sign = (terms.get("SEPARATOR") or "").strip()
    for child in item:
        if child.tag == "DEFINITION" and not sign and terms.get("TYPE") == "TBL":
            sign = "|"  # the term and its meaning are two cells
        if child.tag == "DEFINITION" and sign:
            words.text = words.text.rstrip() + (sign if sign in ",:;." else f" {sign}")
        words.text += " "
        if child.tag != "PREFIX":
            _inline(child, words)
    return words


def _plain(element: Element | None) -> str:
    return "" if element is None else without_calls(_inside(element).text)


def _words(run: Run) -> Words:
    read = (item for item in run if isinstance(item, str) or item.tag not in _SKIPPED)
    return Words.of(read, _inline)


def _inside(element: Element) -> Words:
    content = [part for child in element for part in (child, child.tail or "")]
    return _words([element.text or "", *content])


def _inline(element: Element, words: Words) -> None:
    tag, kind = str(element.tag), element.get("TYPE") or ""
    if tag == "NOTE":
        if note := without_calls(_inside(element).text):
            words.text += CALL
            words.notes.append(note)
        return
    if tag in {"QUOT.START", "QUOT.END"}:
        code = element.get("CODE") or ""
        words.text += chr(int(code, 16)) if re.fullmatch(r"(?!D[89A-F])[0-9A-F]{4}", code) else '"'
        return
    inner = _inside(element)
    words.notes += inner.notes
    words.doubts += inner.doubts
    if tag == "INCL.ELEMENT":
        words.doubts.append(PICTURE)
    elif tag in _FORMULAS and (inner.text.strip() or tag == "OVER"):
        words.doubts.append(FORMULA)
    if tag in _HIGH or (tag == "HT" and kind == "SUP"):
        _raise(element, inner.text, words)
    elif tag in _LOW or (tag == "HT" and kind == "SUB"):
        words.text = lowered(words.text, inner.text)
    elif tag in {"OP.CMP", "OP.MATH"} and kind in _OPERATORS:
        words.text += f" {_OPERATORS[kind]} "
    elif tag in _SHAPES:
        words.text = _parted(words.text, _SHAPES[tag](element, inner.text.strip()))
    elif tag in _BLOCKS | _APART:
        words.text += f" {inner.text} "
    elif tag in _PLAIN:
        words.text += inner.text
    else:
        words.text = _parted(words.text, inner.text)
        words.text += " " if (element.tail or "")[:1].isalnum() else ""
        words.doubts += [] if tag in {"DEFINITION", "TERM"} else [UNKNOWN]


def _parted(before: str, text: str) -> str:
    """Both, with a space where they would become one word or number."""
    return before + (" " if before[-1:].isalnum() and text[:1].isalnum() else "") + text


def _raise(element: Element, inner: str, words: Words) -> None:
    """Put a raised part behind the words; an exponent may hold the number that it raises."""
    if element.tag == "EXPONENT":
        if len(element) == 2 and not (element.text or "").strip():
            base, inner = map(_plain, element)
            words.text = _parted(words.text, base)
        inner = "".join(inner.split())
    words.text = raised(words.text, inner)


def _fraction(element: Element, inner: str) -> str:
    parts = [_plain(part) for part in element]
    whole = len(parts) != 2 or element.find("OVER") is not None
    return inner if whole else "/".join(map(grouped, parts))


def _expression(element: Element, inner: str) -> str:
    """What stands above or below the line of a fraction is kept together."""
    beside = (element.getprevious(), element.getnext())
    return grouped(inner) if any(e is not None and e.tag == "OVER" for e in beside) else inner


_SHAPES: dict[str, Callable[[Element, str], str]] = {
    "EXPR": _expression,
    "FRACTION": _fraction,
    "OVER": lambda _, inner: f"/{inner}",
    "ROOT": lambda _, inner: f"√{grouped(inner)}",
}
