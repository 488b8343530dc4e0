"""Where a document is read: the block at hand, and those around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sources.structure.below import block_above, blocks_below
from sources.structure.blocks import Block
from sources.structure.numbers import Marker, marker


@dataclass
class Cursor:
    """The blocks of a document in reading order, and the place of the one at hand."""

    blocks: Sequence[Block]
    at: int = 0

    @property
    def above(self) -> Block:
        """The block above the one at hand."""
        return block_above(self.blocks, self.at)

    @property
    def below(self) -> Iterator[Block]:
        """The blocks below the one at hand."""
        return blocks_below(self.blocks, self.at)

    @property
    def after(self) -> Block | None:
        """The block right below the one at hand."""
        return next(self.below, None)

    @property
    def around(self) -> Sequence[Block]:
        """The block at hand, with the one above it and the one below."""
        return self.blocks[max(0, self.at - 1) : self.at + 2]

    def is_last(self, article: Marker | None) -> bool:
        """Whether no further article stands below this one, before an annex."""
        places, heads = self._formal
        at = bisect_right(places, self.at)
        if at == len(heads):
            return True
        after = heads[at]
        return not after.succeeds(article) if after.form == "article" else after.sign == "anx"

    @cached_property
    def _formal(self) -> tuple[list[int], list[Marker]]:
        """The places of the lines that begin an article or a division, and their numbers."""
        numbers = ((at, marker(block.text)) for at, block in enumerate(self.blocks))
        found = [(at, m) for at, m in numbers if m and m.form in {"article", "division"}]
        return [at for at, _ in found], [m for _, m in found]
