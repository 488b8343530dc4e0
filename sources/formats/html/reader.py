"""Reader of HTML pages: headings, paragraphs, lists and tables of the main part of a page.

The main part is ``<main>``, or ``<article>`` where the page has only one, if it holds half of
the words; otherwise the body. What a browser shows is read by what it is; menus and controls
around the text, and what is hidden or struck out, are left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile

import lxml.html
from lxml import etree
from lxml.etree import _Element

from sources.bilingual import Bilingual
from sources.dates import only_date
from sources.errors import ReadError
from sources.formats.aligned import rows as aligned
from sources.formats.attributes import check_attributes, shown
from sources.formats.bilingual import Columns, heads_article, in_order, rows_of
from sources.formats.breaks import heads, parted
from sources.formats.charset import declared_charset, decoded
from sources.formats.formula import formula, is_plain
from sources.formats.grid import Cell, belong_together, grid, joined
from sources.formats.html.cards import cards_from, is_figure
from sources.formats.html.context import STRUCK_OUT, Context
from sources.formats.html.drawn import drawn_rows, rows_from
from sources.formats.html.elements import (
    DRAWN,
    FOREIGN,
    METERS,
    beside_articles,
    holds_table,
    in_another_language,
    in_third_language,
    is_defined,
    is_picture,
    is_table,
    is_title,
    linked,
    mark_definitions,
    mark_headings,
    silent,
    spoken,
    value,
)
from sources.formats.html.labels import are_labelled
from sources.formats.html.spacing import gaps, is_line, is_numbered, parts
from sources.formats.html.titles import with_title
from sources.formats.html.word import names_text
from sources.formats.lists import items as listed_items
from sources.formats.omissions import FORM, FORMULA, LINES, NESTED, PICTURE, STRUCK
from sources.formats.plain import blocks as typed
from sources.formats.printed import BLOCKS, HEADINGS, cells_of, groups, lines, whole
from sources.formats.raised import lowered, raised, with_notes
from sources.formats.symbols import is_symbolic, signs
from sources.structure.blocks import BY_TYPE, NO_HEADS, Block, Role, as_text, squeezed
from sources.structure.document import Content

_DATES = ("dcterms.issued", "dc.date", "dcterms.date", "dc.date.issued", "article:published_time")
_FIRST = 5  # blocks that would say so
_NOT_FOUND = re.compile(
    r"(?:page|document|texte?|document|pagina)\s+(?:not found|introuvable|niet gevonden)"
    r"|(?:error|erreur|fout)\s*40[34]\b|\b404\s*[-–:]?\s*(?:not found|page|error)"
    r"|requête que vous avez formulée|zoekopdracht (?:leverde|geeft|gaf) geen",
    re.IGNORECASE,
)
_DEEPEST = 200  # elements within elements
_BLANK = re.compile(r"\n\s*\n")


def read_html(data: bytes, name: str = "") -> Content:
    """Read a page; ``ReadError`` where it is not text, or nested too deeply to be a document."""
    text, warnings = decoded(data, name, declared_charset(data))
    root = _tree(text, name)
    mark_headings(root)
    mark_definitions(root)
    page = _Page(Context(root))
    start = page.main(root)
    page.walk(start, 0)
    page.close()
    page.mark(start, 0)
    page.note_in_both()
    title = root.findtext(".//title") or ""
    blocks = with_title(with_notes(page.blocks), squeezed(title).casefold())
    warnings = (*warnings, *page.context.warnings())
    opening = squeezed(" ".join((title, *(b.text for b in blocks[:_FIRST]))))
    if _NOT_FOUND.search(opening):
        warnings += ("the page says that what was asked for is not there: check its address",)
    return Content(blocks, squeezed(title), _date(root), name, warnings)


def _tree(text: str, name: str) -> _Element:
    check_attributes(text, name)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        whole = shown(text).replace("\0", "\ufffd").encode("utf-8", "replace")
        root = lxml.html.document_fromstring(whole, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        step = "Save the page again."
        raise ReadError("an HTML page is empty or damaged", f"{name}: {error}", step) from error
    cut = [error for error in parser.error_log if error.level_name == "FATAL"]
    if cut:
        step = "Save its text as a plain text file, and add that."
        raise ReadError(
            "an HTML page is beyond what can be read", f"{name}: {cut[0].message}", step
        )
    return root


def _date(root: _Element) -> str:
    """The date of the text that the page declares; several must agree."""
    declared = {
        only_date((meta.get("content") or "")[:10])
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in _DATES
    } - {""}
    return declared.pop() if len(declared) == 1 else ""


@dataclass(slots=True)
class _Page:
    """The blocks of a page as they are found; ``words`` belong to the block at hand."""

    context: Context
    flat: bool = False  # all words belong to one block: a heading, a cell
    laid_out: bool = False  # by the spaces and lines of the file
    blocks: list[Block] = field(default_factory=list)
    words: str = ""
    gap: bool = False  # a browser shows one behind the words
    notes: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # in the words, of each note
    doubts: list[tuple[int, Bilingual]] = field(default_factory=list)  # with place in the words
    label: str = ""
    level: int = 0
    depth: int = 0
    goes_on: bool = False  # the words at hand follow a list within their item
    lists: int = 0  # so far
    size: float = 0.0  # of the smallest letters of the block at hand
    alone: bool = False  # an item with no other one in its list, which may be a heading
    letters: int = 0
    bold: int = 0  # letters in bold type
    heavy: list[str] = field(default_factory=list)  # words in bold type, by their elements

    def main(self, root: _Element) -> _Element:
        """The main part of a page; what stands around it is told."""
        body = root.find("body")
        body = root if body is None else body
        for path in (".//main", ".//*[@role='main']", ".//article"):
            found = body.findall(path)
            if len(found) == 1 and 2 * len(spoken(found[0])) >= len(spoken(body)):
                for above in (found[0], *found[0].iterancestors()):
                    if above is body:
                        return found[0]
                    self._beside(above)
        return body

    def _beside(self, part: _Element) -> None:
        parent = part.getparent()
        for other in parent if parent is not None else ():
            if other is not part and not silent(other):
                self.context.omissions.add("outside the main part of the page", spoken(other))

    def close(self, *, level: int = 0, depth: int = 0, label: str = "") -> None:
        """End the block at hand; the next one is a heading, an item (with its number), or text."""
        notes = list(zip(self.places, self.notes, strict=True))
        whole = [(self.words.strip(), tuple(self.notes))] if self.words.strip() else []
        if self._is_heading():
            self.level, self.depth = BY_TYPE, 0
        for part, called in whole if self.depth else parted(self.words, notes, blank=True):
            head = self._head_of(part) if self.blocks and not (self.depth or self.level) else ""
            if head:
                self.blocks.append(Block(head, Role.HEADING, BY_TYPE, size=self.size))
            role = Role.HEADING if self.level else Role.TEXT
            self.blocks.append(
                Block(
                    self.label + part[len(head) :], role, self.level, self.depth, size=self.size,
                    goes_on=self.goes_on, notes=called, doubts=_each(self.doubts),
                )
            )  # fmt: skip
        if whole:
            self.notes, self.places, self.doubts, self.size = [], [], [], 0.0
        self.doubts = [found for found in self.doubts if found[1] is not STRUCK]  # all is struck
        self.words, self.level, self.depth, self.label = "", level, depth, label
        self.alone, self.letters, self.bold = False, 0, 0
        self.heavy, self.goes_on = [], False

    def _head_of(self, part: str) -> str:
        """The first line of a part, between blank lines, where it is in bold type and heads it.

        So old pages have all of their text in one paragraph.
        """
        line, _, below = part.partition("\n")
        blank = _BLANK.search(self.words.strip()) is not None
        bold = squeezed(line) in {squeezed(words) for words in self.heavy}
        return line if blank and bold and below.strip() and heads(line) else ""

    def _is_heading(self) -> bool:
        """Whether the block at hand is a heading by its type; the first may be the title.

        The only item of a list may be one: so are headings numbered.
        """
        placed = not self.depth or (self.alone and bool(self.label))
        heavy = 0 < self.letters == self.bold
        return bool(self.blocks) and placed and heavy and not self.level and heads(self.words)

    def walk(self, element: _Element, depth: int, items: int = 0) -> None:
        """Read an element; ``items`` lists stand around it."""
        if depth > _DEEPEST:
            raise ReadError(
                "an HTML page is nested too deeply", f"{depth} elements", "Save it as text."
            )
        before, after = self.context.signs(element)
        self._add(before + (element.text or ""), element)
        rows: set[_Element] = set()
        for child in element:
            reason = self.context.left_out(child)
            if reason is None and child not in rows and not self.flat and not self.depth:
                rows = self._drawn_rows(child, depth) or rows
            if child in rows:
                pass
            elif reason is None:
                self.context.other += [spoken(child)] if in_another_language(child) else []
                self.context.third += [spoken(child)] if in_third_language(child) else []
                self._child(child, depth, items)
            else:
                self._leave(child, reason)
            self._add(child.tail, element)
        self._add(after, element)

    def _drawn_rows(self, first: _Element, depth: int) -> set[_Element]:
        """Read the rows that a style draws among other blocks from one on; which they are.

        They may be rows of a table, or cards.
        """
        found = rows_from(first, self.context.styling)
        if found:
            self.close()
            self._rows([cells for _, cells in found], depth, 1)
            return {row for row, _ in found}
        rows, columns = cards_from(first, self.context.styling)
        for cell in chain.from_iterable(columns):
            if self._read(cell):
                self._block(cell, depth, 0)
        return rows

    def _leave(self, element: _Element, reason: str) -> None:
        words = spoken(element) if reason else ""
        self.context.omissions.add(reason, words)
        whole = any(True for _ in element.iter(*BLOCKS))  # then no words around it miss any
        if reason == STRUCK_OUT and words and not whole:
            self._doubt(STRUCK)

    def _child(self, child: _Element, depth: int, items: int) -> None:
        self.context.boxes.begin(child, len(self.blocks))
        if not self.flat and (title := self.context.boxes.title(child)):
            self.close()
            self.blocks.append(Block(title, Role.HEADING, BY_TYPE))
        self._shown(child, depth, items)
        if not self.flat:
            self.context.boxes.end(child, self.blocks, self.context.styling)

    def _shown(self, child: _Element, depth: int, items: int) -> None:
        tag = str(child.tag)
        if tag == "br":
            self.words += "\n" if self.laid_out or not self.flat else " "
        elif note := self.context.notes.called(child):
            self._note([note])
        elif not self._replaced(child, tag) and not self._shifted(child, depth):
            self._structured(child, tag, depth, items)

    def _replaced(self, child: _Element, tag: str) -> bool:
        """Read what is no text in the file but shows something: pictures, formulas, fields."""
        if tag in DRAWN:
            self._picture(child)
        elif tag in FOREIGN:
            self.context.foreign += 1
            self._doubt(PICTURE)
        elif tag in METERS:
            self._doubt(PICTURE)
        elif tag == "rt":  # small words above others
            self.words += f" ({self._inside(child, 1)})"
        elif tag == "math":
            self.words += formula(child)
            if not is_plain(child):
                self._doubt(FORMULA)
        elif tag in {"input", "select", "textarea"}:
            if shows := value(child):
                self.words += f" {shows} "
                self._doubt(FORM)
        else:
            return False
        return True

    def _picture(self, child: _Element) -> None:
        if not any(is_picture(part) for part in child.iter("img", "svg", "canvas")):
            return
        if self.words.strip() or not self.blocks or self.flat:
            self._doubt(PICTURE)
        else:  # it stands alone: the doubt goes to the words before it
            known = dict.fromkeys((*self.blocks[-1].doubts, PICTURE))
            self.blocks[-1] = replace(self.blocks[-1], doubts=tuple(known))

    def _shifted(self, child: _Element, depth: int) -> bool:
        """Read what is raised or lowered; whether that was so."""
        height = self.context.styling.height(child)
        if not height or child.tag in BLOCKS:
            return False
        inner = self._inside(child, depth)
        put = raised if height > 0 else lowered
        self.words = put(self.words, inner) if inner else self.words
        return True

    def _inside(self, element: _Element, depth: int) -> str:
        """The words of an element on one line; its notes and doubts go to the block at hand."""
        page = _Page(self.context, flat=True, depth=1)
        page.walk(element, depth + 1)
        self._note(page.notes)
        for _, doubt in page.doubts:
            self._doubt(doubt)
        return " ".join(page.words.split())

    def _note(self, notes: list[str]) -> None:
        self.notes += notes
        self.places += [len(self.words)] * len(notes)

    def _doubt(self, doubt: Bilingual) -> None:
        self.doubts.append((len(self.words), doubt))

    def _structured(self, child: _Element, tag: str, depth: int, items: int) -> None:
        line = is_line(child, self.context.styling)
        if self.flat:
            apart = "" if not line else "\n" if self.laid_out else " "
            self.words += apart
            if tag in {"ul", "ol"}:
                self._listed(child, depth)
            else:
                self._in_line(child, depth, items)
            self.words += apart
        elif tag in HEADINGS or (tag == "summary" and not self.depth and is_title(child)):
            number = "" if self.words.strip() else self.label  # of the item that it begins
            self.close(level=HEADINGS.get(tag, BY_TYPE), label=number)
            self.words, self.size = self._inside(child, depth), self.context.styling.size(child)
            start = len(self.blocks)
            self.close()
            if names_text(child):
                self.blocks[start:] = [replace(b, role=Role.TITLE) for b in self.blocks[start:]]
        elif tag in {"ul", "ol"}:
            if not self.words.strip():  # the number of an item that begins with a list
                self.words, self.label = self.label, ""
            self.close()
            self._list(child, depth, items + 1)
            self.depth, self.goes_on = items, items > 0
        elif self._tabular(child, tag, depth):
            pass
        elif tag == "pre" or self._in_columns(child, tag):
            self.close()
            self._laid_out(child, depth)
        elif not self.depth and is_defined(child):
            self._defined(child, tag, depth, items)
        elif (tag == "button" or (line and not _is_phrasing(child))) and not self.depth:
            self._block(child, depth, items)
        else:
            apart = "\n" if line else ""
            self.words += apart
            self._in_line(child, depth, items)
            self.words += apart

    def _tabular(self, child: _Element, tag: str, depth: int) -> bool:
        """Read a table, what is drawn as one, or a figure with its label; whether it was one."""
        if tag == "table" and (langs := self.context.languages.get(child)):
            self.close()
            self._columns(child, langs, depth)
        elif tag == "table" and is_table(child):
            self.close()
            self._table(child, depth)
        elif drawn := drawn_rows(child, self.context.styling, self._read):
            self.close()
            self._rows(drawn, depth, 1)
        elif not self.depth and is_figure(child, self.context.styling):
            self.close()
            for part in filter(self._read, child):
                self._in_line(part, depth, 0)
                self.words += "\n"
            self.close()
        else:
            return False
        return True

    def _in_line(self, child: _Element, depth: int, items: int) -> None:
        """Read an element within a line, with the spaces that a browser shows around its words."""
        before, after = gaps(child, self.context.styling)
        self.gap = self.gap or before
        start = len(self.words)
        self.walk(child, depth + 1, items)
        number = self.words.strip() if not self.words[:start].strip() else ""
        self.words += " " if number and is_numbered(number, _behind(child)) else ""
        self.gap = self.gap or after

    def _block(self, child: _Element, depth: int, items: int) -> None:
        self.close()
        start = len(self.blocks)
        self.walk(child, depth + 1, items)
        self.close()
        self.mark(child, start)
        links = [] if any(True for _ in _blocks_in(child)) else child.findall(".//a")
        if len(links) > 1 and (words := linked(child)):
            self.context.menus.append(words)
        if child.tag == "figcaption":
            self.blocks[start:] = map(as_text, self.blocks[start:])
        if child.tag == "table":
            self.context.beside += beside_articles(child)
        if child.tag == "table" and holds_table(child):  # which cells stand together is lost
            found = self.blocks[start:]
            self.blocks[start:] = [replace(b, doubts=(*b.doubts, NESTED)) for b in found]

    def mark(self, part: _Element, start: int) -> None:
        """Give the blocks from ``start`` on the language of a part, where its page is in two."""
        marked = self.context.marked
        around = (marked[e] for e in (part, *part.iterancestors()) if e in marked)
        if lang := next(around, None):
            self.blocks[start:] = [replace(b, lang=b.lang or lang) for b in self.blocks[start:]]

    def note_in_both(self) -> None:
        """Note the lines that stand in no part of a page which is in one of two languages."""
        found = self.blocks if self.context.marked else []
        self.context.in_both += [block.text for block in found if not block.lang]

    def _in_columns(self, element: _Element, tag: str) -> bool:
        """Whether the words of one block stand in columns that its spaces make."""
        if tag not in BLOCKS or not self.context.styling.keeps_spaces(element):
            return False
        inner = any(True for _ in _blocks_in(element))
        return not inner and bool(aligned("".join(map(str, element.itertext())).splitlines()))

    def _laid_out(self, element: _Element, depth: int) -> None:
        """Words that spaces and lines lay out, read as a text file is."""
        page = _Page(self.context, flat=True, laid_out=True, depth=1)
        page.walk(element, depth + 1)
        notes = list(zip(page.places, page.notes, strict=True))
        start = 0
        for block in typed(page.words):
            end = _end(page.words, start, block.text)
            self.blocks.append(
                replace(
                    block,
                    notes=tuple(note for at, note in notes if start <= at < end),
                    doubts=_each((at, doubt) for at, doubt in page.doubts if start <= at < end),
                )
            )
            start = end

    def _defined(self, child: _Element, tag: str, depth: int, items: int) -> None:
        """A term and all that it means: one paragraph, each on its own line."""
        before, after = child.getprevious(), child.getnext()
        if before is not None and before.tag in {"dt", tag}:
            self.words += "\n"
        else:
            self.close()
        self.walk(child, depth + 1, items)
        if tag == "dd" and (after is None or after.tag != "dd"):
            self.close()

    def _list(self, element: _Element, depth: int, items: int) -> None:
        """Items of a list; those of an ordered one with the number that a browser prints."""
        if items == 1 and (words := linked(element)):
            self.context.menus.append(words)
        found = self._items(element)
        start = len(self.blocks)
        for child, label in found:
            if child.tag != "li":
                self._list(child, depth + 1, items + 1)
                continue
            self.close(depth=items, label=label)
            self.alone = len(found) == 1
            self.walk(child, depth + 1, items)
            self.close()
        if items == 1:
            self.lists += 1
            self.blocks[start:] = [replace(b, list=self.lists) for b in self.blocks[start:]]

    def _listed(self, element: _Element, depth: int) -> None:
        """Items of a list that stands in a cell, on its line."""
        for child, label in self._items(element):
            self.words += f" {label}"
            self.walk(child, depth + 1)
            self.words += " "

    def _items(self, element: _Element) -> list[tuple[_Element, str]]:
        """The items of a list, with their numbers as they stand before the words."""
        found = listed_items(element, self.context.styling, self._read)
        return [(child, f"{label} " if label else "") for child, label in found]

    def _read(self, element: _Element) -> bool:
        """Whether an item or row is read; one that is not is told."""
        reason = self.context.left_out(element)
        if reason is not None:
            self._leave(element, reason)
        return reason is None

    def _table(self, table: _Element, depth: int) -> None:
        """The caption of a table, and its rows: cells parted by " | ", merged ones repeated."""
        for caption in table.iterfind("caption"):
            if self._read(caption):
                self.words = self._inside(caption, depth)
                self.close()
        first = 1
        for rows in groups(table, self._read):
            first = self._rows([cells_of(row) for row in rows if self._read(row)], depth, first)

    def _rows(self, rows: list[list[_Element]], depth: int, first: int) -> int:
        """Read rows by their cells; 1 where the first row of the table is still to come."""
        read = [self._row(row, depth) for row in rows]
        labelled = are_labelled(rows, self.context.styling)
        first = NO_HEADS if first and labelled else first
        places = grid((cells for cells, _ in read), "")
        for row, (_, page) in zip(places, read, strict=True):
            if joined(row).strip(" |"):
                self.blocks.append(
                    Block(
                        joined(row), Role.ROW, first,
                        notes=tuple(page.notes), doubts=_each(page.doubts),
                    )
                )  # fmt: skip
                first = 0
        return first

    def _row(self, row: list[_Element], depth: int) -> tuple[list[Cell[str]], _Page]:
        page = _Page(self.context, flat=True, depth=1)
        page.doubts = [(0, LINES)] if belong_together(map(lines, row)) else []
        cells: list[Cell[str]] = []
        for cell in row:
            words = page._inside(cell, depth) if page._read(cell) else ""
            columns, rows = whole(cell.get("colspan"), 1), whole(cell.get("rowspan"), 1)
            cells.append(Cell(words, columns, rows))
        return cells, page

    def _columns(self, table: _Element, langs: Columns, depth: int) -> None:
        """The cells of a table of two languages: each text by itself, with its language.

        What stands in a third column belongs to both; the number of an article heads its texts.
        """
        for row in chain.from_iterable(groups(table, self._read)):
            cells = [cell for cell in cells_of(row) if self._read(cell)] if self._read(row) else []
            whole = len(cells) == len(langs)
            found = in_order(cells, langs)
            shared = [spoken(cell) for cell, lang in found if whole and lang is None]
            if any(shared) and not heads_article(shared):
                self.blocks += rows_of([(self._cell(cell, depth), lang) for cell, lang in found])
                continue
            for cell, lang in found:
                start = len(self.blocks)
                self.walk(cell, depth + 1)
                self.close()
                self.blocks[start:] = [replace(b, lang=lang) for b in self.blocks[start:]]
                self.context.in_both += [] if whole else [b.text for b in self.blocks[start:]]

    def _cell(self, cell: _Element, depth: int) -> Block:
        """The words of a cell, with their notes and doubts."""
        page = _Page(self.context, flat=True, depth=1)
        words = page._inside(cell, depth)
        return Block(words, notes=tuple(page.notes), doubts=_each(page.doubts))

    def _add(self, text: str | None, element: _Element) -> None:
        """Add words that stand right within an element, as its style shows them."""
        if not text:
            return
        if is_symbolic(font := self.context.styling.font(element)):
            text = signs(text, font)
        if not self.laid_out:
            kept = self.context.styling.keeps_lines(element)
            text = re.sub(r"[^\S\n]+" if kept else r"\s+", " ", text)
        self.words += " " if self.gap and parts(self.words, text) else ""
        self.words += text
        self.gap = self.gap and not text
        if text.strip():
            size = self.context.styling.size(element)
            self.size = min(self.size or size, size)
        letters = len(text.strip())
        self.letters += letters
        if letters and self.context.styling.bold(element):
            self.bold += letters
            self.heavy.append(text)


def _each(doubts: Iterable[tuple[int, Bilingual]]) -> tuple[Bilingual, ...]:
    return tuple(dict.fromkeys(doubt for _, doubt in doubts))


def _end(words: str, start: int, block: str) -> int:
    """Where a block ends whose words begin at ``start``: hyphens and spaces may be gone from it."""
    left = sum(map(str.isalnum, block))
    for end in range(start, len(words)):
        left -= words[end].isalnum()
        if left < 0:  # the first sign of the next block, which begins its line
            return words.rfind("\n", start, end) + 1
    return len(words) + 1


def _is_phrasing(element: _Element) -> bool:
    """Whether an element without a tag of a block is part of a paragraph, of which it is a line."""
    around = next(element.iterancestors(*BLOCKS), None)
    return element.tag not in BLOCKS and around is not None and around.tag == "p"


def _behind(element: _Element) -> str:
    """The words right behind an element, within its block."""
    for part in (element, *takewhile(lambda e: e.tag not in BLOCKS, element.iterancestors())):
        if text := part.tail or "".join(_texts_after(part)):
            return text
    return ""


def _texts_after(element: _Element) -> Iterator[str]:
    following = takewhile(lambda e: e.tag not in {*BLOCKS, "br"}, element.itersiblings())
    return (str(text) for part in following for text in part.itertext())


def _blocks_in(element: _Element) -> Iterator[_Element]:
    """The elements within one that begin a line of their own."""
    return (part for part in element.iter(*BLOCKS) if part is not element)
