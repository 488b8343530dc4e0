"""Headings put together: a number and its title, and what annexes without number are called."""

from __future__ import annotations

from sources.locator import Step
from sources.structure import numbers
from sources.structure.parts import Part


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
