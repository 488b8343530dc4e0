"""From the lines of a PDF to its blocks: paragraphs, headings, list items and table rows.

A line begins a new block where one of these holds:

- the gap above it is wider than the usual one of its size, or its size or weight changes;
- it starts with a bullet, or with a number after a finished sentence or a short line, or with the
  number after that of the block; a line that awaits a number ("visé au point") goes on with one;
- it is indented, after a finished sentence; or the line before had room for its first word.

After a page or column break a paragraph goes on where its last line had no room left and had not
ended its sentence, or where the next line starts in lower case, but for an article or a division.

A block is a heading where its type is larger or bolder than the body; headings of one type have
one level, the largest first. Those that are bolder and no larger have the level of bold lines in
all formats.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from sources.formats.breaks import IN_BRACKETS
from sources.formats.contents import leads
from sources.formats.hyphens import Words
from sources.formats.pdf.columns import Line
from sources.formats.pdf.notes import Footnotes, plain
from sources.formats.pdf.rows import first_word, is_sign
from sources.formats.pdf.runs import usual_size
from sources.formats.pdf.signs import PLACED, bare
from sources.formats.raised import CALLS, shown
from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.formulas import awaits_number
from sources.structure.numbers import Marker, marker

_LARGE = 1.1  # of the body's size
_SPACING = 1.2  # of the size: the gap between two lines where nothing tells it
_HEADS = 3.0  # of the size: the heads of a table stand no higher above its first row
_INDENT = 4.0  # of the size: the first line of a paragraph stands no further in, or out
_ENDS = tuple(".!?:;»”")
_HEAD = 3  # cells of a line above a text: what a gazette prints over its pages
_ROMAN = re.compile(r"[ivx]{1,5} [A-ZÀ-Ý]")  # of a note at the end of a text
_FREE = {"article", "division"}  # begin a block wherever a column or a page begins

Style = tuple[float, bool]


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most letters of lines stand, where there is prose those beside tables."""
    rows = tabular(lines)
    text = [line for line in lines if line not in rows]
    some = text if any(map(_ended, text)) else lines
    return usual_size((_size(line), len(line.text)) for line in some)


def tabular(lines: Sequence[Line]) -> set[Line]:
    """Lines with cells that start or end where those of a neighbour do.

    So is a first line of several cells: the head of a page, which is no title.
    """
    found = {line for line in lines if line.row}
    found |= {line for line in lines[:1] if len(line.cells) >= _HEAD}
    for one, other in pairwise(lines):
        if len(one.cells) > 1 and len(other.cells) > 1 and _together(one, other):
            near = 0.6 * one.size
            places = (one.starts, other.starts), (one.ends, other.ends)
            if any(abs(a - b) < near for x, y in places for a in x[1:] for b in y[1:]):
                found |= {one, other}
    for one, other in pairwise(lines):
        if other in found and one not in found and _heads_rows(one, other):
            found.add(one)
    return found


def _heads_rows(line: Line, row: Line) -> bool:
    """Whether a line right above a row has the heads of its columns, which may start elsewhere."""
    near = _together(line, row) and 0 < line.y - row.y <= _HEADS * row.size
    alike = 1 < len(line.cells) == len(row.cells)
    return near and alike and not any(cell.endswith(_ENDS) for cell in line.cells)


def blocks(lines: Sequence[Line], notes: Mapping[int, Footnotes], words: Words) -> list[Block]:
    """The blocks of a document; ``notes`` are the footnotes of each page by number."""
    return _Layout(list(lines)).blocks(notes, words)


