"""What the pages of a typed text have beside its words: running lines and a list of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

from sources.formats.contents import CONTENTS, tables_of_contents
from sources.formats.omissions import Omissions
from sources.structure.blocks import squeezed
from sources.structure.numbers import marker

RUNNING = "running headers, footers and page numbers"
_FIGURE = re.compile(r"\d{1,9}")
_FIGURES = 5  # of a line that are looked at
EDGE = 4  # lines at either end of a page that may run

_Key = tuple[int, str, tuple[int, ...]]


def without_running(text: str, omissions: Omissions) -> str:
    """A text whose pages are parted by form feeds, without the lines that half of them repeat.

    Each figure of such a line is the same on all of them, or counts with the pages.
    """
    if "\f" not in text:
        return text
    pages = [page.splitlines() for page in text.split("\f")]
    for order in (1, -1):
        turned = [page[::order] for page in pages]
        for number, count in enumerate(_running(turned)):
            for line in turned[number][:count]:
                omissions.add(RUNNING, line)
            pages[number] = turned[number][count:][::order]
    return "\n\n".join("\n".join(page).strip("\n") for page in pages if any(page))


def _running(pages: list[list[str]]) -> Iterator[int]:
    """How many lines run at the beginning of each page."""
    ends = [
        [(at, squeezed(line)) for at, line in enumerate(page) if line.strip()][:EDGE]
        for page in pages
    ]
    keys = [
        [set(_keys(place, line, number)) for place, (_, line) in enumerate(end)]
        for number, end in enumerate(ends)
    ]
    full = sum(map(bool, ends))
    on = Counter(key for end in keys for found in end for key in found)
    for end, found in zip(ends, keys, strict=True):
        count = 0
        for (at, _), some in zip(end, found, strict=True):
            times = max(on[key] for key in some)
            if times < 2 or times * 2 < full - 1:  # even and odd pages may differ
                break
            count = at + 1
        yield count


def _keys(place: int, line: str, page: int) -> Iterator[_Key]:
    """What a line has in common with those that run with it: its words, and what figures do."""
    found = marker(line, heading=True)
    part = found is not None and found.form in {"article", "division", "paragraph"}
    figures = [int(figure) for figure in _FIGURE.findall(line)]
    for counted in product((0, 1), repeat=min(len(figures), 0 if part else _FIGURES)):
        moved = [*counted, *(0 for _ in figures[len(counted) :])]
        same = tuple(n - page * by for n, by in zip(figures, moved, strict=True))
        yield place, _FIGURE.sub("#", line).casefold(), same + tuple(moved)


def without_contents(lines: list[str], omissions: Omissions) -> list[str]:
    """The lines without tables of contents."""
    left = {at for entries in tables_of_contents(lines) for at in entries}
    for at in sorted(left):
        omissions.add(CONTENTS, lines[at])
    return [line for at, line in enumerate(lines) if at not in left]
