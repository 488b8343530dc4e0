"""What the blocks below a line tell of it: whether its list, its articles or its sections go on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.formulas import opens_formula
from sources.structure.lines import LISTED, opens_head
from sources.structure.numbers import Marker, marker, readings

_ARTICLE = ("Art", "ART")  # at the head of articles


def blocks_below(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    """The blocks below one of them; from there on, where ``islice`` counts from the first."""
    return map(blocks.__getitem__, range(at + 1, len(blocks)))


def block_above(blocks: Sequence[Block], at: int) -> Block:
    """The block above one of them; one without words above the first."""
    return blocks[at - 1] if at else Block("")


def has_next(section: Marker | None, below: Iterable[Block]) -> bool:
    """Whether the section after an open one stands below."""
    heads = (r for b in below for r in readings(b.text, heading=b.role is Role.HEADING))
    return any(head.succeeds(section) for head in heads)


def article_heads(blocks: Sequence[Block]) -> list[int]:
    """The places of the lines that begin an article, but for those of a text that is quoted."""
    lines = ((at, b.text) for at, b in enumerate(blocks) if not b.quoted)
    heads = ((at, marker(text)) for at, text in lines if text.startswith(_ARTICLE))
    return [at for at, head in heads if head is not None and head.form == "article"]


def is_within_article(
    article: Marker | None, blocks: Sequence[Block], at: int, heads: Sequence[int]
) -> bool:
    """Whether a line that its type alone makes a heading is one within an article.

    So it is where text is below it, and then the next article, or the final formula below the
    last one.

    Args:
        article: The number of the article.
        blocks: Those of the document.
        at: The place of the line.
        heads: The places of the lines that begin an article.
    """
    below = enumerate(blocks_below(blocks, at), at + 1)
    others = (n for n, b in below if not (b.role is Role.HEADING and b.level == BY_TYPE))
    first = next(others, None)
    if first is None or opens_head(blocks[first]):
        return False
    after = bisect_left(heads, first)
    following = marker(blocks[heads[after]].text) if after < len(heads) else None
    if following is not None:
        return following.succeeds(article)
    text = takewhile(lambda b: not opens_head(b), blocks_below(blocks, first - 1))
    return any(opens_formula(b.text) for b in text)


def ends_list(items: Sequence[Block], paragraph: Marker | None, below: Iterable[Block]) -> bool:
    """Whether the list of an article has ended: by a point, after an item with ";".

    Words after it may still be those of the last item; they are words of the article too.

    Args:
        items: The last two blocks of the article.
        paragraph: Its last number so far.
        below: The blocks below the line at hand.
    """
    ends = [block.text for block in items if block.depth]
    if len(ends) < 2 or not ends[0].endswith((";", ",")) or not ends[1].endswith("."):
        return False
    return not counts_on(paragraph, below)


def counts_on(paragraph: Marker | None, below: Iterable[Block]) -> int:
    """How far below the number after this one stands, in the same article; 0 where none does."""
    for far, later in enumerate(below, 1):
        found = marker(later.text)
        if later.role is Role.HEADING or (found and found.form in {"article", "division"}):
            return 0
        if found and found.succeeds(paragraph):
            return far
    return 0


def opens_inner(point: Marker, below: Iterable[Block]) -> bool:
    """Whether the first item of a list stands on the line of its point: "2. a) …", "b) …"."""
    inner = marker(point.rest)
    following = [marker(block.text) for block in islice(below, 1)]
    listed = inner is not None and inner.form in LISTED and inner.rank == 1
    return listed and any(later.succeeds(inner) for later in following if later)


def rows_count_on(first: Marker, below: Iterable[Block]) -> bool:
    """Whether a row of the table has the number after that of its first row."""
    rows = takewhile(lambda b: b.role is Role.ROW and not b.level, below)
    heads = (marker(row.text) for row in rows)
    return any(head is not None and head.succeeds(first) for head in heads)
