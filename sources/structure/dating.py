"""The date of a text whose title has none: it stands at the head of the text, or at its foot.

A letter has it above its first sentence ("Brugge, 4 mei 2031", "Date : 4 mai 2031"), other texts
have it where they are signed ("Fait à Mons, le 3 mars 2031").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from sources.dates import date_spans, dates, is_dateline, only_date
from sources.model import CELLS, cells_of
from sources.structure.blocks import Block
from sources.structure.formulas import is_dated_at, names_date, opens_formula, speaks_of_date
from sources.structure.numbers import heads_annex, marker

_LONG = 120  # characters of a line with nothing but a formula, a place and a date


def date_of_title(title: str) -> str:
    """The only date in a title (ISO 8601), where that is the date of the text; else "".

    >>> date_of_title("Règlement du 3 mai 2031"), date_of_title("Situation au 3 mai 2031")
    ('2031-05-03', '')
    """
    found = date_spans(title)
    spoken = any(speaks_of_date(title[:start]) for start, *_ in found)
    return "" if spoken else only_date(title)


def date_of(letterhead: Sequence[Block], body: Sequence[Block]) -> str:
    """The date (ISO 8601) that stands at the head of a text, else at its foot; "" for none.

    Where several stand there, none of them is sure.

    >>> date_of([Block("Ath, le 3 mai 2031")], [Block("Le bac part le 4 mai 2031.")])
    '2031-05-03'
    >>> date_of([Block("Ons kenmerk | Datum"), Block("BV/31 | 3 mei 2031")], [])
    '2031-05-03'
    >>> date_of([], [Block("Le bac part."), Block("Fait à Ath, le 3 mai 2031.")])
    '2031-05-03'
    """
    own = list(takewhile(lambda block: not heads_annex(block.text), body))
    above = [*letterhead, *takewhile(lambda block: not _is_text(block), own)]
    return _only(_of_head(above)) or _only(_of_foot(own))


def _is_text(block: Block) -> bool:
    """Whether a block is of the text itself: a sentence, or a line with a number."""
    text = block.text
    sentence = text.endswith((".", ";", "?", "!")) and not is_dateline(text)
    return sentence or block.depth > 0 or marker(text) is not None


def _of_head(blocks: Iterable[Block]) -> Iterator[str]:
    above: list[str] = []  # the cells of the row before, which may head columns
    for line in (line for block in blocks for line in block.text.split("\n")):
        if is_dateline(line):
            yield only_date(line)
        cells = cells_of(line)
        yield from (only_date(cell) for cell in cells[1:] if is_dated_at(cell))
        for part in (line.replace(CELLS, ":", 1), *cells[1:]):
            label, _, value = part.partition(":")
            if names_date(label):
                yield from dates(value)[:1]
        below = zip(above, cells, strict=False)
        yield from (only_date(cell) for head, cell in below if names_date(head))
        above = cells if len(cells) > 1 else []


def _of_foot(blocks: Iterable[Block]) -> Iterator[str]:
    lines = (line for block in blocks for line in block.text.split("\n"))
    for line in lines:
        if len(line) <= _LONG and (opens_formula(line) or is_dated_at(line)):
            yield only_date(line)


def _only(found: Iterable[str]) -> str:
    every = {one for one in found if one}
    return every.pop() if len(every) == 1 else ""
