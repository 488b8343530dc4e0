"""A part of a text that is named by its place among the others: "le premier chapitre", "het laatste
deel".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.folding import alternatives
from sources.numbering import ORDINAL_WORD, ordinal

if TYPE_CHECKING:
    from assistant.section import Section


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part that is named so.

    Attributes:
        unit: What it is called, folded.
        place: Among those that are called so, from 0; -1 for the last.
        span: Where it is named, in characters.
    """

    unit: str
    place: int
    span: tuple[int, int]


def which(text: str, units: Collection[str], last: Collection[str]) -> PlacedPart | None:
    """The part that a folded text names so.

    >>> which("que dit le deuxieme chapitre ?", ["chapitre"], ["dernier"])
    PlacedPart(unit='chapitre', place=1, span=(11, 28))
    """
    named = re.compile(
        rf"(?<!\w)(?P<last>{alternatives(last)})?(?P<rank>{ORDINAL_WORD})?\s+(?P<unit>{alternatives(units)})(?!\w)"
    )
    for m in named.finditer(text):
        if m["last"] or m["rank"]:
            place = -1 if m["last"] else int(ordinal(m["rank"])) - 1
            return PlacedPart(m["unit"], place, m.span())
    return None


def at(sections: Sequence[Section], place: int, unit: str) -> Section | None:
    """The part at a place among those of a text that call themselves by a unit, else among its
    widest parts that do not say what they are; for no unit among its widest parts; None where there
    is none.
    """
    widths = [len(s.path) for s in sections]
    several = (w for w in sorted(set(widths)) if widths.count(w) > 1)
    widest = next(several, 1)
    own = [s for s in sections if unit and s.unit == unit]
    own = own or [s for s in sections if len(s.path) == widest and not (unit and s.unit)]
    return own[place] if own and place < len(own) else None
