"""Divides the lines of an article, an annex or a recommendation into what is cited.

The rules, from the surest sign to the weakest:

- a numbered paragraph ("2. …" at the margin) begins a passage, and what follows belongs to it,
  lists too, until the next number;
- without numbered paragraphs, each numbered point of an outer list is a passage; the words
  before the list are its lead, and a line at the margin ends the list;
- all other lines are the unnumbered text of the article or annex: one passage.

In annexes, headings open parts; their words go to the headings of the passages below them. Those
within an article open none: its paragraphs are counted through them. Above lines without a number
they are lines themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sources.locale import bilingual
from sources.locator import Step, Steps
from sources.standing import VERSIONS
from sources.structure import numbers
from sources.structure.blocks import Block, Role, under
from sources.structure.parts import Part, Unit

PARTED = bilingual("doubt.parted")
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*)\.?\s+(?P<title>\S.*)")
_LETTERED = re.compile(r"(?P<number>[A-Z]|[IVXL]+)[.)]\s+(?P<title>\S.*)")
_RUBRIC = numbers.RANKS + 10  # headings without number are the narrowest


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is open: its rank, its step, its words."""

    rank: int
    step: Step | None
    heading: str


class _Divider:
    """Divides one part; see the module's rules.

    ``chained``: points stand below the headings around them (``prt_A.pnt_2``), as in annexes;
    an act without articles numbers its points through, so there they stand alone.
    """

    def __init__(self, part: Part, *, chained: bool) -> None:
        self._part = part
        self._chained = chained
        self.repeated = False  # a number occurs twice in the same place
        own = [step.word for step in part.steps if step.word not in VERSIONS]
        self._article = own[-1:] == ["art"]
        self._number = next((s.number for s in part.steps[::-1] if s.word == "art"), "")
        self._base: Steps = part.steps or (Step("enc"),)
        self._units: dict[Steps, Unit] = {}
        self._open: list[_Open] = []
        self._rubrics: dict[Steps, int] = {}
        self._titles: dict[str, str] = {}  # number of a point -> its heading
        self._numbered = False  # under a numbered paragraph
        self._in_list = False  # in a list without numbered paragraph
        self._list_steps: Steps = ()
        self._alineas = 0
        self._intro = ""
        self._rubric: Block | None = None  # the last heading within an article, if it is no line
        self._bare = False  # nothing stands below it so far
        self._current = self._unit(())

    def units(self) -> list[Unit]:
        """The passages, in reading order. A heading with nothing below it is one itself."""
        waiting = Block("")  # notes and doubts of headings, for the words below them
        for printed in self._part.blocks:
            block, waiting = under(printed, waiting), Block("")
            if block.role in {Role.GROUP, Role.DIVISION}:
                waiting = block if self._heading(block) else waiting
            elif block.role is Role.RUBRIC:
                self._headed(block)
                waiting = block
            elif block.paragraph and not block.quoted:
                self._paragraph(block.paragraph, block)
            elif self._opens_point(block):
                self._point(block)
            else:
                self._line(block)
        if self._bare:
            self._as_line(waiting.notes)
        elif waiting.notes or waiting.doubts:
            self._current.blocks.append(replace(waiting, text=""))
        found = list(self._units.values())
        covered = {above for unit in found if unit.blocks for above in _around(unit)}
        return [u for u in found if not (_bare(u) and tuple(map(str, u.steps)) in covered)]

    def _unit(self, steps: Steps, title: str = "") -> Unit:
        """The unit at these steps below the open headings."""
        chain = () if steps and not self._chained else tuple(o.step for o in self._open if o.step)
        where = (self._part.steps + chain + steps) or self._base
        if where not in self._units:
            heads = self._part.headings + tuple(o.heading for o in self._open)
            words = "" if steps or not heads else heads[-1]
            self._units[where] = Unit(where, heads, title=title or words)
        return self._units[where]

    def _heading(self, block: Block) -> bool:
        """Open what a heading opens; False where it is a numbered point itself."""
        if found := _NUMBERED.fullmatch(block.text):
            self._titles[found["number"]] = block.text
            self._paragraph(found["number"], replace(block, text=found["title"]), Role.GROUP)
            return False
        rank, step = self._rank(block)
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()
        if step is None:
            above = self._part.steps + tuple(o.step for o in self._open if o.step)
            count = self._rubrics[above] = self._rubrics.get(above, 0) + 1
            step = Step("rub", str(count), str(count))
        self._open.append(_Open(rank, step, block.text))
        self._titles.clear()
        self._numbered = self._in_list = False
        self._alineas, self._intro = 0, ""
        self._current = self._unit((), block.text)
        return True

    def _headed(self, block: Block) -> None:
        """A heading within an article, above what follows in it."""
        if self._bare:
            self._as_line()
        self._numbered = self._in_list = False
        self._current, self._rubric, self._bare = self._unit(()), block, True
        self._open = [_Open(_RUBRIC, None, block.text)]

    def _as_line(self, notes: tuple[str, ...] = ()) -> None:
        """Put the heading before a line without a number, or at the end."""
        if self._rubric is not None:
            self._unit(()).blocks.append(replace(self._rubric, notes=notes))
        self._rubric, self._bare = None, False

    def _rank(self, block: Block) -> tuple[int, Step | None]:
        if (found := numbers.division(block.text)) and found.step.number:
            return found.rank, found.step
        if lettered := _LETTERED.fullmatch(block.text):
            letter = lettered["number"]
            return numbers.RANKS + 1 + block.level, Step("pnt", letter, letter)
        return _RUBRIC + block.level, None

    def _paragraph(self, sign: str, block: Block, role: Role = Role.TEXT) -> None:
        step = step_of(sign, "par" if self._article else "pnt")
        assert step is not None  # a sign has a number
        if self._article:  # "3.2" of article 3 is its paragraph 2
            step = replace(step, number=step.number.removeprefix(f"{self._number}."))
        self._numbered, self._in_list = True, False
        unit = self._fresh((step,))
        unit.headings += tuple(self._above(step.number))
        unit.lead, unit.title = self._part.lead, sign
        unit.blocks.append(replace(block, paragraph="", label="", role=role))
        self._current = unit

    def _fresh(self, steps: Steps) -> Unit:
        """A unit without lines at these steps; what is printed twice is told apart later."""
        self._bare = False
        unit = self._unit(steps)
        if unit.blocks:
            self.repeated = True
            unit = Unit(unit.steps, unit.headings)
            self._units[(*unit.steps, Step("again", str(len(self._units))))] = unit
        return unit

    def _above(self, number: str) -> list[str]:
        """Headings of the points around "5.1.2": those of "5" and "5.1"."""
        steps = number.split(".")
        around = (".".join(steps[:n]) for n in range(1, len(steps)))
        return [self._titles[n] for n in around if n in self._titles]

    def _opens_point(self, block: Block) -> bool:
        if not block.label or block.quoted or not step_of(block.label):
            return False
        if not self._part.steps and block.depth > 0 and re.match(r"\d+\.\d", block.label):
            return True
        return block.depth == 1 and not self._numbered

    def _point(self, block: Block) -> None:
        step = step_of(block.label)
        assert step is not None
        if self._numbered:  # "2.1." in a list of a recommendation
            self._paragraph(block.label, block)
            return
        if not self._in_list:
            self._in_list = True
            taken = self._alineas > 1 and self._unit((step,)).blocks
            count = str(self._alineas)
            self._list_steps = (Step("sub", count, count),) if taken else ()
        unit = self._fresh((*self._list_steps, step))
        unit.lead, unit.title = self._part.lead or self._intro, block.label
        unit.blocks.append(replace(block, label=""))
        self._current = unit

    def _line(self, block: Block) -> None:
        if block.depth == 0 and not block.quoted:
            if block.outer or self._in_list:
                self._current = self._unit(())
            if self._in_list:
                self._in_list, self._intro = False, ""
                if self._current.blocks:
                    block = replace(block, doubts=(*block.doubts, PARTED))
            if not self._numbered and block.role is Role.TEXT:
                self._alineas += 1
                self._intro = block.text
        if self._rubric and self._current is self._unit(()):
            self._as_line()
        self._current.blocks.append(block)


