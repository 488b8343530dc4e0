"""What was written later on a dotted or underscored line: the line is parted around it.

Dots and dashes under the words are left out, those beside them stay, so the words stand in their
sentence where a reader of the page sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sources.formats.pdf.rows import bounds
from sources.formats.pdf.runs import BLANK, Run

_BLANK = re.compile(rf"\s*(?:{BLANK})\s*")
_ABOVE = 0.6  # of the size: how far words may stand from the line that they are written on
_ALIKE = 0.8  # of the size: smaller words may be raised


def filled(runs: Sequence[Run]) -> list[Run]:
    """The runs, where words stand on a blank line both on one baseline and side by side."""
    blanks = [run for run in runs if _BLANK.fullmatch(run.text)]
    lines = set(map(id, blanks))
    written = [run for run in runs if run.text.strip() and id(run) not in lines] if blanks else []
    on = {id(blank): [run for run in written if _is_on(run, blank)] for blank in blanks}
    level = {
        id(run): replace(run, y=blank.y)
        for blank in blanks
        for run in on[id(blank)]
        if run.size >= _ALIKE * blank.size
    }
    out: list[Run] = []
    for run in runs:
        found = on.get(id(run))
        out += _around(run, found) if found else [level.get(id(run), run)]
    return out


def _is_on(run: Run, blank: Run) -> bool:
    """Whether half of some words, at the least, stand on a blank line."""
    start, end = bounds(run)
    over = min(end, blank.end) - max(start, blank.x)
    return abs(run.y - blank.y) <= _ABOVE * blank.size and over >= (end - start) / 2 > 0


def _around(blank: Run, written: Sequence[Run]) -> Iterator[Run]:
    """What is left of a blank line beside the words on it."""
    width = (blank.end - blank.x) / len(blank.text)
    starts = [blank.x + at * width for at in range(len(blank.text))]
    places = [bounds(run) for run in written]

    def is_free(at: int) -> bool:
        return not any(a <= starts[at] + width / 2 <= b for a, b in places)

    for free, some in groupby(range(len(starts)), key=is_free):
        part = list(some)
        if free:
            words = f" {blank.text[part[0] : part[-1] + 1]} "
            yield replace(blank, text=words, x=starts[part[0]], end=starts[part[-1]] + width)
