"""From the rows of a page to its lines in reading order, column by column.

A gutter is a vertical strip that stays empty over a band of rows with words on both sides; the
words must fill most of each side, which parts columns of prose from tables and signatures.
Rows that cross the strip (a title over both columns) end the band. A side is looked at again in
the same way, so three columns are found too. Where the articles of the right side count on from
those of the left one, they are columns however short the right one is and whatever fills them;
so is a block without articles beside articles (a letterhead). Short lines far below the columns
(signatures) are none of them.

Rows of a table without lines that have fewer cells than others get empty ones where the strips
that its words stand in are as many as the cells of its fullest row; else it is told. So are words
that are read across others beside them, and lines of a cell that are read as rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from sources.formats.pdf.justified import unstretched
from sources.formats.pdf.paths import Box
from sources.formats.pdf.rows import Piece, Row, first_word, is_sign
from sources.formats.pdf.signed import signed_from
from sources.formats.pdf.signs import PLACED
from sources.formats.pdf.undrawn import is_table, strips_of, undrawn
from sources.structure.numbers import marker

_ROWS = 4  # rows with words on both sides that make a band
_COUNTED = 2  # rows that do where the articles of one side count on from those of the other
_FILL = 0.65  # share of a side that its words fill, in the middle
_FILL_BETWEEN = 0.5  # the same, where the rows of one side stand between those of the other
_SHORT = 0.5  # share of a side that the lines of signatures fill, in the middle
_DEEPEST = 3  # gutters within the columns of a gutter
_CELL = 2.0  # of the size: a gap from here on parts the cells of a table
_PART = 0.5  # the same, where the words of several rows start or end at the same places
_COLUMNED = 3  # rows of two pieces whose words must do so
_TWICE = 4  # columns: a table of as many may be two that stand beside each other
_HEADING = 60  # characters of a row with one cell that heads others, at the most
_STEP = 1.3  # of the usual one: the gap between two rows of a column
_STEP_COUNTED = 2.2  # the same, where articles count on
_FIRST = 1.2  # of the width of a word: a line with less room than this for it is full
_LEVEL = 0.8  # of the size: rows of two columns that stand nearer are level
_NEARER = 0.35  # of the size: rows that stand nearer are one
_ALIGNED = 0.3  # of the size: words that start nearer stand below each other
_BOLD = 0.9  # share of the letters of bold words
_TYPE = 0.1  # of the size: words of one cell do not differ more in theirs
_TYPES = 0.8  # points: nor do words of one table
_ENDS = tuple(".!?:;")
_FRAMED = 2  # rows in a frame, and beside it, which are read across
_ROWS_APART = 3.0  # of the size: rows of one table without lines are not further apart


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or of one of its columns.

    Attributes:
        text: Its words.
        cells: Its words, parted at wide gaps.
        starts: Where each cell starts, in points.
        ends: Where each ends, of a line that is no row of a drawn table.
        x: Start of the line.
        end: End of the line.
        left: Left edge of the column in which it stands.
        right: Right edge of that column.
        y: Baseline.
        size: Font size.
        bold: The whole line is bold, but for a number at its head.
        page: Page, from 1.
        column: Number of the column or band on its page, in reading order.
        row: It is a row of a drawn table.
        opens: It is the first row of that table on its page.
    """

    text: str
    cells: tuple[str, ...]
    starts: tuple[float, ...]
    x: float
    end: float
    left: float
    right: float
    y: float
    size: float
    bold: bool
    page: int
    column: int
    row: bool = False
    ends: tuple[float, ...] = ()
    opens: bool = False


def lines(rows: Sequence[Row], page: int, frames: Sequence[Box] = ()) -> list[Line]:
    """The lines of one page in reading order; ``frames`` are those that it draws around words."""
    pieces = [row.pieces for row in rows if row.pieces]
    if not pieces:
        return []
    whole = min(p.x for row in pieces for p in row), max(p.end for row in pieces for p in row)
    return [
        line
        for number, (column, edges) in enumerate(_columns(pieces, whole, depth=0))
        for line in _read(undrawn(_marked(column, frames)), edges, page, number)
    ]


