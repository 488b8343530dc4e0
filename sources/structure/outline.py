"""From the printed lines of an act to its parts: preamble, articles, final formula, annexes.

The markup says much of it (a class, an id); where it says nothing, as in files from before the
ids came, the words that every act prints do: "Article premier", "Fait à …", "ANNEXE".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from sources.locator import Step
from sources.standing import VERSIONS
from sources.structure import numbers
from sources.structure.blocks import Block, Role, under
from sources.structure.contents import HEAD
from sources.structure.formulas import ends_act
from sources.structure.headings import (
    HEADINGS,
    Divisions,
    continues,
    joined,
    settled,
    split,
    untitled,
)
from sources.structure.parts import Outline, Part
from sources.structure.preamble import Preamble, adopts

_SHOWN = 80  # characters of a title in a warning
_FRAMES = {"cit", "rct", "pbl"}  # what the markup says is of the preamble
_ENUMERATED = re.compile(r"\d|[A-Z]\.\s|[IVX]+\.\s")
_OF_ANNEX = re.compile(r"\d+N(\d+)")  # as Justel numbers the articles of annexes: "1N3"


def outline(blocks: Sequence[Block]) -> Outline:
    """The parts of an act, from its printed lines in reading order."""
    blocks = [replace(b, role=Role.TEXT) if b.quoted else b for b in blocks]
    found = Outline()
    blocks, front = _without_front(blocks)
    if front:
        told = f"{len(front)} lines (“{front[0].text}” … “{front[-1].text}”)"
        found.warnings.append(f"left out, between a title and the same title again: {told}")
    title, main, attached = _cut(blocks)
    found.title = " ".join(b.text for b in title)
    for block in reversed(title) if main else ():
        main[0] = under(main[0], block)
    preamble, terms = _preamble(main)
    found.parts += preamble
    _Body(found, articles=any(b.role is Role.ARTICLE for b in terms)).read(terms)
    _Body(found, articles=True).read(attached)
    found.parts = settled(found.parts)
    return found


def _without_front(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The lines from where the title is printed a second time, and those that stand between.

    So consolidated texts begin: a first page has the title and what changed the act.
    """
    before: tuple[str, int] | None = None  # the first title, and where it ends
    at = 0
    for is_title, lines in groupby(blocks, key=lambda block: block.role is Role.TITLE):
        found = list(lines)
        text = " ".join(b.text for b in found).casefold()
        if before is None:
            before = (text, at + len(found)) if is_title else None
        elif is_title:
            return (blocks[at:], blocks[before[1] : at]) if text == before[0] else (blocks, [])
        elif any(b.role is Role.ARTICLE for b in found):
            break
        at += len(found)
    return blocks, []


