"""From units to passages: the quote, the portion, the locator, the kind.

Portions come from printed numbers and from order, never from words, so they are the same in
both languages. A portion that is printed twice gets "(2)" the second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.locator import Steps, locator, portion
from sources.model import Kind, Passage
from sources.standing import FUTURE, Standing, standing_of
from sources.structure.blocks import Block
from sources.structure.parts import Unit

_KINDS = {
    "par": Kind.PARAGRAPH, "row": Kind.PARAGRAPH, "pnt": Kind.POINT, "blt": Kind.BULLET,
    "art": Kind.ARTICLE, "rct": Kind.RECITAL,
}  # fmt: skip


class Again(NamedTuple):
    """A portion that is printed again: how often so far, and as which step it is kept."""

    portion: str
    times: int
    step: str


def passages(units: Iterable[Unit], work: str, lang: Lang) -> tuple[list[Passage], list[Again]]:
    """Passages, and what was printed again; a unit without words gives none."""
    out: list[Passage] = []
    again: list[Again] = []
    seen: Counter[str] = Counter()
    for unit in units:
        text, steps = quote(unit.blocks) or unit.title, unit.steps
        if not text:
            continue
        printed = portion(steps)
        seen[printed] += 1
        if (times := seen[printed]) > 1:
            steps = (*steps[:-1], steps[-1].again(times))
            again.append(Again(printed, times, str(steps[-1])))
        out.append(_passage(unit, text, steps, work, lang))
    return _dated(out), again


def _dated(found: list[Passage]) -> list[Passage]:
    """Each version of an article that is to come, with the date that any of its passages says."""
    since: dict[str, str] = {}
    for passage in found:
        if (standing := passage.standing) and standing.state == "future" and standing.since:
            since[_version(passage)] = standing.since
    return [
        replace(p, standing=replace(p.standing, since=p.standing.since or since[_version(p)]))
        if p.standing and p.standing.state == "future" and _version(p) in since
        else p
        for p in found
    ]


def _version(passage: Passage) -> str:
    """The version of an article in which a passage stands."""
    return passage.anchor.portion.partition(f".{FUTURE}")[0]


def _located(steps: Steps, standing: Standing | None) -> Bilingual:
    """How a person cites it; what is repealed says so."""
    place = locator(steps)
    if standing is None or standing.state != "repealed":
        return place
    state = replace(standing, region="").label
    return Bilingual(f"{place.fr} ({state.fr})", f"{place.nl} ({state.nl})")


def quote(blocks: Iterable[Block]) -> str:
    """The words of a passage: one line a block, a label before its words, on one line with them."""
    out: list[str] = []
    labels: list[str] = []
    for block in blocks:
        labels += [sign for sign in (block.paragraph, block.label) if sign]
        if block.text:
            out.append(" ".join([*labels, block.text]))
            labels = []
    return "\n".join([*out, *([" ".join(labels)] if labels else [])])


def _passage(unit: Unit, text: str, steps: Steps, work: str, lang: Lang) -> Passage:
    attached = unit.steps[0].word in {"anx", "app"}
    blocks = unit.blocks
    notes = tuple(dict.fromkeys(note for block in blocks for note in block.notes))
    standing = standing_of((step.word for step in steps), text, notes)
    return Passage(
        anchor=Anchor(work, lang, portion(steps)),
        kind=_KINDS.get(unit.steps[-1].word, Kind.ANNEX if attached else Kind.SECTION),
        text=text,
        headings=unit.headings,
        locator=_located(steps, standing),
        page=blocks[0].page if blocks else None,
        lead=unit.lead,
        doubts=tuple(dict.fromkeys(doubt for block in blocks for doubt in block.doubts)),
        notes=notes,
        standing=standing,
    )