def gutter(rows: Sequence[Row]) -> tuple[float, float, float] | None:
    """The strip between the longest columns of a page: its place, its top, and its bottom."""
    pieces = [row.pieces for row in rows if row.pieces]
    found = _gutter(pieces, 0)
    return found and (found[0], pieces[found[1]][0].y, pieces[found[2] - 1][0].y)


def lines_between(rows: Sequence[tuple[Piece, ...]], page: int, column: int) -> list[Line]:
    """The lines of one column of a page; ``rows`` hold its pieces and no others."""
    edges = min(p.x for row in rows for p in row), max(p.end for row in rows for p in row)
    return _read(unstretched(rows, edges[1]), edges, page, column)


def between(line: Line) -> bool:
    """Whether the number of an article stands behind words: between two columns."""
    last = line.cells[-1]
    numbered = last.endswith(".") or _article(last) > 0
    return len(line.cells) > 1 and not line.row and numbered and is_sign(f"{last.rstrip('.')}.")


def across(line: Line) -> bool:
    """Whether an article opens beside other words: columns that were not parted."""
    found = [marker(cell, heading=True) for cell in line.cells[1:]]
    return any(sign.form == "article" and sign.rest for sign in found if sign)


def within(piece: Piece, frame: Box) -> bool:
    """Whether words stand in a frame; those of a drawn table are in its own."""
    left, bottom, right, top = frame
    return not piece.cells and left <= piece.x and piece.end <= right and bottom <= piece.y <= top


def _marked(rows: list[_Pieces], frames: Sequence[Box]) -> list[_Pieces]:
    """The rows of a column, marked where a frame parts their words from others beside it."""
    marked: set[int] = set()
    for frame in frames:
        level = [n for n, row in enumerate(rows) if frame[1] <= row[0].y <= frame[3]]
        framed = [n for n in level if any(within(piece, frame) for piece in rows[n])]
        others = [n for n in level if not all(within(p, frame) or p.cells for p in rows[n])]
        if min(len(framed), len(others)) >= _FRAMED:
            marked.update(framed)
    return [
        (*row[:-1], replace(row[-1], text=row[-1].text + PLACED)) if n in marked else row
        for n, row in enumerate(rows)
    ]


_Pieces = tuple[Piece, ...]
_Edges = tuple[float, float]


def _columns(rows: list[_Pieces], edges: _Edges, depth: int) -> list[tuple[list[_Pieces], _Edges]]:
    """Bands and columns in reading order, each with its rows and its left and right edge."""
    rows = unstretched([row for row in rows if row], edges[1])
    gutter = _gutter(rows, depth) if depth < _DEEPEST else None
    if gutter is None:
        return [(rows, edges)] if rows else []
    place, first, last = gutter
    sides = _sides(rows[first:last], place)
    block = _is_beside(*sides)
    before, after = ([tuple(row) for row in side if row] for side in sides)
    stop = place if block else max((p.end for row in before for p in row), default=place)
    start = min((p.x for row in after for p in row), default=place)
    end = signed_from(before, after, count_on=_count_on(sides))
    return [
        *_columns(rows[:first], edges, depth),
        *_columns(before[:end], (edges[0], stop), depth + 1),
        *_columns(after, (start, edges[1]), depth + 1),
        *_columns([*before[end:], *rows[last:]], edges, depth),
    ]


def _gutter(rows: list[_Pieces], depth: int) -> tuple[float, int, int] | None:
    """The longest band of two columns: its empty strip, its first row, and the row after it."""
    left = min((p.x for row in rows for p in row), default=0.0)
    right = max((p.end for row in rows for p in row), default=0.0)
    best: tuple[int, float, int, int] | None = None
    for place in _candidates(rows, left, right):
        for first, last in _bands(rows, place):
            size = _columned(rows[first:last], place, left, right, depth)
            if size:
                best = max(best or (0, 0.0, 0, 0), (size, place, first, last))
    return best[1:] if best else None


