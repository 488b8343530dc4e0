"""A body as it is printed, once its tracked changes are accepted.

What is deleted or moved away leaves the tree, what is inserted stays, and a paragraph whose mark
is deleted is joined with the next one, as Word does.
"""

from __future__ import annotations

from lxml.etree import _Element

from sources.formats.docx.doubts import mark
from sources.formats.docx.package import W, on
from sources.formats.omissions import CHANGED, Omissions

_GONE = (f"{W}del", f"{W}moveFrom")
_CAME = (f"{W}ins", f"{W}moveTo")
_DELETED = "deleted in tracked changes"


def accepted(body: _Element, omissions: Omissions) -> bool:
    """Change the tree in place; whether there was any tracked change."""
    tracked = False
    for element in list(body.iter(*_GONE, *_CAME, f"{W}cellDel", f"{W}cellIns")):
        tracked = True
        mark(element, CHANGED)
        kept = element.tag in _CAME or element.tag == f"{W}cellIns"
        if not kept:
            _remove(element, omissions)
    return tracked


def as_printed(body: _Element, omissions: Omissions) -> None:
    """Put a large first letter before its word, and leave out what only invites to write."""
    for frame in list(body.iter(f"{W}framePr")):
        if frame.get(f"{W}dropCap", "none") != "none":
            _join(next(frame.iterancestors(f"{W}p"), None))
    for field in body.iter(f"{W}sdt"):
        if on(field.find(f"{W}sdtPr/{W}showingPlcHdr")):
            omissions.add("what stands in empty fields", _words(field))
            for text in field.iter(f"{W}t"):
                text.text = ""


def _remove(element: _Element, omissions: Omissions) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag == f"{W}trPr":
        _drop(parent.getparent(), omissions)
    elif parent.tag == f"{W}tcPr":
        _empty(parent.getparent(), omissions)
    elif parent.tag == f"{W}rPr":
        owner = parent.getparent()
        after = _join(owner.getparent()) if owner is not None and owner.tag == f"{W}pPr" else None
        if after is not None:
            mark(after, CHANGED)
    else:
        _drop(element, omissions)


def _drop(element: _Element | None, omissions: Omissions) -> None:
    parent = element.getparent() if element is not None else None
    if element is not None and parent is not None:
        omissions.add(_DELETED, _words(element))
        parent.remove(element)


def _empty(cell: _Element | None, omissions: Omissions) -> None:
    """A deleted cell keeps its place, so that the columns after it keep theirs."""
    for paragraph in list(cell.iterfind(f"{W}p")) if cell is not None else ():
        _drop(paragraph, omissions)


def _words(element: _Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText"))


def _join(paragraph: _Element | None) -> _Element | None:
    """The words of a paragraph without an end of its own begin the next one, which is given."""
    after = paragraph.getnext() if paragraph is not None else None
    parent = paragraph.getparent() if paragraph is not None else None
    if paragraph is None or parent is None:
        return None
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    if after is None or after.tag != f"{W}p":
        if not _words(paragraph).strip():
            parent.remove(paragraph)
        return None
    place = 1 if len(after) and after[0].tag == f"{W}pPr" else 0
    for offset, child in enumerate(words):
        after.insert(place + offset, child)
    parent.remove(paragraph)
    return after
