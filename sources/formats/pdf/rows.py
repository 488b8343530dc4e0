"""From runs of text to the rows of a page: pieces of text that stand on one baseline.

A raised figure may call a footnote; it is kept between two private signs until the note is found
or not (:mod:`sources.formats.raised`). Text that stands across the reading direction of the page
(stamps, side notes, watermarks) is told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from itertools import pairwise
from typing import Protocol

from sources.formats.pdf.runs import Run
from sources.formats.raised import FIGURES, lowered, raised
from sources.structure.blocks import with_degrees
from sources.structure.numbers import marker

_NUMBER = re.compile(r"\s*\(?(\d{1,3}|\*{1,3})\)?\s*")
_SIGN = re.compile(r"\s*(?:\(?\w{1,4}\)|\d{1,3}[.°]|[•–▪§])")
_HIGH = re.compile("([⁰¹²³⁴-⁹]+)")
_SPACE = 0.13  # of the size: a gap from here on parts words
_INITIAL = 1.8  # of the usual size: a letter that may stand over several lines
_APART = 5  # letters that stand by themselves: a word in wide type
_SMALL = 0.8  # of the size of its row: a raised or lowered sign
_SMALLER = 0.95  # the same, where it stands at a word and above the line
_RAISED = 0.1  # of the size: above the line
_LEVEL = 0.05  # of the size: words on one line stand no higher than others
_AT = 0.6  # of the size: what is raised or lowered stands so near to its words
_STROKES = {"/", "\u2044", "\u2215"}
_PART = 0.9  # of the size: a gap from here on may part columns


@dataclass(frozen=True, slots=True)
class Piece:
    """Words without a wide gap in them; places in points, ``bold`` as a share of the letters.

    ``cells`` are those of a row of a drawn table, which is one piece; the first one of a table
    ``opens`` it.
    """

    text: str
    x: float
    end: float
    y: float
    size: float
    bold: float
    cells: tuple[str, ...] = ()
    opens: bool = False


@dataclass(slots=True)
class Row:
    """Pieces on one baseline, from left to right."""

    y: float
    size: float
    runs: list[Run] = field(default_factory=list)
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """All words of the row."""
        return " ".join(piece.text for piece in self.pieces)


def rows(runs: Iterable[Run]) -> list[Row]:
    """The rows of a page, from its top to its bottom; ``runs`` are upright."""
    found: list[Row] = []
    for run in sorted(
        _with_initials(list(runs)), key=lambda r: -round(r.size)
    ):  # large type first: it makes the row
        near = [r for r in found if abs(r.y - run.y) <= _reach(run, r)]
        row = min(near, key=partial(_far, run), default=None)
        if row is None:
            row = Row(run.y, run.size)
            found.append(row)
        row.runs.append(run)
    for row in found:
        row.runs = _with_fractions(row)
        row.pieces = tuple(_pieces(row))
    return sorted((row for row in found if row.pieces), key=lambda r: -r.y)


def _with_initials(runs: list[Run]) -> list[Run]:
    """The runs, a large letter put before the words that it begins, on the first of its lines."""
    letters = sorted(run.size for run in runs for _ in run.text.strip())
    usual = letters[len(letters) // 2] if letters else 0.0
    out = list(runs)
    for large in [r for r in runs if r.size >= _INITIAL * usual and len(r.text.strip()) <= 2]:
        beside = [
            run
            for run in out
            if run is not large
            and run.size < large.size / _INITIAL * 1.5
            and -0.3 * usual <= run.x - large.end <= 2 * usual
            and -0.5 * usual <= run.y - large.y <= large.size
        ]
        if not beside or not large.text.strip().isalpha():
            continue
        first = max(beside, key=lambda run: run.y)
        level = abs(first.y - large.y) <= _LEVEL * large.size and first.text[:1].islower()
        if len({round(run.y) for run in beside}) < 2 and not level:
            continue
        joint = "" if first.text[:1].islower() or first.text[:1] in "'’" else " "
        out[out.index(first)] = replace(
            first, text=large.text.strip() + joint + first.text, x=large.x
        )
        out.remove(large)
    return out


def _with_fractions(row: Row) -> list[Run]:
    """The runs of a row, small figures above each other or around a stroke put on its line."""
    out: list[Run] = []
    waiting = sorted(row.runs, key=lambda run: run.x)
    while waiting:
        run = waiting.pop(0)
        below = _denominator(run, waiting, row)
        if below:
            words = f"{run.text.strip()}/{below[-1].text.strip()}"
            apart = " " if out and out[-1].text[-1:].isdigit() else ""
            end = max(other.end for other in below)
            out.append(replace(run, text=apart + words, end=end, y=row.y, size=row.size))
            taken = set(map(id, below))
            waiting = [other for other in waiting if id(other) not in taken]
        else:
            out.append(run)
    return out


def _denominator(run: Run, after: list[Run], row: Row) -> list[Run]:
    """What makes a fraction of a raised figure: the figure below it, or a stroke and a figure."""
    if not _is_small_figure(run, row) or run.y - row.y <= _RAISED * row.size:
        return []
    for other in after:
        middle = abs(other.x + other.end - run.x - run.end) / 2
        below = middle <= run.size / 2 and run.y - other.y >= run.size / 2
        if below and other.text.strip() not in _STROKES:
            return [other] if _is_small_figure(other, row) else []
    stroke, figure = (*after[:2], None, None)[:2]
    if stroke and figure and stroke.text.strip() in _STROKES and _is_small_figure(figure, row):
        near = figure.x - run.end <= row.size and figure.y < run.y - _RAISED * row.size
        return [stroke, figure] if near else []
    return []


def _is_small_figure(run: Run, row: Row) -> bool:
    return run.size < _SMALLER * row.size and run.text.strip().isdecimal()


def _reach(run: Run, row: Row) -> float:
    """How far a run may stand from the baseline of its row; what is raised is near its word."""
    if run.size < _SMALL * row.size:
        return 0.55 * row.size if _is_beside(run, row, _AT) else 0.3 * run.size
    near = any(abs(run.x - other.end) < 0.3 * row.size for other in row.runs)
    figure = near and _NUMBER.fullmatch(run.text) is not None
    smaller = run.size < _SMALLER * row.size and _is_beside(run, row)
    return row.size * (0.55 if run.y > row.y and (figure or smaller) else 0.3)


def _far(run: Run, row: Row) -> tuple[bool, float]:
    """How far a run stands from a row: a small one belongs to the words it stands at."""
    small = run.size < _SMALL * row.size
    return small and not _is_beside(run, row), abs(row.y - run.y)


def _is_beside(run: Run, row: Row, reach: float = 0.3) -> bool:
    near = reach * row.size
    return any(abs(run.x - o.end) < near or abs(o.x - run.end) < near for o in row.runs)


def main_turn(runs: Iterable[Run]) -> int:
    """The direction in which most words of a page read."""
    turns = Counter[int]()
    for run in runs:
        turns[run.turn] += len(run.text.strip())
    return turns.most_common(1)[0][0] if turns else 0


def upright(runs: Iterable[Run]) -> tuple[list[Run], list[Run]]:
    """The runs in the main direction of reading, without words drawn twice; and those across."""
    some = [run for run in runs if run.text.strip() and run.size > 0]
    main = main_turn(some)
    out: list[Run] = []
    for run in some:
        if run.turn == main and not any(_same(run, other) for other in out[-9:]):
            out.append(run)
    return out, [run for run in some if run.turn != main]


def _same(one: Run, other: Run) -> bool:
    near = 0.15 * one.size
    return one.text == other.text and abs(one.x - other.x) < near and abs(one.y - other.y) < near


def _pieces(row: Row) -> Iterable[Piece]:
    group: list[Run] = []
    for run in sorted(row.runs, key=lambda r: r.x):
        if group and bounds(run)[0] - bounds(group[-1])[1] > _PART * row.size:
            yield _piece(group, row)
            group = []
        group.append(run)
    if group:
        yield _piece(group, row)


def _piece(group: list[Run], row: Row) -> Piece:
    text, space = "", _space(group, row)
    y, size = _baseline(group, row)
    for before, run in zip([None, *group], group, strict=False):
        gap = before is not None and run.x - before.end > space
        cell = _SIGN.fullmatch(text) and run.text[:1].isalpha()  # "(10)" in a cell of its own
        if (gap or cell) and not text.endswith(" "):
            text += " "
        height = run.y - y
        small = run.size < _SMALL * size and height > _RAISED * size
        if small or height > 0.25 * size:
            text = raised(text, run.text)
        elif run.size < _SMALLER * size and height < -_RAISED * size:
            text = lowered(text, run.text)
        else:
            text = reduce(_level, _HIGH.split(run.text), text)
    letters = sum(len(run.text.strip()) for run in group)
    bold = sum(len(run.text.strip()) for run in group if run.bold)
    return Piece(
        with_degrees(" ".join(text.split())),
        min(bounds(run)[0] for run in group),
        max(bounds(run)[1] for run in group),
        y,
        max(run.size for run in group),
        bold / letters,
    )


def _level(before: str, words: str) -> str:
    """What stands before, with words on its line, or with figures that are raised by themselves."""
    return raised(before, words.translate(FIGURES)) if _HIGH.fullmatch(words) else before + words


def _baseline(group: list[Run], row: Row) -> tuple[float, float]:
    """Baseline and size of some words of a row; those of one column need not be level with others.

    Figures alone may be raised, as far as the row tells.
    """
    if all(_NUMBER.fullmatch(run.text) for run in group) and not _is_level(group[0], row):
        return row.y, row.size
    base = max(group, key=lambda run: (round(run.size), len(run.text)))
    return base.y, base.size


def _is_level(figure: Run, row: Row) -> bool:
    """Whether a figure stands level with words of its row, in their size (of another column)."""
    full = [run for run in row.runs if run.size >= _SMALLER * row.size]
    words = (run for run in full if not _NUMBER.fullmatch(run.text))
    near = (abs(run.y - figure.y) <= _LEVEL * row.size for run in words)
    return figure in full and any(near)


def _space(group: list[Run], row: Row) -> float:
    """The gap from which on words are parted: wider where every letter stands apart."""
    if len(group) < _APART or any(len(run.text.strip()) != 1 for run in group):
        return _SPACE * row.size
    gaps = sorted(after.x - before.end for before, after in pairwise(group))
    return max(_SPACE * row.size, 1.5 * gaps[len(gaps) // 2])


def overlaid(row: Row) -> bool:
    """Whether words of a row lie over others: half of the shorter ones, and a letter or more.

    A letter by itself may be a part of a ligature.
    """
    level = sorted((run for run in row.runs if len(run.text.strip()) > 1), key=lambda run: run.x)
    for one, other in pairwise(level):
        (start, end), (first, last) = bounds(one), bounds(other)
        over = min(end, last) - max(start, first)
        if over > max(row.size, min(end - start, last - first) / 2):
            return True
    return False


def side(row: Row, runs: list[Run]) -> tuple[Piece, ...]:
    """The pieces that some runs of a row make by themselves."""
    return tuple(_pieces(Row(row.y, row.size, runs)))


def bounds(run: Run) -> tuple[float, float]:
    """Start and end without the spaces around the words, by the mean width of a sign."""
    sign = (run.end - run.x) / len(run.text)
    before = len(run.text) - len(run.text.lstrip())
    after = len(run.text) - len(run.text.rstrip())
    return run.x + before * sign, run.end - after * sign


class _Placed(Protocol):
    """Words with the places of their ends, in points: a piece, or a line."""

    @property
    def text(self) -> str: ...
    @property
    def x(self) -> float: ...
    @property
    def end(self) -> float: ...


def first_word(words: _Placed) -> float:
    """Width of the first word, by the mean width of a sign."""
    return len(words.text.split()[0]) * (words.end - words.x) / len(words.text)


def is_sign(text: str) -> bool:
    """Whether some words are nothing but the number or sign of what follows them."""
    found = marker(f"{text} A", heading=True)
    return found is not None and found.rest == "A"