def _candidates(rows: list[_Pieces], left: float, right: float) -> list[float]:
    """Places just before a start that several pieces share, the most shared first.

    So is one before a bold head beside another one: its column may begin further in.
    """
    starts = Counter(round(piece.x) for row in rows for piece in row)
    heads = (row[1:] for row in rows if all(piece.bold > _BOLD for piece in row))
    starts.update(round(piece.x) for row in heads for piece in row)
    shared = {x: starts[x - 1] + starts[x] + starts[x + 1] for x in starts}
    inner = left + 0.2 * (right - left), right - 0.2 * (right - left)
    good = [x for x, count in shared.items() if count >= _COUNTED and inner[0] <= x <= inner[1]]
    return [x - 2.0 for x in sorted(good, key=lambda x: (-shared[x], x))[:20]]


def _bands(rows: list[_Pieces], place: float) -> list[tuple[int, int]]:
    """Runs of rows that do not cross the place, cut to the rows beside the right column."""
    out, start, anew = [], 0, _anew(rows, place)
    for index in range(len(rows) + 1):
        ends = index == len(rows) or index in anew
        if ends or any(p.x < place < p.end for p in rows[index]):
            beside = [i for i in range(start, index) if rows[i][-1].x >= place]
            if len(beside) >= _COUNTED:
                band = beside[0], _unsigned(rows, place, beside[0], beside[-1] + 1)
                out.append(_grown(rows, place, band, (start, index)))
            start = index if index in anew else index + 1
    return out


def _unsigned(rows: list[_Pieces], place: float, first: int, last: int) -> int:
    """The end of a band without the signatures far below both columns: short lines, no articles."""
    sides = [[row for row in side if row] for side in _sides(rows[first:last], place)]
    steps = [[a[0].y - b[0].y for a, b in pairwise(side)] for side in sides]
    usual = max(median(found or [0.0]) for found in steps)
    pieces = [piece for row in rows[first:last] for piece in row]
    spaces = place - min(p.x for p in pieces), max(p.end for p in pieces) - place

    def is_signed(index: int) -> bool:
        if rows[index - 1][0].y - rows[index][0].y <= _STEP_COUNTED * usual:
            return False
        below = _sides(rows[index:last], place)
        shares = [
            (piece.end - piece.x) / space
            for side, space in zip(below, spaces, strict=True)
            for row in side
            for piece in row
        ]
        return median(shares or [1.0]) <= _SHORT and not any(any(_articles(s)) for s in below)

    return next((index for index in range(first + 1, last) if is_signed(index)), last)


def _anew(rows: list[_Pieces], place: float) -> set[int]:
    """The rows from which the articles of the left column begin again below columns that count on.

    Another text in columns stands there, below the widest gap before its first article.
    """
    before, after = map(_articles, _sides(rows, place))
    out: set[int] = set()
    start = last = 0
    for index, number in enumerate(before):
        if number and number <= before[last]:
            counted = next((other for other in after[start:index] if other), 0)
            if counted == before[last] + 1:
                above = range(last + 1, index + 1)
                start = max(above, key=lambda n: rows[n - 1][0].y - rows[n][0].y)
                out.add(start)
        last = index if number else last
    return out


def _grown(
    rows: list[_Pieces], place: float, band: tuple[int, int], bounds: tuple[int, int]
) -> tuple[int, int]:
    """Take in the rows of the left column above and below, for as long as none stands apart.

    Those up to the article before the first one of the right column belong to it too.
    """
    first, last = band
    left = [row[0].y for row in rows[first:last] if row[0].end <= place]
    usual = median([a - b for a, b in pairwise(left)] or [0.0])
    before, after = map(_articles, _sides(rows[first : bounds[1]], place))
    next_one = next((number for number in after if number), 0)
    counted = next(
        (n for n, number in enumerate(before) if number and number == next_one - 1), None
    )
    step = (_STEP if counted is None else _STEP_COUNTED) * usual
    last = max(last, first + 1 + (counted or 0))
    while first > bounds[0] and rows[first - 1][0].y - rows[first][0].y <= step:
        first -= 1
    while last < bounds[1] and rows[last - 1][0].y - rows[last][0].y <= step:
        last += 1
    return first, _longer(rows, place, last, bounds[1])


