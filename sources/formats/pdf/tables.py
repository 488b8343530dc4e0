"""Tables with drawn lines: the words of each cell together, at each place that the cell covers.

The lines around cells tell rows and columns; a place without a line to the next one belongs to the
same cell. Without this, the lines of neighbouring cells would run into each other. A frame around
one column is none, nor is one whose columns are a text in French and the same in Dutch: these are
parted by their language.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sources.formats.grid import Cell, contents
from sources.formats.hyphens import Words
from sources.formats.pdf.rows import Piece, Row, bounds, rows
from sources.formats.pdf.runs import Run
from sources.formats.pdf.seen import Box
from sources.structure.language import side_by_side

_THIN = 2.5  # points: a line is not thicker
_NEAR = 4.0  # points: lines that are nearer than this are one (double borders), or touch
_LEAST = 6.0  # points: the shortest side of a cell
_MOST = 5_000  # lines of a page that are looked at
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
    left, found = list(runs), list[Row]()
    for group in _groups(rules):
        table = _table(group, left)
        if table is not None:
            found += table.rows()
            taken = set(map(id, table.runs))
            left = [run for run in left if id(run) not in taken]
    return left, found


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
    """Those that end at a line across: an underline or a stroke through words is no border."""
    lines = _Lines(rules)
    return [
        rule
        for rule in rules
        if all(
            any(
                other.start - _NEAR <= rule.at <= other.end + _NEAR
                for other in lines.between(end, end, level=not rule.level)
            )
            for end in (rule.start, rule.end)
        )
    ]


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


def _table(rules: list[_Rule], runs: Sequence[Run]) -> _Table | None:
    """The table that some lines draw around words; None where they draw none."""
    across = _places(rule.at for rule in rules if not rule.level)
    down = _places(rule.at for rule in rules if rule.level)[::-1]  # from the top
    if len(across) < 3 or len(down) < 3:
        return None
    inside = [
        run
        for run in runs
        if across[0] < _middle(run) < across[-1] and down[-1] < _height(run) < down[0]
    ]
    table = _Table(across, down, rules, inside)
    return table if inside and table.is_data else None


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
        self, across: list[float], down: list[float], rules: list[_Rule], runs: list[Run]
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

    @property
    def is_data(self) -> bool:
        """Whether it has two columns with words at the least, and is no text in two languages."""
        grid = self._grid()
        longest = max((len(cell.content) for row in grid for cell in row), default=0)
        columns = [" ".join(cell.content for cell in column) for column in zip(*grid, strict=True)]
        several = any(len({id(c) for c in row if c.content}) > 1 for row in grid)
        return several and longest <= _LONG and side_by_side(columns) is None

    def rows(self) -> list[Row]:
        """One row for each that has words, its cells in one piece."""
        size = median(run.size for run in self.runs)
        bold = all(run.bold for run in self.runs)
        out = []
        for (top, bottom), row in zip(pairwise(self._down), self._grid(), strict=True):
            cells = tuple(contents(row))
            if any(cells):
                y = (top + bottom) / 2
                piece = Piece(
                    " | ".join(cells), self._across[0], self._across[-1], y, size, bold, cells
                )
                out.append(Row(y, size, [], (piece,)))
        return out

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
