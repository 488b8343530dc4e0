"""Points and rows of a table that have a number, in texts that are not made of articles.

"overweging B.4" of a judgment, "randnummer 12" of an opinion, "maatregel 3" of a table of measures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.part_labels import label_of
from assistant.section import Section
from index.resolve import once
from index.tokens import words
from sources.anchor import LANGS, Lang
from sources.folding import fold
from sources.locator import Steps, portion, steps_of
from sources.numbering import canonical

if TYPE_CHECKING:
    from index.build import Build
    from sources.model import Passage

_AROUND = {"hdg", "sec", "blt", "tab"}  # what such points and rows may stand in
_CELLS = " | "


def stems_of(headings: Iterable[str], lang: Lang) -> frozenset[str]:
    """Stems of the words of headings."""
    return frozenset(w.stem for h in headings for w in words(h, lang))


def numbered(build: Build) -> dict[str, list[Section]]:
    """The numbered points and rows of each text that are in no article, recital or annex, each with
    what is within it; of a row, the second column says what it is called.
    """
    found: dict[tuple[str, str], Section] = {}
    heads: dict[tuple[str, str], frozenset[str]] = {}
    for passage in build.passages:
        steps = steps_of(passage.anchor.portion)
        at = _numbered_at(steps)
        if at is None:
            continue
        key = passage.anchor.work, portion(steps[: at + 1])
        table = passage.anchor.work, portion(steps[:at])
        if steps[at].word == "row" and table not in heads:
            heads[table] = _second_cell(passage)
        if key not in found and (label := _label(passage, steps, at)):
            above = replace(_of(build, passage), label=label)
            found[key] = replace(above, called=heads.get(table, frozenset()), portions=[])
        if key in found and passage.anchor.portion not in found[key].portions:
            found[key].portions.append(passage.anchor.portion)
    by_work: dict[str, list[Section]] = defaultdict(list)
    for section in found.values():
        by_work[section.work].append(section)
    return by_work


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
    first, parted, _ = passage.text.partition(_CELLS)
    label = label_of(first) if parted else None
    return label.number if label and label.end >= len(first.rstrip(" .")) else ""


def _second_cell(passage: Passage) -> frozenset[str]:
    """The word that heads the second column, where it is one."""
    cells = passage.text.split(_CELLS)
    word = fold(cells[1]).strip() if len(cells) > 1 and "\n" not in cells[1] else ""
    return frozenset({word}) if word.isalpha() else frozenset()


def _of(build: Build, passage: Passage) -> Section:
    """The part that a passage is, without its number."""
    texts = [passage, *filter(None, [build.twin(passage.anchor)])]
    above = (stems_of(p.headings_in(la), la) for p in texts for la in LANGS)
    return Section(
        work=passage.anchor.work,
        path=(*passage.headings, passage.locator[passage.anchor.lang]),
        above=frozenset().union(*above),
        is_point=True,
    )