def _bare(unit: Unit) -> bool:
    """Whether it has nothing but its heading."""
    return all(b.role is Role.GROUP and not b.notes for b in unit.blocks)


def _around(unit: Unit) -> Iterator[tuple[str, ...]]:
    """Steps of the passages around this one, as text; 2 is around 2.1."""
    names = tuple(map(str, unit.steps))
    for length, name in enumerate(names):
        yield names[:length]
        numbers = name.split(".")
        yield from ((*names[:length], ".".join(numbers[:n])) for n in range(1, len(numbers)))


def units(part: Part) -> list[Unit]:
    """The passages of one part, in reading order."""
    if part.whole:
        first, *rest = part.blocks or [Block("")]
        bare = replace(first, label="", paragraph="")
        return [Unit(part.steps, part.headings, [bare, *rest], part.lead, first.label)]
    divider = _Divider(part, chained=bool(part.steps))
    found = divider.units()
    if divider.repeated and not part.steps:
        found = _Divider(part, chained=True).units()
    return found


def step_of(label: str, word: str = "pnt") -> Step | None:
    """Step for the label of a point or paragraph; None for a dash or the like."""
    bare = numbers.number(label)
    if not bare:
        return None
    shown = bare if bare.isdigit() else label.strip("«„“( .)°§–—-")
    return Step(word, bare, f"§ {shown}" if "§" in label else shown)
