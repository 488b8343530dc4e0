"""The tables of texts: their columns, their rows, and where these stand.

A row is a passage of its own or, within an article, a line of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from assistant.measures import is_money
from index.tokens import stems_of
from sources.anchor import Lang, parent, word_at
from sources.model import CELLS, cells_of

if TYPE_CHECKING:
    from sources.model import Passage

_NUMBER = re.compile(r"(?:[^\W\d_]\.?)?\d[\d.]*$|[IVXLC]+\.?$")  # of a row


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        passage: That it is, or is a line of.
        start: Where it begins in the text of that.
        text: Of the row.
        heads: Of its table, as one line.
    """

    passage: Passage
    start: int
    text: str
    heads: str

    @property
    def cells(self) -> list[str]:
        """What stands in each column."""
        return cells_of(self.text)


@dataclass(frozen=True)
class Table:
    """A table of a text that has headings above its columns.

    Attributes:
        heads: Of the columns.
        rows: In their order, without the one of the headings.
        opening: The words that stand right above it.
        before: The passage that these are, where they are one.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    opening: str
    before: Passage | None = None

    @property
    def work(self) -> str:
        """The text that it is of."""
        return self.rows[0].passage.anchor.work

    @property
    def lang(self) -> Lang:
        """The language that it is in."""
        return self.rows[0].passage.anchor.lang

    @property
    def passages(self) -> list[Passage]:
        """Those that its rows are, or are lines of."""
        return list(dict.fromkeys(row.passage for row in self.rows))

    @cached_property
    def named_by(self) -> int:
        """The column by which rows are called: the first that does not only number them."""
        each = range(len(self.heads))
        return next((k for k in each if not all(map(_NUMBER.match, self.column(k)))), 0)

    @cached_property
    def prices(self) -> list[int]:
        """The columns of which half of the cells or more say what something costs."""
        each = ((k, self.column(k)) for k in range(len(self.heads)))
        return [k for k, of in each if 2 * sum(map(is_money, of)) >= len(of)]

    def column(self, place: int) -> list[str]:
        """The cells of a column."""
        return [row.cells[place] for row in self.rows]

    @cached_property
    def said(self) -> frozenset[str]:
        """Stems of its cells, and of what stands above it."""
        cells = chain.from_iterable(row.cells for row in self.rows)
        return self.around | stems_of(cells, self.lang)

    @cached_property
    def around(self) -> frozenset[str]:
        """Stems of what stands above it, and of its heads."""
        above = (*self.rows[0].passage.headings, self.opening, *self.heads)
        return stems_of(above, self.lang)


def tables_of(passages: Sequence[Passage]) -> Iterator[Table]:
    """The tables among the passages of a document, in their order."""
    before: Passage | None = None
    for (_, lead), group in groupby(passages, _table_of):
        together = list(group)
        if lead:
            for table in _made(lead, [Row(p, 0, p.text, lead) for p in together]):
                opening = before.text if before else ""
                yield replace(table, opening=opening, before=before)
        else:
            for passage in together:
                yield from _within(passage)
            before = next((p for p in reversed(together) if CELLS not in p.text), None)


def _table_of(passage: Passage) -> tuple[str, str]:
    """The table that a passage is a row of, and its heads; nothing for any other passage."""
    portion = passage.anchor.portion
    is_row = word_at(portion, -1) == "row" and CELLS in passage.lead
    return (parent(portion), passage.lead) if is_row else ("", "")


def _within(passage: Passage) -> Iterator[Table]:
    """The tables that are lines of a passage."""
    lines, start = [], 0
    for line in passage.text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    before = ""
    for cells, group in groupby(lines, lambda line: len(cells_of(line[1]))):
        (_, heads), *others = group
        if cells > 1 and others:
            for table in _made(heads, [Row(passage, at, line, heads) for at, line in others]):
                yield replace(table, opening=before)
        before = (heads, *(line for _, line in others))[-1]


def _made(heads: str, rows: Sequence[Row]) -> Iterator[Table]:
    named = tuple(cells_of(heads))
    whole = tuple(row for row in rows if len(row.cells) == len(named))
    if len(whole) > 1 and not _NUMBER.match(named[0]):
        yield Table(named, whole, "")
