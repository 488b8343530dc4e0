"""Articles that are items of a list, or that have their numbers in the first column of a table.

They are paragraphs like others where their numbers count on and head no paragraph elsewhere: else
they may be those of another text, or name what is said of each article.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, zip_longest

from sources.model import CELLS, cells_of
from sources.structure.blocks import BY_TYPE, Block, Role, counted, squeezed
from sources.structure.numbers import Marker, marker

_MAY_BE = re.compile(r"\W{0,4}A(?:rt|RT)")
_ENDS = (".", ";", ":", "»", "”")  # of a sentence
_TITLE = 100  # characters: the longest title of an article, with its number
_PARAGRAPH = re.compile(r"(?<=[.;:])\s+(?=§\s?\d)")  # before one, in a cell that is one line


def as_paragraphs(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks, with such articles as paragraphs, and what is told of the others.

    >>> items = [Block("Art. 1. Le bac part.", depth=1), Block("Art. 2. Il revient.", depth=1)]
    >>> [block.depth for block in as_paragraphs(items)[0]]
    [0, 0]
    """
    framed = dict(_items(blocks)) | dict(_rows(blocks))
    heads = {at: head for at, block in enumerate(blocks) if (head := _head(block))}
    elsewhere = {head.number for head in heads.values()}
    found = sorted((heads | framed).items())
    out, left = [[block] for block in blocks], []
    last: Marker | None = None
    afters = [head for _, head in found[1:]]
    for (at, head), after in zip_longest(found, afters):
        first = head.number == ("1",) and _goes_on(after, head)
        if at in framed and head.number not in elsewhere:
            if first or _goes_on(head, last):
                out[at] = _paragraphs(blocks[at])
            else:
                left.append(squeezed(blocks[at].text))
        last = head
    beside = () if left else _beside(blocks, elsewhere)
    return list(chain.from_iterable(out)), [*left, *beside]


def told(left: Sequence[str]) -> Iterator[str]:
    """What a person should know of the articles that stay items or cells."""
    if left:
        yield f"numbers of articles in a list or a table, read as its words: {counted(left)}"


def _head(block: Block) -> Marker | None:
    """The article that a paragraph opens."""
    framed = block.role is Role.ROW or (block.depth and block.role is Role.TEXT)
    return None if framed or block.quoted else _article(block.text)


def _article(text: str, *, heading: bool = False) -> Marker | None:
    found = marker(text, heading=heading) if _MAY_BE.match(text) else None
    if found is not None and found.form == "bullet":
        found = marker(found.rest)
    return found if found is not None and found.form == "article" else None


def _items(blocks: Sequence[Block]) -> Iterator[tuple[int, Marker]]:
    """The items that begin as an article does, in lists that no colon introduces."""
    above: list[Block] = []
    for at, block in enumerate(blocks):
        while above and above[-1].depth >= block.depth:
            above.pop()
        introduced = bool(above) and above[-1].text.endswith(":")
        above.append(block)
        item = block.depth > 0 and block.role is Role.TEXT and not block.quoted
        head = _article(block.text) if item and not introduced else None
        if head is not None and head.rest:
            yield at, head


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[int, Marker]]:
    """The rows of tables that have the number of an article, or its title too, before its words."""
    table = 0
    tables: list[int] = []
    for at, block in enumerate(blocks):
        goes_on = at and blocks[at - 1].role is Role.ROW and not block.level
        table += not (block.role is Role.ROW and goes_on)
        tables.append(table)
    for _, places in groupby(range(len(blocks)), tables.__getitem__):
        rows = [(at, _article_of_row(blocks[at])) for at in places]
        heads = [(at, head) for at, head in rows if head is not None]
        if len(heads) == len(rows):
            yield from heads


def _article_of_row(block: Block) -> Marker | None:
    cells = cells_of(block.text) if block.role is Role.ROW else []
    if len(cells) != 2 or _MAY_BE.match(cells[1]) or not re.search(r"\w", cells[1]):
        return None  # a table of correspondence has articles on both sides
    head = _article(cells[0], heading=True)
    titled = len(cells[0]) <= _TITLE and not cells[0].endswith(_ENDS) and cells[1].endswith(_ENDS)
    return head if head is not None and (titled or not head.rest) else None


def _beside(blocks: Sequence[Block], elsewhere: Container[Sequence[str]]) -> Iterator[str]:
    """The rows that have an article with its words in a cell, beside remarks or an older version.

    Their numbers count on from 1, and head no paragraph: they are those of the text itself.
    """
    last: Marker | None = None
    for block in blocks:
        cells = cells_of(block.text) if block.role is Role.ROW else []
        heads = (_article(cell) for cell in cells if cell.endswith(_ENDS))
        head = next(filter(None, heads), None)
        if head is None or len(cells) < 2 or head.number in elsewhere:
            continue
        if head.number == ("1",) or _goes_on(head, last):
            yield squeezed(block.text)
            last = head


def _titled(number: str) -> bool:
    head = _article(number, heading=True)
    return head is not None and bool(head.rest)


def _goes_on(head: Marker | None, before: Marker | None) -> bool:
    """Whether this is the next article, or one that was inserted after it ("2bis")."""
    if head is None or before is None:
        return False
    return 0 <= head.rank - before.rank <= 1 and head.number != before.number


def _paragraphs(block: Block) -> list[Block]:
    if block.role is Role.ROW:
        number, _, words = block.text.partition(CELLS)
        first, *others = _PARAGRAPH.split(words)
        texts = [first, *others] if _titled(number) else [f"{number}\n{first}", *others]
        plain = [replace(block, role=Role.TEXT, level=0, text=text) for text in texts]
        heading = replace(plain[0], role=Role.HEADING, level=BY_TYPE, text=number)
        heading = replace(heading, notes=(), doubts=())
        return [heading, *plain] if _titled(number) else plain
    found = marker(block.text)
    bullet = found is not None and found.form == "bullet"
    return [replace(block, depth=0, text=found.rest if found and bullet else block.text)]
