"""Words that stand behind the text of a page: large ones over which smaller ones are typed.

Were they rows, they would take in the lines that stand over them. What is behind the text of one
page is so at the same place of the others, be the text there shorter.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sources.formats.pdf.rows import bounds
from sources.formats.pdf.runs import Run

BEHIND = "behind the text"
_LARGER = 1.5  # times the size of the words over it
_CAPITAL = 0.7  # of the size: the height of a capital
_MIDDLE = 0.3  # of the size: the middle of a line above its baseline
_WANDERS = 4.0  # points: what stands at one place of several pages

_Place = tuple[str, int]  # words, and where their line is


def watermarks(pages: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """The words behind the text of each page."""
    lines = [list(_lines(page)) for page in pages]
    known = {
        _place(line)
        for page, some in zip(pages, lines, strict=True)
        for line in _behind(page, some)
    }
    return [[run for line in some if _place(line) in known for run in line] for some in lines]


def _behind(page: Sequence[Run], lines: Sequence[list[Run]]) -> Iterator[list[Run]]:
    level = sorted(page, key=lambda run: run.y)
    heights = [run.y for run in level]
    for line in lines:
        low, size = line[0].y, line[0].size
        near = level[bisect(heights, low - size) : bisect(heights, low + size)]
        if any(_over(run, other) for run in line for other in near):
            yield line


def _lines(page: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of a page that stand level in one size, where they are words."""
    found: dict[tuple[int, float, int], list[Run]] = defaultdict(list)
    for run in page:
        found[round(run.y), run.size, run.turn].append(run)
    for line in found.values():
        if sum(sign.isalpha() for run in line for sign in run.text) > 1:
            yield line


def _place(line: Sequence[Run]) -> _Place:
    return "".join(run.text.strip() for run in line), round(line[0].y / _WANDERS)


def _over(run: Run, other: Run) -> bool:
    """Whether another run is typed over words that are larger: a letter of it at the least."""
    (start, end), (first, last) = bounds(run), bounds(other)
    return (
        run.size >= _LARGER * other.size
        and any(sign.isalpha() for sign in run.text)  # no line to be filled in
        and run.turn == other.turn
        and run.y < other.y + _MIDDLE * other.size < run.y + _CAPITAL * run.size
        and min(end, last) - max(start, first) >= other.size / 2
    )
