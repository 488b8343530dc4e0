"""Reader of acts in Formex 4, the XML in which the Publications Office keeps them.

Formex says what each element is, so nothing is guessed. A publication is one XML, or several
(the act, its annexes) with a ``.doc.xml`` that lists them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sources.errors import ReadError
from sources.readers import markup, printed
from sources.readers.markup import CALL, Element, Run, Words, clean, raised, runs
from sources.readers.structure import Block, Role

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
_FRAMES = {"PREAMBLE.INIT", "PREAMBLE.FINAL", "GR.CONSID.INIT", "GR.VISA.INIT"}


@dataclass(frozen=True, slots=True)
class _Where:
    depth: int = 0
    place: str = ""
    quoted: bool = False
    outer: bool = False


def title_and_date(root: Element) -> tuple[str, str]:
    """Title of the act, and its date: for a consolidated text, since when it has this form."""
    title = clean(" ".join(_words([p]).text for p in root.findall(".//TITLE/TI")[:1]))
    consolidated = root.find("INFO.CONSLEG")
    if consolidated is not None:
        return title, _iso(consolidated.get("START.DATE") or "")
    stated = root.find(".//BIB.INSTANCE/DATE")
    iso = (stated.get("ISO") or "") if stated is not None else ""
    return title, printed.date(title) or _iso(iso)


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


def blocks(root: Element) -> list[Block]:
    """The printed lines of one Formex file, in reading order."""
    walk = _Walk()
    start = root.find("CONS.DOC") if root.tag == "CONS.ACT" else root
    walk.children(root if start is None else start, _Where())
    return walk.lines


class _Walk:
    def __init__(self) -> None:
        self.lines: list[Block] = []
        self._label = ""
        self._number = ""
        self._counts = {"VISA": 0, "CONSID": 0}

    def children(self, element: Element, where: _Where) -> None:
        """Collect the lines within an element."""
        for run in runs(element, _BLOCKS):
            if isinstance(run, Element):
                self._element(run, where)
            else:
                self._line(Role.TEXT, run, where)

    def _element(self, element: Element, where: _Where) -> None:
        tag = str(element.tag)
        if tag in _SKIPPED:
            return
        if tag in {"TITLE", "TI.ART", "STI.ART"}:
            self._heading(element, where)
        elif tag in self._counts:
            self._counts[tag] += 1
            place = f"{'cit' if tag == 'VISA' else 'rct'}_{self._counts[tag]}"
            self.children(element, replace(where, place=place))
        elif tag == "ARTICLE":
            self.children(element, replace(where, outer=element.find("PARAG") is not None))
        elif tag == "PARAG":
            self._numbered(element, "NO.PARAG", replace(where, outer=False))
        elif tag in {"NP", "DLIST.ITEM"}:
            self._point(element, where)
        elif tag in {"LIST", "DLIST"}:
            self._list(element, where)
        elif tag == "TBL":
            self._table(element, where)
        else:
            self.children(element, self._around(element, tag, where))

    def _around(self, element: Element, tag: str, where: _Where) -> _Where:
        if tag in _FRAMES:
            return replace(where, place="pbl")
        if tag == "FINAL":
            return replace(where, place="fnp")
        if tag == "QUOT.S":
            return replace(where, quoted=True)
        if tag == "INCL.ELEMENT":
            self.lines.append(
                Block(Role.TEXT, "", depth=where.depth, place=where.place, pictures=True)
            )
        return where

    def _heading(self, element: Element, where: _Where) -> None:
        parent = element.getparent()
        above = str(parent.tag) if parent is not None else ""
        if element.tag != "TITLE":
            role = Role.ARTICLE if element.tag == "TI.ART" else Role.ARTICLE_TITLE
            self._line(role, [element], where)
            return
        role = Role.DIVISION if above == "DIVISION" else Role.TITLE
        role = Role.GROUP if above in {"GR.SEQ", "DIV.CONSID", "PREAMBLE.GEN"} else role
        role = Role.TEXT if above in {"TBL", "GR.TBL", "LIST", "TOC"} else role
        level = int((parent.get("LEVEL") if parent is not None else None) or 1)
        for child in element:
            second = Role.DIVISION_TITLE if role is Role.DIVISION else role
            self._line(second if child.tag == "STI" else role, [child], where, level)

    def _numbered(self, element: Element, tag: str, where: _Where) -> None:
        self._number = printed.number(_plain(element.find(tag)))
        self.children(element, where)
        self._number = ""

    def _list(self, element: Element, where: _Where) -> None:
        dash = {"DASH": "—", "NDASH": "–", "BULLET": "•"}.get(element.get("TYPE") or "", "")
        inner = replace(where, depth=where.depth + 1, outer=False)
        for item in element:
            if item.find("NP") is not None or item.tag == "DLIST.ITEM":
                self._pending(where)
                self._in_list(item, inner)
            else:
                self._pending(where)
                self._label = dash
                self.children(item, inner)
                self._label = ""

    def _in_list(self, item: Element, where: _Where) -> None:
        point = item if item.tag == "DLIST.ITEM" else item.find("NP")
        if point is not None:
            self._label = _plain(point.find("NO.P")) or _plain(point.find("PREFIX"))
        if item.tag == "DLIST.ITEM":
            self._line(Role.TEXT, [c for c in item if c.tag != "PREFIX"], where)
        else:
            self.children(item, where)
        self._label = ""

    def _point(self, element: Element, where: _Where) -> None:
        """NP outside a list is a numbered paragraph, within one its label is known already."""
        parent = element.getparent()
        if parent is not None and parent.tag in {"ITEM", "TI"}:
            self.children(element, where)
        elif parent is not None and parent.tag == "CONSID":
            self._label = _plain(element.find("NO.P"))
            self.children(element, replace(where, depth=1))
            self._label = ""
        elif where.depth == 0 and printed.number(_plain(element.find("NO.P")))[:1].isdigit():
            self._numbered(element, "NO.P", where)
        else:
            self._pending(where)
            self._label = _plain(element.find("NO.P"))
            self.children(element, replace(where, depth=where.depth + 1, outer=False))
            self._label = ""

    def _pending(self, where: _Where) -> None:
        """A number or label that has no words of its own stands on the line of the next one."""
        if self._label or self._number:
            self.lines.append(
                Block(Role.TEXT, "", label=self._label, number=self._number, depth=where.depth,
                      place=where.place, quoted=where.quoted)
            )  # fmt: skip
        self._label = self._number = ""

    def _table(self, element: Element, where: _Where) -> None:
        for title in element.findall("TITLE"):
            self._heading(title, where)
        for row in element.iter("ROW"):
            words = [_words([cell]) for cell in row.findall("CELL")]
            text = " | ".join(clean(w.text) for w in words).strip(" |")
            called = tuple(note for w in words for note in w.notes)
            if text:
                self.lines.append(
                    Block(Role.ROW, text, depth=where.depth, place=where.place,
                          quoted=where.quoted, notes=called)
                )  # fmt: skip

    def _line(self, role: Role, run: Run | list[Element], where: _Where, level: int = 1) -> None:
        words = _words(run)
        text = clean(words.text)
        if not text and not words.pictures:
            return
        role = Role.TEXT if where.depth else role
        self.lines.append(
            Block(role, text, label=self._label, depth=where.depth, number=self._number,
                  level=level, place=where.place, quoted=where.quoted, outer=where.outer,
                  notes=tuple(words.notes), pictures=words.pictures)
        )  # fmt: skip
        self._label = self._number = ""


def _plain(element: Element | None) -> str:
    return "" if element is None else clean(_words([element]).text)


def _words(run: Run | list[Element]) -> Words:
    words = Words()
    for item in run:
        if isinstance(item, str):
            words.text += item
        else:
            _inline(item, words)
    return words


def _inline(element: Element, words: Words) -> None:
    tag = str(element.tag)
    if tag == "NOTE":
        words.text += CALL
        words.notes.append(clean(" ".join(_words([p]).text for p in element)))
    elif tag in {"NO.P", "NO.PARAG"} | _SKIPPED:
        return
    elif tag in {"QUOT.START", "QUOT.END"}:
        words.text += chr(int(element.get("CODE") or "22", 16))
    else:
        words.pictures = words.pictures or tag in {"INCL.ELEMENT", "FORMULA"}
        inner = Words()
        if tag in _BLOCKS:
            inner.text += " "
        inner.text += element.text or ""
        for child in element:
            _inline(child, inner)
            inner.text += child.tail or ""
        high = tag == "HT" and element.get("TYPE") == "SUP"
        words.text = raised(words.text, inner.text) if high else words.text + inner.text
        words.notes += inner.notes
        words.pictures = words.pictures or inner.pictures
