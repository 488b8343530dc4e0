"""The title of a page: its only heading of the first level, or the first one in larger type than
all others; its name; a line in larger type.
"""

from __future__ import annotations

from dataclasses import replace

from sources.anchor import Lang
from sources.structure.blocks import Block, Role, squeezed
from sources.structure.numbers import marker

_HEAD = 20  # blocks among which a title stands
_PARTS = range(2, 7)  # levels of headings that head parts of a page


def _is_named(title: str, blocks: list[Block]) -> bool:
    """Whether the name of a page is that of its text; Word and mails keep one that nobody sees.

    The only heading of the first level decides it; else the name stands in the first lines, or has
    the words in the largest type.
    """
    first = blocks[:_HEAD]
    largest = max(first, key=lambda block: block.size, default=Block(""))
    words = squeezed(" ".join(block.text for block in first)).casefold()
    headed = sum(block.level == 1 for block in blocks) == 1
    return bool(title) and (headed or title in words or squeezed(largest.text).casefold() in title)


def with_title(blocks: list[Block], name: str) -> list[Block]:
    """The blocks, the only heading of the first level marked as the title.

    ``name``: that of the page, in lower case.

    Of a page without a name, what stands above it in larger type tells that it is none. The size
    of headings of other levels tells nothing: they head parts.
    """
    named = _is_named(name, blocks)
    sizes = [b.size for b in blocks]
    blocks = [replace(b, size=0.0) if named or b.level in _PARTS else b for b in blocks]
    titles = {at for lang in {b.lang for b in blocks} for at in _titles(blocks, sizes, lang)}
    return [replace(b, role=Role.TITLE) if at in titles else b for at, b in enumerate(blocks)]


def _titles(blocks: list[Block], sizes: list[float], lang: Lang | None) -> list[int]:
    """Where the title of the text in one language stands, or in both; none where it is not sure.

    ``sizes`` are those of all headings.
    """
    own = [at for at, b in enumerate(blocks) if b.lang in {lang, None}]
    if any(blocks[at].role is Role.TITLE for at in own):  # a style says it
        return []
    heads = [at for at in own if blocks[at].role is Role.HEADING and blocks[at].level == 1]
    largest = all(sizes[at] < sizes[heads[0]] for at in heads[1:])
    sure = heads and largest and all(b.size <= blocks[heads[0]].size for b in blocks[: heads[0]])
    return heads[:1] if sure and not _is_counted(blocks, heads[0]) else []


def _is_counted(blocks: list[Block], at: int) -> bool:
    """Whether a heading has a number that another one below it goes on from: "I.", then "II."."""
    first = marker(blocks[at].text, heading=True)
    below = (marker(b.text, heading=True) for b in blocks[at + 1 :] if b.role is Role.HEADING)
    return first is not None and any(m is not None and m.succeeds(first) for m in below)