def _longer(rows: list[_Pieces], place: float, last: int, most: int) -> int:
    """The end of a left column that goes on below the right one, where its lines end there too.

    So they do where a sentence goes on from a line that had no room for more.
    """
    edge = max((p.end for row in rows[:last] for p in row if p.end <= place), default=place)
    end, fits = last, False
    while end < most and rows[end - 1][0].y - rows[end][0].y <= _ROWS_APART * rows[end][0].size:
        above, row = rows[end - 1][-1], rows[end][0]
        goes_on = row.text[0].islower() and not above.text.endswith(_ENDS)
        fits = fits or (goes_on and edge - above.end <= _FIRST * first_word(row))
        end += 1
    return end if fits else last


def _parted(side: list[list[Piece]], depth: int) -> bool:
    """Whether a side has columns itself, whose rows need not be level."""
    return depth < _DEEPEST and _gutter([tuple(row) for row in side], depth + 1) is not None


def _columned(band: list[_Pieces], place: float, left: float, right: float, depth: int) -> int:
    """Rows of the shorter column where both sides are prose side by side; 0 where not."""
    sides = [[row for row in side if row] for side in _sides(band, place)]
    if _count_on(sides) or _is_beside(*sides) or all(map(_is_list, sides)):
        return min(len(side) for side in sides)
    if min(len(side) for side in sides) < _ROWS or is_table(band):
        return 0
    top = min(side[0][0].y for side in sides)
    bottom = max(side[-1][0].y for side in sides)
    beside = [sum(bottom <= row[0].y <= top for row in side) for side in sides]
    widths = [median(sum(p.end - p.x for p in row) for row in side) for side in sides]
    spaces = place - left, right - place
    least = _FILL if _level_rows(*sides) else _FILL_BETWEEN
    filled = all(
        width >= least * space or _parted(side, depth)
        for width, space, side in zip(widths, spaces, sides, strict=True)
    )
    even = min(beside) >= _ROWS and min(beside) * 2 >= max(beside)
    return min(beside) if filled and even else 0


def _level_rows(before: list[list[Piece]], after: list[list[Piece]]) -> bool:
    """Whether the rows of two sides stand beside each other, as those of a table do.

    A third of those of two columns and more stand between the lines of the other one.
    """
    top, bottom = min(before[0][0].y, after[0][0].y), max(before[-1][0].y, after[-1][0].y)
    sides = [[row[0] for row in side if bottom <= row[0].y <= top] for side in (before, after)]
    between = [
        sum(all(abs(p.y - q.y) > _NEARER * p.size for q in others) for p in own)
        for own, others in (sides, sides[::-1])
    ]
    return any(3 * n < len(own) for n, own in zip(between, sides, strict=True))


def _sides(rows: list[_Pieces], place: float) -> list[list[list[Piece]]]:
    """What each row has on either side of a place."""
    return [
        [[p for p in row if p.end <= place] for row in rows],
        [[p for p in row if p.x >= place] for row in rows],
    ]


def _count_on(sides: list[list[list[Piece]]]) -> bool:
    """Whether the articles of one side count on from those of the other."""
    before, after = ([number for number in _articles(side) if number] for side in sides)
    return bool(before and after) and after[0] == before[-1] + 1


def _is_list(side: Sequence[Sequence[Piece]]) -> bool:
    """Whether a side is a list with signs, below its head at the most."""
    rows = [row for row in side if row]
    items = [n for n, row in enumerate(rows) if _is_item(" ".join(p.text for p in row))]
    if len(items) < _COUNTED or items[0] > 1:
        return False
    margin = rows[items[0]][0].x - _ALIGNED * rows[items[0]][0].size
    return all(row[0].x >= margin for row in rows[items[0] :])


@lru_cache(maxsize=4096)
def _is_item(text: str) -> bool:
    found = marker(text)
    return found is not None and found.form == "bullet" and bool(found.rest)


def _is_beside(before: Sequence[Sequence[Piece]], after: Sequence[Sequence[Piece]]) -> bool:
    """Whether the left side is a block without articles, beside articles of several rows."""
    block, text = [row for row in before if row], [row for row in after if row]
    numbers = [number for number in _articles(text) if number]
    counts = numbers == list(range(numbers[0], numbers[-1] + 1)) if numbers else False
    if len(block) < _ROWS or any(_articles(block)) or not counts:
        return False
    steps = [a[0].y - b[0].y for a, b in pairwise(block)]
    even = max(steps) <= _STEP * median(steps)
    return even and 2 <= len(numbers) <= len(text) / 2 and _is_level(block, text)


