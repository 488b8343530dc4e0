"""Reader of DOCX (Word): headings by style or outline level, lists with their printed numbers.

Table rows come as cells parted by " | ", a merged cell at each place that it covers; footnotes as
notes of their paragraph; the words of text boxes after the paragraph that holds them. Text that
is deleted, struck out or hidden is left out and told; what cannot be read leaves a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lxml.etree import _Element

from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.formats.bilingual import (
    Columns,
    heads_article,
    in_order,
    languages,
    read_in_both,
    rows_of,
)
from sources.formats.breaks import heads, parted
from sources.formats.docx import fields
from sources.formats.docx import package as opc
from sources.formats.docx.accepted import accepted, as_printed
from sources.formats.docx.bound import filled
from sources.formats.docx.doubts import DATED, DRAWN
from sources.formats.docx.numbers import Label, Numbers
from sources.formats.docx.package import SAVE, Package, W
from sources.formats.docx.styles import Shape, Styles
from sources.formats.docx.tabs import with_rows
from sources.formats.docx.text import Text, text_of
from sources.formats.grid import WIDEST, Cell, belong_together, joined
from sources.formats.omissions import LINES, NUMBER, PICTURE, Omissions
from sources.formats.raised import shown, with_notes
from sources.structure.blocks import BY_TYPE, NO_HEADS, Block, Role, clean, counted, squeezed
from sources.structure.document import Content, trusted
from sources.structure.numbers import marker

_SHOWN = 60  # characters of an example
_INDENTED = 100  # twentieths of a point, 1.8 mm: an item that stands so much further in is below
_AROUND = {"header": "headers", "footer": "footers", "comments": "comments in the margin"}
_DRAWN_WORDS = "{urn:schemas-microsoft-com:vml}textpath"  # a watermark, words as a drawing
_WRAPPERS = {f"{W}{w}" for w in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}


def read_docx(data: bytes, name: str = "") -> Content:
    """Read a DOCX; ``ReadError`` says why it cannot be read and what to do."""
    with _explained(name or f"{len(data)} bytes"):
        package = opc.opened(data, name)
        body = _Body(package)
        blocks = with_notes(body.blocks())
    title = clean(package.title)
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
        raise ReadError("a DOCX file is damaged", cause, SAVE) from error


class _Body:
    """The body of a document, block by block."""

    def __init__(self, package: Package) -> None:
        self.warnings: list[str] = []
        self._document = package.document
        self._stores = package.stores()
        self._replaced: list[str] = []  # values of content controls
        self._forms: set[str] = set()  # of numbers, that are not known
        self._styles = Styles(package.related("styles"), package.document.find(f"{W}background"))
        self._omissions = Omissions()
        self._pictures = self._boxes = self._shapes = 0
        self._begun = False  # words were read, of which the first may be the title
        self._languages: dict[_Element, Columns] = {}
        self._margins: list[int] = []  # of the items around the one at hand
        self._in_both: list[str] = []  # lines over both columns of two languages
        self._computed = 0  # numbers that Word computes and the file does not hold
        self._dates = 0  # paragraphs with a date that Word computes
        for kind, reason in _AROUND.items():
            for root in package.every(kind):
                self._omissions.add(reason, _shown(root))
        self._notes: dict[str, str] = {}
        numbering = package.related("numbering")
        for word in ("footnote", "endnote"):
            self._numbers = Numbers(numbering, self._forms)  # each counts apart from others
            self._notes |= self._notes_of(package.related(f"{word}s"), word)
        self._numbers = Numbers(numbering, self._forms)

    def blocks(self) -> list[Block]:
        """All blocks; the warnings are complete afterwards."""
        body = self._document.find(f"{W}body")
        if body is None:
            raise ValueError("the main part has no body")
        tracked = self._prepare(body)
        self._languages = _bilingual(body)
        blocks = with_rows(_with_drawn(list(self._read(body))))
        if tracked:
            self.warnings.append("tracked changes: read as if all were accepted")
        self._warn(body)
        return blocks

    def _prepare(self, root: _Element) -> bool:
        """Make the tree what is printed of it; whether it had tracked changes."""
        tracked = accepted(root, self._omissions)
        fields.settle(root, self._omissions)
        self._replaced += filled(root, self._stores)
        as_printed(root, self._omissions)
        return tracked

    def _warn(self, body: _Element) -> None:
        self.warnings += self._omissions.warnings()
        foreign = sum(1 for _ in body.iter(f"{W}altChunk", f"{W}subDoc"))
        forms = ", ".join(sorted(self._forms))
        struck = [squeezed(_plain(t)) for t in body.iter(f"{W}tbl") if self._styles.takes_out(t)]
        values = f"{len(self._replaced)} ({'; '.join(self._replaced[:3])})"
        told = (
            (self._pictures, f"pictures are not read: {self._pictures}"),
            (self._boxes, f"text boxes, read after the paragraph that holds them: {self._boxes}"),
            (foreign, f"files within the file are left out: {foreign}"),
            (
                self._computed,
                f"paragraphs whose number Word computes from a field: {self._computed}",
            ),
            (self._dates, f"paragraphs with a date that Word computes anew: {self._dates}"),
            (self._shapes, f"drawn shapes that may stand over words: {self._shapes}"),
            (
                self._replaced,
                f"values of content controls, replaced by those they are bound to: {values}",
            ),
            (
                struck,
                "tables whose style strikes out or hides some of their words, which are read: "
                f"{counted([words[:_SHOWN] for words in struck])}"
                if struck
                else "",
            ),
            (forms, f"numbers in a form that is not known are shown as figures: {forms}"),
        )
        self.warnings += [text for there, text in told if there]
        self.warnings += read_in_both(self._in_both)

    def _notes_of(self, root: _Element | None, word: str) -> Iterator[tuple[str, str]]:
        """Texts of the notes, by "footnote 2", "endnote 1"."""
        if root is None:
            return
        self._prepare(root)
        for note in root.iterfind(f"{W}{word}"):
            words = shown(self._words(note, []))
            if words and note.get(f"{W}type") is None:
                yield f"{word} {note.get(f'{W}id', '')}", words

    def _text(self, paragraph: _Element, label: str = "") -> Text:
        text = text_of(paragraph, self._styles, self._omissions, label)
        self._pictures += text.pictures
        self._shapes += text.shapes
        self._computed += NUMBER in text.doubts
        self._dates += DATED in text.doubts
        return text

    def _read(self, parent: _Element) -> Iterator[Block]:
        """Blocks of paragraphs and tables, through content controls and tracked insertions."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
                for box in _boxes(child):
                    self._boxes += 1
                    drawn = box.get("string", "") if box.tag == _DRAWN_WORDS else ""
                    yield from [Block(drawn)] if drawn else self._read(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif _is_contents(child):
                for paragraph in child.iter(f"{W}p"):
                    self._omissions.add("table of contents", self._text(paragraph).words)
            elif child.tag in _WRAPPERS:
                yield from self._read(child)

    def _numbered(self, paragraph: _Element, shape: Shape) -> tuple[Label, int, Text]:
        """The number or sign before a paragraph, the depth of its list, and its words.

        Where the mark of a paragraph is hidden, so is the number, unless words are seen.
        """
        level = shape.list_level
        if not shape.list_id:
            return Label(), level or 0, self._text(paragraph)
        if level is None:
            level = self._numbers.level_of_style(shape.list_id, list(shape.chain))
        if self._styles.hides_mark(paragraph):
            text = self._text(paragraph)
            seen = bool(text.words.strip())
            return self._numbers.label(shape.list_id, level) if seen else Label(), level, text
        label = self._numbers.label(shape.list_id, level)
        return label, level, self._text(paragraph, label.text)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        shape = self._styles.of(element)
        label, level, text = self._numbered(element, shape)
        doubts = tuple(text.doubts)
        if shape.contents:
            self._omissions.add("table of contents", text.words)
            return
        if not text.words.strip():
            number = label.before("").strip()  # Word prints it before nothing, too
            number = number if marker(number) else ""
            if number or text.pictures or text.shapes:
                yield Block(number, doubts=doubts)
            return
        begun, self._begun = self._begun, True
        words = label.before(text.words, heading=bool(shape.outline))
        block = Block(words, size=text.size, notes=self._called(text), doubts=doubts)
        depth = self._depth(shape, level) if _is_item(label, words) else 0
        if not depth:
            self._margins.clear()
        if shape.title:
            yield replace(block, role=Role.TITLE)
        elif shape.outline:
            yield replace(block, role=Role.HEADING, level=shape.outline)
        elif depth:
            yield replace(block, depth=depth)
        elif begun and text.heavy and not shape.caption and heads(text.words):
            yield replace(block, role=Role.HEADING, level=BY_TYPE)
        else:
            before = len(words) - len(text.words)
            called = [
                (at + before, self._notes[key])
                for at, key in zip(text.places, text.notes, strict=True)
                if key in self._notes
            ]
            for part, notes in parted(words, called):
                yield replace(block, text=part, notes=notes)

    def _depth(self, shape: Shape, level: int) -> int:
        """Depth of an item: that of its list, or that of its indent below the items above it.

        Lists by styles ("List Bullet 2") are told apart by their indents alone.
        """
        said = shape.indent
        indent = self._numbers.indent(shape.list_id, level) if said is None else said
        while self._margins and self._margins[-1] > indent - _INDENTED:
            self._margins.pop()
        self._margins.append(indent)
        return max(level + 1, len(self._margins))

    def _called(self, text: Text) -> tuple[str, ...]:
        return tuple(self._notes[key] for key in text.notes if key in self._notes)

    def _table(self, table: _Element) -> Iterator[Block]:
        """Rows of cells; a table of one column is only a frame around its paragraphs."""
        rows, cells = _grid(table)
        if langs := self._languages.get(table):
            yield from self._columns(cells, langs)
            return
        if max((len(row) for row in cells), default=0) <= 1:
            for cell in (cell for row in cells for cell in row):
                yield from self._read(cell)
            return
        first, above = 1, list[Cell[str]]()
        for row, own in zip(rows, cells, strict=True):
            texts: list[Text] = []
            above = self._places(row, own, above, texts)
            words = joined(above)
            heavy = [text.heavy for text in texts if text.letters]
            if first and len(heavy) > 1 and heavy[0] and not any(heavy[1:]):
                first = NO_HEADS  # the first cell is the label of the others
            if words.strip(" |"):
                notes = tuple(note for text in texts for note in self._called(text))
                doubts = dict.fromkeys(doubt for text in texts for doubt in text.doubts)
                doubts |= dict.fromkeys([LINES] if _has_lines(own) else [])
                yield Block(words, Role.ROW, first, notes=notes, doubts=tuple(doubts))
                first = 0

    def _columns(self, cells: list[list[_Element]], langs: Columns) -> Iterator[Block]:
        """The cells of a table of two languages: each text by itself, with its language.

        What stands in a third column belongs to both; the number of an article heads its texts.
        """
        for row in cells:
            whole = len(row) == len(langs)
            shared = [_plain(c) for c, lang in in_order(row, langs) if whole and lang is None]
            if any(map(str.strip, shared)) and not heads_article(shared):
                yield from rows_of(in_order([*map(self._cell, row)], langs))
                continue
            for found, lang in in_order([[*self._read(cell)] for cell in row], langs):
                self._in_both += [] if whole else [block.text for block in found]
                yield from (replace(block, lang=lang) for block in found)

    def _cell(self, cell: _Element) -> Block:
        """The words of a cell, with their notes and doubts."""
        texts: list[Text] = []
        words = self._words(cell, texts)
        notes = tuple(note for text in texts for note in self._called(text))
        doubts = tuple(dict.fromkeys(doubt for text in texts for doubt in text.doubts))
        return Block(words, notes=notes, doubts=doubts)

    def _places(
        self, row: _Element, cells: list[_Element], above: list[Cell[str]], texts: list[Text]
    ) -> list[Cell[str]]:
        """The cell at each place of a row; one that goes on is that of the row above."""
        places = [Cell("")] * _span(row, "trPr", "gridBefore", 0)
        for cell in cells:
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            beside = cell.find(f"{W}tcPr/{W}hMerge")
            at = len(places)
            found = Cell(self._words(cell, texts))
            if merge is not None and merge.get(f"{W}val", "continue") == "continue":
                found = above[at] if at < len(above) and not found.content else found
            if beside is not None and beside.get(f"{W}val", "continue") == "continue" and places:
                found = places[-1]
            places += [found] * _span(cell, "tcPr", "gridSpan", 1)
        return places

    def _words(self, cell: _Element, texts: list[Text]) -> str:
        """The words of a cell or a note, its paragraphs with their numbers."""
        words: list[str] = []
        for paragraph in cell.iter(f"{W}p"):
            label, _, text = self._numbered(paragraph, self._styles.of(paragraph))
            words.append(label.before(text.words))
            texts.append(text)
            for box in _boxes(paragraph):
                self._boxes += 1
                words.append(box.get("string", ""))
        return squeezed(" ".join(words))


def _is_contents(control: _Element) -> bool:
    """Whether a content control holds the table of contents, whatever its lines look like."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _shown(root: _Element) -> str:
    """The words of a part that stands around the text, and those of a watermark in it."""
    words = (t.text or t.get("string") or "" for t in root.iter(f"{W}t", _DRAWN_WORDS))
    return " ".join(words)


def _with_drawn(blocks: list[Block]) -> list[Block]:
    """The blocks with words; the doubt of a picture that stands alone goes to the one before it.

    That of a shape goes to the one after it too, which it may cover. Before the first words stand
    coats of arms and the like: they are counted, and no doubt.
    """
    out: list[Block] = []
    waiting: list[Bilingual] = []
    for block in blocks:
        if block.text:
            out.append(_doubted(block, waiting))
            waiting = []
            continue
        if out:
            out[-1] = _doubted(out[-1], [d for d in block.doubts if d in {PICTURE, DRAWN}])
        waiting += [d for d in block.doubts if d is DRAWN]
    return out


def _doubted(block: Block, doubts: list[Bilingual]) -> Block:
    return replace(block, doubts=tuple(dict.fromkeys((*block.doubts, *doubts))))


def _boxes(paragraph: _Element) -> Iterator[_Element]:
    """The text boxes and drawn words that a paragraph holds, without those within them."""
    for box in paragraph.iter(f"{W}txbxContent", _DRAWN_WORDS):
        read = box.tag != _DRAWN_WORDS or box.get("string")
        if read and next(box.iterancestors(f"{W}p")) is paragraph:
            yield box


def _is_item(label: Label, words: str) -> bool:
    """Whether a sign without a number stands before a paragraph, typed or made by Word."""
    sign = marker(clean(words))
    return label.text == "•" or (sign is not None and sign.form == "bullet")


def _span(owner: _Element, properties: str, word: str, default: int) -> int:
    found = owner.find(f"{W}{properties}/{W}{word}")
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), WIDEST) if value.isdecimal() else default


def _grid(table: _Element) -> tuple[list[_Element], list[list[_Element]]]:
    """The rows of a table and their cells, without those of tables within it."""
    rows = [row for row in table.iter(f"{W}tr") if _owner(row) is table]
    return rows, [[c for c in row.iter(f"{W}tc") if _owner(c) is table] for row in rows]


def _has_lines(cells: list[_Element]) -> bool:
    """Whether two cells have lines that belong together, or one has a table."""
    tables = any(next(cell.iter(f"{W}tbl"), None) is not None for cell in cells)
    return tables or belong_together(
        [line for p in cell.iter(f"{W}p") for line in _plain(p).split("\n")] for cell in cells
    )


def _plain(part: _Element) -> str:
    found = part.iter(f"{W}t", f"{W}br", f"{W}cr")
    return " ".join((t.text or "") if t.tag == f"{W}t" else "\n" for t in found)


def _bilingual(body: _Element) -> dict[_Element, Columns]:
    """The tables that hold a text in French and in Dutch, with the language of each column."""
    tables = body.iter(f"{W}tbl")
    return languages({table: [[*map(_plain, row)] for row in _grid(table)[1]] for table in tables})


def _owner(part: _Element) -> _Element | None:
    """The table in which a row or cell stands."""
    return next(part.iterancestors(f"{W}tbl"), None)
