"""Numbered paragraphs of an article on one line: "Art. 2. § 1er. Le bac. § 2. Le quai."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sources.structure.blocks import Block, Role
from sources.structure.numbers import Marker, marker

_NEXT = re.compile(r"(?<=[.!?])\s+(?=§\s?\d)")


def run_in(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each such paragraph as one of its own.

    Where a block has notes, it is not known which paragraph calls them; it stays as it is.
    """
    return [part for block in blocks for part in _parted(block)]


def _parted(block: Block) -> Iterator[Block]:
    plain = block.role is Role.TEXT and not (block.depth or block.quoted or block.notes)
    before = _paragraph(block.text) if plain else None
    start = 0
    for found in _NEXT.finditer(block.text) if before else ():
        following = _paragraph(block.text[found.end() :])
        if following and following.succeeds(before) and following.rest[:1].isupper():
            yield replace(block, text=block.text[start : found.start()])
            before, start = following, found.end()
    yield replace(block, text=block.text[start:]) if start else block


def _paragraph(text: str) -> Marker | None:
    """The number of the paragraph that a text begins with, be it behind that of its article."""
    found = marker(text)
    if found and found.form == "article":
        found = marker(found.rest)
    return found if found and found.form == "paragraph" else None
