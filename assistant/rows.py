"""The rows of a table within a passage: which one a question names, and which cell of it.

The heads of the columns say what each cell is: "45 euros" for members, "60 euros" for others.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.clauses import AskedThing, numbers_in
from assistant.reviewed import sorts_in, table
from index.tokens import words
from sources.model import CELLS, cell_places, cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def heads_in(lines: Sequence[str]) -> frozenset[int]:
    """Which of some lines are the heads of a table below: words over rows of which most have a
    number.

    >>> sorted(heads_in(["Jour | Heures", "Lundi | 9 h à 17 h", "Samedi | fermé", "Note."]))
    [0]
    """
    found = []
    for n, line in enumerate(lines[:-1]):
        begins = CELLS in line and (n == 0 or CELLS not in lines[n - 1])
        rows = list(takewhile(lambda row: CELLS in row, lines[n + 1 :]))
        if begins and not _has_number(line) and 2 * sum(map(_has_number, rows)) >= len(rows) > 0:
            found.append(n)
    return frozenset(found)


def row_named(asked: AskedThing, lines: Sequence[str], heads: frozenset[int]) -> int | None:
    """Which of the rows among some lines alone has most words and numbers of a question; in the
    other language, where a word may be taken for another, two of them.
    """
    rows = {n: line for n, line in enumerate(lines) if CELLS in line and n not in heads}
    said = {n: len(_said(asked, line)) for n, line in rows.items()}
    least = 1 if asked.spoken == asked.question.lang else 2
    most = [n for n, count in said.items() if count == max(said.values()) >= least]
    return most[0] if len(most) == 1 and len(said) > 1 else None


def in_column(
    asked: AskedThing, row: str, heads: str, marks: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What is marked in a row, in the cell of the column that a question names; all of that cell
    where nothing in it is marked.

    Args:
        asked: What the question says.
        row: With its cells.
        heads: Of its table.
        marks: What was marked in the row.
    """
    named, cells = cells_of(heads), cell_places(row)
    column = _column(asked, named, cells_of(row)) if len(named) == len(cells) else None
    if column is None:
        return marks
    start, end = cells[column]
    inside = [(a, b) for a, b in marks if start <= a and b <= end]
    return inside or ([(start, end)] if end > start else marks)


def _column(asked: AskedThing, heads: Sequence[str], cells: Sequence[str]) -> int | None:
    """The column, behind the first, of which the head alone has what is asked for ("which price"),
    or most words of the question that not all heads have, where its cell has none: these name the
    row. Where who does something is asked for, the one that says so.
    """
    question, lang = asked.question, asked.spoken
    each = [_said(asked, head) for head in heads]
    common = frozenset.intersection(*each)
    free = [n for n, cell in enumerate(cells) if n and not _said(asked, cell)]
    ranks = (
        {n: len(asked.asks([heads[n]])) for n in free},
        {n: len(each[n] - common) for n in free},
    )
    for count in ranks:
        most = [n for n in free if count[n] == max(count.values()) > 0]
        if len(most) == 1:
            return most[0]
    if "who" in sorts_in("literal_asks", question.folded, question.lang):
        owners = set(table("tables")[lang]["owners"])
        most = [n for n, h in enumerate(heads) if owners & {w.written for w in words(h, lang)}]
        return most[0] if len(most) == 1 else None
    return None


def _said(asked: AskedThing, text: str) -> frozenset[str]:
    return asked.said([text]) | (asked.numbers & numbers_in(text, asked.spoken))


def _has_number(text: str) -> bool:
    return bool(re.search(r"\d", text))
