"""Points and rows of a table that have a number, in texts that are not made of articles.

"overweging B.4" of a judgment, "randnummer 12" of an opinion, "maatregel 3" of a table of measures.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.part_labels import label_of
from assistant.section import Section
from index.resolve import once
from index.tokens import stems_of
from sources.anchor import LANGS
from sources.folding import fold
from sources.locator import Steps, portion, steps_of
from sources.model import CELLS, cells_of
from sources.numbering import canonical

if TYPE_CHECKING:
    from index.build import Build
    from sources.model import Passage

_AROUND = {"hdg", "sec", "blt", "tab"}  # what such points and rows may stand in


def numbered(build: Build) -> dict[str, list[Section]]:
    """The numbered points and rows of each text that are in no article, recital or annex, each with
    what is within it, be it beside it ("B.3" and "B.3.1"); of a row, the second column says what it
    is called.
    """
    found: dict[tuple[str, str, str], Section] = {}
    heads: dict[tuple[str, str], frozenset[str]] = {}
    labels: dict[tuple[str, str], str] = {}
    for passage in build.passages:
        work, steps = passage.anchor.work, steps_of(passage.anchor.portion)
        at = _numbered_at(steps)
        if at is None:
            continue
        around, own = portion(steps[:at]), portion(steps[: at + 1])
        if steps[at].word == "row":
            heads.setdefault((work, around), _second_cell(passage))
        label = labels.setdefault((work, own), _label(passage, steps, at))
        if label and (work, around, label) not in found:
            called = heads.get((work, around), frozenset())
            found[work, around, label] = _part(build, passage, label, called)
        for above in _with_those_above(label):
            part = found.get((work, around, above))
            if part and passage.anchor.portion not in part.portions:
                part.portions.append(passage.anchor.portion)
    by_work: dict[str, list[Section]] = defaultdict(list)
    for section in found.values():
        by_work[section.work].append(section)
    return by_work


def _with_those_above(label: str) -> list[str]:
    """A number and those that it is within.

    >>> _with_those_above("b.3.1")
    ['b', 'b.3', 'b.3.1']
    """
    steps = label.split(".")
    return [".".join(steps[:end]) for end in range(1, len(steps) + 1)]


def numbered_headings(build: Build, work: str) -> dict[str, str]:
    """The headings of a text that begin with a number, by it."""
    each = (h for la in LANGS for p in build.document(work, la) for h in p.headings)
    return {label.number: h for h in each if (label := label_of(h))}


def has_point(build: Build, work: str, number: str) -> bool:
    """Has a text a point of that number in no article, recital or annex?"""
    places = (steps_of(p.anchor.portion) for la in LANGS for p in build.document(work, la))
    return any(
        steps[at].word == "pnt" and _once(steps[at].number) == number
        for steps in places
        if (at := _numbered_at(steps)) is not None
    )


def _numbered_at(steps: Steps) -> int | None:
    """Which step is the first that has a number of a point or a row, with headings alone above."""
    at = next((n for n, s in enumerate(steps) if s.word in {"pnt", "row"}), None)
    return None if at is None or any(s.word not in _AROUND for s in steps[:at]) else at


def _once(number: str) -> str:
    return canonical(once(number)).casefold()


def _label(passage: Passage, steps: Steps, at: int) -> str:
    """The number of a point, or that in the first cell of a row; "" for none."""
    if steps[at].word == "pnt":
        return _once(steps[at].number)
    first, parted, _ = passage.text.partition(CELLS)
    label = label_of(first) if parted else None
    return label.number if label and label.end >= len(first.rstrip(" .")) else ""


def _second_cell(passage: Passage) -> frozenset[str]:
    """The word that heads the second column, where it is one."""
    cells = cells_of(passage.text)
    word = fold(cells[1]).strip() if len(cells) > 1 and "\n" not in cells[1] else ""
    return frozenset({word}) if word.isalpha() else frozenset()


def _part(build: Build, passage: Passage, label: str, called: frozenset[str]) -> Section:
    """The part that begins with a passage, still without what is in it."""
    texts = [passage, *filter(None, [build.twin(passage.anchor)])]
    above = (stems_of(p.headings_in(la), la) for p in texts for la in LANGS)
    return Section(
        work=passage.anchor.work,
        path=(*passage.headings, passage.locator[passage.anchor.lang]),
        label=label,
        called=called,
        above=frozenset().union(*above),
        is_point=True,
    )
