"""Tables: the words of each cell together, at each place that the cell covers.

The lines around cells tell rows and columns; a place without a line to the next one belongs to the
same cell. Without this, the lines of neighbouring cells would run into each other. A frame around
one column or a notice is none, nor is one whose columns are a text in French and the same in Dutch:
these are parted by their language.
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
from sources.formats.pdf.rows import Piece, Row, bounds, rows
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
