"""Tables in typed text: rows between bars, or columns that white space parts.

Lines that stand in columns are rows where each is a whole; where the words of a column go on from
line to line, or its parts have numbers, they are a text in columns, which is not read as such.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from sources.structure.numbers import marker

_DRAWN = str.maketrans("│┃║─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬", "|||---" + "+" * 18)
_FRAME = re.compile(r"(?=.*[-=])(?:[+|][-=+|:\s]*[+|]|[-=]+(?:\s+[-=]+)+)")
_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_RULE = re.compile(r"\s*([-=_])\1{2,}(?:\s+\1{3,})*\s*")  # below the heads of typed columns
_LEAST = 3  # lines in columns that are a table
_PROSE = 15  # characters of a cell that may be a part of a sentence
# A list of values, as programs export them: no sentence has signs without a space behind them.
_VALUES = {
    ";": re.compile(r"(?!.*;\s+\S)(?=.*;\S).*"),
    ",": re.compile(r"(?!.*(?:,\s|\d,\d)).*,.*,.*"),
}
_QUOTED = re.compile(r'(?:^|(?<=[;,]))"(?:[^"]|"")*"(?=[;,\r\n]|$)', re.MULTILINE)
_PARTS = {"article", "division", "paragraph"}


def rows(lines: Sequence[str]) -> dict[int, list[str]]:
    """The cells of the lines that are rows of a table, by their place; none for a drawn line."""
    found: dict[int, list[str]] = {}
    for places, cells in _columns(lines):
        if (
            len(cells) >= _LEAST
            and not _is_text(cells)
            and not any(_opens(row[0]) for row in cells)
        ):
            found |= {at: [] for at in range(places[0], places[-1])}  # lines drawn between them
            found |= dict(zip(places, cells, strict=True))
    for at, line in enumerate(lines):
        drawn = line.strip().translate(_DRAWN)
        if _FRAME.fullmatch(drawn):
            found[at] = []
        elif drawn.startswith("|") and drawn.endswith("|") and drawn.count("|") > 2:
            found[at] = [cell.strip() for cell in drawn[1:-1].split("|")]
    return found


def untabbed(text: str) -> str:
    """A text with spaces for its tabs, but with bars where these part the cells of a table.

    Spaces would move what stands right of an empty cell under the heading of that cell.
    """
    out: list[str] = []
    for tabs, group in groupby(text.splitlines(), lambda line: "\t" in line.strip()):
        lines = list(group)
        cells = _tabbed(lines) if tabs else []
        out += [f"| {' | '.join(row)} |" for row in cells] or [line.expandtabs(4) for line in lines]
    return "\n".join(out)


def separated(text: str) -> str:
    r"""A text with bars between the values of its rows, where programs put signs between them.

    >>> separated("Quai;Prix\nNord;5\nSud;\"7;50\"").splitlines()
    ['| Quai | Prix |', '| Nord | 5 |', '| Sud | 7;50 |']
    """
    out: list[str] = []
    for (sign, width), group in groupby(_whole_lines(text), _values):
        lines = list(group)
        if width > 1 and len(lines) >= _LEAST:
            cells = ([value.strip() for value in _cut(line, sign)] for line in lines)
            lines = [f"| {' | '.join(row)} |" for row in cells if any(row)]
        out += lines
    return "\n".join(out)


def _whole_lines(text: str) -> list[str]:
    """The lines of a text, those put together that a value between quotation marks goes over."""
    joined = _QUOTED.sub(lambda value: " ".join(value[0].split()), text)
    if all(_values(line)[1] < 2 for line in joined.splitlines()):
        return text.splitlines()
    return joined.splitlines()


def _values(line: str) -> tuple[str, int]:
    """The sign that parts the values of a line, and how many there are; 0 where it has none."""
    plain = "|" not in line
    bare = _QUOTED.sub('""', line)
    sign = next((sign for sign, form in _VALUES.items() if plain and form.fullmatch(bare)), "")
    return sign, len(_cut(line, sign)) if sign else 0


def _cut(line: str, sign: str) -> list[str]:
    return next(csv.reader([line], delimiter=sign), [])


def _tabbed(lines: list[str]) -> list[list[str]]:
    """The cells of lines that tabs part; none where they do not stand in the columns of the first.

    Tabs at the end of a line may have been cut off.
    """
    cells = [[cell.strip() for cell in line.rstrip().split("\t")] for line in lines]
    width = len(cells[0])
    if len(lines) < _LEAST or not all(cells[0][1:]) or "|" in "".join(lines):
        return []
    if width < _LEAST and not all(row[0] and not _is_sign(row[0]) for row in cells):
        return []  # a number in front of each line is one of a list
    cells = [[*row, *[""] * (width - len(row))] for row in cells]
    whole = all(len(row) == width for row in cells)
    plain = whole and not _is_text(cells) and not any(_opens(row[0]) for row in cells)
    return cells if plain else []


def moved(text: str) -> list[str]:
    """The rows of tables by tabs that have an empty place and are shown in other columns.

    Where a word is wider than its column, a tab leads to another place than it means.
    """
    found: list[str] = []
    for tabs, group in groupby(text.splitlines(), lambda line: "\t" in line.strip()):
        lines = list(group)
        if tabs and (cells := _tabbed(lines)):
            first, *others = zip(lines, cells, strict=True)
            stops = _stops(first[0])
            found += [
                line
                for line, row in others
                if not all(row) and _stops(line) != stops[: len(_stops(line))]
            ]
    return found


def _stops(line: str) -> list[int]:
    """The columns to which the tabs of a line lead."""
    return [len(line[: tab.end()].expandtabs()) for tab in re.finditer("\t", line.rstrip())]


def in_columns(lines: Sequence[str]) -> list[str]:
    """The lines of a text in columns, which are read across."""
    return [lines[at] for places, cells in _columns(lines) if _is_text(cells) for at in places]


def _columns(lines: Sequence[str]) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Lines one below the other whose words stand in columns: their places, and the cells.

    A line that is drawn across, as below the heads of the columns, does not end them where the
    lines above and below it stand in the same columns; nor does one that has words in the first
    column alone, as above the rows that it heads.
    """
    drawn = {at for at, line in enumerate(lines) if _RULE.fullmatch(line)}
    wide = [at for at, line in enumerate(lines) if _GAP.search(line) and at not in drawn]
    known = set(wide)
    alone = {at + 1 for at in wide if at + 2 in known and at + 1 not in {*known, *drawn}}
    alone = {at for at in alone if lines[at].strip()}
    for found in _runs(sorted(known | alone), lambda a, b: drawn.issuperset(range(a + 1, b))):
        table = [at for at in found if at in known]
        parts = list(_runs(table, lambda a, b: a + 1 == b))
        whole = list(_placed(lines, [found]))
        kept = all(
            sum(map(bool, row)) > len(_GAP.findall(lines[at]))
            for places, cells in whole
            for at, row in zip(places, cells, strict=True)
        )
        yield from whole if (whole and kept) or len(parts) == 1 else _placed(lines, parts)


