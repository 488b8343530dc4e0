"""Paragraphs whose numbers have no sign, as the Court of Justice prints them: "12 La …".

A number without a sign may be the first word of a sentence, or of a note. It is that of a paragraph
where the numbers count on from 1, in the upper half of a text and above all articles, and much of
what stands below the first one has a number: notes stand at the foot of a text, or are the smaller
part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sources.structure.blocks import Block, Role
from sources.structure.numbers import marker

_NUMBERED = re.compile(r"(?P<number>\d{1,3})\s+(?P<rest>[«“„\"(‘]?\s?[A-ZÀ-Þ].*)", re.DOTALL)
_LEAST = 4  # paragraphs
_SHARE = 0.4  # of the letters from the first one on
_MOST = 1.25  # times the paragraphs that end as sentences do are all of them, at the most
_ENDS = tuple('.:;»”"')


def with_points(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a point behind such numbers, as a list has it."""
    found: dict[int, Block] = {}
    end = next((at for at, b in enumerate(blocks) if _opens_article(b.text)), len(blocks))
    for at, block in enumerate(blocks[:end]):
        match = _NUMBERED.fullmatch(block.text) if _is_paragraph(block) else None
        number = int(match["number"]) if match else 0
        if 0 < number <= len(found):  # it begins again
            return list(blocks)
        if match and number == len(found) + 1:
            found[at] = replace(block, text=f"{number}. {match['rest']}")
    first = min(found, default=0)
    own, above, below = map(_letters, (found.values(), blocks[:first], blocks[first:end]))
    sentences = sum(block.text.endswith(_ENDS) for block in found.values())
    sure = len(found) >= _LEAST and _MOST * sentences >= len(found)
    if not sure or above > below or own < _SHARE * below:
        return list(blocks)
    return [found.get(at, block) for at, block in enumerate(blocks)]


def _opens_article(text: str) -> bool:
    found = marker(text) if text.startswith(("Art", "ART")) else None
    return found is not None and found.form == "article"


def _letters(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_paragraph(block: Block) -> bool:
    return block.role is Role.TEXT and not (block.depth or block.quoted)
