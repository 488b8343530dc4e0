"""What stands in the margin of a PDF beside its text: numbers of lines, and notes in small type.

Both share the baselines of the text, so that they would be read as words of its sentences. They
are taken out of it only where it is sure what they are, and told:

- figures at one edge that count with the lines they stand at, where those lines are prose;
- small type beyond the edges of all words of the usual size, at lines that have no other small
  type, as a table would have: a note of the line it stands at. A number or sign stays where it
  is, since it may be that of an article.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sources.formats.pdf.notes import Footnotes
from sources.formats.pdf.rows import is_sign
from sources.formats.pdf.runs import Run
from sources.formats.raised import CALL
from sources.structure.numbers import marker

_FIGURE = re.compile(r"\s*\d{1,4}\s*")
_ALIGNED = 1.5  # points that the figures of one edge may wander
_LEAST = 3  # figures that count each line
_EACH = 0.75  # share of the lines that have a figure where each is counted
_WIDE = 0.6  # of the widest line: a line of prose
_LONG = 25  # of the size: the widest line of prose, about fifty letters
_CELL = 2.0  # of the size: a gap from here on parts the cells of a table
_WOVEN = 0.25  # share of the lines that go on with the sentence of the line before
_SMALL = 0.93  # of the usual size
_NARROW = 0.25  # of the width of the text: a note in the margin
_BALLOON = 0.6  # of the width of prose: a comment or tracked change
_NEAREST = 8  # notes that one may go on with
_FEW = 0.2  # of the letters of a page: its notes in the margin
_MANY = 0.5  # of the letters of prose: its comments
_ENDS = tuple(".;:!?»”")


@dataclass(frozen=True, slots=True)
class _Line:
    """The runs on one baseline, from left to right."""

    y: float
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    @property
    def width(self) -> float:
        return self.runs[-1].end - self.runs[0].x

    @property
    def whole(self) -> bool:
        """Whether it has no gap as between the cells of a table."""
        return all(b.x - a.end < _CELL * a.size for a, b in pairwise(self.runs))


def line_numbers(pages: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """The numbers of lines of each page; a page with few has those at the edge of the others."""
    found = [_counted(runs, None) for runs in pages]
    edges = Counter(edge for edge, _ in found if edge is not None)
    common = next((edge for edge, _ in edges.most_common(1)), None)
    return [
        numbers or (_counted(runs, common)[1] if common else [])
        for runs, (_, numbers) in zip(pages, found, strict=True)
    ]


_Edge = tuple[str, int]  # "x" or "end", in points


def _counted(runs: Sequence[Run], known: _Edge | None) -> tuple[_Edge | None, list[Run]]:
    """The figures at one edge that count the lines of a page, and that edge."""
    edges: dict[_Edge, list[Run]] = defaultdict(list)
    for run in runs:
        if _FIGURE.fullmatch(run.text):
            for word, place in (("x", run.x), ("end", run.end)):
                for near in (int(place / _ALIGNED), int(place / _ALIGNED) + 1):
                    edges[word, near].append(run)
    best: tuple[_Edge | None, list[Run]] = (None, [])
    for edge, some in edges.items():
        chain = max(_chains(sorted(some, key=lambda run: -run.y)), key=len)
        fits = known is None or edge == known
        if fits and len(chain) > len(best[1]) and _beside(chain, runs, sure=known is not None):
            best = edge, chain
    return best


def _chains(figures: list[Run]) -> list[list[Run]]:
    """Figures that count on from each other in one step, from the top of a page down."""
    chains: list[list[Run]] = [figures[:1]]
    step = 0
    for before, run in pairwise(figures):
        grown = int(run.text) - int(before.text)
        if grown > 0 and step in {0, grown}:
            chains[-1].append(run)
            step = grown
        else:
            chains.append([run])
            step = 0
    return chains


def _beside(chain: list[Run], runs: Sequence[Run], *, sure: bool) -> bool:
    """Whether a chain of figures stands beside prose and counts its lines."""
    taken = set(map(id, chain))
    top, bottom = chain[0], chain[-1]
    others = [
        run
        for run in runs
        if id(run) not in taken and bottom.y - run.size / 2 <= run.y <= top.y + run.size / 2
    ]
    gap = top.size
    left = all(max(f.end for f in chain) + gap <= run.x for run in others)
    right = all(run.end + gap <= min(f.x for f in chain) for run in others)
    if not others or not (left or right):
        return False
    return sure or _counts(chain, _lines(others))


def _counts(chain: list[Run], lines: list[_Line]) -> bool:
    """Whether figures count lines, and those are prose."""
    step = int(chain[1].text) - int(chain[0].text) if len(chain) > 1 else 0
    if step == 1:
        heights = sorted(run.y for run in chain)
        numbered = [line for line in lines if _near(line.y, heights, chain[0].size / 2)]
        known = len(chain) >= _LEAST and len(numbered) >= _EACH * len(lines)
    elif step > 1:
        heights = sorted(line.y for line in lines)
        below = [bisect(heights, run.y - run.size / 2) for run in chain]
        whole = int(chain[0].text) % step == 0
        known = whole and all(above - under == step for above, under in pairwise(below))
    else:
        known = False
    widest = max(line.width for line in lines)
    small = all(figure.size <= _SMALL * run.size for figure in chain for run in lines[0].runs)
    woven = [
        (small or before.width >= _WIDE * widest)
        and _goes_on(before, line)
        and (step > 1 or _near(line.y, heights, chain[0].size / 2))
        for before, line in pairwise(lines)
    ]
    long = widest >= _LONG * max(run.size for run in lines[0].runs)
    # Small figures that also stand at lines that go on with a sentence are no numbers of points.
    least = 1 if step == 1 and small else max(1, _WOVEN * len(woven))
    return known and long and sum(woven) >= least


def _goes_on(before: _Line, line: _Line) -> bool:
    """Whether a line goes on with the sentence of the one before, as those of prose do."""
    ended = before.text.endswith(_ENDS)
    return before.whole and line.whole and not ended and line.text[:1].islower()


def _lines(runs: Sequence[Run]) -> list[_Line]:
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if groups and groups[-1][0].y - run.y <= run.size / 2:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_Line(g[0].y, tuple(sorted(g, key=lambda run: run.x))) for g in groups]


def notes_beside(runs: list[Run], body: float) -> tuple[list[Run], Footnotes]:
    """The runs of a page, a call at each line that has a note in the margin; and these notes."""
    usual = sorted((run for run in runs if run.size > _SMALL * body), key=lambda run: run.y)
    heights = [run.y for run in usual]
    notes = _grouped(_outside(runs, usual, heights, body))
    if not notes:
        return runs, {}
    taken = {id(run) for note in notes for run in note}
    called: dict[int, str] = {}
    for number, note in enumerate(notes, 1):
        at = bisect(heights, note[0].y)
        host = min(usual[max(0, at - 1) : at + 1], key=lambda run: abs(run.y - note[0].y))
        called[id(host)] = called.get(id(host), "") + CALL.format(f"m{number}")
    rest = [
        replace(run, text=run.text.rstrip() + called[id(run)]) if id(run) in called else run
        for run in runs
        if id(run) not in taken
    ]
    texts = (" ".join(run.text.strip() for run in note) for note in notes)
    return rest, {f"m{number}": text for number, text in enumerate(texts, 1)}


def _outside(runs: list[Run], usual: list[Run], heights: list[float], body: float) -> list[Run]:
    """The runs in small type that stand beside the text, from the top down."""
    if not usual:
        return []
    left, right = min(run.x for run in usual), max(run.end for run in usual)
    found: list[Run] = []
    for line in _lines(runs):
        small = [run for run in line.runs if run.size <= _SMALL * body]
        outside = [run for run in small if run.end + body <= left or run.x >= right + body]
        words = [run for run in small if not _FIGURE.fullmatch(run.text)]
        if all(run in outside for run in words):  # else it is a row of a table in small type
            found += [
                run
                for run in outside
                if _near(run.y, heights, body) or _below(run, found[-_NEAREST:])
            ]
    found = [run for run in found if not _labels(run.text)]
    woven = [_goes_on(before, line) for before, line in pairwise(_lines(usual))]
    prose = sum(woven) >= max(1, _WOVEN * len(woven))
    widest = (_BALLOON if prose else _NARROW) * (right - left)
    wide = any(run.end - run.x > widest for run in found)
    letters = sum(len(run.text) for run in usual)
    many = sum(len(run.text) for run in found) > (_MANY if prose else _FEW) * letters
    return [] if wide or many else found


def _grouped(runs: list[Run]) -> list[list[Run]]:
    """The lines of each note, one below the other."""
    notes: list[list[Run]] = []
    for run in runs:
        near = (note for note in notes[-_NEAREST:] if _below(run, note[-1:]))
        if (note := next(near, None)) is not None:
            note.append(run)
        else:
            notes.append([run])
    return notes


def _near(y: float, heights: list[float], reach: float) -> bool:
    """Whether one of the heights, from the lowest up, is within reach."""
    at = bisect(heights, y)
    return any(abs(other - y) <= reach for other in heights[max(0, at - 1) : at + 1])


def _below(run: Run, notes: list[Run]) -> bool:
    """Whether a run goes on with a note above it."""
    return any(abs(n.x - run.x) <= _ALIGNED and n.y - run.y <= 2 * run.size for n in notes)


def _labels(text: str) -> bool:
    return is_sign(text.strip()) or marker(text.strip(), heading=True) is not None
