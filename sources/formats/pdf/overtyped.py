"""Words that are typed over: a row of one sign (dashes, crosses) over other words strikes them out.

The row counts as a line through the middle of its signs, so ``strokes`` tells what it strikes out:
a row under words, or beside them, strikes nothing out. A word of which it covers a half is struck
out whole, one of which it covers less is only crossed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from sources.formats.pdf.paths import Path
from sources.formats.pdf.strokes import Flags, crossed

if TYPE_CHECKING:
    from sources.formats.pdf.seen import Placed

_ALIKE = 0.7  # how small the type of one may be by that of the other
_JOINTS = {"'", "’"}  # a word ends before and after them
_MOST = 0.5  # of a row over other signs, and of a word under it


def typed_over(
    signs: Sequence[Placed], pairs: Iterable[tuple[int, int]]
) -> tuple[Flags, Flags, Flags]:
    """Which signs are such rows, which are struck out by them, and which are only crossed.

    ``pairs`` are the signs that lie over each other.
    """
    over = {n for pair in pairs if _alike(*(signs[m] for m in pair)) for n in pair}
    rows, struck, touched = (np.zeros(len(signs), dtype=bool) for _ in range(3))
    words = _words(signs) if over else []
    for word in words:
        if not _is_row([signs[n].text for n in word], sum(n in over for n in word)):
            continue
        own, doubtful = crossed(signs, [_line([signs[n] for n in word])])
        own[word] = doubtful[word] = False
        rows[word] = own.any()
        struck |= own
        touched |= doubtful
    for word in words:
        whole = struck[word].mean() >= _MOST
        touched[word] |= struck[word]
        struck[word] = whole
    return rows, struck & ~rows, touched & ~rows


def _alike(one: Placed, other: Placed) -> bool:
    return min(one.size, other.size) >= _ALIKE * max(one.size, other.size)


def _words(signs: Sequence[Placed]) -> list[list[int]]:
    """The indices of the signs of each word that one object draws."""
    apart = ["" if s.text.strip() and s.text not in _JOINTS else s.text for s in signs]
    parts = groupby(range(len(signs)), key=lambda n: (signs[n].key, apart[n]))
    return [list(word) for (_, joint), word in parts if not joint]


def _is_row(word: Sequence[str], over: int) -> bool:
    same = len(word) > 1 and len(set(word)) == 1 and not word[0].isdigit()
    return same and over >= _MOST * len(word)


def _line(row: Sequence[Placed]) -> Path:
    """A line through the middle of the signs of a row, from its start to its end."""
    left, bottom, right, top = zip(*(sign.box for sign in row), strict=True)
    x, y = (min(left) + max(right)) / 2, (min(bottom) + max(top)) / 2
    level = row[0].turn in {0, 180}
    ends = ((min(left), y), (max(right), y)) if level else ((x, min(bottom)), (x, max(top)))
    return Path(ends, filled=False, width=0.1)
