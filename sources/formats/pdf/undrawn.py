"""Tables without lines: their rows put together cell by cell, each from its lines.

They are told by bands of words: rows that stand near each other, with white space above and below,
whose words stand at the same places as those of the band before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sources.formats.hyphens import Words
from sources.formats.pdf.rows import Piece, first_word, is_sign
from sources.formats.pdf.signs import PLACED
from sources.structure.numbers import marker

_Pieces = tuple[Piece, ...]
_BAND = 1.5  # of the size: rows that are further apart are of two bands
_TITLE = 1.15  # of the size: words above a row that stand in no cell of it
_LONG = 1_500  # characters: a longer cell is a frame around a text
_BOLD = 0.9  # share of the letters of bold words
_ROWS = 3  # lines of a band that may be rows of their own
_LINES = 3  # of a cell: lines of columns go on for longer
_FEW = 4  # cells of as many, and fewer, end as sentences do
_GAP = 0.9  # of the size: columns of a band are parted by this at the least
_SAME = 0.6  # of the size: how far starts of one column may wander
_APART = 5.0  # of the size: bands of one table are not further apart
_ROWS_APART = 3.0  # of the size: a line that heads rows is no further from those around it
_HEADING = 60  # characters of such a line, at the most
_TYPES = 0.8  # points: words of one table do not differ more in their size
_ENDS = tuple(".!?:;")
_UNDER = 3  # columns of two bands that make a table where they lie under each other
_AMOUNT = re.compile(r"[^\w\s]?\d[\d.,/ ]*(?:[^\d\s]{1,3}|EUR|euros?)?")


@dataclass(slots=True)
class _Band:
    """Rows that stand near each other, and where its columns start and end."""

    rows: list[_Pieces]

    @property
    def size(self) -> float:
        """Of its largest words."""
        return max(piece.size for row in self.rows for piece in row)

    def columns(self) -> list[tuple[float, float]]:
        """The strips that words stand in, over all of its rows."""
        return strips_of([piece for row in self.rows for piece in row], self.size)


def strips_of(pieces: Sequence[Piece], size: float) -> list[tuple[float, float]]:
    """The strips that words stand in, from the left to the right."""
    out: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: p.x):
        if out and piece.x - out[-1][1] < _GAP * size:
            out[-1] = out[-1][0], max(out[-1][1], piece.end)
        else:
            out.append((piece.x, piece.end))
    return out


def undrawn(found: list[_Pieces]) -> list[_Pieces]:
    """The rows of a column, those of tables without lines put together cell by cell.

    Only where a cell has several lines: rows of one line each are told by their places alone.
    """
    out: list[_Pieces] = []
    for group in _tables(_bands(found)):
        starts = _starts(group)
        own = [row for band in group for row in band.rows]
        several = any(len(band.rows) > 1 for band in group)
        several = several and not any(_has_rows(band, starts) for band in group)
        held = [_held(band, starts) for band in group] if len(group) > 1 and several else []
        cells = [_cells(row) for row in held]
        listed = bool(held) and _is_list(held)
        if not cells or listed or max(len(c) for row in cells for c in row) > _LONG:
            out += own
            continue
        out += [_joined(*one) for one in zip(group, cells, held, strict=True)]
    return out


def is_table(found: list[_Pieces]) -> bool:
    """Whether all words that stand beside others are cells of a table, and no lines of columns.

    The rows of short cells begin level, with white space between them; lines of columns go on.
    """
    for group in _tables(_bands(found)):
        rows = [row for band in group for row in band.rows]
        if len(group) < _ROWS or len(rows) == len(group):
            continue
        beside = [row for row in found if len(row) > 1]
        level = all(len(band.rows[0]) > 1 for band in group) and all(r in rows for r in beside)
        held = [cell for band in group for cell in _held(band, _starts(group)) if cell]
        ended = sum(lines[-1].endswith(".") for lines in held)
        return level and max(map(len, held)) <= _LINES and _FEW * ended < len(held)
    return False


def _is_list(held: Sequence[list[list[str]]]) -> bool:
    """Whether these are points with their numbers before or behind them, and no table.

    The numbers of rows end with no sign, and more than one column stands beside them.
    """
    several = [row for row in held if sum(map(bool, row)) > 1]
    columns = [[lines[0] for lines in column if lines] for column in zip(*several, strict=True)]
    signs = [bool(column) and all(map(is_sign, column)) for column in columns]
    ended = (
        not column[0][-1].isalnum() for column, sign in zip(columns, signs, strict=True) if sign
    )
    worded = signs.index(False) if False in signs else len(signs)
    return any(signs) and (any(ended) or len(signs) - worded < 2 or len(signs) < _UNDER)


def _has_rows(band: _Band, starts: Sequence[float]) -> bool:
    """Whether the lines of a band are rows: two columns have lines that go on from none above."""
    held = [column for column in _held(band, starts) if len(column) >= _ROWS]
    apart = [lines for lines in held if not any(line[0].islower() for line in lines[1:])]
    if len(apart) > 1:
        return True
    columns = band.columns()
    if len(band.rows) < _ROWS or len(columns) < 2:
        return False
    edge, near = columns[1][0], _SAME * band.size
    firsts = [row[0] for row in band.rows]
    free = (edge - one.end > first_word(other) + near for one, other in pairwise(firsts))
    return all(len(row) > 1 and row[0].x < columns[0][0] + near for row in band.rows) and all(free)


def _bands(found: list[_Pieces]) -> list[_Band]:
    bands: list[_Band] = []
    for row in found:
        size = max(piece.size for piece in row)
        drawn = row[0].cells or (bands and bands[-1].rows[-1][0].cells)
        above = bands[-1].rows[-1] if bands else ()
        title = len(above) == 1 and above[0].size > _TITLE * size
        title = title or _is_title_below(row, above)
        if above and not drawn and not title and above[0].y - row[0].y <= _BAND * size:
            bands[-1].rows.append(row)
        else:
            bands.append(_Band([row]))
    return [row for band in bands for part in _without_lines(band) for row in _parted(part)]


def _without_lines(band: _Band) -> list[_Band]:
    """A band, and the lines right above and below it that lie across its columns: no cells.

    The number of a line above may stand a little below it.
    """
    rows, above, below = list(band.rows), list[_Band](), list[_Band]()
    while len(rows) > 1 and _lies_across(rows[0], rows[1:]):
        line = rows.pop(0)
        sign = len(rows[0]) == 1 and rows[0][0].end <= line[0].x and is_sign(rows[0][0].text)
        above.append(_Band([line, rows.pop(0)] if sign and len(rows) > 1 else [line]))
    while len(rows) > 1 and _lies_across(rows[-1], rows[:-1]):
        below.append(_Band([rows.pop()]))
    return [*above, _Band(rows), *reversed(below)]


def _lies_across(row: _Pieces, others: list[_Pieces]) -> bool:
    strips = _Band(others).columns()
    apart = min(abs(row[0].y - other[0].y) for other in others) >= row[0].size
    return (
        apart
        and len(row) == 1 < len(strips)
        and row[0].x < strips[0][1]
        and row[0].end > strips[1][0]
    )


def _parted(band: _Band) -> list[_Band]:
    """The rows of a band beside a cell over several rows: two columns and more have a gap there.

    That cell stands in the first of them.
    """
    strips = band.columns()
    columns = [[p for row in band.rows for p in row if a <= p.x <= b] for a, b in strips]
    gaps = [
        [(one.y, other.y) for one, other in pairwise(own) if one.y - other.y > _BAND * band.size]
        for own in columns
    ]
    for top, bottom in sorted((gap[0] for gap in gaps if gap), reverse=True):
        cut = (top + bottom) / 2
        open_there = [any(low < cut < high for high, low in own) for own in gaps]
        if sum(open_there) < 2 or all(open_there):
            continue
        after = {
            id(piece)
            for own, parts in zip(columns, open_there, strict=True)
            for piece in own
            if piece.y < cut and (parts or own[0].y < cut)
        }
        upper = [tuple(p for p in row if id(p) not in after) for row in band.rows]
        lower = [tuple(p for p in row if id(p) in after) for row in band.rows]
        return [_Band([r for r in upper if r]), *_parted(_Band([r for r in lower if r]))]
    return [band]


def _is_title_below(row: _Pieces, above: _Pieces) -> bool:
    """Whether bold words alone stand right below a row in plain type: they go on with no cell."""
    return len(row) == 1 < len(above) and row[0].bold > _BOLD and not any(p.bold for p in above)


def _tables(bands: list[_Band]) -> Iterator[list[_Band]]:
    """Bands that follow each other with the same columns, two at the least; others alone."""
    group: list[_Band] = []
    for at, band in enumerate(bands):
        heads = group and at + 1 < len(bands) and _heads_rows(group, band, bands[at + 1])
        if group and not heads and not _follows(group, band):
            yield group
            group = []
        group.append(band)
    if group:
        yield group


def _heads_rows(above: Sequence[_Band], band: _Band, below: _Band) -> bool:
    """Whether a line stands in the first column alone, over further rows of the table above it."""
    line, size = band.rows[0], band.size
    alone = len(band.rows) == len(line) == 1 and marker(line[0].text) is None
    short = len(line[0].text) <= _HEADING and not line[0].text.endswith(_ENDS)
    near = max(above[-1].rows[-1][0].y - line[0].y, line[0].y - below.rows[0][0].y)
    if not (alone and short and near <= _ROWS_APART * size and not line[0].cells):
        return False
    alike = all(abs(one.size - size) <= _TYPES for one in (above[-1], below))
    placed = any(abs(line[0].x - row[0].x) <= _SAME * size for row in above[-1].rows)
    heads = all(piece.bold > _BOLD for piece in below.rows[0])  # of a table of its own
    return alike and placed and not heads and _follows(above, below)


def _follows(above: Sequence[_Band], band: _Band) -> bool:
    """Whether two columns of a band and more start where one of the table above it does."""
    own = band.columns()
    before = next((one for one in reversed(above) if len(one.columns()) > 1), None)
    if before is None or len(own) < 2:
        return False
    near = above[-1].rows[-1][0].y - band.rows[0][0].y <= _APART * band.size
    starts = [start for one in above for start, _ in one.columns()]
    shared = sum(any(abs(a - b) <= _SAME * band.size for b in starts) for a, _ in own)
    return near and (shared >= 2 or _lie_under(before.columns(), own))


def _lie_under(above: Sequence[tuple[float, float]], below: Sequence[tuple[float, float]]) -> bool:
    """Whether two bands have as many columns, one under the other: heads stand over amounts so."""
    pairs = list(zip(above, below, strict=False))
    return len(above) == len(below) >= _UNDER and all(a < d and c < b for (a, b), (c, d) in pairs)


def _starts(group: Sequence[_Band]) -> list[float]:
    """Where the columns of a table start: those that white space parts over all of its rows, where
    they are as many as in one of them; else by where words start.
    """
    size = max(band.size for band in group)
    most = max(len(band.columns()) for band in group)
    strips = strips_of([piece for band in group for row in band.rows for piece in row], size)
    if len(strips) == most:
        return [start for start, _ in strips]
    out: list[float] = []
    for start in sorted(start for band in group for start, _ in band.columns()):
        if not out or start - out[-1] > _SAME * size:
            out.append(start)
    while len(out) > most and (after := next(_besides(group, out), 0.0)):
        out.remove(after)
    return out


def _besides(group: Sequence[_Band], starts: Sequence[float]) -> Iterator[float]:
    """The starts of columns that no band has beside the column before.

    Such two are one column, whose words are ranged left in one row and right in another.
    """
    held = [_held(band, starts) for band in group]
    for at in range(1, len(starts)):
        if not any(row[at - 1] and row[at] for row in held):
            yield starts[at]


def _held(band: _Band, starts: Sequence[float]) -> list[list[str]]:
    """The words of a band in each of these columns, line by line."""
    held: list[list[str]] = [[] for _ in starts]
    for row in band.rows:
        for piece in row:
            at = sum(start <= piece.x + _SAME * piece.size for start in starts) - 1
            held[max(at, 0)].append(piece.text)
    return held


def _cells(held: list[list[str]]) -> tuple[str, ...]:
    words = Words(text for column in held for text in column)
    return tuple(words.join(column) for column in held)


def _are_amounts(lines: Sequence[str]) -> bool:
    """Whether the lines of a cell are an amount each, and may be of several rows."""
    return len(lines) > 1 and all(map(_AMOUNT.fullmatch, lines))


def _joined(band: _Band, cells: tuple[str, ...], held: Sequence[list[str]]) -> _Pieces:
    """A band as one row of cells, of which the lines are given too; a doubt where these may be
    amounts of several rows.
    """
    cells = (*cells[:-1], cells[-1] + PLACED) if any(map(_are_amounts, held)) else cells
    every = [piece for row in band.rows for piece in row]
    x, end = min(p.x for p in every), max(p.end for p in every)
    bold = min(piece.bold for piece in every)
    return (Piece(" | ".join(cells), x, end, every[0].y, band.size, bold, cells),)