def _cut(blocks: list[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """Title, lines of the act, and lines from the title of the first annex on."""
    roles = [b.role for b in blocks]
    first = roles.index(Role.TITLE) if Role.TITLE in roles else 0
    if Role.ARTICLE in roles[:first]:  # the only titles are those of annexes
        return [], blocks[:first], blocks[first:]
    end = next((i for i, r in enumerate(roles) if i >= first and r is not Role.TITLE), len(roles))
    alone = numbers.attached(blocks[first].text) if first < end else None
    if alone and alone.word in {"anx", "app"}:  # an annex in a file of its own
        return blocks[first:end], blocks[:first], blocks[first:]
    rest = next((i for i, r in enumerate(roles) if i >= end and r is Role.TITLE), len(roles))
    return blocks[first:end], blocks[end:rest], blocks[rest:]


def _preamble(main: list[Block]) -> tuple[list[Part], list[Block]]:
    """Parts of the preamble, and the lines after it."""
    preamble = Preamble()
    headed = any(b.role is Role.ARTICLE or b.place[:3] in _FRAMES for b in main)
    if not headed and not any(adopts(b) for b in main):
        return [], main
    sure = _end_of_preamble(main)
    for index, block in enumerate(main):
        ends = block.role is Role.ARTICLE or (block.role in HEADINGS and index >= sure)
        if ends or HEAD.fullmatch(block.text):
            return preamble.parts, main[index:]
        preamble.take(block)
        if preamble.adopted:
            return preamble.parts, main[index + 1 :]
    return preamble.parts, []


def _end_of_preamble(main: list[Block]) -> int:
    """Where the preamble surely goes on to: headings before that place stand between recitals."""
    roles = [b.role for b in main]
    articles = roles.index(Role.ARTICLE) if Role.ARTICLE in roles else 0
    above = enumerate(main[:articles] or main)
    found = (i for i, b in above if b.place[:3] in _FRAMES or (articles and adopts(b)))
    return max(found, default=0)


class _Body:
    """Reads enacting terms, or the annexes: one pass over the lines."""

    def __init__(self, found: Outline, *, articles: bool) -> None:
        self._found = found
        self._articles = articles  # headings stand above articles, not within a text
        self._part: Part | None = None
        self._annex: Part | None = None
        self._divisions = Divisions()
        self._before: Block | None = None
        self._contents = False
        self._waiting = Block("")  # notes and doubts of headings, for the words below them
        self._counts: Counter[tuple[Step | str, ...]] = Counter()  # annexes without number

    def read(self, blocks: list[Block]) -> None:
        """Group the lines into parts of the outline."""
        for block in blocks:
            self._take(block)
            self._before = block

    def _take(self, block: Block) -> None:
        if block.role is Role.TITLE:
            self._waiting = under(block, self._waiting)
            self._title(block)
        elif block.role is Role.ARTICLE:
            self._waiting = under(block, self._waiting)
            self._article(block)
        elif block.role is Role.ARTICLE_TITLE and self._in_article() and not self._lines():
            self._subtitle(block)
        elif block.depth == 0 and HEAD.fullmatch(block.text):
            self._contents = True
            self._found.warnings.append(f"left out: {block.text}")
        elif block.role in HEADINGS and self._part_is("fnp"):
            self._text(block)
        elif block.role in HEADINGS:
            self._contents = False
            self._heading(block)
        elif not self._contents:
            self._text(block)

    def _part_is(self, word: str) -> bool:
        return self._part is not None and [s.word for s in self._part.steps[-1:]] == [word]

    def _in_article(self) -> bool:
        steps = self._part.steps if self._part else ()
        return [s.word for s in steps if s.word not in VERSIONS][-1:] == ["art"]

    def _lines(self) -> list[Block]:
        return self._part.blocks if self._part else []

    def _add(self, part: Part) -> Part:
        self._part = part
        self._found.parts.append(part)
        return part

    # annexes

    def _title(self, block: Block) -> None:
        annex, before = self._annex, self._before
        above = before.text if before and before.role is Role.TITLE else ""
        if annex and above and numbers.collective(above) and numbers.attached(block.text):
            self._found.parts.remove(annex)
            *around, last = annex.steps
            self._counts[(*around, last.word)] -= not last.printed
            self._attach(block.text)
        elif annex and above and not annex.blocks:
            self._retitle(annex, block.text)
        else:
            self._attach(block.text)

    def _attach(self, text: str) -> None:
        found = numbers.attached(text) or numbers.Heading("att")
        inside = self._annex if found.word == "app" else None
        above, heads = (inside.steps[:1], inside.headings[:1]) if inside else ((), ())
        step = found.step
        self._counts[(*above, step.word)] += not step.printed
        if not step.number:
            step = replace(step, number=str(self._counts[(*above, step.word)]))
        heading = (split(text, found.title),) if text else ()
        self._annex = self._add(Part((*above, step), (*heads, *heading)))
        self._divisions, self._contents = Divisions(), False

    def _retitle(self, annex: Part, text: str) -> None:
        *above, last = annex.headings
        annex.headings = (*above, joined(last, text) if untitled(last) else f"{last} {text}")

    # headings

    def _heading(self, block: Block) -> None:
        if self._articles and not (self._annex and self._part is self._annex):
            self._waiting = under(block, self._waiting)
            self._divisions.take(block, self._before)
            return
        part = self._part
        if part is None:
            part = self._add(Part(()))
        if part is self._annex and not part.blocks:
            own = numbers.division(block.text) or _ENUMERATED.match(block.text)
            if block.text[0] in "[(" or (not own and untitled(part.headings[-1])):
                self._waiting = under(block, self._waiting)
                self._retitle(part, block.text)
                return
        if part.blocks and continues(block, self._before, part.blocks[-1].text):
            last = part.blocks[-1]
            both = under(block, last)
            title = joined(last.text, block.text)
            part.blocks[-1] = replace(last, text=title, notes=both.notes, doubts=both.doubts)
            return
        part.blocks.append(replace(block, role=Role.GROUP))

    # articles and their lines

    def _article(self, block: Block) -> None:
        self._contents = False
        found = numbers.article(block.text)
        if not found:
            before = [p for p in self._found.parts if p.steps and p.steps[-1].word == "art"]
            found = numbers.Heading("art", f"x{len(before) + 1}")
            self._found.warnings.append(f"no number in the heading {block.text!r}: {found.printed}")
        if inside := _OF_ANNEX.fullmatch(found.printed):
            self._within(inside[1])
        if self._part_is("fnp"):
            self._attach("")
        elif self._part is self._annex:
            self._lift()
        above, heads = (self._annex.steps, self._annex.headings) if self._annex else ((), ())
        if self._annex and self._part_is("att"):
            named = "".join(f": {heading[:_SHOWN]}" for heading in heads[:1])
            self._found.warnings.append(f"another text in the same file{named}")
        heads = (*heads, *self._divisions.headings, split(block.text, found.title))
        self._add(Part((*above, found.step, *map(Step, block.versions)), heads))

    def _within(self, number: str) -> None:
        """Open the annex that the number of an article names, where none is open by it."""
        annex = self._annex.steps[-1] if self._annex else None
        if annex is None or (annex.printed and annex.number != number):
            self._attach(f"Art. N{number}")

    def _lift(self) -> None:
        """Headings at the end of an annex stand above the articles that follow."""
        blocks = self._part.blocks if self._part else []
        while blocks and blocks[-1].role is Role.GROUP:
            self._waiting = under(self._waiting, blocks[-1])
            self._divisions.put_above(blocks.pop().text)

    def _subtitle(self, block: Block) -> None:
        assert self._part is not None
        self._waiting = under(block, self._waiting)
        *above, last = self._part.headings
        whole = f"{last} {block.text}" if " — " in last else joined(last, block.text)
        self._part.headings = (*above, whole)

    def _text(self, block: Block) -> None:
        final = block.place.startswith("fnp") or ends_act(block.text)
        if final and self._annex is None and block.depth == 0 and not self._part_is("fnp"):
            self._add(Part((Step("fnp"),), whole=True))
        part = self._part or self._add(Part((), self._divisions.headings))
        part.blocks.append(under(block, self._waiting))
        self._waiting = Block("")
