"""Tables of contents: lines that lead with dots to the number of a page.

A price list looks the same. What tells them apart is that the words of a table of contents stand
again where the part begins that they name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sources.formats.pdf.columns import Line

_DOTS = r"(?<!\.)(?<!\.\s)(?:\.\s?){4,}+|(?<!…)…++"
_ENTRY = re.compile(rf"(?:{_DOTS})\s*+\d+\s*$")
_LEADING = re.compile(rf"(?:{_DOTS})(?=\D*\d)[^.…]{{1,20}}(?:[.,]\d+)?\s*$")
_BETWEEN = 2  # lines of an entry that are none by themselves
_LARGE = 1.05  # of the size of an entry: a heading above


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without tables of contents, and those of these tables with their headings."""
    found = ((n, line.text, _ENTRY.search(line.text)) for n, line in enumerate(lines))
    entries = [(n, text[: entry.start()]) for n, text, entry in found if entry]
    own = {n for n, _ in entries}
    heads = sorted(_letters(line.text) for n, line in enumerate(lines) if n not in own)
    left: set[int] = set()
    for group in _groups(entries):
        named = sum(_is_named(words, heads) for _, words in group)
        if named * 2 >= len(group):
            first = group[0][0]
            left.update(n for n, _ in group)
            left.update({first - 1} if _is_heading(lines, first) else ())
    kept = [line for n, line in enumerate(lines) if n not in left]
    return kept, [lines[n] for n in sorted(left)]


def leads(line: Line) -> bool:
    """Whether a line leads with dots to a number: it is a line of a list."""
    return _LEADING.search(line.text) is not None


def _groups(entries: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    groups: list[list[tuple[int, str]]] = []
    for entry in entries:
        if groups and entry[0] - groups[-1][-1][0] <= _BETWEEN + 1:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _is_named(words: str, heads: list[str]) -> bool:
    """Whether a line of the text begins with the words, or is the beginning of them."""
    entry = _letters(words)
    at = bisect_left(heads, entry)
    if not entry or (at < len(heads) and heads[at].startswith(entry)):
        return bool(entry)
    before = heads[at - 1] if at else ""
    return 2 * len(before) > len(entry) and entry.startswith(before)


def _is_heading(lines: Sequence[Line], first: int) -> bool:
    """Whether the line above the first entry is a heading of its own, below other lines."""
    if first < 2:
        return False
    above, head, entry = lines[first - 2 : first + 1]
    large = head.size >= _LARGE * entry.size or (head.bold and not entry.bold)
    alike = above.bold == head.bold and abs(above.size - head.size) < 0.1 * head.size
    return large and not (alike and above.page == head.page)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