def _is_level(block: Sequence[Sequence[Piece]], text: Sequence[Sequence[Piece]]) -> bool:
    """Whether half of the rows of a block stand beside rows of a text, and not between them."""
    heights = [row[0].y for row in text]
    level = [row for row in block if any(abs(row[0].y - y) < _LEVEL * row[0].size for y in heights)]
    return 2 * len(level) >= len(block)


def _articles(side: Sequence[Sequence[Piece]]) -> list[int]:
    """The number of the article that each row opens; 0 where it opens none."""
    return [_article(row[0].text) if row else 0 for row in side]


@lru_cache(maxsize=4096)
def _article(text: str) -> int:
    found = marker(text, heading=True)
    number = found.number[0] if found and found.form == "article" else ""
    return int(number) if number.isdecimal() else 0


def _read(rows: Sequence[_Pieces], edges: _Edges, page: int, column: int) -> list[Line]:
    """The lines of one column: its rows, with the empty cells of tables without lines."""
    out: list[Line] = []
    table: list[tuple[Line, _Pieces]] = []
    rows = _unwrapped(rows)
    alone = _alone(rows)
    aligned = _aligned(rows) | {at for n in alone for at in (n - 1, n + 1)}
    marked = _beside_others(rows, aligned)
    for n, row in enumerate(marked):
        line = _line(row, edges, page, column, _PART if n in aligned else _CELL)
        cells = (len(line.cells) > 1 or n in alone) and not line.row
        if table and not (cells and table[-1][0].y - line.y <= _ROWS_APART * line.size):
            out += _with_empty(table)
            table = []
        if cells:
            table.append((line, row))
        else:
            out.append(line)
    return _labelled([*out, *_with_empty(table)])


def _beside_others(rows: Sequence[_Pieces], aligned: Container[int]) -> list[_Pieces]:
    """The rows, marked where they are read across words that the row next to them parts too.

    Rows too that hold the lines of a cell, not a cell each, and those of words that stand beside
    each other on lines that are not level (a box beside a text). All pieces of those that are
    ``aligned`` are cells.
    """
    marked: set[int] = set()
    for n, (row, below) in enumerate(pairwise(rows)):
        if row[0].y - below[0].y <= _ROWS_APART * row[0].size:
            pairs = [(a, b) for a in row for b in below if _start_together(a, b)]
            marked |= {n for a, _ in pairs if n not in aligned and _is_joined(a, row)}
            marked |= {n + 1 for _, b in pairs if n + 1 not in aligned and _is_joined(b, below)}
            marked |= {at for a, b in pairs if _is_wrapped(a, b, row) for at in (n, n + 1)}
            marked |= {n, n + 1} if _is_between(row, below) else set()
    return [
        (*row[:-1], replace(row[-1], text=row[-1].text + PLACED)) if n in marked else row
        for n, row in enumerate(rows)
    ]


def _is_between(row: _Pieces, below: _Pieces) -> bool:
    """Whether two rows stand nearer than two lines of one text would, words with spaces in both."""
    size = min(row[0].size, below[0].size)
    near = _NEARER * size <= row[0].y - below[0].y < _LEVEL * size
    return near and all(" " in one[0].text and not one[0].cells for one in (row, below))


def _is_joined(piece: Piece, row: _Pieces) -> bool:
    """Whether words go into one cell with those before them in their row, which are no label."""
    at = row.index(piece)
    near = at > 0 and piece.x - row[at - 1].end <= _CELL * piece.size
    return near and _is_prose(row[at - 1]) and not row[at - 1].text.endswith(":")


def _is_prose(piece: Piece) -> bool:
    """Whether a piece has several words, and no numbers alone."""
    return " " in piece.text and 2 * sum(map(str.isalpha, piece.text)) > len(piece.text)


def _is_wrapped(piece: Piece, below: Piece, row: _Pieces) -> bool:
    """Whether a sentence goes on in the words below, as it had no room before those beside it."""
    beside = next((other for other in row if other.x > piece.end), None)
    goes_on = below.text[0].islower() and not piece.text.endswith(_ENDS) and _is_prose(piece)
    if beside is None or not goes_on:
        return False
    return beside.x - piece.end <= first_word(below) + _CELL * piece.size


