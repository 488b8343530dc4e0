"""Words that tabs put in columns: lines one below the other that have as many are rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sources.formats.docx.doubts import TABS
from sources.model import CELLS
from sources.structure.blocks import BY_TYPE, Block, Role
from sources.structure.lines import is_initial
from sources.structure.numbers import marker


def with_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those in columns as rows of a table.

    Lines of a label with a colon and its value ("Date :") stay lines; so does a line that is
    alone, or begins with a number. Lines that have not as many cells get a doubt.
    """
    out: list[Block] = []
    for tabbed, group in groupby(blocks, _has_cells):
        lines = [line for block in group for line in (_lines(block) if tabbed else [block])]
        out += _rows(lines) if tabbed and len(lines) > 1 else lines
    return out


def _has_cells(block: Block) -> bool:
    heading = block.role is Role.HEADING and block.level == BY_TYPE
    plain = (block.role is Role.TEXT or heading) and not block.depth and not block.lang
    lines = block.text.strip().split("\n")
    return plain and all("\t" in line.strip() and not _is_numbered(line.strip()) for line in lines)


def _is_numbered(line: str) -> bool:
    """Whether a line begins with a number, and not with the initial of one of several names."""
    heads = [marker(cell.strip()) for cell in line.split("\t") if cell.strip()]
    named = len(heads) > 1 and all(head is not None and is_initial(head) for head in heads)
    return heads[0] is not None and not named


def _lines(block: Block) -> Iterator[Block]:
    for line in block.text.strip().split("\n"):
        yield replace(block, text=line)


def _rows(lines: Sequence[Block]) -> list[Block]:
    places = [[cell.strip() for cell in line.text.strip().split("\t")] for line in lines]
    cells = _aligned(places) or _aligned([[*filter(None, row)] for row in places])
    if not cells:
        return [replace(b, doubts=tuple(dict.fromkeys((*b.doubts, TABS)))) for b in lines]
    if len(cells[0]) == 2 and all(row[0].endswith(":") for row in cells):
        return list(lines)
    return [
        replace(line, text=CELLS.join(row), role=Role.ROW, level=int(not at))
        for at, (line, row) in enumerate(zip(lines, cells, strict=True))
    ]


def _aligned(places: list[list[str]]) -> list[list[str]]:
    """The cells of lines, without columns that are empty in all; none where some have more."""
    if len({len(row) for row in places}) != 1:
        return []
    full = [any(column) for column in zip(*places, strict=True)]
    return [[cell for cell, some in zip(row, full, strict=True) if some] for row in places]
