"""Corrigenda of the Official Journal: each correction is one point, with what it says to read.

A correction begins with its place in the act ("Page 3, article 3, paragraphe 2:", "Bladzijde 7,
bijlage I:"), numbered or not; what follows up to the next place belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sources.structure import numbers
from sources.structure.blocks import Block, Role

_TITLE = re.compile(r"(?:rectificati(?:f|e)|corrigendum)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:(?:à la|aux?|op|in)\s+)?(?:pages?|bladzijden?|blz\.)\s+\d"
    r"|(?:(?:à|dans|au|aux|in|op)\s+)?(?:l['’]|la |le |les |de |het )?"
    r"(?:article|considérant|annexe|titre|note|artikel|overweging|bijlage|titel|voetnoot)\b.{0,300}:$",
    re.IGNORECASE | re.DOTALL,
)


def is_corrigendum(blocks: Sequence[Block]) -> bool:
    """Whether an act is one that corrects another, by its title."""
    title = next((block.text for block in blocks if block.role is Role.TITLE), "")
    return _TITLE.match(title) is not None


def corrections(blocks: Sequence[Block]) -> list[Block]:
    """The lines of a corrigendum, each correction as a numbered point."""
    out: list[Block] = []
    count = 0
    for block in blocks:
        sign = (block.label or block.paragraph).strip()
        if block.role is Role.TITLE:
            out.append(block)
        elif _PLACE.match(block.text):
            count += 1
            own = sign if numbers.number(sign).isdigit() else f"{count}."
            out.append(replace(block, role=Role.TEXT, label="", paragraph=own, depth=0, place=""))
        else:
            words = " ".join(part for part in (sign, block.text) if part)
            if block.role is Role.ROW:  # "au lieu de:" in a cell of its own
                words = words.replace(": | ", ": ", 1)
            out.append(replace(block, text=words, role=Role.TEXT, label="", paragraph="", depth=0))
    return out if count else list(blocks)
