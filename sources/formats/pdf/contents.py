"""The tables of contents of a PDF, with their headings."""

from __future__ import annotations

from collections.abc import Sequence

from sources.formats.contents import tables_of_contents
from sources.formats.pdf.columns import Line

_LARGE = 1.05  # of the size of an entry: a heading above


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without tables of contents, and those of these tables with their headings."""
    left: set[int] = set()
    for entries in tables_of_contents([line.text for line in lines]):
        left.update(entries)
        left.update({entries[0] - 1} if _is_heading(lines, entries[0]) else ())
    kept = [line for n, line in enumerate(lines) if n not in left]
    return kept, [lines[n] for n in sorted(left)]


def _is_heading(lines: Sequence[Line], first: int) -> bool:
    """Whether the line above the first entry is a heading of its own, below other lines."""
    if first < 2:
        return False
    above, head, entry = lines[first - 2 : first + 1]
    large = head.size >= _LARGE * entry.size or (head.bold and not entry.bold)
    alike = above.bold == head.bold and abs(above.size - head.size) < 0.1 * head.size
    return large and not (alike and above.page == head.page)
