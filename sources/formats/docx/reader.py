"""Reader of DOCX (Word): headings by style or outline level, lists with their printed numbers.

Table rows come as cells parted by " | ", footnotes as notes of their paragraph. Deleted text of
tracked changes is left out, inserted text is read; text boxes are left out with a warning.
python-docx opens the package; its parser expands no entity and fetches nothing.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from lxml.etree import _Element

from sources.errors import ReadError
from sources.formats.docx.numbers import Numbers, W
from sources.formats.docx.text import Styles, Text, text_of
from sources.structure.blocks import Block, Role, clean, squeezed
from sources.structure.document import Content, trusted
from sources.structure.numbers import marker

MAX_PARTS = 5_000
MAX_PART = 64 * 2**20  # bytes of one unpacked part
MAX_WHOLE = 256 * 2**20  # bytes of all of them
_BOLD_LEVEL = 9  # of a bold line that has no heading style: below all headings that have one
_SAVE = "Open it in Word or LibreOffice, save it as DOCX, and add that."


def read_docx(data: bytes, name: str = "") -> Content:
    """Read a DOCX; ``ReadError`` says why it cannot be read and what to do."""
    with _explained(name or f"{len(data)} bytes"):
        _check(data, name)
        package = docx.Document(BytesIO(data))
        body = _Body(package)
        blocks = list(body.blocks())
        title = clean(package.core_properties.title or "")
    known = trusted(title, " ".join(b.text for b in blocks[:20]))
    return Content(blocks, title if known else "", name=name, warnings=tuple(body.warnings))


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Errors of the libraries as errors of this project, with a next step."""
    try:
        yield
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # a broken package may raise anything
        cause = f"{name}: {type(error).__name__}: {error}"
        raise ReadError("a DOCX file is damaged", cause, _SAVE) from error


def _check(data: bytes, name: str) -> None:
    """Sizes before anything is unpacked, and no document type in any part."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        largest = max((part.file_size for part in parts), default=0)
        whole = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or largest > MAX_PART or whole > MAX_WHOLE:
            raise ReadError(
                "a DOCX file unpacks to more than it may",
                f"{name or 'DOCX'}: {len(parts)} parts, {whole} bytes, the largest {largest}",
                "Take large pictures out, or save it as PDF and add that.",
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _no_doctype(package.read(part), f"{name or 'DOCX'}: {part.filename}")


def _no_doctype(part: bytes, name: str) -> None:
    """A document type may declare entities, and the words behind these would be lost unseen.

    The parser says whether there is one: it knows every encoding, and how far a comment goes.
    """
    try:
        root = etree.fromstring(part, _parser())
    except etree.XMLSyntaxError:  # of a part that matters, the library that reads it says so
        return
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr] # missing in the stubs
        raise ReadError("a DOCX file declares entities, which Word never writes", name, _SAVE)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(slots=True)
class _Body:
    """The body of a document, block by block."""

    package: Any
    warnings: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """All blocks, and the warnings afterwards."""
        part = self.package.part
        numbers = Numbers(_related(part, RELATIONSHIP_TYPE.NUMBERING))
        styles = Styles(_related(part, RELATIONSHIP_TYPE.STYLES))
        notes = _notes(_related(part, RELATIONSHIP_TYPE.FOOTNOTES), "footnote")
        notes |= _notes(_related(part, RELATIONSHIP_TYPE.ENDNOTES), "endnote")
        body = self.package.element.body
        for element in _children(body):
            if element.tag == f"{W}p":
                yield from _paragraph(element, styles, numbers, notes)
            else:
                yield from _table(element, styles, numbers, notes)
        if next(body.iter(f"{W}del", f"{W}ins", f"{W}moveFrom"), None) is not None:
            self.warnings.append("tracked changes: read as if all were accepted")
        if any(
            (t.text or "").strip() for b in body.iter(f"{W}txbxContent") for t in b.iter(f"{W}t")
        ):
            self.warnings.append("the words of text boxes are left out")


def _related(part: Any, kind: str) -> _Element | None:
    try:
        found = part.part_related_by(kind)
    except KeyError:
        return None
    return etree.fromstring(found.blob, _parser())


def _notes(root: _Element | None, word: str) -> dict[str, str]:
    """Texts of the notes, by "footnote 2", "endnote 1"."""
    if root is None:
        return {}
    found = {}
    for note in root.iterfind(f"{W}{word}"):
        words = " ".join(text_of(p).words for p in note.iter(f"{W}p"))
        if clean(words) and note.get(f"{W}type") is None:
            found[f"{word} {note.get(f'{W}id', '')}"] = squeezed(words)
    return found


def _children(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in {f"{W}{w}" for w in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}:
            yield from _children(child)


def _paragraph(
    element: _Element, styles: Styles, numbers: Numbers, notes: dict[str, str]
) -> Iterator[Block]:
    shape, text = styles.of(element), text_of(element)
    level = shape.list_level
    if shape.list_id and level is None:
        level = numbers.level_of_style(shape.list_id, shape.chain)
    label = numbers.label(shape.list_id, level or 0) if shape.list_id else None
    if not text.words.strip() or shape.contents:
        return
    words = f"{label} {text.words}" if label else text.words
    found = tuple(notes[key] for key in text.notes if key in notes)
    if shape.title:
        yield Block(words, Role.TITLE, notes=found)
    elif shape.outline:
        yield Block(words, Role.HEADING, shape.outline, notes=found)
    elif label == "•" or ((sign := marker(clean(words))) and sign.form == "bullet"):
        yield Block(words, depth=(level or 0) + 1, notes=found)
    elif shape.bold(text) and _short(text):
        yield Block(words, Role.HEADING, _BOLD_LEVEL, notes=found)
    else:
        yield Block(words, notes=found)


def _short(text: Text) -> bool:
    words = text.words.strip()
    return len(words) <= 120 and words[-1] not in ".;,:" and "\n" not in words


def _table(
    table: _Element, styles: Styles, numbers: Numbers, notes: dict[str, str]
) -> Iterator[Block]:
    """Rows of cells; a table of one column is only a frame around its paragraphs."""
    rows = [list(row.iterfind(f"{W}tc")) for row in table.iter(f"{W}tr") if _owner(row) is table]
    if max((len(row) for row in rows), default=0) <= 1:
        for element in (e for row in rows for cell in row for e in _children(cell)):
            read = _paragraph if element.tag == f"{W}p" else _table
            yield from read(element, styles, numbers, notes)
        return
    first = 1
    for row in rows:
        texts = [[text_of(p) for p in cell.iter(f"{W}p")] for cell in row]
        cells = [squeezed(" ".join(t.words for t in cell)) for cell in texts]
        found = tuple(notes[k] for cell in texts for t in cell for k in t.notes if k in notes)
        if any(cells):
            yield Block(" | ".join(cells), Role.ROW, first, notes=found)
            first = 0


def _owner(row: _Element) -> _Element | None:
    """The table in which a row stands."""
    return next(row.iterancestors(f"{W}tbl"), None)