def _with_empty(table: Sequence[tuple[Line, _Pieces]]) -> list[Line]:
    """The rows of a table, each with as many cells as the fullest, or marked where not surely."""
    most = max((len(line.cells) for line, _ in table), default=0)
    if most <= min((len(line.cells) for line, _ in table), default=0):
        return [line for line, _ in table]
    strips = strips_of([piece for _, row in table for piece in row], table[0][0].size)
    # Rows that begin further in, below others: two tables beside each other.
    beside = most >= _TWICE and any(row[0].x >= strips[1][0] for _, row in table[1:])
    out: list[Line] = []
    for line, row in table:
        short = len(line.cells) < most
        if len(strips) == most:
            held = [[p.text for p in row if a <= p.x and p.end <= b] for a, b in strips]
            cells = tuple(" ".join(words) for words in held)
            starts, ends = zip(*strips, strict=True)
            cells = (*cells[:-1], cells[-1] + PLACED) if beside else cells
            text = " ".join(filter(None, cells))
            out.append(replace(line, text=text, cells=cells, starts=starts, ends=ends))
        elif short and line.cells:
            cells = (*line.cells[:-1], line.cells[-1] + PLACED)
            out.append(replace(line, text=line.text + PLACED, cells=cells))
        else:
            out.append(line)
    return out


def _unwrapped(rows: Sequence[_Pieces]) -> list[_Pieces]:
    """The rows, words that go on alone below a cell of a row put behind the words of that cell."""
    out: list[_Pieces] = []
    last = 0.0  # where the last line of the row at hand stands
    for row in rows:
        above = out[-1] if out else ()
        at = _cell_above(row[0], above, last) if len(row) == 1 and len(above) > 1 else -1
        if at >= 0:
            joined = replace(above[at], text=f"{above[at].text} {row[0].text}")
            out[-1] = (*above[:at], joined, *above[at + 1 :])
        else:
            out.append(row)
        last = row[0].y
    return out


def _cell_above(piece: Piece, row: _Pieces, last: float) -> int:
    """The place of the cell whose words go on in a piece; -1 for none.

    It has the room of that cell, and is in its type.
    """
    if piece.cells or not piece.text[0].islower() or last - piece.y > _STEP * piece.size:
        return -1
    for at, cell in enumerate(row):
        right = row[at + 1].x if at + 1 < len(row) else cell.end
        begins = _start_together(cell, piece) and piece.end <= right
        alike = cell.bold == piece.bold and abs(cell.size - piece.size) <= _TYPE * cell.size
        if begins and alike and not cell.text.endswith(_ENDS) and not is_sign(cell.text):
            return at
    return -1


def _aligned(rows: Sequence[_Pieces]) -> set[int]:
    """The rows of tables without lines whose columns stand near each other.

    They stand below each other, have as many pieces, and their words start or end at the same
    places: three rows at the least, or two of three pieces and more. A row right above them, with
    words at some of these places, has their heads.
    """
    found: set[int] = set()
    start = 0
    for end in range(1, len(rows) + 1):
        below = rows[end] if end < len(rows) else ()
        if below and _is_below(rows[end - 1], below) and _alike(rows[start], below):
            continue
        columns = len(rows[start])
        if columns > 1 and end - start >= (_COLUMNED if columns == 2 else 2):
            found.update(range(start, end))
            above = rows[start - 1] if start else ()
            if above and _is_below(above, rows[start]) and _are_heads(above, rows[start]):
                found.add(start - 1)
        start = end
    return found


def _alone(rows: Sequence[_Pieces]) -> set[int]:
    """The rows within a table that have words in their first place alone: they head those below."""
    return {
        n
        for n, (above, row, below) in enumerate(zip(rows, rows[1:], rows[2:], strict=False), 1)
        if _is_one_cell(row)
        and len(row) < len(above)
        and _is_below(above, row)
        and _is_below(row, below)
        and _of_one_table(above, below)
        and any(_start_together(row[0], beside[0]) for beside in (above, below))
        and abs(above[0].size - row[0].size) <= _TYPES
        and len(row[0].text) <= _HEADING
        and not row[-1].text.endswith(_ENDS)
    }


