"""Running lines in a text that was copied page by page, where no sign parts its pages.

They stand in the midst of it: the words alike on each page, the number of the page going up. A
document has lines like that of its own ("Fiche 1", "Objectif"); surely running are those that
part a sentence, that count the pages ("Page 1/3"), or of which three and more go together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from sources.formats.omissions import Omissions
from sources.formats.paged import EDGE, RUNNING
from sources.structure.blocks import squeezed
from sources.structure.numbers import marker, named

_FIGURE = re.compile(r"\d{1,9}")
_WORD = re.compile(r"[^\W\d_]{3}")
_LINES = 5  # of a page, at the least
_TOGETHER = 3  # running lines of a page that are surely some
_LONG = 200  # characters of a line that is none

_Key = tuple[str, bool]  # its words, whether a number in it goes up


def without_copied(lines: Sequence[str], omissions: Omissions) -> list[str]:
    """The lines of a text without those that run on its pages."""
    full = {at: words for at, line in enumerate(lines) if (words := squeezed(line))}
    keys = _repeated(full)
    runs = list(_runs(full, keys))
    found = [run for run in runs if _ends_page([keys[at] for at in run])]
    if not found or not _is_sure(found, full, keys) or any(map(_is_near, pairwise(_at(found)))):
        return list(lines)
    running = {keys[at] for run in found for at in run}
    order = list(full)
    edges = {at for at in (*order[:EDGE], *order[-EDGE:]) if keys.get(at) in running}
    left = {*chain.from_iterable(found), *edges}
    if any(key in running and at not in left for at, key in keys.items()):
        return list(lines)
    for at in sorted(left):
        omissions.add(RUNNING, lines[at])
    return [line for at, line in enumerate(lines) if at not in left]


def _repeated(full: dict[int, str]) -> dict[int, _Key]:
    """The lines that stand again with the same figures, or with one that goes up by one."""
    groups: dict[str, list[int]] = {}
    for at, line in full.items():
        if len(line) <= _LONG and not marker(line, heading=True) and not named(line):
            groups.setdefault(_FIGURE.sub("#", line).casefold(), []).append(at)
    found: dict[int, _Key] = {}
    for words, places in groups.items():
        steps = {_step(full[a], full[b]) for a, b in pairwise(places)}
        if len(steps) == 1 and max(step := steps.pop(), default=0) <= 1 and sum(step) <= 1:
            found |= dict.fromkeys(places, (words, any(step)))
    return found


def _step(before: str, after: str) -> tuple[int, ...]:
    """By how much each figure of a line is more than that of another one; 2 for any other."""
    figures = zip(_FIGURE.findall(before), _FIGURE.findall(after), strict=True)
    steps = (int(b) - int(a) for a, b in figures)
    return tuple(step if step in {0, 1} else 2 for step in steps)


def _runs(full: dict[int, str], keys: dict[int, _Key]) -> Iterator[list[int]]:
    for repeated, places in groupby(full, keys.__contains__):
        if repeated:
            yield list(places)


def _ends_page(run: Sequence[_Key]) -> bool:
    """Whether some lines, each other, have a number that goes up and words beside it."""
    several = 1 < len(run) == len(set(run))
    return several and any(up for _, up in run) and any(_WORD.search(words) for words, _ in run)


def _is_sure(found: Sequence[list[int]], full: dict[int, str], keys: dict[int, _Key]) -> bool:
    order = list(full)
    place = {at: index for index, at in enumerate(order)}
    parted = False
    for run in found:
        before, after = place[run[0]] - 1, place[run[-1]] + 1
        if before >= 0 and after < len(order):
            ended = full[order[before]][-1] in ".;:!?"
            parted = parted or (not ended and full[order[after]][0].islower())
    of_pages = any(_counts_pages(full[at]) for run in found for at in run if keys[at][1])
    together = len(found) > 1 and all(len(run) >= _TOGETHER for run in found)
    return parted or of_pages or together


def _counts_pages(line: str) -> bool:
    """Whether a line says which of how many pages it stands on."""
    figures = [int(figure) for figure in _FIGURE.findall(line)]
    return len(figures) == 2 and 1 <= figures[0] <= figures[1]


def _at(found: Sequence[list[int]]) -> list[tuple[int, int]]:
    return [(run[0], run[-1]) for run in found]


def _is_near(two: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    (_, end), (start, _) = two
    return start - end <= _LINES
