"""Tables: the words of each cell together, at each place that the cell covers.

The lines around cells tell rows and columns; a place without a line to the next one belongs to the
same cell. Without this, the lines of neighbouring cells would run into each other. A frame around
one column or a notice is none, nor is one whose columns are a text in French and the same in Dutch:
these are parted by their language.

A table without lines is told by bands of words: rows that stand near each other, with white space
above and below, whose words begin at the same places as those of the band before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from math import inf
from statistics import median

from sources.formats.grid import Cell, contents
from sources.formats.hyphens import Words
from sources.formats.pdf.paths import Box
from sources.formats.pdf.rows import Piece, Row, bounds, first_word, is_sign, rows
from sources.formats.pdf.runs import Run
from sources.formats.pdf.signs import INNER, PLACED, SHAPED
from sources.structure.language import side_by_side

_THIN = 2.5  # points: a line is not thicker
_NEAR = 4.0  # points: lines that are nearer than this are one (double borders), or touch
_SAME_PLACE = 1.0  # points: pieces of one line lie no further apart
_LEAST = 6.0  # points: the shortest side of a cell
_SIDES = 6  # lines of a table: two rows of two cells, or one of three (its head, above a page)
_MOST = 5_000  # lines of a page that are looked at
_MARK = 1.5  # of the size: a drawing in a cell that is no larger may be a cross or a tick
_CLEAR = 0.5  # points: it is as far from the lines around the cell
_FRAME = 20.0  # points: the shortest side of a frame around words
_FULL = 0.5  # of the size: what stands free in a line that has no room for another letter
_WITHIN = re.compile(r"^(?:[^\W\d_]{2,}\n[^\W\d_A-ZÀ-Þ]|[\d., ]+\n\d)")
_LONG = 1_500  # characters: a longer cell is a frame around a text


@dataclass(frozen=True, slots=True)
class _Rule:
    """A drawn line: where it lies, from where to where; ``level`` for one from left to right."""

    level: bool
    at: float
    start: float
    end: float


def with_tables(runs: Sequence[Run], boxes: Sequence[Box]) -> tuple[list[Run], list[Row]]:
    """The runs outside of drawn tables, and the rows of these tables."""
    drawn = [rule for box in boxes for rule in _rules(box)]
    rules = _closed(drawn) if len(drawn) <= _MOST else []
    left, found = list(runs), list[_Table]()
    for group in _with_inner(_groups(rules)):
        table = _table(group, left, boxes)
        if table is not None:
            found.append(table)
            taken = set(map(id, table.runs))
            left = [run for run in left if id(run) not in taken]
    found.sort(key=lambda table: -table.top)
    opening = [found[0], *(t for above, t in pairwise(found) if t.is_apart(above))] if found else []
    return left, [row for table in found for row in table.rows(opens=table in opening)]


def frames(boxes: Sequence[Box]) -> list[Box]:
    """The boxes that a page draws around words, by four lines or as a ground behind them."""
    rules = _closed([rule for box in boxes for rule in _rules(box)]) if len(boxes) <= _MOST else []
    out = [(a, b, c, d) for a, b, c, d in boxes if min(c - a, d - b) >= _FRAME]
    for group in _groups(rules):
        across = _places(rule.at for rule in group if not rule.level)
        down = _places(rule.at for rule in group if rule.level)
        if len(across) == len(down) == 2:
            out.append((across[0], down[0], across[1], down[1]))
    return out


def _rules(box: Box) -> Iterator[_Rule]:
    a, b, c, d = box
    if d - b <= _THIN and c - a >= _LEAST:
        yield _Rule(level=True, at=(b + d) / 2, start=a, end=c)
    elif c - a <= _THIN and d - b >= _LEAST:
        yield _Rule(level=False, at=(a + c) / 2, start=b, end=d)


class _Lines:
    """The lines of a page, found by where they lie."""

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._sorted = {
            level: sorted((r for r in rules if r.level == level), key=lambda r: r.at)
            for level in (True, False)
        }
        self._at = {level: [r.at for r in found] for level, found in self._sorted.items()}

    def between(self, first: float, last: float, *, level: bool) -> list[_Rule]:
        """Those that lie between two places, or near one of them."""
        at = self._at[level]
        start, end = bisect_left(at, first - _NEAR), bisect_right(at, last + _NEAR)
        return self._sorted[level][start:end]

    def touching(self, rule: _Rule) -> Iterator[_Rule]:
        """Those that meet a line, or go on where it ends."""
        for other in self.between(rule.start, rule.end, level=not rule.level):
            if other.start - _NEAR <= rule.at <= other.end + _NEAR:
                yield other
        for other in self.between(rule.at, rule.at, level=rule.level):
            if max(rule.start, other.start) - min(rule.end, other.end) <= _NEAR:
                yield other


def _closed(rules: list[_Rule]) -> list[_Rule]:
    """Those that end at a line across: an underline or a stroke through words is no border.

    Of a line that is drawn cell by cell, the ends of the whole line may do so.
    """
    lines = _Lines(rules)

    def ends(rule: _Rule, *places: float) -> bool:
        across = (lines.between(place, place, level=not rule.level) for place in places)
        return all(
            any(other.start - _NEAR <= rule.at <= other.end + _NEAR for other in some)
            for some in across
        )

    return [
        rule
        for line in _whole(rules)
        for closed in [ends(line[0], line[0].start, max(rule.end for rule in line))]
        for rule in line
        if closed or ends(rule, rule.start, rule.end)
    ]


def _whole(rules: Iterable[_Rule]) -> list[list[_Rule]]:
    """The pieces of each line: those that lie at one place and touch each other."""
    places: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.level, rule.at)):
        last = places[-1][-1] if places else None
        if last and last.level == rule.level and rule.at - last.at <= _SAME_PLACE:
            places[-1].append(rule)
        else:
            places.append([rule])
    out: list[list[_Rule]] = []
    for found in places:
        end = -inf
        for rule in sorted(found, key=lambda rule: rule.start):
            if rule.start - end > _NEAR:
                out.append([])
            out[-1].append(rule)
            end = max(end, rule.end)
    return out


def _groups(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    """Lines that touch each other, directly or through others."""
    lines, seen, groups = _Lines(rules), set[int](), list[list[_Rule]]()
    for first in rules:
        if id(first) in seen:
            continue
        seen.add(id(first))
        group = [first]
        for rule in group:
            near = [other for other in lines.touching(rule) if id(other) not in seen]
            seen.update(map(id, near))
            group += near
        groups.append(group)
    return groups


def _table(rules: list[_Rule], runs: Sequence[Run], boxes: Sequence[Box]) -> _Table | None:
    """The table that some lines draw around words; None where they draw none."""
    across = _places(rule.at for rule in rules if not rule.level)
    down = _places(rule.at for rule in rules if rule.level)[::-1]  # from the top
    if len(across) < 3 or len(across) + len(down) < _SIDES:
        return None
    inside = [
        run
        for run in runs
        if across[0] < _middle(run) < across[-1] and down[-1] < _height(run) < down[0]
    ]
    table = _Table(across, down, rules, inside, boxes)
    return table if inside and table.is_data else None


def _with_inner(groups: Sequence[list[_Rule]]) -> Iterator[list[_Rule]]:
    """The lines of each table, with those of tables within it."""
    sides = {n: _sides_of(group) for n, group in enumerate(groups) if len(group) >= _SIDES}
    tables = {n: both for n, both in sides.items() if sum(map(len, both)) >= _SIDES}
    outer = {n: _around(both, tables) for n, both in tables.items()}
    for n, group in enumerate(groups):
        if outer.get(n) is None:
            inner = (groups[other] for other, found in outer.items() if found == n)
            yield [*group, *chain.from_iterable(inner)]


_Sides = tuple[list[float], list[float]]


def _around(inner: _Sides, tables: Mapping[int, _Sides]) -> int | None:
    """The widest table around another one."""
    found = (n for n, outer in tables.items() if _is_within(inner, outer))
    return max(found, key=lambda n: tables[n][1][-1] - tables[n][1][0], default=None)


def _is_within(inner: _Sides, outer: _Sides) -> bool:
    return all(
        len(own) > 1 and len(around) > 1 and around[0] < own[0] and own[-1] < around[-1]
        for own, around in zip(inner, outer, strict=True)
    )


def _sides_of(rules: Sequence[_Rule]) -> _Sides:
    """Where the lines of a table lie: those from the top down, and those across."""
    return (
        _places(rule.at for rule in rules if not rule.level),
        _places(rule.at for rule in rules if rule.level),
    )


def _places(found: Iterable[float]) -> list[float]:
    """Where lines lie, those that are near each other at one place."""
    out: list[list[float]] = []
    for place in sorted(found):
        if out and place - out[-1][-1] <= _NEAR:
            out[-1].append(place)
        else:
            out.append([place])
    return [sum(group) / len(group) for group in out]


def _middle(run: Run) -> float:
    return sum(bounds(run)) / 2


def _height(run: Run) -> float:
    return run.y + 0.3 * run.size


class _Table:
    """The places between lines, put together where no line parts them, and their words."""

    def __init__(
        self,
        across: list[float],
        down: list[float],
        rules: list[_Rule],
        runs: list[Run],
        boxes: Sequence[Box],
    ) -> None:
        self.runs = runs
        self._across, self._down, self._lines = across, down, _Lines(rules)
        self._owner = self._merged()
        held: dict[tuple[int, int], list[Run]] = {}
        for run in runs:
            held.setdefault(self._owner[self._place(run)], []).append(run)
        lines = {owner: rows(own) for owner, own in held.items()}
        words = Words(line.text for some in lines.values() for line in some)
        self._cells = {
            owner: Cell(words.join([line.text for line in lines.get(owner, [])]))
            for owner in set(self._owner.values())
        }
        self._marked = self._marks(boxes)
        self._parted = {n for (n, m), own in lines.items() if self._parts_word((n, m), own)}
        self._gaps = self._between_borders()

    @property
    def is_data(self) -> bool:
        """Whether it has two columns with words at the least, and is no text in two languages."""
        grid = self._grid()
        longest = max((len(cell.content) for row in grid for cell in row), default=0)
        columns = [" ".join(cell.content for cell in column) for column in zip(*grid, strict=True)]
        several = any(len({id(c) for c in row if c.content}) > 1 for row in grid)
        return several and longest <= _LONG and side_by_side(columns) is None

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self._down[0]

    def is_apart(self, above: _Table) -> bool:
        """Whether there is room for a line of words between it and a table above it."""
        size = median(run.size for run in self.runs)
        return above._down[-1] - self.top >= size

    def rows(self, *, opens: bool) -> list[Row]:
        """One row for each that has words, its cells in one piece; the first ``opens`` a table."""
        size = median(run.size for run in self.runs)
        bold = all(run.bold for run in self.runs)
        out: list[Row] = []
        bounds_of = pairwise(self._down)
        for n, ((top, bottom), row) in enumerate(zip(bounds_of, self._grid(), strict=True)):
            inner = self._is_inner(n)
            cells = self._apart(n) if self._gaps else tuple(contents(row))
            if any(cells) and not (inner and self._goes_on(n)):
                if inner:
                    cells = (*cells[:-1], cells[-1] + INNER)
                if n in self._marked:
                    cells = (*cells[:-1], cells[-1] + SHAPED)
                if n in self._parted:
                    cells = (*cells[:-1], cells[-1] + PLACED)
                y = (top + bottom) / 2
                start, end = self._across[0], self._across[-1]
                first = opens and not out
                piece = Piece(" | ".join(cells), start, end, y, size, bold, cells, opens=first)
                out.append(Row(y, size, [], (piece,)))
        return out

    def _parts_word(self, first: tuple[int, int], lines: Sequence[Row]) -> bool:
        """Whether a line of a narrow cell may end within a word, or a number, without a hyphen.

        It has nothing else, and fills the cell.
        """
        last = max(m for (_, m), owner in self._owner.items() if owner == first)
        left, right = self._across[first[1]] + self._padding, self._across[last + 1] - self._padding
        for line, after in pairwise(lines):
            start, end = line.pieces[0].x, line.pieces[-1].end
            full = max(start - left, right - end) < _FULL * line.size
            if full and _WITHIN.search(f"{line.text}\n{after.text}"):
                return True
        return False

    @cached_property
    def _padding(self) -> float:
        """What stands free before the words of the fullest cell."""
        lefts = (self._across[self._owner[self._place(run)][1]] for run in self.runs)
        free = (bounds(run)[0] - left for run, left in zip(self.runs, lefts, strict=True))
        return max(min(free, default=0.0), 0.0)

    def _marks(self, boxes: Sequence[Box]) -> set[int]:
        """The rows that have a small drawing (a cross, a tick) in a cell without words."""
        if not self.runs:
            return set()
        most = _MARK * median(run.size for run in self.runs)
        found: set[int] = set()
        for a, b, c, d in boxes:
            row = sum(d < place for place in self._down) - 1
            column = sum(a > place for place in self._across) - 1
            if not (0 <= row < len(self._down) - 1 and 0 <= column < len(self._across) - 1):
                continue
            inside = self._down[row + 1] < b - _CLEAR and d + _CLEAR < self._down[row]
            inside = inside and self._across[column] < a - _CLEAR
            inside = inside and c + _CLEAR < self._across[column + 1]
            if inside and max(c - a, d - b) <= most:
                found |= set() if self._cells[self._owner[row, column]].content else {row}
        return found

    def _between_borders(self) -> dict[int, set[int]]:
        """By column: the rows in which it is the gap between a cell and a table in that cell.

        There it is narrower than a letter, and no part of a cell with words.
        """
        size = median(run.size for run in self.runs) if self.runs else 0.0
        columns: dict[tuple[int, int], set[int]] = {}  # of each cell
        for (_, m), owner in self._owner.items():
            columns.setdefault(owner, set()).add(m)
        found: dict[int, set[int]] = {}
        for m, (start, end) in enumerate(pairwise(self._across)):
            if end - start < size:
                owners = [self._owner[n, m] for n in range(len(self._down) - 1)]
                blank = {owner for owner in owners if not self._cells[owner].content}
                own = {n for n, o in enumerate(owners) if o in blank and columns[o] == {m}}
                found |= {m: own} if own and len(own) < len(owners) else {}
        return found

    @cached_property
    def _first_beside(self) -> dict[tuple[int, int], int]:
        """By cell: the first row in which it is in a column that is a gap somewhere."""
        found: dict[tuple[int, int], int] = {}
        for n in range(len(self._down) - 1):
            for m in self._gaps:
                found.setdefault(self._owner[n, m], n)
        return found

    def _is_inner(self, n: int) -> bool:
        return any(n in own for own in self._gaps.values())

    def _goes_on(self, n: int) -> bool:
        """Whether all words of a row stand in cells that begin above it."""
        owners = {self._owner[n, m] for m in range(len(self._across) - 1)}
        return all(row < n for row, m in owners if self._cells[row, m].content)

    def _apart(self, n: int) -> tuple[str, ...]:
        """The cells of a row, each once; in an inner table without the cell around it, above."""
        columns = range(len(self._across) - 1)
        owners = dict.fromkeys(self._owner[n, m] for m in columns)
        if self._is_inner(n):
            first = self._first_beside
            gaps = {self._owner[n, m] for m, own in self._gaps.items() if n in own}
            own = (one for one in owners if one not in gaps and first.get(one, n) >= n)
            owners = dict.fromkeys(own)
        return tuple(self._cells[owner].content for owner in owners)

    def _grid(self) -> list[list[Cell[str]]]:
        return [
            [self._cells[self._owner[n, m]] for m in range(len(self._across) - 1)]
            for n in range(len(self._down) - 1)
        ]

    def _place(self, run: Run) -> tuple[int, int]:
        """Row and column of a run."""
        row = sum(_height(run) < place for place in self._down[1:-1])
        return row, sum(_middle(run) > place for place in self._across[1:-1])

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place the first place of its cell."""
        heights, widths = list(pairwise(self._down)), list(pairwise(self._across))
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for n, (top, bottom) in enumerate(heights):
            for m, (start, end) in enumerate(widths):
                above = n and not self._drawn(self._down[n], (start + end) / 2, level=True)
                before = m and not self._drawn(self._across[m], (top + bottom) / 2, level=False)
                mine = owner[n - 1, m] if above else (n, m)
                if before:
                    mine, other = min(mine, owner[n, m - 1]), max(mine, owner[n, m - 1])
                    owner |= {place: mine for place, first in owner.items() if first == other}
                owner[n, m] = mine
        return owner

    def _drawn(self, at: float, where: float, *, level: bool) -> bool:
        near = self._lines.between(at, at, level=level)
        return any(rule.start - _NEAR <= where <= rule.end + _NEAR for rule in near)


