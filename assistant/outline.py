"""The parts of every text, as its headings have them: all passages under one heading of a document,
at any depth.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from assistant.numbered import numbered
from assistant.part_labels import bare, label_of
from assistant.part_units import part_units
from assistant.section import Section
from index.tokens import stems_of, words
from sources.anchor import LANGS, Anchor, Lang, WorkPortion

if TYPE_CHECKING:
    from index.build import Build
    from sources.model import Part, Passage


class Outline:
    """The parts of all texts of a build."""

    def __init__(self, build: Build) -> None:
        self._build = build

    @cached_property
    def sections(self) -> list[Section]:
        """Every part of every text, its headings in both languages where they are there."""
        found: dict[Part, Section] = {}
        seen: set[WorkPortion] = set()
        for passage in self._build.passages:
            place = passage.anchor.work_portion
            if place in seen:
                continue
            seen.add(place)
            for depth in range(1, len(passage.headings) + 1):
                path = passage.headings[:depth]
                key = (passage.anchor.work, path)
                if key not in found:
                    found[key] = self._section(passage, depth)
                found[key].portions.append(passage.anchor.portion)
        return list(found.values())

    @cached_property
    def numbered(self) -> dict[str, list[Section]]:
        """The points and rows of each text that have a number; see :func:`numbered`."""
        return numbered(self._build)

    @cached_property
    def called(self) -> dict[str, frozenset[str]]:
        """The words by which parts of each text call themselves that are no units."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for section in (*self.sections, *chain.from_iterable(self.numbered.values())):
            found[section.work] |= section.called
        return found

    def of_work(self, work: str) -> list[Section]:
        """The parts of a text, in reading order."""
        return [s for s in self.sections if s.work == work]

    def of_unit(self, work: str, unit: str | None) -> list[Section]:
        """The parts of a text that call themselves so (``unit`` in French), in reading order; for
        None all of them, and none where there are parts within parts.
        """
        own = self.of_work(work)
        if unit is None:
            return own if all(len(s.path) == 1 and s.unit != "article" for s in own) else []
        return [s for s in own if s.unit == unit]

    def passages(self, section: Section, lang: Lang) -> list[Passage]:
        """What stands under the heading of a part, in reading order, in ``lang`` where it is."""
        found = []
        for portion in section.portions:
            for la in (lang, *LANGS):
                if passage := self._build.by_anchor.get(Anchor(section.work, la, portion)):
                    found.append(passage)
                    break
        return found

    def numbered_as(self, portion: str, lang: Lang) -> list[Passage]:
        """The points of any text that may be called a recital of that number ("rct_B.4")."""
        word, _, number = portion.partition("_")
        label = number.casefold() if word == "rct" else ""
        every = chain.from_iterable(self.numbered.values())
        return [p for s in every if s.label == label for p in self.passages(s, lang)]

    def _section(self, passage: Passage, depth: int) -> Section:
        """The part that a passage stands in at a depth of its headings, still without portions."""
        path, lang = passage.headings[:depth], passage.anchor.lang
        other, twin = passage.anchor.twin().lang, self._build.twin(passage.anchor)
        there = (twin or passage).headings_in(other)
        label, unit, _ = _label(path[-1], lang)
        same_depth = depth - 1 if len(there) == len(passage.headings) else len(there)
        same_number = (n for n, h in enumerate(there) if _label(h, other)[:2] == (label, unit))
        at = next(same_number, same_depth) if unit else same_depth
        headings = {lang: path[-1]}
        if at < len(there):
            headings[other] = there[at]
        words_for_it = (_label(h, la)[2] for la, h in headings.items())
        return Section(
            work=passage.anchor.work,
            path=path,
            label=label,
            unit=unit,
            called=frozenset(filter(None, words_for_it)),
            title={la: tuple(words(bare(h), la)) for la, h in headings.items()},
            headings=headings,
            above=stems_of(path[:-1], lang) | stems_of(there[: min(at, depth - 1)], other),
        )


def _label(heading: str, lang: Lang) -> tuple[str, str, str]:
    """The number or letter of a heading, the unit that it calls itself, in French, and the word
    where it is no unit.
    """
    label, french = label_of(heading), part_units()[lang].french
    if label is None:
        return "", "", ""
    if not label.word or label.word in french:
        return label.number, french.get(label.word, ""), ""
    if label.runs_on or not words(label.word, lang):
        return "", "", ""  # a sentence, or a word that joins others
    return label.number, "", label.word