class _Layout:
    """What is usual in a document, and its lines by that measure."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.body = body_size(lines)
        bold = sum(len(line.text) for line in lines if line.bold)
        self.heavy = bold * 2 > sum(len(line.text) for line in lines)
        self.usual = dict(_usual_gaps(lines))
        ratios = [gap / size for size, gap in self.usual.items()]
        self.spacing = median(ratios or [_SPACING])  # of sizes in which no sentence goes on
        self.tabular = tabular(lines)
        self.broken = {line for pair in pairwise(lines) if self._is_broken(*pair) for line in pair}

    def blocks(self, notes: Mapping[int, Footnotes], words: Words) -> list[Block]:
        """The blocks of all lines."""
        groups = self._groups()
        styles = sorted({self._style(g) for g in groups if self._is_heading(g)}, reverse=True)
        out: list[Block] = []
        margins: list[float] = []
        last: Line | None = None
        for group in groups:
            parts = [plain(line.text, notes.get(line.page, {})) for line in group]
            found = tuple(note for _, some in parts for note in some)
            text, page = words.join([words_of for words_of, _ in parts]), group[0].page
            text += PLACED if group[0] in self.broken else ""
            size = _size(group[0])
            if group[0] in self.tabular:
                first = not out or out[-1].role is not Role.ROW
                first = first or (group[0].opens and out[-1].page == page)
                cells = [plain(cell, notes.get(page, {}))[0] for cell in group[0].cells]
                cells[-1] += PLACED if group[0] in self.broken else ""
                out.append(Block(" | ".join(cells), Role.ROW, int(first), page=page, notes=found))
            elif self._is_heading(group):
                large = any(line.size >= _LARGE * self.body for line in group)
                level = styles.index(self._style(group)) + 1 if large else BY_TYPE
                out.append(Block(text, Role.HEADING, level, size=size, page=page, notes=found))
            elif (sign := _marker(text)) and sign.form == "bullet":
                depth = _depth(margins, group[0], last)
                last = group[0]
                out.append(Block(text, depth=depth, size=size, page=page, notes=found))
            else:
                text += PLACED if any(map(_is_across, group, group[1:])) else ""
                out.append(Block(text, size=size, page=page, notes=found))
            if not out[-1].depth:
                margins.clear()
        return out

    def _is_broken(self, row: Line, line: Line) -> bool:
        """Whether words below a row may go on in its last cell, which had no room for them."""
        if row.row or row not in self.tabular or line in self.tabular or _marker(line.text):
            return False
        full = row.right - row.end <= 1.2 * first_word(line) and not _ended(row)
        return full and _together(row, line) and 0 < row.y - line.y <= self._step(line)

    def _step(self, line: Line) -> float:
        """The widest gap above a line that goes on with the one before."""
        return 1.25 * self.usual.get(_size(line), self.spacing * line.size) + 0.5

    def _groups(self) -> list[list[Line]]:
        groups: list[list[Line]] = []
        for line in self.lines:
            if groups and not self._begins(groups[-1], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _begins(self, group: list[Line], line: Line) -> bool:
        before, sign = group[-1], _marker(line.text)
        heading, ended = self._large(line), _ended(before)
        if (
            line in self.tabular
            or before in self.tabular
            or (sign and sign.form == "bullet")
            or (leads(before.text) and leads(line.text))
            or abs(_size(before) - _size(line)) > 0.6
            or (before.bold != line.bold and (heading or self._large(before)))
        ):
            return True
        room = before.right - before.end
        if not _together(before, line):
            opens = sign is not None and sign.form in _FREE  # below a title over both columns
            opens = opens or _ROMAN.match(line.text) is not None
            goes_on = line.text[0].islower() and not sign and not (ended and _is_note(group))
            return heading or opens or (not goes_on and (ended or room > 1.2 * first_word(line)))
        if not 0 < before.y - line.y <= self._step(line):
            return True
        counts = sign is not None and sign.succeeds(_marker(group[0].text))
        if not (ended or counts) and line.text[0].isdigit() and awaits_number(bare(before.text)):
            return False
        if sign and (ended or counts or room > 1.2 * first_word(line)):
            return True
        return not heading and self._parts(group, line, room)

    def _parts(self, group: list[Line], line: Line, room: float) -> bool:
        """Whether a line begins a paragraph though nothing but its place says so."""
        before = group[-1]
        wide = room > 0.35 * (before.right - before.left)
        if not (line.text[0].isupper() or (wide and line.text[0].isdigit())):
            return False
        ended, step = _ended(before), 0.8 * line.size
        # The words below those behind a number or sign at the margin are no new paragraph.
        hanging = before is group[0] and is_sign(before.text.split()[0])
        indented = line.x > before.x + step and before.x <= before.left + step and not hanging
        outdented = line.x < group[0].x - step and len(group) > 1
        if _marker(group[0].text) and line.x <= group[0].x - step / 2:
            outdented = True
        fits = room > 1.2 * first_word(line)
        return wide or (ended and (indented or outdented or fits))

    def _large(self, line: Line) -> bool:
        return line.size >= _LARGE * self.body or (line.bold and not self.heavy)

    def _is_heading(self, group: list[Line]) -> bool:
        text = " ".join(line.text for line in group)
        sign = _marker(text)
        weight = any(line.size < _LARGE * self.body for line in group)  # makes it one, not its size
        ends = text[-1] in (".;,:" if weight and not sign else ".;,")
        return (
            all(self._large(line) for line in group)
            and len(text) <= 250
            and (not ends or (len(text) <= 60 and (sign is not None or not weight)))
            and any(c.isalpha() for c in text)
            and not (sign and sign.form == "bullet")
            and not (weight and IN_BRACKETS.fullmatch(text))
        )

    @staticmethod
    def _style(group: list[Line]) -> Style:
        return _size(group[0]), group[0].bold


def _marker(text: str) -> Marker | None:
    """What the head of a line tells, where a raised figure may be part of its number."""
    return marker(shown(text))


def _size(line: Line) -> float:
    return round(line.size * 2) / 2


def _together(one: Line, other: Line) -> bool:
    return (one.page, one.column) == (other.page, other.column)


def _usual_gaps(lines: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """The gap between two lines of a paragraph in each size, where sentences tell it.

    It is the one below full lines whose sentence goes on. Where no line is full, as beside words
    that stand further to the right, it is that of any sentence, if most lines go on with one.
    Lines in the middle, which start at other places than those below them, are none of these.
    """
    pairs: dict[float, list[tuple[Line, Line]]] = defaultdict(list)
    for one, other in pairwise(lines):
        below = 0 < one.y - other.y < 2.2 * one.size and abs(one.x - other.x) <= _INDENT * one.size
        if _together(one, other) and below:
            pairs[_size(one)].append((one, other))
    for size, found in pairs.items():
        woven = [pair for pair in found if _goes_on(*pair)]
        full = [
            (one, other) for one, other in woven if one.right - one.end <= 1.2 * first_word(other)
        ]
        if sure := full or (woven if 2 * len(woven) >= len(found) else []):
            yield size, median(one.y - other.y for one, other in sure)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether the words of a line go on with the sentence of the one before."""
    return line.text[0].islower() and not _ended(before) and not _marker(line.text)


def _ended(line: Line) -> bool:
    """Whether a line ends a sentence, or a part of one."""
    return bare(CALLS.sub("", line.text)).rstrip()[-1:] in _ENDS


def _is_across(line: Line, below: Line) -> bool:
    """Whether one of two lines of a paragraph has a wide gap within it, as behind no label."""
    wide = (one for one in (line, below) if len(one.cells) > 1)
    return any(not one.cells[0].endswith(":") for one in wide)


def _is_note(group: Sequence[Line]) -> bool:
    """Whether a block may be a note below a column: it begins with a number in brackets."""
    found = _marker(group[0].text)
    return found is not None and found.sign == "()"


def _depth(margins: list[float], line: Line, last: Line | None) -> int:
    """Depth of a bullet in its list, from 1; ``last`` is the bullet before, maybe of a column."""
    if last and (line.left >= last.right or line.right <= last.left):
        margins[:] = [margin + line.left - last.left for margin in margins]
    while margins and margins[-1] > line.x - 0.5 * line.size:
        margins.pop()
    margins.append(line.x)
    return len(margins)
