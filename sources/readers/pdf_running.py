"""Running headers, footers and page numbers: rows that most pages repeat in the same place.

A row near the top or the bottom of a page runs when the same words stand at the same height on
half of the pages (of the even or of the odd ones), where each figure is either the same on all
of them or counts with the pages: "Article 4" and "Article 9" at the top of two pages do not.
The first or last row of a page also runs when it starts or ends with the page's number, counted
in the same way on a third of the pages ("Chapitre II   14").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from sources.readers.pdf_rows import Row

_FIGURE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.|blz\.|pagina)?\s*(\d{1,6})(?:\s*(?:/|sur|van|de|of)\s*\d+)?[-–—.\s]*",
    re.IGNORECASE,
)
_EDGE = 4  # rows at either end of a page that may run
_NEAR = 4.0  # points that a running row may wander

_Place = tuple[int, int]  # index of the page, index of the row


def without_running(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page that do not run."""
    running = _repeated(pages) | _numbered(pages) | _numbers(pages)
    return [
        [row for index, row in enumerate(rows) if (page, index) not in running]
        for page, rows in enumerate(pages)
    ]


def _edges(rows: list[Row]) -> list[int]:
    """Indices of the rows near the top and the bottom."""
    return sorted({*range(min(_EDGE, len(rows))), *range(max(0, len(rows) - _EDGE), len(rows))})


def _repeated(pages: Sequence[list[Row]]) -> set[_Place]:
    groups: dict[str, list[_Place]] = defaultdict(list)
    for page, rows in enumerate(pages):
        for index in _edges(rows):
            groups[_FIGURE.sub("#", rows[index].text).casefold()].append((page, index))
    running: set[_Place] = set()
    for places in groups.values():
        for parity in (None, 0, 1):
            some = [p for p in places if parity is None or p[0] % 2 == parity]
            of = [p for p in range(len(pages)) if parity is None or p % 2 == parity]
            running.update(_runs(pages, some, len(of), alternate=parity is not None))
    return running


def _runs(
    pages: Sequence[list[Row]], places: list[_Place], count: int, *, alternate: bool
) -> set[_Place]:
    """The places that hold the same row at the same height on half of ``count`` pages."""
    found: set[_Place] = set()
    for page, index in places:
        row = pages[page][index]
        same = [
            (p, i)
            for p, i in places
            if abs(pages[p][i].y - row.y) <= _NEAR and _counts(row.text, page, pages[p][i].text, p)
        ]
        on = len({p for p, _ in same})
        if on >= (3 if alternate else 2) and on * 2 >= count:
            found.add((page, index))
    return found


def _counts(text: str, page: int, other: str, there: int) -> bool:
    """Whether every figure is the same in both, or counts with the pages."""
    pairs = zip(_FIGURE.findall(text), _FIGURE.findall(other), strict=True)
    return all(a == b or int(b) - int(a) == there - page for a, b in pairs)


def _numbered(pages: Sequence[list[Row]]) -> set[_Place]:
    """First and last rows that carry the page's number, whatever else they say."""
    by_offset: dict[int, set[_Place]] = defaultdict(set)
    for page, rows in enumerate(pages):
        for index in {0, len(rows) - 1} if rows else set():
            words = rows[index].text.split()
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
            number = _NUMBER.fullmatch(rows[index].text)
            if number and int(number[1]) == page + 1:
                found.add((page, index))
    return found
