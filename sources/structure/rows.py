"""The heads of the columns of a table: whether its first row has them, and those of two rows."""

from __future__ import annotations

import re

from sources.dates import begins_with_date
from sources.model import CELLS

_HEAD = 30  # characters of a cell that ends a sentence
# What a head of a column may have of figures: a year, a day, a note or a unit in brackets.
_OF_HEAD = re.compile(r"\([^()]*\)|\b\d{1,2}(?:er)?\s[^\W\d_]+\s\d{4}\b|\b(?:19|20)\d\d\b")
_AMOUNT = re.compile(
    r"[−–-]?\s?(?:€\s?)?(?:\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+,\d\d)(?:\s?(?:€|euros?))?"
)
_FIGURE = re.compile(r"\d")


def heads_columns(row: str) -> bool:
    """Whether the first row of a table may have the heads of its columns.

    It has none where a cell is a sentence, or where values stand beside a label: the first cell
    ends with a colon, one of two cells has figures, or all cells but the first are amounts.

    >>> heads_columns("Lieu | Prix (1)"), heads_columns("Lieu | Prix en 2031")
    (True, True)
    >>> heads_columns("Lieu : | Spa"), heads_columns("Prix | 5 euros"), heads_columns("5 | 6 | 7")
    (False, False, True)
    >>> heads_columns("Sel | 4 120 | −12,50"), heads_columns("Sel | 2030 | 2031")
    (False, True)
    >>> heads_columns("| Prix de 5 à 7 h | Prix")
    True
    """
    cells = [cell.strip() for cell in f" {row} ".split(CELLS)]  # the first may be empty
    sentence = any(len(cell) > _HEAD and cell.endswith((".", ";")) for cell in cells)
    labelled = len(cells) > 1 and cells[0].endswith(":")
    amounts = len(cells) > 2 and all(map(_AMOUNT.fullmatch, filter(None, cells[1:])))
    return not (
        sentence
        or labelled
        or (amounts and any(cells[1:]))
        or (len(cells) == 2 and any(map(_is_value, cells)))
    )


def _is_value(cell: str) -> bool:
    return begins_with_date(cell) or _FIGURE.search(_OF_HEAD.sub("", cell)) is not None


def with_second(columns: str, row: str) -> str:
    """The heads of columns with those of a second row, below heads that stand over several.

    >>> with_second("Lieu | Prix | Prix", "Lieu | Jour | Nuit")
    'Lieu | Prix – Jour | Prix – Nuit'
    >>> with_second("Lieu | Prix | Prix", "Spa | 5 | 6"), with_second("A | B", "A | C")
    ('Lieu | Prix | Prix', 'A | B')
    """
    heads, inner = (f"{line} ".split(CELLS) for line in (columns, row))  # the last may be empty
    heads, inner = ([cell.strip() for cell in cells] for cells in (heads, inner))
    below = [one for head, one in zip(heads, inner, strict=False) if heads.count(head) > 1]
    beside = [(head, one) for head, one in zip(heads, inner, strict=False) if heads.count(head) < 2]
    words = all(any(map(str.isalpha, one)) and not any(map(str.isdigit, one)) for one in below)
    whole = len(heads) == len(inner) and all(one in {"", head} for head, one in beside)
    if not (below and words and whole):
        return columns
    joined = (
        head if one in {"", head} else f"{head} – {one}"
        for head, one in zip(heads, inner, strict=True)
    )
    return CELLS.join(joined)