def _is_one_cell(row: _Pieces) -> bool:
    """Whether a row has one cell with words, and the code before it at most ("104  Voirie")."""
    return len(row) == 1 or (len(row) == 2 and row[0].text.isdecimal())


def _is_below(row: _Pieces, below: _Pieces) -> bool:
    near = 0 < row[0].y - below[0].y <= _ROWS_APART * row[0].size
    return near and not row[0].cells and not below[0].cells


def _alike(one: _Pieces, other: _Pieces) -> bool:
    """Whether two rows have as many pieces, each at the place of one of the other."""
    signed = is_sign(one[0].text) or is_sign(other[0].text)  # items of a list
    pairs = list(zip(one, other, strict=False))
    return len(one) == len(other) and not signed and all(_is_ranged_with(a, b) for a, b in pairs)


def _of_one_table(one: _Pieces, other: _Pieces) -> bool:
    """Whether two rows around another one have the same columns; cells of either may be empty.

    What stands in two columns must be ranged with what is below it, as texts stand so too.
    """
    fewer, more = sorted((one, other), key=len)
    if len(fewer) <= 2:
        return _alike(one, other)
    below = [[n for n, b in enumerate(more) if a.x < b.end and b.x < a.end] for a in fewer]
    return all(len(at) == 1 for at in below) and len({at[0] for at in below}) == len(fewer)


def _are_heads(above: _Pieces, row: _Pieces) -> bool:
    short = len(above) <= len(row) and not any(piece.text.endswith(_ENDS) for piece in above)
    return short and len(above) > 1 and all(any(_is_ranged_with(a, b) for b in row) for a in above)


def _start_together(one: Piece, other: Piece) -> bool:
    return abs(one.x - other.x) <= _ALIGNED * one.size


def _is_ranged_with(one: Piece, other: Piece) -> bool:
    """Whether two pieces start, or end, at the same place across the page."""
    return _start_together(one, other) or abs(one.end - other.end) <= _ALIGNED * one.size


def _line(row: _Pieces, edges: _Edges, page: int, column: int, gap_of_cells: float = _CELL) -> Line:
    cells = list(row[0].cells) if len(row) == 1 else []
    table = bool(cells)
    starts = [row[0].x + at for at in range(len(cells))]
    ends: list[float] = []
    for index, piece in enumerate(() if table else row):
        gap = piece.x - row[index - 1].end if index else 0.0
        if index == 0 or (gap > gap_of_cells * piece.size and not is_sign(cells[-1])):
            cells.append(piece.text)
            starts.append(piece.x)
            ends.append(piece.end)
        else:
            cells[-1] += f" {piece.text}"
            ends[-1] = piece.end
    length = sum(len(piece.text) for piece in row)
    sign = cells[0].partition(" ")[0]  # a program may number a bold heading in the usual type
    numbered = len(sign) if is_sign(sign) and 2 * len(sign) < length else 0
    return Line(
        text=row[0].text if table else " ".join(cells),
        cells=tuple(cells),
        starts=tuple(starts),
        x=row[0].x,
        end=row[-1].end,
        left=edges[0],
        right=edges[1],
        y=row[0].y,
        size=max(piece.size for piece in row),
        bold=sum(piece.bold * len(piece.text) for piece in row) >= 0.9 * (length - numbered),
        page=page,
        column=column,
        row=table,
        ends=tuple(ends),
        opens=row[0].opens,
    )


def _labelled(column: list[Line]) -> list[Line]:
    """The lines with the numbers that stand a little below them, in a cell to their left.

    As where they stand level, they begin the first cell.
    """
    out: list[Line] = []
    for line in column:
        before = out[-1] if out else None
        if (
            before
            and before.y - line.y < 1.08 * line.size  # nearer than two lines of one text
            and line.end <= before.x + 1
            and is_sign(line.text)
            and marker(before.text) is None
        ):
            out[-1] = replace(
                before,
                text=f"{line.text} {before.text}",
                cells=(f"{line.text} {before.cells[0]}", *before.cells[1:]),
                starts=(line.x, *before.starts[1:]),
                x=line.x,
            )
        else:
            out.append(line)
    return out
