"""Tables of contents: lines that lead with dots to the number of a page.

A price list looks the same. What tells them apart is that the words of a table of contents stand
again where the part begins that they name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sources.folding import letters_alone
from sources.structure.contents import begins

CONTENTS = "table of contents"
_DOTS = r"(?<!\.)(?<!\.\s)(?:\.\s?){4,}+|(?<!…)…++"
_ENTRY = re.compile(rf"(?:{_DOTS})\s*+\d+\s*$")
_LEADING = re.compile(rf"(?:{_DOTS})(?=\D*\d)[^.…]{{1,20}}(?:[.,]\d+)?\s*$")
_NEAR = 3  # lines from one entry to the next


def tables_of_contents(lines: Sequence[str]) -> list[list[int]]:
    """The places of the entries of each table of contents among the lines of a text.

    At least half of the entries of one stand again in the text.
    """
    found = ((at, line, _ENTRY.search(line)) for at, line in enumerate(lines))
    words = {at: line[: entry.start()] for at, line, entry in found if entry}
    if not words:
        return []
    heads = sorted(letters_alone(line) for at, line in enumerate(lines) if at not in words)
    named = {at for at, entry in words.items() if _is_named(entry, heads)}
    return [run for run in _runs(list(words)) if 2 * len(named.intersection(run)) >= len(run)]


def leads(line: str) -> bool:
    """Whether a line leads with dots to a number: it is one of a list."""
    return _LEADING.search(line) is not None


def _runs(places: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at in places:
        if runs and at - runs[-1][-1] <= _NEAR:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_named(words: str, heads: list[str]) -> bool:
    """Whether a line of the text begins with the words, or is the beginning of them."""
    entry = letters_alone(words)
    if not entry or begins(entry, heads):
        return bool(entry)
    at = bisect_left(heads, entry)
    before = heads[at - 1] if at else ""
    return 2 * len(before) > len(entry) and entry.startswith(before)