# Tables without lines

_Pieces = tuple[Piece, ...]
_BAND = 1.5  # of the size: rows that are further apart are of two bands
_TITLE = 1.15  # of the size: words above a row that stand in no cell of it
_BOLD = 0.9  # share of the letters of bold words
_ROWS = 3  # lines of a band that may be rows of their own
_GAP = 0.9  # of the size: columns of a band are parted by this at the least
_SAME = 0.6  # of the size: how far starts of one column may wander
_APART = 5.0  # of the size: bands of one table are not further apart


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
        labels = ([lines[0] for lines in column if lines] for column in zip(*held, strict=True))
        labelled = any(all(map(is_sign, column)) for column in labels)
        if not cells or labelled or max(len(c) for row in cells for c in row) > _LONG:
            out += own
            continue
        out += [_joined(band, row) for band, row in zip(group, cells, strict=True)]
    return out


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
    return bands


def _is_title_below(row: _Pieces, above: _Pieces) -> bool:
    """Whether bold words alone stand right below a row in plain type: they go on with no cell."""
    return len(row) == 1 < len(above) and row[0].bold > _BOLD and not any(p.bold for p in above)


def _tables(bands: list[_Band]) -> Iterator[list[_Band]]:
    """Bands that follow each other with the same columns, two at the least; others alone."""
    group: list[_Band] = []
    for band in bands:
        if group and not _follows(group, band):
            yield group
            group = []
        group.append(band)
    if group:
        yield group


def _follows(above: Sequence[_Band], band: _Band) -> bool:
    """Whether two columns of a band and more start where one of the table above it does."""
    before, own = above[-1], band.columns()
    if min(len(before.columns()), len(own)) < 2:
        return False
    near = before.rows[-1][0].y - band.rows[0][0].y <= _APART * band.size
    starts = [start for one in above for start, _ in one.columns()]
    shared = sum(any(abs(a - b) <= _SAME * band.size for b in starts) for a, _ in own)
    return near and shared >= 2


def _starts(group: Sequence[_Band]) -> list[float]:
    """Where the columns of a table start."""
    size = max(band.size for band in group)
    out: list[float] = []
    for start in sorted(start for band in group for start, _ in band.columns()):
        if not out or start - out[-1] > _SAME * size:
            out.append(start)
    most = max(len(band.columns()) for band in group)
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


def _joined(band: _Band, cells: tuple[str, ...]) -> _Pieces:
    every = [piece for row in band.rows for piece in row]
    x, end = min(p.x for p in every), max(p.end for p in every)
    bold = min(piece.bold for piece in every)
    return (Piece(" | ".join(cells), x, end, every[0].y, band.size, bold, cells),)
