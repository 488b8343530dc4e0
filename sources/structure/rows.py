"""The rows of a table, and what stands above each: the heads of its columns, and of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sources.dates import begins_with_date
from sources.locale import bilingual
from sources.locator import Step, Steps
from sources.model import CELLS, cells_of
from sources.structure.blocks import NO_HEADS, Block, Role, squeezed
from sources.structure.formulas import sums_up
from sources.structure.lines import is_sentence

LAID_OUT = bilingual("doubt.laid_out")
_HEAD = 30  # characters of a cell that ends a sentence
# What a head of a column may have of figures: a year, a day, a note or a unit in brackets.
_OF_HEAD = re.compile(r"\([^()]*\)|\b\d{1,2}(?:er)?\s[^\W\d_]+\s\d{4}\b|\b(?:19|20)\d\d\b")
_AMOUNT = re.compile(
    r"[−–-]?\s?(?:€\s?)?(?:\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+,\d\d)(?:\s?(?:€|euros?))?"
)
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,3}[.)°]?")
_WORD = re.compile(r"[^\W\d_]{2}")


def heads_columns(row: str) -> bool:
    """Whether the first row of a table may have the heads of its columns.

    It has none where a cell is a sentence, the first one is a number before words, or where values
    stand beside a label: the first cell ends with a colon, one of two cells has figures, or half of
    the cells behind the first and more are amounts.

    >>> heads_columns("Lieu | Prix (1)"), heads_columns("Lieu | Prix en 2031")
    (True, True)
    >>> heads_columns("Lieu : | Spa"), heads_columns("Prix | 5 euros"), heads_columns("5 | 6 | 7")
    (False, False, True)
    >>> heads_columns("Sel | 4 120 | −12,50"), heads_columns("Sel | 2030 | 2031")
    (False, True)
    >>> heads_columns("104/7 | Sel | 4 120,00 | 12,50"), heads_columns("Sel | Bac | 0 à 12,50")
    (False, True)
    >>> heads_columns("| Prix de 5 à 7 h | Prix"), heads_columns("1 | Sel | Bac")
    (True, False)
    """
    cells = cells_of(row)
    sentence = any(len(cell) > _HEAD and cell.endswith((".", ";")) for cell in cells)
    labelled = len(cells) > 1 and cells[0].endswith(":")
    values = [bool(_AMOUNT.fullmatch(cell)) for cell in cells[1:] if cell]
    numbered = bool(_NUMBER.fullmatch(cells[0])) and any(map(_WORD.search, cells[1:]))
    amounts = len(cells) > 2 and any(values) and 2 * sum(values) >= len(values)
    return not (
        sentence
        or labelled
        or numbered
        or amounts
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
    heads, inner = cells_of(columns), cells_of(row)
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


def without_repeated(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks, and the heads of columns that a table prints again on a further page.

    >>> rows = [Block("Lieu | Prix", Role.ROW, 1, page=1), Block("Spa | 5", Role.ROW, page=1)]
    >>> again = [Block("Lieu | Prix", Role.ROW, page=2), Block("Ath | 6", Role.ROW, page=2)]
    >>> [block.text for block in without_repeated([*rows, *again])[0]]
    ['Lieu | Prix', 'Spa | 5', 'Ath | 6']
    """
    kept: list[Block] = []
    again: list[str] = []
    heads: Block | None = None
    for block in blocks:
        goes_on = bool(kept) and kept[-1].role is Role.ROW
        if block.role is Role.ROW and heads and goes_on and _is_again(block, heads):
            heads = replace(heads, page=block.page)
            again.append(squeezed(block.text))
            continue
        if block.role is Role.ROW and block.level and heads_columns(block.text):
            heads = block
        kept.append(block)
    return kept, again


def _is_again(block: Block, heads: Block) -> bool:
    later = heads.page is not None and block.page is not None and block.page > heads.page
    return later and CELLS in block.text and block.text == heads.text


