"""Running headers, footers and page numbers: rows that most pages repeat in the same place.

A row near the top or the bottom of a page runs when the same words stand at the same height on
half of the pages (of the even or of the odd ones), where each figure is either the same on all
of them or counts with the pages: "Article 4" and "Article 9" at the top of two pages do not.
At the top, in smaller type than the text, the figures may be any ("Art. 4"), and one piece of a row
may change while another is repeated ("Art. 4   Code des parcs"); so may a short one with a figure
in any type.
Running rows are the outermost of their page and stand apart from the text.
On the only page of a document nothing repeats: there the outermost rows run that stand nearer to
the edge of the paper than its text does at the left, in plain type, without a number or the end
of a sentence.
The first or last row of a page also runs when it starts or ends with the page's number, counted
in the same way on a third of the pages ("Chapitre II   14").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sources.formats.pdf.paths import Box
from sources.formats.pdf.rows import Row
from sources.formats.pdf.runs import usual_size
from sources.formats.pdf.signs import bare
from sources.structure.numbers import marker

_FIGURE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.|blz\.|pagina)?\s*(\d{1,6})(?:\s*(?:/|sur|van|de|of)\s*\d+)?[-–—.\s]*",
    re.IGNORECASE,
)
_EDGE = 4  # rows at either end of a page that may run
_ZONE = 0.15  # of the height that text takes: how far from its ends a row may run
_APART = 1.2  # of the usual distance of rows: more parts a running row from the text
_NEAR = 4.0  # points that a running row may wander
_MARGIN = 0.75  # of the margin at the left: how near to the edge of the paper a row runs
_ENDS = ".;:,"
_WIDEST = 50.0  # points: the same at the most

_SMALL = 0.93  # of the usual size
_PLACED = 20  # letters of the place in a text that stands in a head: "Art. 12-15"
_LETTERS = 4  # of a piece of a row that is repeated
_HEADS = 3  # pages with a head in small type whose figures are any

_Place = tuple[int, int]  # index of the page, index of the row


class _Repeated(NamedTuple):
    """A row, or a piece of one, that may run; ``is_head`` where it is small type at the top."""

    page: int
    row: int
    text: str
    y: float
    is_head: bool


def without_running(pages: Sequence[list[Row]], paper: Box | None = None) -> list[list[Row]]:
    """The rows of each page that do not run; ``paper`` is that of the first, if it is upright."""
    repeated, numbered = _repeated(pages), _numbered(pages) | _numbers(pages)
    if len(pages) == 1 and paper:
        repeated |= {(0, index) for index in _in_margin(pages[0], paper)}
    kept: list[list[Row]] = []
    for page, rows in enumerate(pages):
        running = {index for at, index in repeated | numbered if at == page}
        sure = {index for at, index in numbered if at == page}
        last = len(rows) - 1
        top = _outer(rows, list(range(len(rows))), running, sure)
        foot = _outer(rows, list(range(last, -1, -1)), running, sure)
        kept.append(rows[top : len(rows) - foot] if top + foot < len(rows) else [])
    return kept


def _outer(rows: list[Row], order: list[int], running: set[int], sure: set[int]) -> int:
    """How many rows run from one end: an unbroken group that stands apart from what follows.

    A row stands apart by its distance or its size; one with the page's number need not.
    """
    usual = median([one.y - other.y for one, other in pairwise(rows)] or [0.0])
    found = 0
    for count, index in enumerate(order, 1):
        if index not in running:
            break
        row, after = rows[index], rows[order[count]] if count < len(order) else None
        apart = after is None or abs(row.y - after.y) > _APART * usual
        if apart or index in sure or (after and abs(row.size - after.size) > 0.05 * row.size):
            found = count
    return found


def _edges(rows: list[Row], top: float, bottom: float) -> list[int]:
    """Indices of the rows near the top and the bottom of where text stands."""
    reach = _ZONE * (top - bottom)
    head = [i for i in range(min(_EDGE, len(rows))) if rows[i].y >= top - reach]
    start = max(0, len(rows) - _EDGE)
    foot = [i for i in range(start, len(rows)) if rows[i].y <= bottom + reach]
    return sorted({*head, *foot})


def _in_margin(rows: list[Row], paper: Box) -> Iterator[int]:
    """The rows that stand in the upper or lower margin of the paper, and begin or end nothing."""
    left, bottom, _, top = paper
    margin = min((piece.x for row in rows for piece in row.pieces), default=left) - left
    reach = min(_MARGIN * margin, _WIDEST)
    body = usual_size((row.size, len(row.text)) for row in rows)
    for index, row in enumerate(rows):
        plain = row.size < body + 0.5 and not all(piece.bold for piece in row.pieces)
        words = plain and not marker(row.text) and row.text[-1] not in _ENDS
        if words and (top - row.y - row.size <= reach or row.y - bottom <= reach):
            yield index


def _repeated(pages: Sequence[list[Row]]) -> set[_Place]:
    heights = [row.y for rows in pages for row in rows] or [0.0]
    top, bottom = max(heights), min(heights)
    body = usual_size((row.size, len(row.text)) for rows in pages for row in rows)
    groups: dict[str, list[_Repeated]] = defaultdict(list)
    for page, rows in enumerate(pages):
        for index in _edges(rows, top, bottom):
            row = rows[index]
            above = row.y > (top + bottom) / 2
            is_head = above and row.size <= _SMALL * body
            parts = _parts(row) if is_head or (above and _is_ranged(row)) else ()
            for text in {bare(row.text), *parts}:
                found = _Repeated(page, index, text, row.y, is_head)
                groups[_FIGURE.sub("#", text).casefold()].append(found)
    running: set[_Place] = set()
    for places in groups.values():
        for parity in (None, 0, 1):
            some = [p for p in places if parity is None or p.page % 2 == parity]
            of = [p for p in range(len(pages)) if parity is None or p % 2 == parity]
            running.update(_runs(some, len(of), alternate=parity is not None))
    return running


def _parts(row: Row) -> Iterator[str]:
    """The pieces of a row that have words."""
    texts = (bare(piece.text) for piece in row.pieces)
    return (text for text in texts if sum(map(str.isalpha, text)) >= _LETTERS)


def _is_ranged(row: Row) -> bool:
    """Whether one piece of a row has words, and the others are the short names of a place."""
    words, *places = sorted((bare(piece.text) for piece in row.pieces), key=len, reverse=True)
    named = all(len(text) <= _PLACED and _FIGURE.search(text) for text in places)
    return bool(places) and named and not _FIGURE.search(words)


def _runs(places: list[_Repeated], count: int, *, alternate: bool) -> set[_Place]:
    """The places that hold the same row at the same height on half of ``count`` pages."""
    found: set[_Place] = set()
    for one in places:
        same = [other for other in places if abs(other.y - one.y) <= _NEAR]
        on = {other.page for other in same if _counts(one.text, one.page, other.text, other.page)}
        if one.is_head and len({other.page for other in same}) >= _HEADS:
            on = {other.page for other in same if other.is_head}
        if len(on) >= (3 if alternate else 2) and len(on) * 2 >= count:
            found.add((one.page, one.row))
    return found


def _counts(text: str, page: int, other: str, there: int) -> bool:
    """Whether every figure is the same in both, or counts with the pages, or two on a sheet."""
    pairs = list(zip(_FIGURE.findall(text), _FIGURE.findall(other), strict=True))
    steps = {there - page, len(pairs) * (there - page)}
    return all(a == b or int(b) - int(a) in steps for a, b in pairs)


def _numbered(pages: Sequence[list[Row]]) -> set[_Place]:
    """First and last rows that carry the page's number, whatever else they say."""
    by_offset: dict[int, set[_Place]] = defaultdict(set)
    for page, rows in enumerate(pages):
        for index in {0, len(rows) - 1} if rows else set():
            words = bare(rows[index].text).split()
            for word in {words[0], words[-1]}:
                if _FIGURE.fullmatch(word):
                    by_offset[int(word) - page].add((page, index))
    best = max(by_offset.values(), key=lambda places: len({p for p, _ in places}), default=set())
    on = len({page for page, _ in best})
    return best if on >= 3 and on * 3 >= len(pages) else set()


def _numbers(pages: Sequence[list[Row]]) -> set[_Place]:
    """Rows that are nothing but the number of their page."""
    found = set()
    for page, rows in enumerate(pages):
        for index in {0, len(rows) - 1} if len(rows) > 1 else set():
            number = _NUMBER.fullmatch(bare(rows[index].text))
            if number and int(number[1]) == page + 1:
                found.add((page, index))
    return found
