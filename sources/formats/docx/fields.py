"""Fields: what Word shows of them, which is their result, not the instruction that makes it.

Of most fields the file keeps the last result. Some show words of their instruction, others are
computed whenever the file is opened: those carry their instruction as ``CODE``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from lxml.etree import _Element

from sources.formats.docx.package import W
from sources.formats.omissions import Omissions

CODE = f"{W}duchesse-code"
NUMBERS = {"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
DATES = {"DATE", "TIME"}
_SHOWN = {"SYMBOL", "MACROBUTTON", "GOTOBUTTON", "EQ"}  # from their instruction, without a result
_CONTENTS = {"TOC", "TOA", "INDEX"}
_SILENT = {
    "ASK",
    "PRIVATE",
    "RD",
    "SET",
    "TA",
    "TC",
    "XE",
}  # nothing, though they may have a result
_UNSEEN = "values of fields that Word does not show"
_CHAR, _SIMPLE, _INSTRUCTION, _WORDS = f"{W}fldChar", f"{W}fldSimple", f"{W}instrText", f"{W}t"
_PRINTED = (
    _WORDS, f"{W}sym", f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen",
    f"{W}drawing", f"{W}pict", f"{W}object",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class _Field:
    """A field that has begun; ``within`` is the field whose instruction it is part of.

    ``contents`` are the words of a result that is left out.
    """

    begin: _Element
    within: _Field | None
    code: str = ""
    result: bool = False
    filled: bool = False
    hidden: list[_Element] = field(default_factory=list)
    contents: list[_Element] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return next(iter(self.code.split()), "").upper()


def settle(root: _Element, omissions: Omissions) -> None:
    """Leave of each field what is printed; a field without an end stays as it is."""
    for simple in root.iter(_SIMPLE):
        printed = list(simple.iter(*_PRINTED))
        found = _Field(simple, None, simple.get(f"{W}instr", ""), filled=bool(printed))
        _code(found)
        if found.kind in _SILENT:
            _leave_out(printed, omissions)
    reading = _Fields(omissions)
    for element in list(root.iter(_CHAR, _INSTRUCTION, *_PRINTED)):
        reading.take(element)


class _Fields:
    """The fields that are open, the outermost instruction and table of contents among them."""

    def __init__(self, omissions: Omissions) -> None:
        self._omissions = omissions
        self._open: list[_Field] = []
        self._hiding: _Field | None = None
        self._contents: _Field | None = None

    def take(self, element: _Element) -> None:
        kind = element.get(f"{W}fldCharType") if element.tag == _CHAR else ""
        if kind == "begin":
            self._open.append(_Field(element, self._hiding))
            self._hiding = self._hiding or self._open[-1]
        elif not self._open:
            return
        elif kind:
            self._parted(self._open[-1])
            if kind == "end":
                self._close(self._open.pop())
        elif element.tag == _INSTRUCTION:
            self._open[-1].code += element.text or ""
        else:
            self._printed(element)

    def _parted(self, found: _Field) -> None:
        """The instruction of a field ends here."""
        found.result = True
        if self._hiding is found and found.kind not in _SILENT:
            self._hiding = None
        if found.kind in _CONTENTS and self._contents is None and found.within is None:
            self._contents = found

    def _printed(self, element: _Element) -> None:
        self._open[-1].filled |= self._open[-1].result
        if self._hiding and self._hiding.result:
            self._hiding.contents.append(element)
        elif self._hiding:
            self._hiding.hidden.append(element)
            self._hiding.code += element.text or "" if element.tag == _WORDS else ""
        elif self._contents and element.tag == _WORDS:
            self._contents.contents.append(element)

    def _close(self, found: _Field) -> None:
        if self._hiding is found:
            self._hiding = None
            _leave_out(found.contents, self._omissions)
        elif self._open and self._open[-1].result:
            self._open[-1].filled |= found.filled
        for element in found.hidden:
            _remove(element)
        if self._contents is found:
            self._contents = None
            for _, line in groupby(found.contents, lambda t: next(t.iterancestors(f"{W}p"), None)):
                words = list(line)
                self._omissions.add("table of contents", " ".join(t.text or "" for t in words))
                for element in words:
                    element.text = ""
        if found.within is None:
            _code(found)


def _code(found: _Field) -> None:
    computed = found.kind in NUMBERS | DATES
    if computed or (found.kind in _SHOWN and not found.filled):
        found.begin.set(CODE, found.code)


def _leave_out(printed: list[_Element], omissions: Omissions) -> None:
    omissions.add(_UNSEEN, "".join(e.text or "" for e in printed if e.tag == _WORDS))
    for element in printed:
        _remove(element)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def button(code: str) -> str:
    """The words that a button shows: all behind its name and its target.

    >>> button(' MACROBUTTON Aucun "cent euros" ')
    'cent euros'
    """
    return "".join(code.split(maxsplit=2)[2:]).strip().strip('"')


def symbol(code: str) -> tuple[int, str] | None:
    r"""The code and the font of a sign; None where it names none.

    >>> symbol(' SYMBOL 0xB3 \\f "Symbol" ')
    (179, 'Symbol')
    """
    found = re.match(r"\s*SYMBOL\s+\"?(0x[0-9A-Fa-f]{1,6}|\d{1,7})\b", code, re.IGNORECASE)
    font = re.search(r'\\f\s*(?:"([^"]*)"|(\S+))', code)
    if not found:
        return None
    return int(found[1], 16 if found[1][:2] == "0x" else 10), (font[1] or font[2]) if font else ""
