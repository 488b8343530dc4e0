"""Headings put together: a number and its title, and what annexes without number are called."""

from __future__ import annotations

from sources.locator import Step
from sources.structure import numbers
from sources.structure.blocks import Block, Role
from sources.structure.parts import Part

HEADINGS = {Role.DIVISION, Role.DIVISION_TITLE, Role.GROUP}
_OTHER = numbers.RANKS + 1  # rank of a heading that is no chapter or the like


class Divisions:
    """The headings that are open above what follows, the widest first."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    @property
    def headings(self) -> tuple[str, ...]:
        """Their words."""
        return tuple(text for _, text in self._open)

    def take(self, block: Block, before: Block | None) -> None:
        """Open a heading below the wider ones, or give the last one the title below it."""
        if self._open and continues(block, before, self._open[-1][1]):
            rank, text = self._open[-1]
            self._open[-1] = (rank, joined(text, block.text))
            return
        found = numbers.division(block.text)
        rank = found.rank if found else _OTHER + block.level
        self._open = [d for d in self._open if d[0] < rank] + [(rank, block.text)]

    def put_above(self, heading: str) -> None:
        """Open a heading above all that are open."""
        self._open.insert(0, (_OTHER, heading))


def continues(block: Block, before: Block | None, heading: str) -> bool:
    """Whether this is the title of the heading just before ("CHAPITRE V", then its title)."""
    if before is None or before.role not in HEADINGS:
        return False
    if block.role is Role.DIVISION_TITLE or block.text[0] in "[(":
        return True
    above = numbers.division(heading)
    return above is not None and not above.title and numbers.division(block.text) is None


def split(text: str, title: str) -> str:
    """The heading, its title parted from its number by a dash."""
    return joined(text.removesuffix(title).rstrip(" .:–—-"), title) if title else text


def joined(text: str, title: str) -> str:
    """Number and title on one line; the number alone where there is no title."""
    return f"{text} — {title}" if title else text


def untitled(heading: str) -> bool:
    """Whether a heading is that of an annex, with no title behind it."""
    found = numbers.attached(heading)
    return found is not None and not found.title and " — " not in heading


def settled(parts: list[Part]) -> list[Part]:
    """Numbers counted for annexes that print none stay only where there are several.

    An annex whose whole content is articles is no part of its own.
    """
    counted = {step for part in parts for step in part.steps if step.number and not step.printed}
    several = {step.word for step in counted if step.number != "1"}
    out: list[Part] = []
    for index, part in enumerate(parts):
        after = parts[index + 1].steps if index + 1 < len(parts) else ()
        if part.blocks or not part.steps or after[: len(part.steps)] != part.steps:
            out.append(part)
    for part in out:
        part.steps = tuple(
            Step(s.word, *((s.number, s.number) if s.word in several else ()))
            if s in counted
            else s
            for s in part.steps
        )
    return out