def _runs(places: list[int], joins: Callable[[int, int], bool]) -> Iterator[list[int]]:
    ends = [at for at, pair in enumerate(pairwise(places), 1) if not joins(*pair)]
    yield from (places[a:b] for a, b in pairwise([0, *ends, len(places)]))


def _placed(
    lines: Sequence[str], runs: Sequence[list[int]]
) -> Iterator[tuple[list[int], list[list[str]]]]:
    for places in runs:
        cells = _cells([lines[at] for at in places]) if len(places) > 1 else []
        # A number in front of each line is one of a list.
        if cells and (len(cells[0]) > 2 or any(row[0] and not _is_sign(row[0]) for row in cells)):
            yield places, [_labelled(row) for row in cells]


def _labelled(row: list[str]) -> list[str]:
    """The cells of a row; a colon that is set below others belongs to the label before it.

    >>> _labelled(["Datum", ": 6 juni"])
    ['Datum :', '6 juni']
    """
    ends = [*(cell.startswith(":") for cell in row[1:]), False]
    return [
        cell.removeprefix(": ").removeprefix(":") + (" :" if colon else "")
        for cell, colon in zip(row, ends, strict=True)
    ]


def _cells(lines: list[str]) -> list[list[str]]:
    """The cells of lines, parted where all of them are blank; none where they are nowhere.

    Where a long cell lies over two columns, those that the gaps of each line part, if these are as
    many in all of them.
    """
    width = max(map(len, lines))
    ink = [any(line[at : at + 1].strip() for line in lines) for at in range(width)]
    starts = [at for at in range(width) if ink[at] and not any(ink[max(0, at - 2) : at])]
    if len(starts) < 2:
        return []
    cells = [[line[a:b].strip() for a, b in pairwise([*starts, width])] for line in lines]
    own = [_GAP.split(line.strip()) for line in lines]
    over = any(_GAP.search(cell) for row in cells for cell in row)
    return own if over and {*map(len, own)} == {len(starts)} else cells


def _is_text(cells: list[list[str]]) -> bool:
    """Whether columns hold words that go on from line to line, or parts with numbers."""
    if any(_opens(cell) for row in cells for cell in row[1:]):
        return True
    woven = sum(
        len(one) >= _PROSE and one[-1] not in ".;:!?" and other[:1].islower()
        for before, after in pairwise(cells)
        for one, other in zip(before, after, strict=True)
    )
    return woven >= len(cells) - 1


def _opens(words: str) -> bool:
    found = marker(words)
    return found is not None and found.form in _PARTS


def _is_sign(words: str) -> bool:
    """Whether some words are nothing but the number or the sign of an item."""
    found = marker(f"{words} A")
    return found is not None and found.rest == "A"
