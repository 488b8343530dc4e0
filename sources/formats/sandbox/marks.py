"""Where the words of a passage stand among the letters of a page.

Both are compared by their letters and digits alone, without case and accents: hyphens, line
ends and the space between words are not the same in a passage and on its page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 24  # letters that must agree before a run counts
_GAP = 12  # letters that may stand between a run and the short end of a passage


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of a passage as they follow each other on a page.

    Attributes:
        start, end: On the page.
        last: Where it ends in the passage.
    """

    start: int
    end: int
    last: int


def letters(signs: Sequence[str]) -> tuple[str, list[int]]:
    """The letters and digits in some signs, and the sign that each comes from.

    >>> letters("L’é-té")
    ('lete', [0, 2, 4, 5])
    """
    found: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(signs):
        for letter in unicodedata.normalize("NFKD", sign).casefold():
            if letter.isalnum():
                found.append(letter)
                places.append(place)
    return "".join(found), places


def runs(page: str, passage: str) -> list[Run]:
    """The runs of a passage on a page, in their order; none where it is not sure to be there.

    Footnote signs, table lines and page breaks may stand between runs. A passage shorter than
    ``SEED`` counts where it stands on the page once.

    >>> runs("unlestrainspartentasixheuresdeux", "lestrainspartentasixheures")
    [Run(start=2, end=28, last=26)]
    """
    if len(passage) < SEED:
        at = page.find(passage) if passage and page.count(passage) == 1 else -1
        return [Run(at, at + len(passage), len(passage))] if at >= 0 else []
    found: list[Run] = []
    at = place = 0
    while place < len(passage):
        seed = passage[place : place + SEED]
        starts = _starts(page, seed, at, first=not found)
        if not starts:
            place += 1
            continue
        run = max((_run(page, passage, s, place) for s in starts), key=lambda r: r.end - r.start)
        found.append(run)
        at, place = run.end, run.last
    return found


def _starts(page: str, seed: str, at: int, *, first: bool) -> list[int]:
    """Places where a run may begin: all for the first, the next one for those that follow."""
    if len(seed) < SEED:
        start = page.find(seed, at, at + _GAP + len(seed))
        return [start] if start >= 0 else []
    start = page.find(seed, at)
    found: list[int] = []
    while start >= 0:
        found.append(start)
        start = page.find(seed, start + 1) if first else -1
    return found


def _run(page: str, passage: str, start: int, place: int) -> Run:
    length = 0
    most = min(len(page) - start, len(passage) - place)
    while length < most and page[start + length] == passage[place + length]:
        length += 1
    return Run(start, start + length, place + length)