def over_pages(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a row that a page break parts put together again.

    It is surely one where its first cell has ended and a sentence goes on in another; any other row
    with an empty first cell at the top of a page has a doubt, and so has text that goes on there.

    >>> row = Block("Quai | Le bac part", Role.ROW, page=1)
    >>> [b.text for b in over_pages([row, Block(" | à midi.", Role.ROW, page=2)])]
    ['Quai | Le bac part à midi.']
    >>> [len(b.doubts) for b in over_pages([row, Block("| 5 sous", Role.ROW, page=2)])]
    [0, 1]
    """
    out: list[Block] = []
    for block in blocks:
        above = out[-1] if out and out[-1].role is Role.ROW else None
        if above is None or above.page is None or block.page in {None, above.page}:
            out.append(block)
        elif block.role is Role.ROW:
            out[-1:] = _over_page(above, block)
        else:
            goes_on = block.text[:1].islower() and any(map(_is_open, cells_of(above.text)))
            out[-1:] = [_doubted(above), _doubted(block)] if goes_on else [above, block]
    return out


def _over_page(above: Block, row: Block) -> list[Block]:
    """The last row of a page and the first one of the next, as one where they surely are."""
    pairs = list(zip(cells_of(above.text), cells_of(row.text), strict=False))
    alike = len(pairs) == len(cells_of(above.text)) == len(cells_of(row.text)) > 1
    if not alike or pairs[0][1] or not pairs[0][0]:
        return [above, row]
    goes_on = any(_is_open(one) and other[:1].islower() for one, other in pairs)
    if not goes_on or any(other and not one for one, other in pairs):
        return [above, _doubted(row)]
    cells = CELLS.join(f"{one} {other}".rstrip() for one, other in pairs)
    doubts = tuple(dict.fromkeys((*above.doubts, *row.doubts)))
    return [replace(above, text=cells, notes=(*above.notes, *row.notes), doubts=doubts)]


def _is_open(cell: str) -> bool:
    """Whether the words of a cell end no sentence."""
    return cell[-1:].isalnum() or cell.endswith((",", "-"))


def _doubted(block: Block) -> Block:
    return replace(block, doubts=tuple(dict.fromkeys((*block.doubts, LAID_OUT))))


def _heads_rows(row: str, below: str) -> str:
    """The words of a row over all columns that heads the rows below; "" for another one.

    So does one of three cells and more whose first alone has words, or a code and the second.

    >>> _heads_rows("Été", "Spa | 5"), _heads_rows("Été | | ", "Spa | 5 | 6")
    ('Été', 'Été')
    >>> _heads_rows("7 | Été | | ", "71 | Spa | 5 | 6"), _heads_rows("Été | ", "Spa | 5")
    ('7 Été', '')
    >>> _heads_rows("Été", "Hiver"), _heads_rows("Nom :", "A | 5")
    ('', '')
    """
    cells = cells_of(row)
    leading = 1 + cells[0].isdecimal() if len(cells) > 1 else 1
    words, others = " ".join(cells[:leading]), cells[leading:]
    filled = list(filter(None, cells_of(below)))
    alone = not any(others) and len(others) != 1 and len(filled) > leading
    return words if alone and any(map(str.isalpha, words)) and not is_sentence(words) else ""


class Placed(NamedTuple):
    """Where a row stands.

    Attributes:
        steps: Those of its portion.
        lead: The heads of its columns.
        heading: The row over all columns that it stands under; "" for none.
    """

    steps: Steps
    lead: str
    heading: str


class Table:
    """The table that is open, row by row."""

    def __init__(self, steps: Steps = ()) -> None:
        self.steps = steps
        self._count = 0
        self._headed = 0  # the row that may have the heads of columns; 0 where it is to come
        self._columns = ""
        self._heading = ""

    def row(self, block: Block, after: Block | None, is_item: Callable[[Block], bool]) -> Placed:
        """Take the next row; ``is_item`` tells one of a list, whose first row heads nothing.

        A row over all columns, above rows that have cells, is a heading of these; the heads of the
        columns stand in the first row with cells. A row that sums all up stands under none.
        """
        self._count += 1
        if sums_up(block.text):
            self._heading = ""
        placed = Placed((*self.steps, Step("row", str(self._count))), self._columns, self._heading)
        goes_on = after is not None and after.role is Role.ROW and not after.level
        if goes_on and after is not None and (over := _heads_rows(block.text, after.text)):
            self._heading = over
            return placed._replace(heading="")
        if not self._headed:
            may_head = block.level != NO_HEADS and heads_columns(block.text)
            heads = may_head and not is_item(block)
            self._headed, self._columns = self._count, block.text if heads else ""
        elif self._count == self._headed + 1:
            self._columns = with_second(self._columns, block.text)
        return placed
